import { codePoints } from "../code-points.ts";
import type { Span } from "../span.ts";
import type { Figure } from "./figure.ts";
import { readNumber } from "./find-numbers.ts";
import { smallWords } from "./number-words.ts";
import { endsSentence } from "./read-scope.ts";
import { readTokens, type Token } from "./tokens.ts";

/** One part of a breakdown: `count` for each of `places`. */
export interface BreakdownPart {
  readonly count: string;
  readonly places: string;
  readonly span: Span;
  readonly text: string;
}

/** A total with the parts that the text gives of it. */
export interface Breakdown {
  readonly total: Figure;
  readonly parts: readonly BreakdownPart[];
  readonly sum: string;
  /** The sum less the total: "-5" where five are missing. */
  readonly difference: string;
  /** The number of places that the text states beside the total, and how many the parts name. */
  readonly places: { readonly stated: Figure | null; readonly counted: string };
  /** *open*: less than the total, and nothing says that the list is whole. */
  readonly verdict: "adds up" | "falls short" | "exceeds" | "open";
}

const windowMax = 220;
const sentencesMax = 4;
const namesMax = 40;
const reach = 7;
/** "13 others, among them Gambia and Malta, were attacked once each" */
const othersReach = 16;

/**
 * The breakdowns of a text: a count, and within the next sentences of its paragraph at least two parts of it, each with
 * a name or with "others" ("Freedonia was hit 10 times, Sylvania three, Grand Fenwick and Ruritania two each, and 13
 * others once each"). A breakdown is whole where its places are as many as the
 * text states, or where it ends in "others".
 */
export function findBreakdowns(text: string, figures: readonly Figure[]): Breakdown[] {
  const tokens = readTokens(text);
  const points = codePoints(text);
  const other = new Uint8Array(tokens.length);
  const at = (point: number) => tokenAt(tokens, points.unitAt(point));
  for (const { kind, span } of figures) if (kind !== "count") other.fill(1, at(span.start), at(span.end));
  const cite = (from: number, to: number) => {
    const span = points.span((tokens[from] as Token).start, (tokens[to - 1] as Token).end);
    return { span, text: points.slice(span) };
  };
  const found: Breakdown[] = [];
  let covered = 0;
  for (const [index, total] of figures.entries()) {
    if (!isTotal(total) || total.span.start < covered) continue;
    const stated = statedPlaces(figures, index);
    // The tokens of the stated places are part of the total's own phrase.
    if (stated !== null) other.fill(1, at(stated.span.start), at(stated.span.end));
    const ahead = partAhead(tokens, at(total.span.start));
    const behind = readParts(tokens, at(total.span.end), total, other);
    const parts = ahead === null ? behind : [ahead, ...behind];
    if (parts.length < 2 || (stated === null && parts.every(({ others }) => others))) continue;
    const breakdown = judge(total, stated, parts, cite);
    found.push(breakdown);
    covered = breakdown.parts.at(-1)?.span.end ?? covered;
  }
  return found;
}

const totalLeast = 3;

const isTotal = ({ kind, unit, value }: Figure): boolean =>
  kind === "count" &&
  unit !== null &&
  !countries.test(unit) &&
  /^\d+$/.test(value ?? "") &&
  Number(value) >= totalLeast;

/** The first token that starts at a UTF-16 unit or behind it. */
function tokenAt(tokens: readonly Token[], unit: number): number {
  let [low, high] = [0, tokens.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((tokens[middle] as Token).start < unit) low = middle + 1;
    else high = middle;
  }
  return low;
}

// "13 other countries" are a part, not all of the places.
const others = /\bother\b/i;
const countries = /^(?:country|nation|state)$/;
const nearPoints = 120;

/** The places of the total: the count that its scope ends with, or one of countries close by. */
function statedPlaces(figures: readonly Figure[], index: number): Figure | null {
  const [total, following] = [figures[index] as Figure, figures[index + 1]];
  const scoped = total.scope.some(({ kind, span }) => kind === "in" && span.end === following?.span.end);
  if (scoped && following?.kind === "count" && !others.test(following.text)) return following;
  const near = figures.slice(Math.max(0, index - 2), index + 3).filter(({ kind, unit, span, text }) => {
    const distance = Math.max(span.start - total.span.end, total.span.start - span.end);
    return kind === "count" && countries.test(unit ?? "") && !others.test(text) && distance < nearPoints;
  });
  return near[0] ?? null;
}

