import type { Change, Place } from "../claim.ts";
import { compareFigures } from "../figures/compare-figures.ts";
import { dozenWords, scaleOf, smallWords } from "../figures/number-words.ts";
import type { Alignment } from "./align-words.ts";
import { compareFigureHedges } from "./compare-figure-hedges.ts";
import { type DocumentReading, foldedAt, ownWords, placeOf, wordsAt } from "./document-reading.ts";
import type { Compared, Gap, ReadPair } from "./gaps.ts";
import { meeting, type Units } from "./words.ts";

type FigureAt = DocumentReading["figures"][number];

/** What became of the figures along an alignment (`a` the later document), each with the one in its place. */
export function facingFigures(
  pair: ReadPair,
  alignment: Alignment,
  compared: Compared,
): { readonly change: Change; readonly gap: Gap }[] {
  const changes: { change: Change; gap: Gap }[] = [];
  for (const [one, other] of facing(pair, alignment, compared)) {
    const change = compareFigureHedges(inClaim(pair.earlier, one), inClaim(pair.later, other));
    // "Monday", then "Friday": no number, and of another week as likely as not.
    const isWeekday = change?.kind === "number altered" && one.figure.kind === "date" && !/\d/u.test(one.figure.text);
    if (change !== null && !isWeekday) changes.push({ change, gap: { earlier: one.words, later: other.words } });
  }
  for (const gap of compared.gaps) {
    const [from, to] = [bareNumber(pair.earlier, gap.earlier), bareNumber(pair.later, gap.later)];
    if (from !== null && to !== null) changes.push({ change: { kind: "number altered", from, to }, gap });
  }
  return changes;
}

/** Digits that are no figure, and no time of day: an age, the number of an article. */
function bareNumber(reading: DocumentReading, range: Units): Place | null {
  const isBare = range.from < range.to && meeting(reading.figures, ownWords, range).next().done === true;
  if (!isBare || !wordsAt(reading.wording, range).every((word) => /^\p{N}+$/u.test(word))) return null;
  const { analysis, words } = reading.wording;
  const around = analysis.document.text.slice(
    Math.max(0, words.starts[range.from]! - 1),
    words.ends[range.to - 1]! + 1,
  );
  return around.includes(":") ? null : placeOf(reading.wording, range);
}

/** Figures in the same place: with a word in common there, or the only ones of their kind, in order, in one gap. */
function facing({ earlier, later }: ReadPair, { runs }: Alignment, compared: Compared) {
  const isWithin = (words: Units, range: Units) => range.from <= words.from && words.to <= range.to;
  const ofEarlier = earlier.figures.filter(({ words }) => isWithin(words, compared.earlier));
  const ofLater = later.figures.filter(({ words }) => isWithin(words, compared.later));
  const pairs = new Map<FigureAt, FigureAt>();
  const taken = new Set<FigureAt>();
  const join = (one: FigureAt, other: FigureAt) => {
    if (one.figure.kind !== other.figure.kind || pairs.has(one) || taken.has(other)) return;
    pairs.set(one, other);
    taken.add(other);
  };
  for (const one of ofEarlier) {
    for (const run of meeting(runs, ({ b, length }) => ({ from: b, to: b + length }), one.words)) {
      const from = Math.max(one.words.from, run.b) + run.a - run.b;
      const to = Math.min(one.words.to, run.b + run.length) + run.a - run.b;
      for (const other of meeting(ofLater, ownWords, { from, to })) join(one, other);
    }
  }
  for (const gap of compared.gaps) {
    const ones = [...meeting(ofEarlier, ownWords, gap.earlier)].filter((one) => !pairs.has(one));
    const others = [...meeting(ofLater, ownWords, gap.later)].filter((other) => !taken.has(other));
    for (const kind of new Set(ones.map(({ figure }) => figure.kind))) {
      const ofKind = ({ figure }: FigureAt) => figure.kind === kind;
      const [left, right] = [ones.filter(ofKind), others.filter(ofKind)];
      if (left.length !== right.length) continue;
      for (const [at, one] of left.entries()) join(one, right[at]!);
    }
  }
  return pairs;
}

/** With the words that bound it. The place says what it counts: nouns may be others ("attacks", "instances"). */
function inClaim({ wording }: DocumentReading, { figure, hull }: FigureAt) {
  return { figure: figure.kind === "count" ? { ...figure, unit: null } : figure, place: placeOf(wording, hull) };
}

/** Whether words that differ are the same figure in other words: "two billion US dollars", "$2 billion". */
export function sameFigures(a: DocumentReading, ofA: Units, b: DocumentReading, ofB: Units): boolean {
  const [one, other] = [figureAround(a, ofA), figureAround(b, ofB)];
  if (one === null || other === null || compareFigures(one, other).verdict !== "equal") return false;
  // What is counted stands in the figure too, and is no part of its value: "three accounts", "three hidden accounts".
  return one.kind !== "count" || [...foldedAt(a.wording, ofA), ...foldedAt(b.wording, ofB)].every(isNumeral);
}

const isNumeral = (word: string): boolean =>
  /\p{N}/u.test(word) || smallWords.has(word) || scaleOf(word) !== undefined || dozenWords.has(word) || word === "and";

/** The figure that holds all of the words, or for no words one that they stand in or beside. */
function figureAround({ figures }: DocumentReading, { from, to }: Units) {
  const found = figures.find(({ words }) =>
    from < to ? words.from <= from && to <= words.to : words.from <= from && from <= words.to,
  );
  return found?.figure ?? null;
}
