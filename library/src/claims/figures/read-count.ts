import type { Draft } from "./draft.ts";
import { scaleOf, smallWords } from "./number-words.ts";
import { compareRatios, ratio } from "./ratio.ts";
import type { NumberRead } from "./read-digits.ts";
import type { Token } from "./tokens.ts";

const timeUnits = new Set("second minute hour day week month year decade century".split(" "));
const irregular: Record<string, string> = {
  people: "person",
  men: "man",
  women: "woman",
  children: "child",
  countries: "country",
  police: "police",
  staff: "staff",
  lives: "life",
  aircraft: "aircraft",
  data: "data",
  media: "media",
  crore: "crore",
};

// A word that ends the noun phrase behind a number, and words in -s that are no plurals.
const ends = new Set(
  (
    "a an the of in on at to for from by with as than that which who whom whose where when while and or but nor is " +
    "was are were be been being has have had did does do will would can could may " +
    "might must shall should not no it its " +
    "he she they them his her their this these those such also across against among per each apiece about over under " +
    "into via through during since until after before if because so said says according worth times"
  ).split(" "),
);
const singularS = /(?:ss|us|is|ous)$/;
const phraseMax = 7;

/** A number of percent: "36%", "36 per cent". */
export function readPercentage(tokens: readonly Token[], number: NumberRead): Draft | null {
  const at = tokens[number.next]?.text === "-" && tokens[number.next]?.gap === 0 ? number.next + 1 : number.next;
  const [token, after] = [tokens[at], tokens[at + 1]];
  if (token === undefined || token.gap === 2) return null;
  if (token.text === "%" || /^(?:percent|pct|percents)$/.test(token.lower))
    return draft("percentage", number, "%", at + 1);
  return token.lower === "per" && after?.lower === "cent" ? draft("percentage", number, "%", at + 2) : null;
}

/** A stretch of time: "25 minutes", "a two-year campaign"; an age is none. */
export function readDuration(tokens: readonly Token[], number: NumberRead): Draft | null {
  const hyphen = tokens[number.next]?.text === "-" && tokens[number.next]?.gap === 0 ? 1 : 0;
  const token = tokens[number.next + hyphen];
  if (token?.kind !== "word" || token.gap === 2) return null;
  const unit = token.lower.replace(/s$/, "");
  if (!timeUnits.has(unit) || isAge(tokens, number.next + hyphen + 1)) return null;
  return draft("duration", number, unit, number.next + hyphen + 1);
}

const isAge = (tokens: readonly Token[], at: number): boolean =>
  tokens[at]?.lower === "old" || (tokens[at]?.text === "-" && tokens[at + 1]?.lower === "old");

/**
 * A number of things: the noun is the first plural behind the number, past adjectives and names ("35 purported North
 * Korean cyberattacks"). Without a noun a number counts where words around it say that it does ("of which 10 were").
 */
export function readCount(tokens: readonly Token[], number: NumberRead): Draft | null {
  const compound = number.form === "fraction" ? null : compoundNoun(tokens, number);
  if (compound !== null) return draft("count", number, compound.unit, compound.next);
  if (number.form === "fraction" || isPartOfName(tokens, number) || number.value.n < 0n) return null;
  const noun = nounBehind(tokens, number);
  if (noun !== null) return draft("count", number, noun.unit, noun.next);
  const [before, after] = [tokens[number.first - 1], tokens[number.next]];
  const pointed = /^(?:which|whom|them|these|those)$/.test(before?.lower ?? "");
  const verb = /^(?:was|were|are|had|have|of)$/.test(after?.lower ?? "") && after?.gap !== 2;
  const one = compareRatios(number.value, ratio(1n)) === 0;
  return pointed || (verb && !one && after?.lower !== "of") ? draft("count", number, null, number.next) : null;
}

const titles = new Set(
  "block section resolution article unit bureau room chapter page figure table version phase office".split(" "),
);

/** The noun of "a 1,700-member group", "the 35-nation panel". */
function compoundNoun(tokens: readonly Token[], { first, next }: NumberRead): { unit: string; next: number } | null {
  const [before, hyphen, noun, after] = [tokens[first - 1], tokens[next], tokens[next + 1], tokens[next + 2]];
  if (hyphen?.text !== "-" || hyphen.gap !== 0 || noun?.gap !== 0 || after?.kind !== "word" || after.gap !== 1)
    return null;
  if (before !== undefined && tokens[first]?.gap === 0) return null;
  const counted =
    /^[a-z]{4,}$/.test(noun.text) && !/(?:ed|fold|plus|strong|based|odd|party|time|digit|page)$/.test(noun.text);
  return counted ? singular(noun, next + 1) : null;
}

/** "SCP-173", "08:16", "192.168.1.2", "#4", "G7": numbers that count nothing. */
function isPartOfName(tokens: readonly Token[], { first, next }: NumberRead): boolean {
  const [before, head, after] = [tokens[first - 1], tokens[first], tokens[next]];
  if (before !== undefined && head?.gap === 0 && !/^[(["'“‘—–]$/.test(before.text)) return true;
  if (titles.has(before?.lower ?? "") && before?.text !== before?.lower) return true;
  if (before?.text === "#" || after === undefined) return before?.text === "#";
  const digits = tokens[next + 1]?.kind === "digits" || tokens[next + 1]?.kind === "word";
  return after.gap === 0 && digits && tokens[next + 1]?.gap === 0 && /^[./:_@\\=&?–-]$/.test(after.text);
}

function nounBehind(tokens: readonly Token[], number: NumberRead): { unit: string; next: number } | null {
  const one = compareRatios(number.value, ratio(1n)) === 0;
  let at =
    tokens[number.next]?.lower === "more" || tokens[number.next]?.lower === "other" ? number.next + 1 : number.next;
  const limit = at + phraseMax;
  for (; at < limit; at++) {
    const token = tokens[at];
    if (token === undefined || token.gap === 2) return null;
    if (token.text === "-" && token.gap === 0) continue;
    if (smallWords.has(token.lower) || scaleOf(token.lower) !== undefined || token.lower === "half") return null;
    if (token.kind !== "word" || (ends.has(token.lower) && token.lower !== "times")) return null;
    if (one) return /^[a-z]{3,}$/.test(token.text) ? singular(token, at) : null;
    if (isPlural(tokens, at)) return singular(token, at);
  }
  return null;
}

function isPlural(tokens: readonly Token[], at: number): boolean {
  const { lower, text } = tokens[at] as Token;
  if (lower in irregular) return true;
  // "Sony Pictures": a name is not what is counted, unless it stands at the number itself in a headline.
  if (!/[^s]s$/.test(lower) || singularS.test(lower) || lower.length < 4) return false;
  const possessive = tokens[at + 1]?.gap === 0 && /^['’]$/.test(tokens[at + 1]?.text ?? "");
  return !possessive && (text === lower || tokens[at + 1]?.text !== text);
}

function singular(token: Token, at: number): { unit: string; next: number } {
  const { lower } = token;
  const regular = /(?:[^aeiou]ies)$/.test(lower)
    ? `${lower.slice(0, -3)}y`
    : /(?:ches|shes|xes|sses)$/.test(lower)
      ? lower.slice(0, -2)
      : /[^s]s$/.test(lower) && !singularS.test(lower)
        ? lower.slice(0, -1)
        : lower;
  return { unit: irregular[lower] ?? regular, next: at + 1 };
}

function draft(kind: Draft["kind"], number: NumberRead, unit: string | null, next: number): Draft {
  const { value, step, power, first } = number;
  return { kind, value, to: null, step, power, unit, assumed: false, first, next, date: null, bound: "exact" };
}
