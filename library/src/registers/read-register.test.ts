import { describe, expect, test } from "vitest";
import { SpoorError } from "../errors/base.ts";
import { attackBundle, bytesOf, mispCluster } from "./actors.fixture.ts";
import { registerLimits } from "./limits.ts";
import { readRegister } from "./read-register.ts";

const read = (value: unknown) => readRegister(bytesOf(value), { name: "register.json" });

test("ATT&CK: names, aliases, ids and times, each with its path; other objects are counted", () => {
  const { register, actors, passed, sha256 } = read(attackBundle);
  expect([register, passed]).toEqual(["MITRE ATT&CK", { relationship: 1, malware: 1 }]);
  expect(actors.map(({ id }) => id)).toEqual(["attack:G9001", "attack:G9002"]);
  expect(actors[0]?.aliases).toEqual([
    expect.objectContaining({
      value: "HERON 9",
      entries: [{ sha256, file: "register.json", register, path: "$.objects[0].aliases[1]", text: "HERON 9" }],
    }),
    expect.objectContaining({ value: "Pale Moth" }),
  ]);
  expect(actors[0]).toMatchObject({ created: "2019-01-01T00:00:00.000Z", modified: "2020-01-01T00:00:00.000Z" });
  expect(actors[1]?.relations).toMatchObject([{ value: { type: "related-to" }, entries: [{ path: "$.objects[2]" }] }]);
});

test("MISP: synonyms, subgroups, country by code and by name", () => {
  const { register, actors } = read(mispCluster);
  expect(register).toBe("MISP galaxy");
  expect(actors[0]?.aliases.map(({ value }) => value)).toEqual(["Heron-9", "Night Ferry"]);
  expect(actors[0]?.subgroups).toMatchObject([
    { value: "Grey Moth", entries: [{ path: "$.values[0].meta.synonyms[2]" }] },
  ]);
  expect(actors[0]?.countries).toMatchObject([{ value: "FR", entries: [{ path: "$.values[0].meta.country" }, {}] }]);
  expect(actors[0]?.relations).toMatchObject([{ value: { type: "similar" } }]);
});

test("one intrusion set without a bundle is read", () => {
  expect(read(attackBundle.objects[1]).actors.map(({ name }) => name.value)).toEqual(["Grey Moth"]);
});

describe("what cannot be read is refused whole, with the file and the path", () => {
  const [set] = attackBundle.objects;
  test.each<[string, unknown, RegExp]>([
    ["a missing name", { type: "bundle", objects: [{ ...set, name: undefined }] }, /no name.*\$\.objects\[0\]\.name/u],
    ["an empty name", { type: "bundle", objects: [{ ...set, name: " " }] }, /no name/u],
    ["a name that is no text", { type: "bundle", objects: [{ ...set, name: 7 }] }, /\$\.objects\[0\]\.name/u],
    ["aliases of another type", { type: "bundle", objects: [{ ...set, aliases: [{}] }] }, /aliases\[0\]/u],
    ["no identifier", { type: "bundle", objects: [{ ...set, id: "x" }] }, /identifier/u],
    [
      "other STIX types alone",
      { type: "bundle", objects: [attackBundle.objects[3]] },
      /no intrusion set, only malware/u,
    ],
    ["a bundle without objects", { type: "bundle" }, /no list of objects/u],
    ["another MISP cluster", { type: "ransomware", values: [] }, /not of threat actors/u],
    ["a MISP entry without a value", { type: "threat-actor", values: [{}] }, /\$\.values\[0\]\.value/u],
    ["another document", { hello: 1 }, /a JSON object with hello/u],
    ["a list", [], /a JSON list/u],
    ["null", null, /a JSON null/u],
    [
      "too many names",
      { ...mispCluster, values: [{ value: "A", meta: { synonyms: Array(1001).fill("x") } }] },
      /namesMax/u,
    ],
  ])("%s", (_, value, message) => {
    expect(() => read(value)).toThrow(SpoorError);
    expect(() => read(value)).toThrow(/register\.json/u);
    expect(() => read(value)).toThrow(message);
  });

  test.each([
    ["broken JSON", '{"type": "bundle",', /no JSON/u],
    ["no bytes", "", /no bytes/u],
  ])("%s", (_, text, message) => {
    expect(() => readRegister(new TextEncoder().encode(text), { name: "a.json" })).toThrow(message);
  });

  test("bytes that are no UTF-8, and too many", () => {
    expect(() => readRegister(new Uint8Array([0x7b, 0xff, 0x7d]), { name: "a.json" })).toThrow(/no JSON/u);
    expect(() => readRegister(new Uint8Array(registerLimits.bytesMax + 1), { name: "a.json" })).toThrow(/bytesMax/u);
  });
});
