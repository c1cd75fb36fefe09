import { hashText } from "../../sets/hash-text.ts";
import type { CodePoints } from "../code-points.ts";
import type { Span } from "../span.ts";

/** A text's words as numbers: runs of letters and digits, so that marks of any kind do not make wordings differ. */
export interface Words {
  readonly count: number;
  /** [count] 32 bits of the word in small letters. */
  readonly hashes: Uint32Array;
  /** [count] UTF-16 units where the word begins, and ends (exclusive). */
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  /** [count] 1 where the word says something by itself: begins small, and is none of {@link functionWords}. */
  readonly isContent: Uint8Array;
}

/** Longer texts are cut there: 200,000 words are a book, and no article. */
export const wordsMax = 200_000;

/** Words that stand inside names ("Bank of the West") and between any others. */
const functionWords = new Set(
  "a an the of for and or in on at to by from with as is are was were be been it its that this which who s".split(" "),
);

/** Stretches of UTF-16 units, end exclusive. */
export interface Units {
  readonly from: number;
  readonly to: number;
}

/** Whether a word in small letters says something, be it a name: is none of those that stand between any others. */
export const isTelling = (small: string): boolean => !functionWords.has(small);

/**
 * @param within the stretches that are read, in order; all of the text where none are given
 */
export function wordsOf(text: string, within: readonly Units[] = [{ from: 0, to: text.length }]): Words {
  const hashes: number[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  const isContent: number[] = [];
  const runs = /[\p{L}\p{M}\p{N}]+/gu;
  for (const { from, to } of within) {
    runs.lastIndex = from;
    for (let run = runs.exec(text); run !== null && hashes.length < wordsMax; run = runs.exec(text)) {
      const [word] = run;
      if (run.index + word.length > to) break;
      const small = word.toLowerCase();
      hashes.push(hashText(small));
      starts.push(run.index);
      ends.push(run.index + word.length);
      isContent.push(word === small && !functionWords.has(small) ? 1 : 0);
    }
  }
  return {
    count: hashes.length,
    hashes: Uint32Array.from(hashes),
    starts: Uint32Array.from(starts),
    ends: Uint32Array.from(ends),
    isContent: Uint8Array.from(isContent),
  };
}

/** The span of some of a text's words, from the first one's start to the last one's end. */
export function spanOfWords(points: CodePoints, words: Words, from: number, to: number): Span {
  return points.span(words.starts[from]!, words.ends[to - 1]!);
}

export const meets = (a: Units, b: Units): boolean => a.from < b.to && b.from < a.to;

/** Of stretches that rise and do not overlap those that meet a range. */
export function* meeting<One>(all: readonly One[], rangeOf: (one: One) => Units, range: Units): Generator<One> {
  let low = 0;
  let high = all.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rangeOf(all[middle]!).to <= range.from) low = middle + 1;
    else high = middle;
  }
  for (let at = low; at < all.length && rangeOf(all[at]!).from < range.to; at++) {
    if (meets(rangeOf(all[at]!), range)) yield all[at]!;
  }
}
