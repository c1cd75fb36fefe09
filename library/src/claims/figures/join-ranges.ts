import type { Draft } from "./draft.ts";
import { compareRatios, type Ratio, ratio, tenTo, times } from "./ratio.ts";
import type { NumberRead } from "./read-digits.ts";
import type { Token } from "./tokens.ts";

/** A number of the text, and the figure that it is part of; null where it has no unit of its own. */
export interface Candidate {
  readonly number: NumberRead;
  readonly draft: Draft | null;
}

/**
 * The figures among candidates, two of them joined where they are the ends of a range: "between $10m and $15m",
 * "10 to 15 million euros", "$10-15 million". "From 10 to 15" is a change and no range, unless it ranges.
 */
export function joinRanges(tokens: readonly Token[], candidates: readonly Candidate[]): Draft[] {
  const joined: Draft[] = [];
  for (let i = 0; i < candidates.length; i++) {
    const [low, high] = [candidates[i] as Candidate, candidates[i + 1]];
    const range = high === undefined ? null : rangeOf(tokens, low, high);
    if (range !== null) {
      joined.push(range);
      i++;
    } else if (low.draft !== null) joined.push(low.draft);
  }
  return joined;
}

function rangeOf(tokens: readonly Token[], low: Candidate, high: Candidate): Draft | null {
  const whole = high.draft ?? low.draft;
  if (whole === null) return null;
  const [lowEnd, highStart] = [low.draft?.next ?? low.number.next, high.draft?.first ?? high.number.first];
  const first = low.draft?.first ?? low.number.first;
  if (highStart !== lowEnd + 1 || !joins(tokens, first, lowEnd) || !unitsAgree(low, high)) return null;
  const from = scaleLike(low, high);
  const to = high.draft?.value ?? times(high.number.value, unitFactor(low));
  if (compareRatios(from.value, to) >= 0) return null;
  const bearer = high.draft ?? { ...whole, step: times(high.number.step, unitFactor(low)) };
  const next = Math.max(high.draft?.next ?? 0, high.number.next);
  return { ...bearer, value: from.value, to, step: from.step, first, next, bound: "range" };
}

function joins(tokens: readonly Token[], first: number, at: number): boolean {
  const [before, earlier] = [tokens[first - 1]?.lower ?? "", tokens[first - 2]?.lower ?? ""];
  const word = tokens[at];
  if (word === undefined || word.gap === 2 || tokens[at + 1]?.gap === 2) return false;
  if (before === "between") return word.lower === "and" || /^[-–—]$/.test(word.text);
  if (word.lower === "to" || word.lower === "or") {
    return before !== "from" ? word.lower === "to" : /^(?:ranging|ranges|ranged|anywhere)$/.test(earlier);
  }
  return /^[-–]$/.test(word.text) && tokens[at + 1]?.gap === word.gap;
}

/** One of the two has no unit, or both have the same. */
function unitsAgree(low: Candidate, high: Candidate): boolean {
  if (low.draft === null || high.draft === null) {
    // A sign stands before the first end, a name or a noun behind the second.
    const sole = low.draft ?? high.draft;
    return sole !== null && (low.draft === null || (sole.kind === "money" && sole.first < low.number.first));
  }
  return low.draft.kind === high.draft.kind && low.draft.unit === high.draft.unit;
}

const unitFactor = ({ number, draft }: Candidate): Ratio =>
  draft === null || number.value.n === 0n
    ? ratio(1n)
    : ratio(draft.value.n * number.value.d, draft.value.d * number.value.n);

/** "10 to 15 million": the scale belongs to both ends where the lower one stays the lower. */
function scaleLike(low: Candidate, high: Candidate): { value: Ratio; step: Ratio } {
  const factor = low.draft === null ? unitFactor(high) : ratio(1n);
  const value = low.draft?.value ?? low.number.value;
  const step = low.draft?.step ?? low.number.step;
  const own =
    low.draft === null && high.draft !== null ? { value: times(value, cleared(factor, high)), step } : { value, step };
  if (low.number.power > 0 || high.number.power === 0) return own;
  const scale = tenTo(high.number.power);
  const scaled = { value: times(own.value, scale), step: times(own.step, scale) };
  const to = high.draft?.value ?? times(high.number.value, unitFactor(low));
  return compareRatios(scaled.value, to) < 0 ? scaled : own;
}

/** What a unit multiplies by, without the scale words that its number holds already. */
const cleared = (factor: Ratio, { draft, number }: Candidate): Ratio =>
  draft === null || draft.power === number.power ? factor : ratio(1n);
