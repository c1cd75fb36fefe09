import type { Hedge } from "./draft.ts";
import type { Bound } from "./figure.ts";
import { reads, type Token } from "./tokens.ts";

interface Phrase {
  readonly words: readonly string[];
  readonly bound: Bound;
  readonly strict: boolean;
}

const phrases = (bound: Bound, strict: boolean, list: string): Phrase[] =>
  list.split(", ").map((words) => ({ words: words.split(" "), bound, strict }));

// Before a value; the longer ones of one ending first.
const before = [
  ...phrases(
    "at least",
    false,
    "no fewer than, no less than, not less than, at least, at the least, a minimum of, minimum, " +
      "upwards of, upward of",
  ),
  ...phrases(
    "at most",
    false,
    "no more than, not more than, up to, as much as, as many as, at most, a maximum of, maximum, " +
      "not exceeding, as high as",
  ),
  ...phrases(
    "at least",
    true,
    "well over, just over, more than, greater than, in excess of, north of, larger than, exceeding, above, " +
      "over, topped, surpassing",
  ),
  ...phrases(
    "at most",
    true,
    "less than, fewer than, well under, just under, smaller than, south of, short of, under, below",
  ),
  ...phrases(
    "about",
    false,
    "in the region of, on the order of, in the order of, somewhere around, just about, close to, " +
      "an estimated, estimated at, estimated, a reported, approximately, approx ., approx, roughly, around, " +
      "about, circa, ca ., c ., some, nearly, almost, virtually, an average of, ~, ≈",
  ),
  ...phrases("at most", true, ">, <"),
];
const beforeDate = [
  ...phrases(
    "at least",
    false,
    "no earlier than, not earlier than, as early as, ever since, since, from, starting in, starting on, " +
      "starting from, starting, beginning in, beginning on, beginning, as of",
  ),
  ...phrases("at most", false, "no later than, not later than, as late as, until, till, by, through"),
  ...phrases("at least", true, "later than, after"),
  ...phrases("at most", true, "earlier than, before, prior to"),
  ...phrases("about", false, "in or around, around, about, circa, ca ., sometime in, some time in"),
];
const behind = [
  ...phrases("at least", false, "or more, and more, or higher, plus, and up, and counting, +, at least, at a minimum"),
  ...phrases("at most", false, "or less, or fewer, or lower, at most, at a maximum, tops"),
  ...phrases("about", false, "or so, or thereabouts, approximately, give or take"),
];

const behindDate = [
  ...phrases("at least", false, "or later, and later, onward, onwards, and after"),
  ...phrases("at most", false, "or earlier, and earlier, or before"),
];

const byLast = (list: readonly Phrase[]): ReadonlyMap<string, readonly Phrase[]> =>
  Map.groupBy(list, ({ words }) => words.at(-1) as string);
const byFirst = (list: readonly Phrase[]): ReadonlyMap<string, readonly Phrase[]> =>
  Map.groupBy(list, ({ words }) => words[0] as string);
const [lastBefore, lastBeforeDate] = [byLast(before), byLast(beforeDate)];
const [firstBehind, firstBehindDate] = [byFirst(behind), byFirst(behindDate)];

/** The words that bound a figure, before it or behind it; null where there are none. */
export function readHedge(tokens: readonly Token[], first: number, next: number, isDate: boolean): Hedge | null {
  const front = isDate ? lastBeforeDate : lastBefore;
  // "a whopping $5m", "the $5m": an article between the words and the value does not part them.
  const skipped = /^(?:a|an|the|early|late|mid)$/.test(tokens[first - 1]?.lower ?? "") ? [first, first - 1] : [first];
  for (const end of skipped) {
    if (tokens[end]?.gap === 2) continue;
    for (const { words, bound, strict } of front.get(tokens[end - 1]?.lower ?? "") ?? []) {
      const at = end - words.length;
      if (!reads(tokens, at, words) || isOther(tokens, at, words, isDate)) continue;
      if (words[0] === ">") return { bound: "at least", strict: true, first: at, next: end };
      return { bound, strict, first: at, next: end };
    }
  }
  for (const { words, bound, strict } of (isDate ? firstBehindDate : firstBehind).get(tokens[next]?.lower ?? "") ??
    []) {
    // "on May 5 and after the raid" has its own end.
    const runsOn = isDate && words[0] === "and" && !closes(tokens[next + words.length]);
    if (reads(tokens, next, words) && tokens[next]?.gap !== 2 && !runsOn)
      return { bound, strict, first: next, next: next + words.length };
  }
  return null;
}

const closes = (token: Token | undefined): boolean =>
  token?.kind !== "word" || token.gap === 2 || token.lower === "and";

/** "sued over $5m", "held over a $5m raid": what it is about. */
const overWhat =
  /^(?:arguments?|disputes?|fight|row|concerns?|sued|spread|arrest(?:s|ed)?|charged|held|jailed|fined|probed?)$/;

/** "came from 2016 data", "over" of place, "said by Monday": words that bound nothing. */
function isOther(tokens: readonly Token[], at: number, words: readonly string[], isDate: boolean): boolean {
  const previous = tokens[at - 1]?.lower ?? "";
  // "two days after the theft of May 5" leaves May 5 as it is.
  if (isDate && /^(?:day|week|month|year|hour|minute)s?$/.test(previous)) return true;
  if (isDate) return words[0] === "from" && previous !== "running" && previous !== "dating" && previous !== "onward";
  if (words[0] === "over") return overWhat.test(previous);
  return (
    (words[0] === "about" && /^(?:think|talk|worry|is|what)$/.test(previous)) ||
    (words[0] === "c" && tokens[at + 1]?.gap !== 0)
  );
}