/** The first part of "10 of the 35 attacks". */
function partAhead(tokens: readonly Token[], total: number): Part | null {
  const article = /^(?:the|those|these|all)$/.test(tokens[total - 1]?.lower ?? "") ? 1 : 0;
  const at = total - article - 2;
  if (tokens[total - article - 1]?.lower !== "of" || at < 0) return null;
  const number = readNumber(tokens, at);
  if (number === null || number.next !== at + 1 || number.value.d !== 1n) return null;
  return { count: number.value.n, places: 1n, others: false, first: at, next: number.next };
}

interface Part {
  readonly count: bigint;
  readonly places: bigint;
  readonly others: boolean;
  readonly first: number;
  readonly next: number;
}

/** The parts in the sentences behind a total, up to the end of its paragraph; tokens marked in `other` are no parts. */
function readParts(tokens: readonly Token[], first: number, total: Figure, other: Uint8Array): Part[] {
  const parts: Part[] = [];
  let sentences = 0;
  for (let at = first; at < tokens.length && at < first + windowMax; ) {
    const broken = (tokens[at] as Token).gap === 2 && at > first && tokens[at - 1]?.text !== ":";
    const listed = /^[-•*–]$/.test((tokens[at] as Token).text);
    if (broken && !listed && !endsSentence(tokens, at - 1)) break;
    if (endsSentence(tokens, at) && ++sentences >= sentencesMax) break;
    const part = other[at] === 1 ? null : readPart(tokens, at, first, total);
    // "The number is 23" tells the whole again, and is no part of it.
    if (part !== null && part.count < BigInt(total.value ?? "0")) parts.push(part);
    at = part === null ? Math.max(at + 1, readNumber(tokens, at)?.next ?? 0) : part.next;
  }
  return parts;
}

const often: Record<string, bigint> = { once: 1n, twice: 2n, thrice: 3n };

/** A number of times, or of what the total counts; null where the number counts something else. */
function countAt(
  tokens: readonly Token[],
  at: number,
  total: Figure,
): { count: bigint; next: number; bare: boolean } | null {
  const adverb = often[tokens[at]?.lower ?? ""];
  if (adverb !== undefined) return { count: adverb, next: at + 1, bare: false };
  const number = readNumber(tokens, at);
  if (number === null || number.value.d !== 1n || number.value.n <= 0n) return null;
  const after = tokens[number.next]?.lower ?? "";
  const unit = total.unit ?? "";
  const counts = after === "times" || after === "time" || after === unit || after === `${unit}s` || kin(after, unit);
  return { count: number.value.n, next: counts ? number.next + 1 : number.next, bare: !counts };
}

const deeds = /^(?:cyber)?(?:attack|incident|instance|hack|theft|breach|heist|raid|case|intrusion|robber(?:y|ie))s?$/;
const kin = (word: string, unit: string): boolean => deeds.test(word) && deeds.test(unit);

const isEach = (tokens: readonly Token[], at: number): boolean => /^(?:each|apiece)$/.test(tokens[at]?.lower ?? "");

function readPart(tokens: readonly Token[], at: number, from: number, total: Figure): Part | null {
  const others = readOthers(tokens, at, total);
  if (others !== null) return others;
  const read = countAt(tokens, at, total);
  if (read === null) return null;
  const spread = isEach(tokens, read.next) ? placesBehind(tokens, read.next + 1) : null;
  if (spread !== null) return { count: read.count, ...spread, first: at };
  if (isEach(tokens, read.next)) {
    const { names, first } = namesBefore(tokens, at, from);
    return names === 0 ? null : { count: read.count, places: BigInt(names), others: false, first, next: read.next + 1 };
  }
  const after = tokens[read.next];
  const ends =
    after === undefined || after.kind === "mark" || /^(?:and|of|were|was|in|on|at|against|directly)$/.test(after.lower);
  if (!ends || !isNamed(tokens, at, read.next, from)) return null;
  return { count: read.count, places: 1n, others: false, first: at, next: read.next };
}

