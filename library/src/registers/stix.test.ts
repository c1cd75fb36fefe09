import { describe, expect, test } from "vitest";
import { type ActorRegister, actorRegister } from "./actor-register.ts";
import { attackBundle, bytesOf, mispCluster } from "./actors.fixture.ts";
import { findIncidents } from "./find-incidents.ts";
import type { Incident } from "./incident.ts";
import { article, filler } from "./incidents.fixture.ts";
import { readRegister } from "./read-register.ts";
import { stixBundle } from "./stix.ts";
import { stixTime, uuid5 } from "./stix-objects.ts";

/** Required properties of STIX 2.1 beside the common ones: OASIS Standard, sections 3.2, 4, 5, 7. */
const required: Readonly<Record<string, readonly string[]>> = {
  identity: ["name"],
  incident: ["name"],
  "intrusion-set": ["name"],
  location: ["country"],
  note: ["content", "object_refs"],
  opinion: ["opinion", "object_refs"],
  relationship: ["relationship_type", "source_ref", "target_ref"],
  report: ["name", "published", "object_refs"],
  "extension-definition": ["created_by_ref", "name", "schema", "version", "extension_types"],
};
const common = ["type", "spec_version", "id", "created", "modified"];
const opinions = ["strongly-disagree", "disagree", "neutral", "agree", "strongly-agree"];
const time = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z$/u;

async function bundle(more = "", known?: ActorRegister) {
  const told = [
    await article(
      "# Northwind hacked\n\nOn 12 July 2019, Northwind, a Japanese exchange, was hacked and lost $28 million. " +
        `The attack on Northwind was blamed on Night Ferry. ${more}${filler}`,
    ),
    await article(
      `Northwind was hacked on July 12, 2019, and lost about $35 million. ${filler}`,
      "https://example.org/b",
    ),
  ];
  const files = [attackBundle, mispCluster].map((one, at) => readRegister(bytesOf(one), { name: `${at}.json` }));
  const source = { incidents: findIncidents(told), documents: told.map(({ document }) => document) };
  return stixBundle({ ...source, register: known ?? actorRegister(files) });
}

describe("STIX 2.1", () => {
  test("every object has what the standard requires, and every reference leads somewhere", async () => {
    const { type, id, objects } = await bundle();
    expect(type).toBe("bundle");
    expect(id).toMatch(/^bundle--[0-9a-f]{8}-[0-9a-f]{4}-5/u);
    const ids = new Set(objects.map((one) => one.id));
    expect(ids.size).toBe(objects.length);
    for (const one of objects) {
      for (const field of [...common, ...(required[one.type] ?? ["an unknown type"])])
        expect(one, one.type).toHaveProperty(field);
      expect(one.id).toMatch(
        new RegExp(`^${one.type}--[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`, "u"),
      );
      for (const field of ["created", "modified", "published"]) if (field in one) expect(one[field]).toMatch(time);
      expect(String(one.created) <= String(one.modified)).toBe(true);
      if (one.type === "opinion") expect(opinions).toContain(one.opinion);
      const refs = Object.entries(one).flatMap(([field, value]) => (/_refs?$/u.test(field) ? [value].flat() : []));
      for (const ref of refs) expect(ids).toContain(ref);
      if ("object_refs" in one) expect((one.object_refs as string[]).length).toBeGreaterThan(0);
    }
  });

  test("victim, group, reports, a disagreement as an opinion, possible actors as a note", async () => {
    const { objects } = await bundle();
    const of = (type: string) => objects.filter((one) => one.type === type);
    expect(of("incident").map(({ name }) => name)).toEqual(["Northwind, 2019"]);
    expect(of("identity").map(({ name }) => name)).toEqual(["Spoor", "Northwind"]);
    expect(of("intrusion-set").map(({ name, aliases }) => [name, aliases])).toEqual([["Night Ferry", undefined]]);
    expect(of("location").map(({ country }) => country)).toEqual(["JP"]);
    expect(of("report")).toHaveLength(2);
    expect(of("opinion").map(({ explanation }) => explanation)).toEqual([
      expect.stringContaining("differ on the amount"),
    ]);
    expect(of("note").map(({ content }) => content)).toEqual([expect.stringMatching(/Grey Moth.*CRIMSON HERON/su)]);
    expect(of("relationship").map(({ relationship_type: how }) => how)).toEqual([
      "targets",
      "located-at",
      "attributed-to",
    ]);
  });

  test("the same input gives the same bundle", async () => {
    expect(JSON.stringify(await bundle())).toBe(JSON.stringify(await bundle()));
  });

  test.each([
    ["2016", "2016-01-01T00:00:00.000Z"],
    ["2019-09-01T20:16+06:00", "2019-09-01T14:16:00.000Z"],
    ["2019-09-01T20:16", "2019-09-01T20:16:00.000Z"],
    ["last week", null],
  ])("the time %s", (stated, printed) => {
    expect(stixTime(stated)).toBe(printed);
  });

  test("ids are UUIDs of version 5", () => {
    expect(uuid5("a")).toBe(uuid5("a"));
    expect(uuid5("a", "b")).not.toBe(uuid5("ab"));
  });
});

