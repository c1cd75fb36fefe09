import { countries } from "countries-list";
import nationalities from "i18n-nationality/langs/en.json" with { type: "json" };

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
  for (const [code, nationality] of Object.entries(nationalities.nationalities)) {
    const name = plain(nationality);
    // A few "nationalities" of the table are a country's name, or several words with brackets.
    if (/^[a-z ]+$/u.test(name) && /(?:n|ese|i|ish|ch|s|k|o|ean|an)$/u.test(name)) names.set(name, code);
  }
  for (const [code, { name, alias = [] }] of Object.entries(countries) as [
    string,
    { name: string; alias?: string[] },
  ][])
    for (const one of [name, ...alias]) names.set(plain(one), code);
  // With and without the possessive's letter, as it is read in names and in running text.
  for (const s of [" s", ""]) {
    names.set(`democratic people${s} republic of korea`, "KP");
    names.set(`people${s} republic of china`, "CN");
  }
  names.set("islamic republic of iran", "IR");
  // "Welsh" and "British" stand under islands there, and "us" is also a pronoun, told apart where names are read.
  names.set("welsh", "GB");
  names.delete("georgia");
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
