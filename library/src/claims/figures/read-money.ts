import { isAlsoWord, type MoneyUnit, unitOfCode, unitOfDollarPrefix, unitOfName, unitOfSign } from "./currencies.ts";
import type { Draft } from "./draft.ts";
import { unitOfLetters } from "./letter-units.ts";
import { scaleOf } from "./number-words.ts";
import { compareRatios, plus, type Ratio, ratio, tenTo, times } from "./ratio.ts";
import type { NumberRead } from "./read-digits.ts";
import type { Token } from "./tokens.ts";

interface Sided {
  readonly unit: MoneyUnit;
  readonly at: number;
  readonly power: number;
}

/**
 * The amount of money that a number belongs to: by the sign or code before it, or the code, sign or name behind it.
 * Tokens before `free` belong to another amount.
 */
export function readMoney(tokens: readonly Token[], number: NumberRead, free = 0): Draft | null {
  const found = unitBefore(tokens, number);
  const before = found === null || found.at < free ? null : found;
  const after = unitAfter(tokens, number, before !== null);
  const agrees = before !== null && after !== null && (before.unit.assumed || before.unit.unit === after.unit.unit);
  const behind = before === null || agrees ? after : null;
  const unit = behind?.unit ?? before?.unit;
  if (unit === undefined) return null;
  // "15 dollars 50 cents": a cent behind a dollar sign is another amount.
  const factor = times(unit.factor, tenTo(behind?.power ?? 0));
  return {
    kind: "money",
    value: times(number.value, factor),
    to: null,
    step: times(number.step, factor),
    power: number.power + (behind?.power ?? 0),
    unit: unit.unit,
    assumed: unit.assumed,
    first: before === null ? number.first : before.at,
    next: behind === null ? number.next : behind.at,
    date: null,
    bound: "exact",
  };
}

function unitBefore(tokens: readonly Token[], { first, form }: NumberRead): Sided | null {
  const token = tokens[first - 1];
  if (token === undefined || tokens[first]?.gap === 2) return null;
  const sign = unitOfSign(token.text);
  if (sign !== null)
    return token.text === "¢" ? null : (dollarBefore(tokens, first - 1) ?? { unit: sign, at: first - 1, power: 0 });
  if (token.kind !== "word" || form === "words") return null;
  const letters = unitOfLetters(tokens, first - 1);
  if (letters !== null) return { unit: letters, at: first - 1, power: 0 };
  const code = unitOfCode(token.text);
  if (code !== null && !isAlsoWord(token.text)) return { unit: code, at: first - 1, power: 0 };
  const noun = /^(?:dollar|sen|euro|rs)$/.test(token.lower) ? unitOfName(tokens, first - 1) : null;
  return noun === null ? null : { unit: noun.unit, at: first - 1, power: 0 };
}

/** "US$", "c $", "u.s $", "USD$" */
function dollarBefore(tokens: readonly Token[], sign: number): Sided | null {
  const letters = tokens[sign - 1];
  if (tokens[sign]?.text !== "$" || letters === undefined || tokens[sign]?.gap === 2) return null;
  const joined = tokens[sign]?.gap === 0;
  const dots = letters.text === "." ? 1 : 0;
  const [s, dot, u] = [tokens[sign - 1 - dots], tokens[sign - 2 - dots], tokens[sign - 3 - dots]];
  if (s?.lower === "s" && dot?.text === "." && u?.lower === "u") {
    return { unit: { unit: "USD", assumed: false, factor: ratio(1n) }, at: sign - 3 - dots, power: 0 };
  }
  if (letters.kind !== "word" || (!joined && !/^(?:us|c|hk|nz|nt)$/i.test(letters.text))) return null;
  const unit = unitOfDollarPrefix(letters.text);
  return unit === null ? null : { unit, at: sign - 1, power: 0 };
}

