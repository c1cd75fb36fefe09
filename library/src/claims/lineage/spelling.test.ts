import { expect, test } from "vitest";
import { sameSpelling } from "./spelling.ts";

test.each([
  ["programmes", "programs"],
  ["rumours", "rumors"],
  ["behaviour", "behavior"],
  ["Organisation", "organization"],
  ["analysed", "analyzed"],
  ["centre", "center"],
  ["defence", "defense"],
  ["travelled", "traveled"],
  ["cyber attack", "cyberattack"],
  ["U S", "US"],
  ["Kolár", "kolar"],
  ["per cent", "percent"],
  ["we ve", "we have"],
  ["T he", "The"],
  ["", ""],
])("%j and %j are the same", (a, b) => {
  expect(sameSpelling(a.split(" "), b.split(" "))).toBe(true);
});

test.each([
  ["hour", "or"],
  ["four", "for"],
  ["filled", "filed"],
  ["Reed", "Reid"],
  ["law", "laws"],
  ["raise", "rise"],
  ["price", "prize"],
])("%j and %j are two words", (a, b) => {
  expect(sameSpelling([a], [b])).toBe(false);
});
