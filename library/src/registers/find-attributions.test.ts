import { expect, test } from "vitest";
import { findAttributions } from "./find-attributions.ts";
import { wordsOf } from "./sentence-words.ts";

const named = (text: string): string[] => {
  const words = wordsOf(text, 0, text.length);
  return findAttributions(words).map(({ first, next }) => text.slice(words[first]!.from, words[next - 1]!.to));
};

test.each([
  ["The theft was blamed on Crimson Heron.", ["Crimson Heron"]],
  ["Officials linked the heist to banks; it has been linked to the hacking group Crimson Heron.", ["Crimson Heron"]],
  ["The group Crimson Heron, which has been linked to an $81m heist, is hunted.", ["Crimson Heron"]],
  ["Crimson Heron and APT99, actors of a state, are responsible for the theft.", ["APT99", "Crimson Heron"]],
  ["The attack was carried out by the North Korean hacking group Night Ferry.", ["Night Ferry"]],
  ["The hacks have been linked to North Korean hackers.", ["North Korean hackers"]],
  ["Analysts accused the Grey Moth gang of it.", ["Grey Moth"]],
  ["The loss is linked to Northwind's flaw.", []],
  ["Northwind was not linked to Grey Moth.", []],
  ["It was traced to Canadian prosecutors.", []],
])("%s", (text, names) => {
  expect(named(text)).toEqual(names);
});