function unitAfter(tokens: readonly Token[], number: NumberRead, signed: boolean): Sided | null {
  const hyphen = tokens[number.next]?.text === "-" && tokens[number.next]?.gap === 0 ? 1 : 0;
  let at = number.next + hyphen;
  const token = tokens[at];
  if (token === undefined || token.gap === 2) return null;
  const sign = signed ? null : unitOfSign(token.text);
  if (sign !== null) {
    // "10 $20 notes": the sign belongs to what it stands at.
    const next = tokens[at + 1];
    if (token.gap > 0 && next?.kind === "digits" && next.gap === 0) return null;
    return { unit: sign, at: at + 1, power: 0 };
  }
  if (token.kind !== "word") return null;
  if (token.lower === "of" && /^(?:us|u)$/.test(tokens[at + 1]?.lower ?? "")) at++;
  const code = unitOfCode(token.text);
  if (code !== null) return codeAfter(tokens, at, code, number, signed);
  const named = unitOfName(tokens, at);
  if (named === null || isOtherwise(token.lower, number)) return null;
  if (signed && compareRatios(named.unit.factor, ratio(1n)) < 0) return null;
  const scale = scaleOf(tokens[named.next]?.lower ?? "");
  return scale === undefined || scale < 6
    ? { unit: named.unit, at: named.next, power: 0 }
    : { unit: named.unit, at: named.next + 1, power: scale };
}

/** "75 USD million"; "3 USD50 cards" are three cards of 50. */
function codeAfter(
  tokens: readonly Token[],
  at: number,
  unit: MoneyUnit,
  number: NumberRead,
  signed: boolean,
): Sided | null {
  const after = tokens[at + 1];
  const glued = after?.kind === "digits" && after.gap === 0;
  if (!signed && (glued || (isAlsoWord(tokens[at]?.text ?? "") && number.form === "words"))) return null;
  const scale = after?.kind === "word" && number.power === 0 ? scaleOf(after.lower) : undefined;
  return scale === undefined || scale < 3 ? { unit, at: at + 1, power: 0 } : { unit, at: at + 2, power: scale };
}

const few = ratio(100n);

/** Names that are verbs or other things at small numbers: "team 3 won", "10 marks", "5 pounds". */
const isOtherwise = (word: string, { value }: NumberRead): boolean =>
  /^(?:won|real|reals|rand|marks?|tron|ripple|tether|dash)$/.test(word) && compareRatios(value, few) < 0;

/** "13 dollars and 45 cents" and "15 dollars 50." are one amount; the figures in order, joined where they are. */
export function joinCents(tokens: readonly Token[], drafts: readonly Draft[], numbers: readonly NumberRead[]): Draft[] {
  const joined: Draft[] = [];
  const starts = new Map(numbers.map((number) => [number.first, number]));
  for (const draft of drafts) {
    const last = joined.at(-1);
    if (last !== undefined && joinsCents(tokens, last, draft)) {
      const value = plus(last.value, draft.value);
      joined[joined.length - 1] = { ...last, value, step: draft.step, next: draft.next };
      continue;
    }
    joined.push(draft.kind === "money" ? withBareCents(tokens, draft, starts) : draft);
  }
  return joined;
}

const one = ratio(1n);

function joinsCents(tokens: readonly Token[], whole: Draft, cents: Draft): boolean {
  if (whole.kind !== "money" || cents.kind !== "money" || whole.unit !== cents.unit) return false;
  const gap = tokens[whole.next]?.lower === "and" ? 1 : 0;
  const below = compareRatios(cents.value, one) < 0 && compareRatios(cents.step, one) < 0;
  return cents.first === whole.next + gap && below && whole.value.n % whole.value.d === 0n && isUnitName(tokens, cents);
}

const isUnitName = (tokens: readonly Token[], draft: Draft): boolean =>
  /^(?:cents?|pence|penny|pennies)$/.test(tokens[draft.next - 1]?.lower ?? "");

/** "15 dollars 50" and "thirteen dollars forty five", only where nothing follows that is counted. */
function withBareCents(tokens: readonly Token[], draft: Draft, starts: ReadonlyMap<number, NumberRead>): Draft {
  const named = tokens[draft.next - 1]?.kind === "word";
  const gap = tokens[draft.next]?.lower === "and" ? 1 : 0;
  const cents = starts.get(draft.next + gap);
  if (!named || cents === undefined || cents.power > 0 || draft.power > 0 || tokens[cents.first]?.gap === 2)
    return draft;
  const after = tokens[cents.next];
  const ends = after === undefined || (after.kind === "mark" && /[.!?;)]/.test(after.text));
  const small = compareRatios(cents.value, ratio(10n)) >= 0 && compareRatios(cents.value, few) < 0;
  if (!ends || !small || cents.value.d !== 1n || !terminalUnit(draft.value)) return draft;
  const value = plus(draft.value, times(cents.value, tenTo(-2)));
  return { ...draft, value, step: tenTo(-2), next: cents.next };
}

const terminalUnit = (value: Ratio): boolean => value.n % value.d === 0n;
