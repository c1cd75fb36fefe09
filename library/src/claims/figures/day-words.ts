import { smallWords } from "./number-words.ts";
import type { Token } from "./tokens.ts";

/** A number among tokens, from where it was looked for to before `next`. */
export interface WordNumber {
  readonly value: number;
  readonly next: number;
}

const ordinalWords: ReadonlyMap<string, number> = new Map([
  ...(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth " +
    "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
  )
    .split(" ")
    .map((word, index): [string, number] => [word, index + 1]),
  ["thirtieth", 30],
]);

/** What an ordinal in words can begin with, but for the tens. */
export const firstOrdinals: readonly string[] = [...ordinalWords.keys()];

/** "third", "twenty-third", "23rd"; null where no ordinal stands. */
export function ordinalAt(tokens: readonly Token[], at: number): WordNumber | null {
  const token = tokens[at];
  if (token === undefined) return null;
  if (token.kind === "digits") {
    const suffix = tokens[at + 1];
    const isOrdinal = token.text.length <= 2 && suffix?.gap === 0 && /^(?:st|nd|rd|th)$/.test(suffix.lower);
    return isOrdinal ? { value: Number(token.text), next: at + 2 } : null;
  }
  if (token.kind !== "word") return null;
  const alone = ordinalWords.get(token.lower);
  if (alone !== undefined) return { value: alone, next: at + 1 };
  const ten = token.lower.endsWith("ty") ? smallWords.get(token.lower) : undefined;
  if (ten === undefined) return null;
  const unit = tokens[at + 1]?.text === "-" ? at + 2 : at + 1;
  const rest = tokens[unit]?.gap === 2 ? undefined : ordinalWords.get(tokens[unit]?.lower ?? "");
  return rest === undefined || rest > 9 ? null : { value: ten + rest, next: unit + 1 };
}

/** "seven", "twenty-five", "twenty five": a count below a hundred in words. */
export function smallNumberAt(tokens: readonly Token[], at: number): WordNumber | null {
  const first = tokens[at]?.kind === "word" ? smallWords.get(tokens[at]?.lower ?? "") : undefined;
  if (first === undefined) return null;
  if (first < 20 || first % 10 !== 0) return { value: first, next: at + 1 };
  const unit = tokens[at + 1]?.text === "-" && tokens[at + 1]?.gap === 0 ? at + 2 : at + 1;
  const rest = tokens[unit]?.gap === 2 ? undefined : smallWords.get(tokens[unit]?.lower ?? "");
  return rest === undefined || rest < 1 || rest > 9
    ? { value: first, next: at + 1 }
    : { value: first + rest, next: unit + 1 };
}

/** "nineteen ninety-six", "seventeen hundred thirty three", "two thousand and five": a year as it is said. */
export function yearWordsAt(tokens: readonly Token[], at: number): WordNumber | null {
  const lower = tokens[at]?.lower ?? "";
  const century = smallWords.get(lower);
  if (century === undefined) return null;
  const after = tokens[at + 1]?.lower ?? "";
  if (century === 2 && after === "thousand") return withRest(tokens, 2000, at + 2);
  if (century < 15 || century > 20) return null;
  if (after === "hundred") return withRest(tokens, century * 100, at + 2);
  const rest = smallNumberAt(tokens, at + 1);
  return rest === null || rest.value < 10 ? null : { value: century * 100 + rest.value, next: rest.next };
}

function withRest(tokens: readonly Token[], hundreds: number, at: number): WordNumber {
  const rest = smallNumberAt(tokens, tokens[at]?.lower === "and" ? at + 1 : at);
  return rest === null || rest.value === 0
    ? { value: hundreds, next: at }
    : { value: hundreds + rest.value, next: rest.next };
}

/** Whether nothing that could be counted or named stands at a token: the end, a mark, or one of the small words. */
export function isClosed(tokens: readonly Token[], at: number): boolean {
  const token = tokens[at];
  if (token === undefined || token.gap === 2) return true;
  if (token.kind === "word") return smallest.has(token.lower);
  return token.kind === "mark" && !(token.gap === 0 && tokens[at + 1]?.gap === 0 && /^[-./:%]$/.test(token.text));
}

const smallest = new Set(
  "and or but to until till through when while as that which who at in on for by from with after before".split(" "),
);
