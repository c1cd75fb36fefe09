import { expect, test } from "vitest";
import { bytesOf, mispCluster } from "../registers/actors.fixture.ts";
import { article, filler } from "../registers/incidents.fixture.ts";
import {
  aliasConflicts,
  incidentById,
  incidentsAsCsv,
  incidentsOf,
  possibleActors,
  readImports,
  totalOf,
} from "./registers.ts";

const writeUp = new TextEncoder().encode("---\ntarget: Northwind\ndate: 2019-07-12\nloss: 28000000\n---\n\nText.\n");

test("imported files are told apart, and stand beside what documents tell", async () => {
  const { writeUps, register } = readImports([
    { bytes: writeUp, name: "northwind.md" },
    { bytes: bytesOf(mispCluster), name: "misp.json" },
  ]);
  const told = await article(`Northwind was hacked on July 12, 2019, and lost about $35 million. ${filler}`);
  const incidents = incidentsOf({ analyses: [told], writeUps });
  expect(incidents).toHaveLength(1);
  expect(totalOf(incidents, "USD")).toMatchObject({ lower: "28000000", upper: "38500000" });
  expect(incidentById(incidents, incidents[0]!.id.slice(0, 12))).toBe(incidents[0]);
  expect(incidentsAsCsv(incidents)).toContain('"write-up"');
  expect(possibleActors(register, "night ferry")[0]?.actor.name.value).toBe("CRIMSON HERON");
  expect(aliasConflicts(register)).toHaveLength(1);
});

test("what is not known is said", () => {
  const { register } = readImports([]);
  expect(() => possibleActors(register, "nobody")).toThrow(/Give a register first/u);
  expect(() => incidentById([], "x")).toThrow(/no incident/u);
});
