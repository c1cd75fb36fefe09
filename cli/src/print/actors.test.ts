import { possibleActors, readImports } from "spoor/cases";
import { hasUnseen } from "spoor/evidence";
import { expect, test } from "vitest";
import { actorJson, namingJson } from "../json/actors.ts";
import { actorLines, possibleLines } from "./actors.ts";

const unsafe = "\u001b[31m\u202e";
const file = (value: unknown, name: string) => ({ bytes: new TextEncoder().encode(JSON.stringify(value)), name });
const set = (more: object) => ({
  type: "intrusion-set",
  id: "intrusion-set--11111111-1111-4111-8111-111111111111",
  name: "Night Ferry",
  ...more,
});

function shown(...files: ReturnType<typeof file>[]): string[] {
  const { register } = readImports(files);
  const possible = possibleActors(register, "night ferry");
  return possibleLines({
    name: "night ferry",
    possible: possible.map((one) => ({ ...namingJson(one), exact: one.exact })),
    actors: register.actors.map(actorJson),
  });
}

test("ids that a register gives can do nothing to a terminal", () => {
  const misp = { type: "threat-actor", values: [{ value: "Night Ferry", uuid: `a${unsafe}b` }] };
  const attack = set({ external_references: [{ source_name: "mitre-attack", external_id: `G1${unsafe}` }] });
  const lines = shown(file(misp, "misp.json"), file(attack, "attack.json"));
  expect(lines.join("\n")).toContain("misp:a␛[31m⟨U+202E⟩b");
  expect(lines.filter(hasUnseen)).toEqual([]);
});

test("an entry that its register has taken back is said to be", () => {
  expect(shown(file(set({ revoked: true }), "old.json")).join("\n")).toContain("in STIX (withdrawn by it)");
});

test("what an entry is a part of is shown", () => {
  const related = [{ "dest-uuid": "77777777-7777-4777-8777-777777777777", type: "part-of" }];
  const misp = { type: "threat-actor", values: [{ value: "Night Ferry", related }] };
  expect(shown(file(misp, "misp.json")).join("\n")).toContain("a part of 77777777-7777-4777-8777-777777777777");
});

test("one entry is counted as one", () => {
  const { register } = readImports([file(set({}), "one.json")]);
  const files = register.files.map(({ file: name, sha256, register: of, passed }) => {
    return { file: name, sha256, register: of, actors: 1, passed: { ...passed } };
  });
  const lines = actorLines({ files, actors: register.actors.map(actorJson), skipped: [] });
  expect(lines.at(-1)).toBe("1 entry in 1 file");
});
