import type { ChangeKind, Place } from "../claim.ts";
import type { Alignment } from "./align-words.ts";
import { type DocumentReading, placeOf, type Quoted, wordsAt } from "./document-reading.ts";
import { sameFigures } from "./facing-figures.ts";
import type { ReadPair } from "./gaps.ts";
import { type Match, matchWords } from "./match-words.ts";
import { isEvidence } from "./shared-passages.ts";
import { foldWord, sameSpelling } from "./spelling.ts";
import { partsOf } from "./wording.ts";
import { isTelling, type Units } from "./words.ts";

/** A difference between quotations of the same words in two documents. */
export interface QuotationDifference {
  readonly kind: Extract<ChangeKind, "quotation cut" | "quotation altered">;
  /** For a cut the words that are missing in the other document; else those of the document that stands first. */
  readonly from: Place;
  readonly to: Place;
  /** The quotations that they stand in, by document and number. */
  readonly fromQuotation: string;
  readonly toQuotation: string;
}

/** Fewer words of another quotation that follow one another are met by chance. */
const islandMin = 3;
const ellipsis = /…|\.\s?\.\s?\./u;

/**
 * How the documents' quotations of the same words differ. What a quoter marks as changed, [in brackets], is not
 * altered; what is left out at an end, or for an ellipsis, is cut. Words that stand in another quotation of the same
 * document are not missing: an attribution often breaks one in two.
 */
export function quotationDifferences(pair: ReadPair, links: LinkedQuotations): QuotationDifference[] {
  const differences: QuotationDifference[] = [];
  for (const [number, others] of links.ofEarlier) {
    const side = { pair, isSwapped: false, own: pair.earlier, other: pair.later, number };
    differences.push(...inside(side, others), ...cuts(side, others));
  }
  for (const [number, others] of links.ofLater) {
    differences.push(...cuts({ pair, isSwapped: true, own: pair.later, other: pair.earlier, number }, others));
  }
  return differences;
}

/** Names a quotation in a set of documents. */
export const quotationKey = ({ wording }: DocumentReading, number: number): string => `${wording.id} ${number}`;

/** By the numbers of the one document's quotations those of the other, the most alike first. */
export interface LinkedQuotations {
  readonly ofEarlier: ReadonlyMap<number, readonly number[]>;
  readonly ofLater: ReadonlyMap<number, readonly number[]>;
}

/** Which quotations have so much in the same words that they are of one. */
export function linkedQuotations({ earlier, later }: ReadPair, alignments: readonly Alignment[]): LinkedQuotations {
  const shared = new Map<string, { ofEarlier: number; ofLater: number; same: number; content: number }>();
  for (const alignment of alignments) {
    for (const part of partsOf(earlier.wording, later.wording, alignment)) {
      if (part.kind !== "quoted") continue;
      const ofEarlier = earlier.wording.quotationOf[part.earlier.from]!;
      const ofLater = later.wording.quotationOf[part.later.from]!;
      const known = shared.get(`${ofEarlier} ${ofLater}`) ?? { ofEarlier, ofLater, same: 0, content: 0 };
      known.same += part.same;
      known.content += part.content;
      shared.set(`${ofEarlier} ${ofLater}`, known);
    }
  }
  const links = { ofEarlier: new Map<number, number[]>(), ofLater: new Map<number, number[]>() };
  for (const link of [...shared.values()].filter(isEvidence).sort((x, y) => y.same - x.same)) {
    const { ofEarlier, ofLater } = link;
    links.ofEarlier.set(ofEarlier, [...(links.ofEarlier.get(ofEarlier) ?? []), ofLater]);
    links.ofLater.set(ofLater, [...(links.ofLater.get(ofLater) ?? []), ofEarlier]);
  }
  return links;
}

interface Side {
  readonly pair: ReadPair;
  readonly isSwapped: boolean;
  readonly own: DocumentReading;
  readonly other: DocumentReading;
  readonly number: number;
}

