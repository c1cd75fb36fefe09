import { expect, test } from "vitest";
import { sameWords, wholeWordsMin } from "./same-words.ts";
import type { Telling } from "./telling.ts";

const quoting = (...quoted: string[]): Telling =>
  ({ quoted: quoted.map((one) => one.split(" ")) }) as unknown as Telling;

test("six words in a row, or a whole quotation, make one utterance", () => {
  const tellings = [
    quoting("the money left the bank in eleven transfers that night"),
    quoting("money left the bank in eleven transfers"),
    quoting("left the bank in eleven"),
    quoting("a nasty little game"),
    quoting("a nasty little game"),
    quoting("nasty game"),
    quoting("nasty game"),
  ];
  expect(wholeWordsMin).toBe(4);
  expect(sameWords(tellings)).toEqual([0, 0, 2, 3, 3, 5, 6]);
});

test("utterances join over a third that quotes both", () => {
  expect(sameWords([quoting("a b c d e f"), quoting("g h i j k l"), quoting("a b c d e f g h i j k l")])).toEqual([
    0, 0, 0,
  ]);
});
