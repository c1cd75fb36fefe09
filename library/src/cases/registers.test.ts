import { expect, test } from "vitest";
import { AmbiguousIdError } from "../errors/claims.ts";
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

test("an incident is found by the id of any telling, and not by the beginning of several", async () => {
  const [a, b, other] = await Promise.all([
    article(`Northwind was hacked on 12 July 2019 and lost $28 million. ${filler}`),
    article(`Northwind was hacked on July 12, 2019, and lost about $35 million. ${filler}`, "https://example.org/b"),
    article(`Harbour Exchange was hacked on May 3, 2018, and lost $2 million. ${filler}`, "https://example.org/c"),
  ]);
  const now = incidentsOf({ analyses: [a, b, other], writeUps: [] });
  const [then] = incidentsOf({ analyses: [b], writeUps: [] });
  expect(now).toHaveLength(2);
  expect(then!.id).not.toBe(now[0]!.id);
  expect(incidentById(now, then!.id)).toBe(now[0]);
  expect(incidentById(now, now[0]!.id.slice("incident-".length, -4))).toBe(now[0]);
  expect(() => incidentById(now, "incident-")).toThrow(AmbiguousIdError);
});

test("what is not known is said", () => {
  const { register } = readImports([]);
  expect(() => possibleActors(register, "nobody")).toThrow(/Give a register first/u);
  expect(() => incidentById([], "x")).toThrow(/no incident/u);
});
