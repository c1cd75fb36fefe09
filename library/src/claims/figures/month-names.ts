import type { Token } from "./tokens.ts";

const long = "january february march april may june july august september october november december".split(" ");
const short = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");
const months: ReadonlyMap<string, number> = new Map([
  ...short.map((name, index): [string, number] => [name, index + 1]),
  ...long.map((name, index): [string, number] => [name, index + 1]),
  ["sept", 9],
]);

// Months that are no other words, so that small letters do.
const plainMonths = new Set("january february april june july september october november december sept".split(" "));

export const monthWords: readonly string[] = [...months.keys()];

/** The number of the month that a word in small letters names; undefined where it names none. */
export const monthNumber = (lower: string): number | undefined => months.get(lower);

/** The month that a capitalised word names, with the token after it and after its dot; null where it names none. */
export function monthAt(tokens: readonly Token[], at: number): { month: number; next: number } | null {
  const token = tokens[at];
  if (token?.kind !== "word" || token.lower.length < 3) return null;
  const month = months.get(token.lower);
  if (month === undefined || (token.text === token.lower && !plainMonths.has(token.lower))) return null;
  const dotted = !long.includes(token.lower) && tokens[at + 1]?.text === "." && tokens[at + 1]?.gap === 0;
  return { month, next: dotted ? at + 2 : at + 1 };
}
