import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { actorRegister } from "./actor-register.ts";
import { attackBundle, bytesOf, mispCluster } from "./actors.fixture.ts";
import { findAliasConflicts } from "./find-alias-conflicts.ts";
import { readRegister } from "./read-register.ts";

const attack = readRegister(bytesOf(attackBundle), { name: "attack.json" });
const misp = readRegister(bytesOf(mispCluster), { name: "misp.json" });

test("the names that registers put to different actors, with who says what", () => {
  const conflicts = findAliasConflicts(actorRegister([attack, misp]));
  expect(conflicts.map(({ name, kind }) => [name, kind])).toEqual([
    ["Grey Moth", "between registers"],
    ["Night Ferry", "between registers"],
    ["Pale Moth", "between registers"],
    ["HERON 9", "in part"],
  ]);
  expect(conflicts[1]?.why).toBe("alias of Grey Moth for MITRE ATT&CK, alias of CRIMSON HERON for MISP galaxy");
  expect(conflicts[1]?.namings.map(({ entries }) => entries[0]?.file)).toEqual(["attack.json", "misp.json"]);
});

test("one register alone differs only with itself, and nothing is joined", () => {
  const register = actorRegister([misp]);
  expect(findAliasConflicts(register).map(({ name, kind }) => [name, kind])).toEqual([
    ["Heron-9", "within a register"],
  ]);
  expect(register.actors).toHaveLength(2);
});

test("a withdrawn entry speaks for nobody", () => {
  const [set, other] = attackBundle.objects;
  const gone = readRegister(bytesOf({ type: "bundle", objects: [set, { ...other, revoked: true }] }), {
    name: "a.json",
  });
  expect(findAliasConflicts(actorRegister([gone, misp])).map(({ name }) => name)).toEqual(["Pale Moth", "HERON 9"]);
});

test("entries of one file that share an id are all there", () => {
  const uuid = "66666666-6666-4666-8666-666666666666";
  const values = ["Crimson Heron", "Grey Moth"].map((value) => ({ value, uuid, meta: { synonyms: ["Night Ferry"] } }));
  const file = readRegister(bytesOf({ type: "threat-actor", values }), { name: "misp.json" });
  expect(actorRegister([file]).actors.map(({ name }) => name.value)).toEqual(["Crimson Heron", "Grey Moth"]);
  expect(actorRegister([file, file]).actors).toHaveLength(2);
  expect(findAliasConflicts(actorRegister([file])).map(({ name }) => name)).toEqual(["Night Ferry"]);
});

test("a newer state of an entry takes the place of the older, whichever comes first", () => {
  const [set] = attackBundle.objects;
  const newer = readRegister(bytesOf({ ...set, modified: "2024-01-01T00:00:00.000Z", aliases: ["Newest"] }), {
    name: "b.json",
  });
  for (const files of [
    [attack, newer],
    [newer, attack],
  ]) {
    const register = actorRegister(files);
    expect(register.lookUp("newest").map(({ actor }) => actor.id)).toEqual(["attack:G9001"]);
    expect(register.superseded).toHaveLength(1);
  }
});

test("a name is looked up as it is spelt, then without its common noun", () => {
  const register = actorRegister([attack, misp]);
  expect(register.lookUp("heron9").map(({ actor, as }) => [actor.id.slice(0, 6), as])).toEqual([
    ["attack", "alias"],
    ["misp:6", "alias"],
    ["misp:7", "alias"],
  ]);
  expect(register.lookUp("the Crimson Heron group").map(({ exact }) => exact)).toEqual([false, false]);
  expect(register.lookUp("nobody")).toEqual([]);
});

const actors = join(import.meta.dirname, "../../../../shared/data/actors");

describe.skipIf(!existsSync(actors))("ATT&CK and MISP on North Korea (../shared/data/actors)", () => {
  const files = existsSync(actors) ? readdirSync(actors).filter((name) => name.endsWith(".json")) : [];
  const register = actorRegister(files.map((name) => readRegister(readFileSync(join(actors, name)), { name })));

  test("eleven names differ between the two; Bluenoroff is APT38 for one and Lazarus for the other", () => {
    const conflicts = findAliasConflicts(register);
    expect(conflicts.filter(({ kind }) => kind === "between registers")).toHaveLength(11);
    const bluenoroff = conflicts.find(({ name }) => name === "Bluenoroff");
    expect(bluenoroff?.why).toBe("alias of APT38 for MITRE ATT&CK, alias of Lazarus Group for MISP galaxy");
  });

  test("nothing is merged: each entry is an actor of its own", () => {
    expect(register.actors).toHaveLength(1052);
    expect(new Set(register.lookUp("Lazarus").map(({ actor }) => actor.register)).size).toBe(2);
  });
});
