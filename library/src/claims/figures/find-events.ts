import { codePoints } from "../code-points.ts";
import type { Span } from "../span.ts";
import type { Figure } from "./figure.ts";
import { endsSentence } from "./read-scope.ts";
import { readTokens, type Token } from "./tokens.ts";

/** What a figure is about: one event, by the word for it and the one it was done to. */
export interface FigureEvent {
  /** The word for what was done: "attack", "stolen". */
  readonly deed: Span;
  /** The name of the one it was done to. */
  readonly victim: Span;
  /** The telling words of that name, in small letters; events whose words overlap may be one. */
  readonly words: readonly string[];
}

export interface FigureOfEvent {
  readonly figure: Figure;
  readonly event: FigureEvent;
}

// In the singular: "attacks" are many, and no figure beside them is about one.
const deeds = new Set(
  (
    "attack cyberattack hack heist cyberheist theft robbery breach exploit raid intrusion hacking hacked attacked " +
    "robbed breached stole stolen exploited targeted lost losing drained looted siphoned took taken " +
    "hit"
  ).split(" "),
);
// Between the deed and its victim.
const links = new Set(
  "on at of against into from targeting targeted hitting hit struck hacked attacked robbed breached".split(" "),
);
const transitive = new Set("hacked attacked robbed breached targeted exploited looted drained hit".split(" "));
const passive = new Set("was were been being got is".split(" "));
// The subject of these is the one who did it, or the word is a verb: the victim stands behind "from".
const taking = new Set("stole stolen siphoned drained looted took taken".split(" "));
const ownLoss = new Set(["lost", "losing"]);
const generic = new Set(
  (
    "the of a an bank banks central national exchange group company inc ltd corp limited international " +
    "finance financial protocol network reserve federal new and for system entertainment pictures studio " +
    "fund capital holdings republic north south east west united us uk un"
  ).split(" "),
);
const times = new Set(
  (
    "january february march april may june july august september october november december monday tuesday wednesday " +
    "thursday friday saturday sunday jan feb mar apr jun jul aug sep sept oct nov dec"
  ).split(" "),
);
const directions = new Set("north south east west united new saudi sri el hong costa".split(" "));
const victimReach = 9;
const leadMax = 4;
/** Longer clauses are lists or floods; they are cut, and what stands apart is not joined. */
const clauseMax = 120;
const nameMax = 8;

/**
 * The figures that stand in one clause with a deed in the singular and the name of its victim ("the 2015 attack on the
 * Central Bank of X", "hackers stole $5m from Y", "an $81m heist that targeted the X central bank in 2016"). Figures
 * without such a clause are about nothing that can be told safely, and are left out.
 */
export function findFigureEvents(text: string, figures: readonly Figure[]): FigureOfEvent[] {
  const tokens = readTokens(text);
  const points = codePoints(text);
  const found: FigureOfEvent[] = [];
  let next = 0;
  let at = 0;
  while (at < tokens.length && next < figures.length) {
    const end = clauseEnd(tokens, at);
    const last = points.pointAt((tokens[end - 1] as Token).end);
    const within: Figure[] = [];
    while (next < figures.length && (figures[next] as Figure).span.end <= last) within.push(figures[next++] as Figure);
    if (next < figures.length && (figures[next] as Figure).span.start < last) within.push(figures[next++] as Figure);
    if (within.length > 0) {
      const events = eventsOf(tokens, at, end).map(({ deed, from, to, words }) => ({
        deed: points.span((tokens[deed] as Token).start, (tokens[deed] as Token).end),
        victim: points.span((tokens[from] as Token).start, (tokens[to - 1] as Token).end),
        words,
      }));
      for (const figure of within) {
        const event = nearest(figure, events);
        if (event !== null) found.push({ figure, event });
      }
    }
    at = end;
  }
  return found;
}

/** Where a clause ends: at a sentence's end, at ; : ( ) and dashes, at a comma, and at "and a", "and the", "while". */
function clauseEnd(tokens: readonly Token[], first: number): number {
  const limit = Math.min(tokens.length, first + clauseMax);
  for (let at = first; at < limit; at++) {
    const [token, after] = [tokens[at] as Token, tokens[at + 1]];
    if (after === undefined || after.gap === 2 || endsSentence(tokens, at)) return at + 1;
    if (/^[;:()—–]$/.test(token.text) && at > first) return at + 1;
    // "OSTRAVA, Sept 4 - Police": a hyphen between spaces is a dash.
    if (token.text === "-" && token.gap > 0 && after.gap > 0 && at > first) return at + 1;
    // A comma inside of a number or a date ("May 5, 2019") parts nothing.
    // Nor does the one behind "In 2018".
    const lead = at - first <= leadMax && /^(?:In|On)$/.test((tokens[first] as Token).text);
    if (token.text === "," && after.kind !== "digits" && !lead) return at + 1;
    if (at > first && /^(?:and|but|while|whereas)$/.test(token.lower) && opensClause(after)) return at;
    // "the thief of the X bank denied claims that it had sent …": what is claimed is about something of its own.
    if (at > first && token.lower === "that" && claims.has((tokens[at - 1] as Token).lower)) return at;
  }
  return limit;
}

const claims = new Set(
  (
    "claim claims claimed allegation allegations alleged accusation accusations charge charges report reports " +
    "reported said says denies denied denying"
  ).split(" "),
);

