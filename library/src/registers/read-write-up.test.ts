import { expect, test } from "vitest";
import { SpoorError } from "../errors/base.ts";
import { looksLikeWriteUp, readWriteUp } from "./read-write-up.ts";
import { draftOfWriteUp } from "./write-up.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const read = (head: string) => readWriteUp(bytes(`---\n${head}\n---\n\nText.\n`), { name: "a.md" });

test("the fields at the head, each with its place", () => {
  const entry = read("date: 2020-09-25\ntarget: [Northwind, Blue Harbor]\nloss: 1_250_000.50\nattack-types: 51%");
  expect(entry.targets.map(({ value }) => value)).toEqual(["Northwind", "Blue Harbor"]);
  const draft = draftOfWriteUp(entry);
  expect(draft.amounts[0]?.value).toMatchObject({ value: "1250000.5", unit: "USD", assumed: true });
  expect(draft.methods.map(({ value }) => value)).toEqual(["51% attack"]);
  expect(draft.dates[0]).toMatchObject({ value: { from: "2020-09-25" }, entries: [{ file: "a.md", path: "date" }] });
});

test.each([
  ["loss: unknown", []],
  ["loss: 0", []],
  ["loss: 5,000 BTC", ["5000 BTC"]],
  ["loss: lots", []],
])("%s", (loss, amounts) => {
  const { amounts: found } = draftOfWriteUp(read(`target: X\n${loss}`));
  expect(found.map(({ value }) => `${value.value} ${value.unit}`)).toEqual(amounts);
});

test.each([
  ["no head", "Northwind was hacked."],
  ["no target", "---\ndate: 2020-01-01\n---\n"],
  ["no YAML", "---\ntarget: [a\nb: }\n---\n"],
  ["a list", "---\n- target\n---\n"],
])("%s is refused with the file's name", (_, text) => {
  expect(() => readWriteUp(bytes(text), { name: "b.md" })).toThrow(SpoorError);
  expect(() => readWriteUp(bytes(text), { name: "b.md" })).toThrow(/b\.md/u);
});

test("what looks like a write-up", () => {
  expect(looksLikeWriteUp(bytes("---\ntarget: X\n---\n"))).toBe(true);
  expect(looksLikeWriteUp(bytes("---\ntitle: X\n---\n"))).toBe(false);
  expect(looksLikeWriteUp(bytes('{"type":"bundle"}'))).toBe(false);
});
