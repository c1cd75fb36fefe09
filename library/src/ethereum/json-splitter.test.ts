import fc from "fast-check";
import { expect, test } from "vitest";
import { JsonSplitter, parseExactly } from "./json-splitter.ts";

function split(text: string, cuts: readonly number[] = []): { objects: unknown[]; broken: string[] } {
  const bytes = Buffer.from(text);
  const result = { objects: [] as unknown[], broken: [] as string[] };
  const splitter = new JsonSplitter(
    ({ fields }) => result.objects.push(fields),
    ({ row, offset }, reason) => result.broken.push(`${row} at ${offset}: ${reason}`),
  );
  const ends = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((a, b) => a - b).concat(bytes.length);
  let from = 0;
  for (const end of ends) {
    splitter.push(bytes.subarray(from, end));
    from = end;
  }
  splitter.end();
  return result;
}

test("objects a line, in a list, and over several lines", () => {
  const objects = [{ a: 1 }, { b: { c: [2, "}"] } }, { d: '"\\' }];
  expect(split(objects.map((object) => JSON.stringify(object)).join("\n")).objects).toEqual(objects);
  expect(split(JSON.stringify(objects)).objects).toEqual(objects);
  expect(split(JSON.stringify(objects, null, 2)).objects).toEqual(objects);
});

test("whole numbers past 2^53 are exact, wherever they stand", () => {
  expect(
    parseExactly('{"value": 7400000000000000001, "list": [1,90071992547409931], "text": ": 7400000000000000001"}'),
  ).toEqual({
    value: 7400000000000000001n,
    list: [1, 90071992547409931n],
    text: ": 7400000000000000001",
  });
});

test("a line that is cut off costs itself", () => {
  const { objects, broken } = split('{"a":1}\n{"b":\n{"c":3}\n{"d":"\n{"e":5}\n');
  expect(objects).toEqual([{ a: 1 }, { c: 3 }, { e: 5 }]);
  expect(broken).toHaveLength(2);
});

test("an object that never ends costs its first line", () => {
  const { objects, broken } = split('{"a":\n{"b":1}\n{"c":2}\n');
  expect(objects).toEqual([{ b: 1 }, { c: 2 }]);
  expect(broken).toEqual(["1 at 0: the object has no end"]);
});

test("any bytes are read alike, wherever they are cut, and nothing throws", () => {
  const piece = fc.constantFrom(
    "{",
    "}",
    '"',
    "\\",
    "\n",
    "[",
    "]",
    ",",
    ":",
    "1",
    "a",
    '{"a":1}',
    "1234567890123456789",
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), fc.array(fc.nat()), (pieces, cuts) => {
      const text = pieces.join("");
      const whole = split(text);
      expect(split(text, cuts)).toEqual(whole);
    }),
  );
});