/** Words of both, by their places in the documents, that are the same; without stray ones. */
function matched(a: Quoted, b: Quoted): Match[] {
  return withoutStray(matchWords(a.folded, b.folded), a.folded).map(([x, y]) => [a.from + x, b.from + y] as const);
}

/** Leaves out islands of words like "of" that have gaps on both sides: they are the same by chance. */
function withoutStray(matches: readonly Match[], words: readonly string[]): Match[] {
  const kept: Match[] = [];
  for (const island of islandsOf(matches)) {
    const isInner = island[0] !== matches[0] && island.at(-1) !== matches.at(-1);
    if (!isInner || island.some(([x]) => isTelling(words[x]!))) kept.push(...island);
  }
  return kept;
}

function islandsOf(matches: readonly Match[]): Match[][] {
  const islands: Match[][] = [];
  for (const match of matches) {
    const last = islands.at(-1)?.at(-1);
    if (last !== undefined && last[0] + 1 === match[0] && last[1] + 1 === match[1]) islands.at(-1)!.push(match);
    else islands.push([match]);
  }
  return islands;
}

/** What differs between words that are the same in both quotations. */
function inside({ own, other, number }: Side, others: readonly number[]): QuotationDifference[] {
  const differences: QuotationDifference[] = [];
  for (const partner of others) {
    const matches = matched(own.quotations[number]!, other.quotations[partner]!);
    const ends = endMatches(own.quotations[number]!, other.quotations[partner]!, matches);
    for (let at = 1; at < ends.length; at++) {
      const [last, next] = [ends[at - 1]!, ends[at]!];
      const a = { from: last[0] + 1, to: next[0] };
      const b = { from: last[1] + 1, to: next[1] };
      if (a.from === a.to && b.from === b.to) continue;
      const difference = differenceOf({ reading: own, range: a }, { reading: other, range: b });
      if (difference === null) continue;
      const keys = [quotationKey(own, number), quotationKey(other, partner)] as const;
      const [fromQuotation, toQuotation] = difference.isReversed ? [keys[1], keys[0]] : keys;
      differences.push({ ...difference.change, fromQuotation, toQuotation });
    }
  }
  return differences;
}

/** Words at an end of both quotations, where neither has more, stand in one another's place. */
const endMax = 6;

/** The matches, with one before the first and behind the last words where both begin, or end, with other words. */
function endMatches(a: Units, b: Units, matches: readonly Match[]): readonly Match[] {
  const [first, last] = [matches[0], matches.at(-1)];
  if (first === undefined || last === undefined) return matches;
  const ends = [...matches];
  if (isChanged(first[0] - a.from, first[1] - b.from)) ends.unshift([a.from - 1, b.from - 1]);
  if (isChanged(a.to - 1 - last[0], b.to - 1 - last[1])) ends.push([a.to, b.to]);
  return ends;
}

const isChanged = (wordsOfA: number, wordsOfB: number): boolean =>
  Math.min(wordsOfA, wordsOfB) > 0 && Math.max(wordsOfA, wordsOfB) <= endMax;

interface Stretch {
  readonly reading: DocumentReading;
  readonly range: Units;
}

function differenceOf(a: Stretch, b: Stretch) {
  const [ofA, ofB] = [quotedWords(a), quotedWords(b)];
  if (sameSpelling(ofA.all, ofB.all)) return null;
  // "[the bank]" for "it": the quoter says so.
  if ((ofA.isBracketed && ofA.own.length === 0) || (ofB.isBracketed && ofB.own.length === 0)) return null;
  if (sameSpelling(ofA.own, ofB.own) || sameFigures(a.reading, a.range, b.reading, b.range)) return null;
  const [from, to] = [placeOf(a.reading.wording, a.range), placeOf(b.reading.wording, b.range)];
  if (ofB.own.length === 0 && isElliptic(b))
    return { change: { kind: "quotation cut" as const, from, to }, isReversed: false };
  if (ofA.own.length === 0 && isElliptic(a)) {
    return { change: { kind: "quotation cut" as const, from: to, to: from }, isReversed: true };
  }
  return { change: { kind: "quotation altered" as const, from, to }, isReversed: false };
}

