import { countries } from "countries-list";
import { countryTerms } from "./country-names.ts";

/** The longest name of a country that is looked for, in words. */
export const countryWordsMax = 7;

/**
 * Countries by what they and their people are called in English, in small letters and without marks: "north korea",
 * "dprk", "north korean" → `KP` (ISO 3166-1 alpha-2). Capitals are not among them: a city is not its country.
 */
export const countryByName: ReadonlyMap<string, string> = countryNames();

/** Seats of government, which stand for their country where they are the whole name: "Pyongyang said". */
export const countryBySeat: ReadonlyMap<string, string> = new Map([
  ...Object.entries(countries).map(([code, { capital }]) => [plain(capital.replace(/ d\.c\.$/iu, "")), code] as const),
  ["kremlin", "RU"],
  ["white house", "US"],
  ["downing street", "GB"],
]);

function countryNames(): Map<string, string> {
  const names = new Map<string, string>();
  for (const [term, code] of countryTerms()) {
    names.set(plain(term), code);
    // Without the possessive's letter too, as names are read.
    names.set(plain(term.replace(/['’]s(?!\p{L})/gu, "")), code);
  }
  // A given name, and a state of the United States; and in small letters a pronoun ("US" is looked for as "usa").
  for (const doubtful of ["georgia", "us"]) names.delete(doubtful);
  return names;
}

function plain(name: string): string {
  return name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}
