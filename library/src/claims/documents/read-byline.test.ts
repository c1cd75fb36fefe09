import { expect, test } from "vitest";
import { datelineCredit, readByline } from "./read-byline.ts";

test.each([
  ["By Ada Moreau", "Ada Moreau", null],
  ["by: Ada Moreau and Lin van der Berg", "Ada Moreau and Lin van der Berg", null],
  ["Written by Ada Moreau | 4 March 2021", "Ada Moreau", null],
  ["By Ada Moreau, Reuters", "Ada Moreau", "Reuters"],
  ["By Reuters", null, "Reuters"],
  ["  >>  Reuters", null, "Reuters"],
  ["Source: Agence France-Presse", null, "AFP"],
  ["(AP)", null, "AP"],
  ["Written by", null, null],
])("%s", (text, author, credit) => {
  expect(readByline(text)).toEqual({ author, credit });
});

test.each([
  "By the time the guards came the vault was empty",
  "By noon they had left.",
  "The Gazette",
  "Reuters said on Monday that nobody was hurt",
])("%s is no byline", (text) => {
  expect(readByline(text)).toBeNull();
});

test.each([
  ["LISBON, March 4 (Reuters) - The harbour was shut.", "Reuters"],
  ["LISBON (AP) — The harbour was shut.", "AP"],
  ["(Agence France-Presse) - The harbour was shut.", "AFP"],
  ["The harbour (which is old) - was shut.", null],
  ["LISBON (Gazette) - The harbour was shut.", null],
])("%s is %s", (text, credit) => {
  expect(datelineCredit(text)).toBe(credit);
});
