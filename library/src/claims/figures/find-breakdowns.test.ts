import { expect, test } from "vitest";
import { findBreakdowns } from "./find-breakdowns.ts";
import { findFigures } from "./find-figures.ts";

const breakdowns = (text: string) =>
  findBreakdowns(text, findFigures(text)).map(({ parts, sum, difference, verdict, places }) => ({
    parts: parts.map(({ count, places: at }) => `${count}x${at}`).join(" "),
    sum: `${sum} (${difference})`,
    places: `${places.counted}/${places.stated?.value ?? "?"}`,
    verdict,
  }));

const hits =
  "Freedonia was hit 10 times, Sylvania three, Grand Fenwick and Ruritania two each, and 13 others once each.";

test("a whole breakdown that misses its total says by how much", () => {
  expect(breakdowns(`The auditors counted 35 incidents in 17 countries. ${hits}`)).toEqual([
    { parts: "10x1 3x1 2x2 1x13", sum: "30 (-5)", places: "17/17", verdict: "falls short" },
  ]);
});

test("the same breakdown adds up to thirty, and exceeds twenty", () => {
  expect(breakdowns(`They counted 30 incidents. ${hits}`)[0]?.verdict).toBe("adds up");
  expect(breakdowns(`They counted 20 incidents. ${hits}`)[0]).toMatchObject({ sum: "30 (10)", verdict: "exceeds" });
});

test("a list that names some of the places only is open", () => {
  const text = "They counted 35 raids across 17 countries, of which 10 were aimed at Freedonia and three at Sylvania.";
  expect(breakdowns(text)).toEqual([{ parts: "10x1 3x1", sum: "13 (-22)", places: "2/17", verdict: "open" }]);
});

test("names in a row share what each has", () => {
  const text = "There were 9 thefts: Freedonia, Sylvania and Ruritania had three each, and Strelsau none.";
  expect(breakdowns(text)).toEqual([]);
  const more = "There were 10 thefts. Freedonia, Sylvania and Ruritania had three each, Strelsau one.";
  expect(breakdowns(more)).toMatchObject([{ parts: "3x3 1x1", verdict: "adds up" }]);
});

test.each([
  [
    "Freedonia had 10 of the 35 attacks on 17 countries; Sylvania had three, Strelsau and Ruritania two each, and 13 " +
      "others, among them Grand Fenwick, were hit once each.",
    "30 (-5)",
    "17/17",
    "falls short",
  ],
  [
    "It lists 8 raids. Three were in Freedonia, one in Sylvania, and two each in Strelsau and Ruritania.",
    "8 (0)",
    "4/?",
    "adds up",
  ],
  ["9 raids were counted, 4 in Freedonia and one each in 5 other countries.", "9 (0)", "6/?", "adds up"],
  ["9 raids were counted:\n- Freedonia: 4\n- Sylvania: 3", "7 (-2)", "2/?", "open"],
  ["They recorded 20 raids. They hit Freedonia (10), Sylvania (5) and Ruritania (5).", "20 (0)", "3/?", "adds up"],
])("%s", (text, sum, places, verdict) => {
  expect(breakdowns(text)).toMatchObject([{ sum, places, verdict }]);
});

test.each([
  "The 35 incidents took place in 17 countries. Freedonia lost $10 million in 2016 and Sylvania $3 million in 2017.",
  "The 35 incidents took 20 minutes and 3 attempts.",
  "They counted 35 incidents.\n\nFreedonia has 10 banks, Sylvania three.",
  "They counted 2.5 million incidents. It rained.",
])("%s is no breakdown", (text) => {
  expect(breakdowns(text)).toEqual([]);
});

test("what tells the total again is no part of it", () => {
  const text = "Two of the 14 guards held on Monday are free. Police denied that 19 had been held. The number is 14.";
  expect(breakdowns(text)).toEqual([]);
});