function quotedWords({ reading, range }: Stretch) {
  const all = wordsAt(reading.wording, range);
  const own = all.filter((_, at) => !isBracketed(reading, range.from + at));
  return { all, own, isBracketed: own.length < all.length };
}

/** How far before a word its bracket may be opened. */
const bracketReach = 200;

function isBracketed({ wording }: DocumentReading, at: number): boolean {
  const start = wording.words.starts[at]!;
  const before = wording.analysis.document.text.slice(Math.max(0, start - bracketReach), start);
  return before.lastIndexOf("[") > before.lastIndexOf("]");
}

/** Whether an ellipsis stands among the words, or between those around them. */
function isElliptic({ reading: { wording }, range: { from, to } }: Stretch): boolean {
  const { words, analysis } = wording;
  const start = from > 0 ? words.ends[from - 1]! : 0;
  const end = to < words.count ? words.starts[to]! : analysis.document.text.length;
  return ellipsis.test(analysis.document.text.slice(start, end));
}

/** Words at the ends of a quotation, or between two pieces of it, that the other document does not quote. */
function cuts({ own, other, number }: Side, others: readonly number[]): QuotationDifference[] {
  const range = own.quotations[number]!;
  const found = coverage(other, range, others);
  const differences: QuotationDifference[] = [];
  let from = range.from;
  while (from < range.to) {
    if (found.has(from)) {
      from++;
      continue;
    }
    let to = from;
    while (to < range.to && !found.has(to)) to++;
    const [before, behind] = [found.get(from - 1), found.get(to)];
    const missing = { from, to };
    from = to;
    const isInside = before !== undefined && behind !== undefined && before.quotation === behind.quotation;
    if (isInside || !saysMore(own, missing)) continue;
    const near = before ?? behind;
    if (near === undefined) continue;
    const at = before === undefined ? near.word : near.word + 1;
    // Where both go on, but in other words, only the one that goes on longer is cut in the other, if it is.
    const ends = other.quotations[near.quotation]!;
    const goesOn = before === undefined ? near.word - ends.from : ends.to - 1 - near.word;
    const length = missing.to - missing.from;
    if (isChanged(length, goesOn) || length <= goesOn) continue;
    differences.push({
      kind: "quotation cut",
      from: placeOf(own.wording, missing),
      to: before === undefined ? placeBefore(other, at) : placeOf(other.wording, { from: at, to: at }),
      fromQuotation: quotationKey(own, number),
      toQuotation: quotationKey(other, near.quotation),
    });
  }
  return differences;
}

/** Where a word begins, with empty text. */
function placeBefore({ wording }: DocumentReading, word: number): Place {
  const at = wording.points.pointAt(wording.words.starts[word]!);
  return { document: wording.id, start: at, end: at, text: "" };
}

/** For each word of a quotation the same one in those of the other document: the linked ones, then their neighbours. */
function coverage(other: DocumentReading, range: Quoted, others: readonly number[]) {
  const found = new Map<number, { quotation: number; word: number }>();
  const linked = new Set(others);
  const neighbours = others.flatMap((quotation) => [quotation - 1, quotation + 1]);
  for (const quotation of new Set([...others, ...neighbours])) {
    const words = other.quotations[quotation];
    if (words === undefined) continue;
    const matches = matched(range, words);
    const islands = islandsOf(matches);
    const isWhole = matches.length === words.to - words.from;
    for (const island of islands) {
      if (!linked.has(quotation) && !isWhole && island.length < islandMin) continue;
      for (const [x, y] of island) if (!found.has(x)) found.set(x, { quotation, word: y });
    }
  }
  return found;
}

/** Whether the words are more than a bracket, or words like "and". */
function saysMore(reading: DocumentReading, range: Units): boolean {
  return quotedWords({ reading, range }).own.some((word) => isTelling(foldWord(word)));
}
