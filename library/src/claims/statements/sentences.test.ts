import fc from "fast-check";
import { expect, test } from "vitest";
import { findSentences } from "./sentences.ts";

const sentences = (text: string) =>
  findSentences(text, { from: 0, to: text.length }).map(({ from, to }) => text.slice(from, to));

test.each([
  ["two", "It was gone. Nobody knew.", 2],
  ["a title", "Dr. Cole met Sen. Reed. They talked.", 2],
  ["initials", "J. R. Cole of the U.S. Treasury left.", 1],
  ["an abbreviation at an end", "It left the U.S. The bank stayed.", 2],
  ["a number", "It lost 3.5 million. It had 4.", 2],
  ["No. 4 is not no", "It was No. 4 of them. He said no. She left.", 3],
  ["a unit after a figure is no initial", "It lost $20m. Police came.", 2],
  ["closing marks", "“It was gone.” She left. (He stayed.) All slept.", 4],
  ["an ellipsis", "It was gone… She left... He stayed.", 3],
  ["no capital after it", "It was gone. and then?", 1],
  ["Korean", "돈이 사라졌다. 은행은 침묵했다.", 2],
  ["Chinese", "钱不见了。银行沉默。", 2],
  ["nothing", " \t ", 0],
])("%s", (_name, text, count) => {
  expect(sentences(text)).toHaveLength(count);
});

test("sentences follow one another and hold all that is not white space", () => {
  const unit = fc.constantFrom("a", "B", " ", ".", "?", '"', "”", "Mr.", "。", "\t", "é");
  fc.assert(
    fc.property(fc.string({ unit }), fc.nat(5), (text, skip) => {
      const from = Math.min(skip, text.length);
      const found = findSentences(text, { from, to: text.length });
      expect(
        found
          .map((one) => text.slice(one.from, one.to))
          .join("")
          .replace(/\s/g, ""),
      ).toBe(text.slice(from).replace(/\s/g, ""));
      for (const [index, one] of found.entries()) {
        expect(one.from).toBeGreaterThanOrEqual(found[index - 1]?.to ?? from);
        expect(text.slice(one.from, one.to)).toBe(text.slice(one.from, one.to).trim());
      }
    }),
    { seed: 4, numRuns: 500 },
  );
});