test("names of properties have 3 letters or more, no list is empty, nothing is null", async () => {
  const check = (value: unknown, at: string): void => {
    expect(value, at).not.toBeNull();
    if (Array.isArray(value)) expect(value.length, at).toBeGreaterThan(0);
    if (typeof value !== "object" || value === null) return;
    for (const [key, one] of Object.entries(value)) {
      // Common properties are the standard's own; an index, a hash's name and an extension's id are no names.
      const isName = !Array.isArray(value) && !/^(?:id|SHA-256|extension-definition--.*)$/u.test(key);
      if (isName) expect(key, at).toMatch(/^[a-z0-9_]{3,250}$/u);
      check(one, `${at}.${key}`);
    }
  };
  const undated = await bundle("Cedar Bridge was hacked on 3 May 2020. ");
  for (const one of undated.objects) check(one, one.type);
});

test("a document without a time says so beside the one that the standard wants", async () => {
  const { objects } = await bundle();
  const of = (type: string) => objects.filter((one) => one.type === type);
  expect(of("report").map(({ description }) => description)).toEqual([
    expect.stringMatching(/does not say when/u),
    expect.stringMatching(/does not say when/u),
  ]);
});

test("two tellings that may be one incident are in one note; an entry that is withdrawn is in none", async () => {
  const told = [
    await article(`Northwind was hacked in 2019 and lost $28 million. ${filler}`),
    await article(`Northwind was hacked in 2019 and lost $90 million. ${filler}`, "https://example.org/b"),
  ];
  const incidents = findIncidents(told);
  expect(incidents).toHaveLength(2);
  const { objects } = stixBundle({ incidents, documents: told.map(({ document }) => document) });
  const notes = objects.filter(({ type }) => type === "note");
  expect(notes).toHaveLength(1);
  const both = objects.filter(({ type }) => type === "incident").map(({ id }) => id);
  expect(notes[0]?.object_refs).toEqual(both.sort());
  const withdrawn = structuredClone(attackBundle);
  for (const one of withdrawn.objects) Object.assign(one, { revoked: true });
  const register = actorRegister([readRegister(bytesOf(withdrawn), { name: "old.json" })]);
  expect((await bundle("", register)).objects.filter(({ type }) => type === "note")).toEqual([]);
});

test("what is only denied is attributed to nobody; what is said and denied has both", async () => {
  const told = await article(
    `Northwind was hacked in 2019. The attack on Northwind was blamed on Night Ferry. ${filler}`,
  );
  const [incident] = findIncidents([told]);
  const [said] = incident!.attributions;
  const source = { ...said!.place, text: "Night Ferry" };
  const denied = { ...said!, act: "denies", source } as const;
  const of = (attributions: Incident["attributions"]) => {
    const { objects } = stixBundle({ incidents: [{ ...incident!, attributions }], documents: [told.document] });
    const types = objects.map(({ relationship_type: how }) => how).filter((how) => /to$/u.test(String(how)));
    return [types, objects.filter(({ type }) => type === "opinion").map(({ authors }) => authors)];
  };
  expect(of([denied])).toEqual([["related-to"], []]);
  expect(of([said!, denied])).toEqual([["attributed-to"], [["Night Ferry"]]]);
});
