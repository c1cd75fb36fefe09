import { expect, test } from "vitest";
import { likelihoods, likelihoodsIn } from "./likelihood.ts";

test("the words of ICD 203 meet without a gap, from 1 to 99 percent", () => {
  likelihoods.slice(1).forEach(({ percentMin }, n) => {
    expect(percentMin).toBe(likelihoods[n]!.percentMax);
  });
  expect([likelihoods[0].percentMin, likelihoods.at(-1)!.percentMax]).toEqual([1, 99]);
});

test.each([
  ["It is very likely that the group took part.", "very likely", 80],
  ["That is unlikely.", "unlikely", 20],
  ["Very unlikely, said the report.", "Very unlikely", 5],
  ["They almost certainly used a broker.", "almost certainly", 95],
  ["The theft was probably planned.", "probably", 55],
])("%s", (text, words, percentMin) => {
  const [found, ...others] = likelihoodsIn(text);
  expect(others).toEqual([]);
  expect(text.slice(found!.from, found!.to)).toBe(words);
  expect(found!.likelihood.percentMin).toBe(percentMin);
});

test.each(["", "He has a likeliness to his brother.", "They work remotely.", "possible"])(
  "no likelihood in %j",
  (text) => {
    expect(likelihoodsIn(text)).toEqual([]);
  },
);
