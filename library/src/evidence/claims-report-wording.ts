import type { ChangeKind, LineageBasis } from "../claims/claim.ts";
import type { Publication } from "../claims/documents/document.ts";
import { sayFigure } from "../claims/figures/compare-figures.ts";
import type { Figure } from "../claims/figures/figure.ts";
import type { SpeechAct } from "../claims/statements/statement.ts";
import { wholeNumber } from "./wording.ts";

/** Who holds a position, as the head of its card; and what a position is called in a sentence. */
export const actWords: Readonly<Record<SpeechAct, { readonly by: string; readonly noun: string }>> = {
  alleges: { by: "Alleged by", noun: "allegation" },
  states: { by: "Stated by", noun: "statement" },
  denies: { by: "Denied by", noun: "denial" },
  repeats: { by: "Repeated by", noun: "repetition" },
  corrects: { by: "Corrected by", noun: "correction" },
  retracts: { by: "Retracted by", noun: "retraction" },
  "declines to comment": { by: "No comment from", noun: "refusal to comment" },
  "calls on": { by: "Demanded by", noun: "demand" },
};

export const basisWords: Readonly<Record<LineageBasis, { readonly name: string; readonly meaning: string }>> = {
  attribution: { name: "attribution", meaning: "the text says whom it has it from" },
  text: { name: "same text", meaning: "the same wording outside of quotation marks" },
  quotation: { name: "same quotation", meaning: "the same words are quoted" },
  figure: { name: "same figure", meaning: "the same telling figures" },
};

export const bases = Object.keys(basisWords) as readonly LineageBasis[];

export const changeWords: Readonly<Record<ChangeKind, string>> = {
  "hedge lost": "A word that weakens it is gone: what was uncertain reads as certain.",
  "hedge turned": "A limit was turned: another bound stands in its place.",
  "hedge added": "A word that weakens it was added.",
  "number altered": "Another number stands there.",
  "name altered": "Another name stands there.",
  "quotation cut": "Words inside of the quotation are gone.",
  "quotation altered": "Other words stand inside of the quotation marks.",
};

const parted = (digits: string): string => wholeNumber(BigInt(digits));

/** Long digits are parted by commas; years, dates and ids are left alone. */
export function readableDigits(text: string): string {
  return text.replace(/(?<![\d.\w-])\d{5,}(?![\w-])/gu, parted);
}

/** A figure in words, with what had to be assumed: "at most 2,000,000,000 USD". */
export function figureText(figure: Figure): string {
  const { kind, unit, value, to } = figure;
  const isMany = (kind === "count" || kind === "duration") && unit !== null && (value !== "1" || to !== null);
  const said = sayFigure(isMany ? { ...figure, unit: plural(unit) } : figure);
  return figure.kind === "date" ? said : said.replace(/(?<![\d.])\d{5,}/gu, parted);
}

const irregular: Readonly<Record<string, string>> = {
  person: "people",
  man: "men",
  woman: "women",
  child: "children",
};

/** What is counted, as more than one of it: "accounts", "countries". */
function plural(noun: string): string {
  const [, before, last] = /^(.*?)([a-z]+)$/iu.exec(noun) ?? [];
  if (last === undefined) return noun;
  const known = irregular[last.toLowerCase()];
  if (known !== undefined) return `${before}${known}`;
  if (/[^aeiou]y$/iu.test(last)) return `${noun.slice(0, -1)}ies`;
  if (/s$/iu.test(last) && !/ss$/iu.test(last)) return noun;
  return /(?:ss|x|z|ch|sh)$/iu.test(last) ? `${noun}es` : `${noun}s`;
}

const monthNames = "January February March April May June July August September October November December".split(" ");

/** A time no more precisely than it is known: "1 September 2019", "March 2020", "1 September 2019, 20:16 +06:00". */
export function timeWords({ value, precision, zoned }: Publication): string {
  const [, year, month, day, clock, zone] =
    /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2}:\d{2}(?::\d{2})?)(?:\.\d+)?(Z|[+-]\d{2}:\d{2})?)?)?)?$/u.exec(value) ??
    [];
  if (year === undefined) return value;
  const name = month === undefined ? "" : (monthNames[Number(month) - 1] ?? month);
  const date = [day === undefined ? "" : String(Number(day)), name, year].filter((part) => part !== "").join(" ");
  if (clock === undefined || precision === "day") return date;
  const where = zone === "Z" ? " UTC" : zone !== undefined ? ` ${zone}` : zoned ? "" : " (zone not known)";
  return `${date}, ${clock}${where}`;
}

/** The same without the hour. */
export const dayWords = (time: Publication): string => timeWords(time).replace(/, \d\d:.*$/u, "");

/** The beginning of a text, cut between words; the end is `…`. */
export function beginning(text: string, max: number): string {
  const characters = Array.from(text);
  if (characters.length <= max) return text;
  const kept = characters.slice(0, max - 1).join("");
  return `${kept.replace(/(?<=.{20})\s+\S*$/u, "")}…`;
}

/** How sure something is held to be, from 0 to 1, as it is printed. */
export const sureness = (confidence: number): string => confidence.toFixed(2).replace(/0$/u, "");