/** "two each in Bangladesh and Chile", "one each in 13 other countries": how many places share a count. */
function placesBehind(tokens: readonly Token[], at: number): Pick<Part, "places" | "others" | "next"> | null {
  if (!/^(?:in|at|for|against|on|from)$/.test(tokens[at]?.lower ?? "")) return null;
  const many = readNumber(tokens, at + 1);
  if (many !== null && many.value.d === 1n && many.value.n > 0n) {
    const noun = /^(?:other|more)$/.test(tokens[many.next]?.lower ?? "") ? many.next + 1 : many.next;
    return placeNouns.test(tokens[noun]?.lower ?? "") ? { places: many.value.n, others: true, next: noun + 1 } : null;
  }
  let names = 0;
  let next = at + 1;
  while (names < namesMax) {
    const start = tokens[next]?.lower === "the" ? next + 1 : next;
    let end = start;
    while (isName(tokens[end]) || (end > start && tokens[end]?.text === "-")) end++;
    if (end === start) break;
    names++;
    next = end;
    let link = next;
    while (/^(?:,|and|&)$/.test(tokens[link]?.lower ?? "")) link++;
    if (link === next || !isName(tokens[tokens[link]?.lower === "the" ? link + 1 : link])) break;
    next = link;
  }
  return names === 0 ? null : { places: BigInt(names), others: false, next };
}

const placeNouns = /^(?:others|countries|nations|states|places|banks|exchanges|cities)$/;

/** "13 others once each", "13 countries suffered one attack each", "one attack each in 13 others" */
function readOthers(tokens: readonly Token[], at: number, total: Figure): Part | null {
  const many = readNumber(tokens, at);
  if (many === null || many.value.d !== 1n || many.value.n <= 0n) return null;
  const noun = tokens[many.next]?.lower === "other" || tokens[many.next]?.lower === "more" ? many.next + 1 : many.next;
  if (!placeNouns.test(tokens[noun]?.lower ?? "")) return null;
  for (let end = noun + 1; end < noun + othersReach && end < tokens.length; end++) {
    const read = countAt(tokens, end, total);
    if (read !== null && isEach(tokens, read.next)) {
      return { count: read.count, places: many.value.n, others: true, first: at, next: read.next + 1 };
    }
    if (endsSentence(tokens, end)) return null;
  }
  return null;
}

const isName = (token: Token | undefined): boolean =>
  token?.kind === "word" && token.text !== token.lower && !smallWords.has(token.lower);

/** How many names stand in a row before a token: "Malta, Chile and Peru had two each" are three. */
function namesBefore(tokens: readonly Token[], at: number, from: number): { names: number; first: number } {
  let first = at;
  while (first > from && at - first < 3 && !isName(tokens[first - 1])) {
    if (tokens[first - 1]?.kind !== "word") return { names: 0, first: at };
    first--;
  }
  let names = 0;
  while (first > from && names < namesMax && isName(tokens[first - 1])) {
    while (first > from && (isName(tokens[first - 1]) || tokens[first - 1]?.text === "-")) first--;
    names++;
    let link = first;
    while (link > from && /^(?:,|and|&|the)$/.test(tokens[link - 1]?.lower ?? "")) link--;
    if (link === first || !isName(tokens[link - 1])) break;
    first = link;
  }
  return { names, first };
}

/** Whether a name stands near a part: before it in its clause ("Sylvania three") or behind it ("three in Sylvania"). */
function isNamed(tokens: readonly Token[], at: number, next: number, from: number): boolean {
  for (let back = at - 1; back >= Math.max(from, at - reach); back--) {
    if (/^[,;.]$/.test(tokens[back]?.text ?? "")) break;
    if (isName(tokens[back])) return true;
  }
  for (let ahead = next; ahead < next + reach; ahead++) {
    if (/^[,;.]$/.test(tokens[ahead]?.text ?? "")) return false;
    if (isName(tokens[ahead]) && tokens[ahead - 1]?.kind === "word") return true;
  }
  return false;
}

function judge(
  total: Figure,
  stated: Figure | null,
  parts: readonly Part[],
  cite: (from: number, to: number) => { span: Span; text: string },
): Breakdown {
  const sum = parts.reduce((all, { count, places }) => all + count * places, 0n);
  const counted = parts.reduce((all, { places }) => all + places, 0n);
  const difference = sum - BigInt(total.value ?? "0");
  const whole = parts.some(({ others }) => others) || counted.toString() === stated?.value;
  const short = whole ? "falls short" : "open";
  return {
    total,
    parts: parts.map(({ count, places, first, next }) => ({
      count: count.toString(),
      places: places.toString(),
      ...cite(first, next),
    })),
    sum: sum.toString(),
    difference: difference.toString(),
    places: { stated, counted: counted.toString() },
    verdict: difference === 0n ? "adds up" : difference > 0n ? "exceeds" : short,
  };
}