const opensClause = (after: Token): boolean => /^(?:an?|the|another|in|on|its|his|her|their)$/.test(after.lower);

interface EventAt {
  readonly deed: number;
  readonly from: number;
  readonly to: number;
  readonly words: readonly string[];
}

function eventsOf(tokens: readonly Token[], first: number, end: number): EventAt[] {
  const events: EventAt[] = [];
  for (let at = first; at < end; at++) {
    if (!deeds.has((tokens[at] as Token).lower)) continue;
    const name = victimOf(tokens, at, first, end);
    if (name === null) continue;
    const words = tellingWords(tokens, name.from, name.to);
    if (words.length > 0) events.push({ deed: at, ...name, words });
  }
  return events;
}

function victimOf(
  tokens: readonly Token[],
  deed: number,
  first: number,
  end: number,
): { from: number; to: number } | null {
  const { lower } = tokens[deed] as Token;
  const suffered = passive.has(tokens[deed - 1]?.lower ?? "");
  if (ownLoss.has(lower) || (suffered && transitive.has(lower))) return nameBefore(tokens, deed, first);
  const behind = transitive.has(lower) ? nameFrom(tokens, deed + 1, Math.min(end, deed + 4), end) : null;
  for (let at = deed + 1; behind === null && at < Math.min(end, deed + victimReach); at++) {
    if (!links.has((tokens[at] as Token).lower)) continue;
    const name = nameFrom(tokens, at + 1, Math.min(end, at + 5), end);
    if (name !== null) return name;
  }
  // "The gang claimed responsibility for the attack": it is not whom it was done to.
  const claimed = tokens.slice(Math.max(first, deed - 4), deed).some((one) => one.lower === "responsibility");
  if (claimed) return behind;
  // What "hit" hits stands right behind it, or it is no deed ("prices hit a low").
  if (lower === "hit") return behind;
  if (behind === null && !taking.has(lower) && hasReport(tokens, first, deed)) return nameBefore(tokens, deed, first);
  return behind ?? (suffered || taking.has(lower) ? null : nameBeside(tokens, deed, first));
}

/** "Northwind suffered a $5m hack": the one who tells of it is the one it was done to. */
function hasReport(tokens: readonly Token[], first: number, deed: number): boolean {
  for (let at = first; at < deed; at++) {
    if (/^(?:suffered|disclosed|reported|confirmed)$/.test((tokens[at] as Token).lower)) return true;
  }
  return false;
}

const isCapital = (token: Token | undefined): boolean =>
  token?.kind === "word" &&
  token.text !== token.lower &&
  !/^(?:The|A|An|In|On|One|Two|Three|Some|Several|Many|Most|All|Another|Our|Its|Their)$/.test(token.text) &&
  !times.has(token.lower);

/** The first name that begins between two tokens: "the Bangladesh central bank", "Central Bank of Chile". */
function nameFrom(
  tokens: readonly Token[],
  first: number,
  limit: number,
  end: number,
): { from: number; to: number } | null {
  for (let from = first; from < limit; from++) {
    if (!isCapital(tokens[from])) continue;
    let to = from + 1;
    while (to < Math.min(end, from + nameMax)) {
      const joins = /^(?:of|’|'|s|-|&)$/.test(tokens[to]?.lower ?? "") && isNear(tokens, to + 1, end);
      if (!isCapital(tokens[to]) && !joins) break;
      to++;
    }
    while (to > from + 1 && !isCapital(tokens[to - 1])) to--;
    return { from, to };
  }
  return null;
}

const isNear = (tokens: readonly Token[], at: number, end: number): boolean =>
  at < end && (isCapital(tokens[at]) || (tokens[at]?.lower === "s" && at + 1 < end && isCapital(tokens[at + 1])));

/** The subject: the first name of the clause before the deed. */
const nameBefore = (tokens: readonly Token[], deed: number, first: number) => nameFrom(tokens, first, deed, deed);

/** "the Northwind hack", "Northwind's 2016 breach": a name that ends at most three tokens before the deed. */
function nameBeside(tokens: readonly Token[], deed: number, first: number): { from: number; to: number } | null {
  let to = deed;
  while (to > first && to > deed - 4 && !isCapital(tokens[to - 1])) {
    if (/^[,;]$/.test(tokens[to - 1]?.text ?? "")) return null;
    to--;
  }
  if (!isCapital(tokens[to - 1])) return null;
  let from = to - 1;
  while (from > first && to - from < nameMax && isCapital(tokens[from - 1])) from--;
  return { from, to };
}

function tellingWords(tokens: readonly Token[], from: number, to: number): string[] {
  const words: string[] = [];
  for (let at = from; at < to; at++) {
    const { lower, kind } = tokens[at] as Token;
    const joined = directions.has(tokens[at - 1]?.lower ?? "") && at > from;
    if (kind !== "word" || lower.length < 2 || generic.has(lower)) continue;
    words.push(joined ? `${tokens[at - 1]?.lower} ${lower}` : lower);
  }
  return words;
}

function nearest(figure: Figure, events: readonly FigureEvent[]): FigureEvent | null {
  let best: FigureEvent | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const event of events) {
    const { start, end } = figure.span;
    const distance = Math.min(Math.abs(event.deed.start - end), Math.abs(start - event.deed.end));
    if (distance < least) [best, least] = [event, distance];
  }
  return best;
}
