import type { Words } from "./words.ts";

/** A stretch of two texts in the same words, but for gaps. Positions are of words, ends exclusive. */
export interface Alignment {
  readonly a: { readonly from: number; readonly to: number };
  readonly b: { readonly from: number; readonly to: number };
  /** Words that are the same on both sides. */
  readonly same: number;
  /** Those of them that are neither names nor words like "of". */
  readonly content: number;
  /** The runs of equal words that it is made of, in order; the gaps are what lies between them. */
  readonly runs: readonly Run[];
}

/** Equal words in a row, from word `a` of the one and word `b` of the other. */
export interface Run {
  readonly a: number;
  readonly b: number;
  readonly length: number;
}

/** Where both texts are known to agree in at least a shingle. */
export interface Meeting {
  readonly a: number;
  readonly b: number;
}

/** Words left out, put in or changed between two runs that are one alignment still. */
const gapWordsMax = 6;
/** So many equal words in a row go on with an alignment behind a gap: fewer meet by chance. */
const runWordsMin = 3;

/**
 * Aligns two texts around the places where they meet: each run of equal words as long as it goes, and runs that follow
 * one another in both texts, with at most {@link gapWordsMax} words between them on either side, together; then on over
 * gaps, while {@link runWordsMin} words are equal behind one. Alignments do not overlap in `a`; where two could (a text
 * that repeats itself), the longer run is kept.
 */
export function alignWords(a: Words, b: Words, meetings: readonly Meeting[]): Alignment[] {
  const runs = withoutOverlaps(runsOf(a, b, meetings));
  const alignments: Alignment[] = [];
  for (let from = 0, to = 0; from < runs.length; from = to) {
    to = from + 1;
    while (to < runs.length && follows(runs[to - 1]!, runs[to]!)) to++;
    const bounds = { from: alignments.at(-1)?.a.to ?? 0, to: runs[to]?.a ?? a.count };
    alignments.push(joined(extended(a, b, runs.slice(from, to), bounds), a));
  }
  return alignments;
}

/** The runs with those before and behind them that can be reached over gaps, within some of the words of `a`. */
function extended(a: Words, b: Words, runs: readonly Run[], bounds: { from: number; to: number }): Run[] {
  const all = [...runs];
  for (let next = runBehind(a, b, all.at(-1)!, bounds.to); next !== null; ) {
    all.push(next);
    next = runBehind(a, b, next, bounds.to);
  }
  for (let next = runBefore(a, b, all[0]!, bounds.from); next !== null; ) {
    all.unshift(next);
    next = runBefore(a, b, next, bounds.from);
  }
  return all;
}

/** The run behind the nearest gap. */
function runBehind(a: Words, b: Words, last: Run, to: number): Run | null {
  return overGap((gapA, gapB) => {
    const [x, y] = [last.a + last.length + gapA, last.b + last.length + gapB];
    let length = 0;
    while (x + length < to && y + length < b.count && a.hashes[x + length] === b.hashes[y + length]) length++;
    return { a: x, b: y, length };
  });
}

/** The run before the nearest gap. */
function runBefore(a: Words, b: Words, first: Run, from: number): Run | null {
  return overGap((gapA, gapB) => {
    const [x, y] = [first.a - gapA, first.b - gapB];
    let length = 0;
    while (x - length > from && y - length > 0 && a.hashes[x - length - 1] === b.hashes[y - length - 1]) length++;
    return { a: x - length, b: y - length, length };
  });
}

/** The first run that is long enough, over gaps of few words before gaps of many. */
function overGap(runOver: (gapA: number, gapB: number) => Run): Run | null {
  for (let both = 1; both <= 2 * gapWordsMax; both++) {
    for (let gapA = Math.max(0, both - gapWordsMax); gapA <= Math.min(both, gapWordsMax); gapA++) {
      const run = runOver(gapA, both - gapA);
      if (run.length >= runWordsMin) return run;
    }
  }
  return null;
}

function runsOf(a: Words, b: Words, meetings: readonly Meeting[]): Run[] {
  const runs: Run[] = [];
  // By diagonal, so that what lies inside the run before it is passed over.
  const sorted = [...meetings].sort((x, y) => x.a - x.b - (y.a - y.b) || x.a - y.a);
  let last: Run | null = null;
  for (const meeting of sorted) {
    const isInside = last !== null && meeting.a - meeting.b === last.a - last.b && meeting.a < last.a + last.length;
    if (isInside) continue;
    const run = runAt(a, b, meeting);
    if (run === null) continue;
    runs.push(run);
    last = run;
  }
  return runs;
}

/** The run that the meeting lies in; null where the words there are not the same, which a hash alone can pretend. */
function runAt(a: Words, b: Words, meeting: Meeting): Run | null {
  if (a.hashes[meeting.a] !== b.hashes[meeting.b]) return null;
  let before = 0;
  while (meeting.a > before && meeting.b > before) {
    if (a.hashes[meeting.a - before - 1] !== b.hashes[meeting.b - before - 1]) break;
    before++;
  }
  let after = 1;
  while (meeting.a + after < a.count && meeting.b + after < b.count) {
    if (a.hashes[meeting.a + after] !== b.hashes[meeting.b + after]) break;
    after++;
  }
  return { a: meeting.a - before, b: meeting.b - before, length: before + after };
}

function withoutOverlaps(runs: readonly Run[]): Run[] {
  const kept: Run[] = [];
  for (const run of [...runs].sort((x, y) => x.a - y.a || y.length - x.length)) {
    const last = kept.at(-1);
    if (last === undefined || run.a >= last.a + last.length) kept.push(run);
    else if (run.length > last.length) kept[kept.length - 1] = run;
  }
  return kept;
}

function follows(last: Run, run: Run): boolean {
  const gapA = run.a - (last.a + last.length);
  const gapB = run.b - (last.b + last.length);
  return gapB >= 0 && gapA <= gapWordsMax && gapB <= gapWordsMax;
}

function joined(runs: readonly Run[], a: Words): Alignment {
  const [first, last] = [runs[0]!, runs.at(-1)!];
  let same = 0;
  let content = 0;
  for (const run of runs) {
    same += run.length;
    for (let i = run.a; i < run.a + run.length; i++) content += a.isContent[i]!;
  }
  return {
    a: { from: first.a, to: last.a + last.length },
    b: { from: first.b, to: last.b + last.length },
    same,
    content,
    runs,
  };
}
