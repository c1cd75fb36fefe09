import { type CodePoints, codePoints } from "../code-points.ts";
import type { Span } from "../span.ts";
import { publicationDay } from "./calendar.ts";
import type { Draft, Hedge } from "./draft.ts";
import type { Figure } from "./figure.ts";
import { findDates } from "./find-dates.ts";
import { findNumbers } from "./find-numbers.ts";
import { type Candidate, joinRanges } from "./join-ranges.ts";
import { decimalOf } from "./ratio.ts";
import { readCount, readDuration, readPercentage } from "./read-count.ts";
import type { NumberRead } from "./read-digits.ts";
import { readHedge } from "./read-hedge.ts";
import { joinCents, readMoney } from "./read-money.ts";
import { readScopes } from "./read-scope.ts";
import { readTokens, type Token } from "./tokens.ts";

/**
 * The figures of an English text, in order: money, counts, dates, durations, percentages, each with its bound and with
 * the span it rests on. Every one is a proposal. What has no definite value ("dozens", "several million") is left out.
 *
 * @param text the kept text; spans count its code points
 * @param published when the document came out, as ISO 8601; relative dates stay open (null) without it
 */
export function findFigures(text: string, published: string | null = null): Figure[] {
  const tokens = readTokens(text);
  const numbers = findNumbers(tokens);
  const drafts = findDrafts(tokens, numbers, publicationDay(published));
  const points = codePoints(text);
  return drafts.map((draft, index) => figureOf(tokens, points, draft, drafts[index + 1]));
}

function findDrafts(tokens: readonly Token[], numbers: readonly NumberRead[], published: number | null): Draft[] {
  const money = moneyAmong(tokens, numbers);
  const taken = new Uint8Array(tokens.length);
  for (const { first, next } of money) taken.fill(1, first, next);
  const dates = findDates(tokens, published).filter(({ first, next }) => !taken.subarray(first, next).includes(1));
  for (const { first, next } of dates) taken.fill(2, first, next);
  const amounts = new Map(money.map((draft) => [draft, draft.next]));
  const ordered = [...amounts.keys()];
  const candidates: Candidate[] = [];
  let amount = 0;
  for (const number of numbers) {
    if (taken[number.first] === 2) continue;
    while (amount < ordered.length && (ordered[amount] as Draft).next <= number.first) amount++;
    const draft = ordered[amount];
    if (draft !== undefined && draft.first <= number.first) {
      if (candidates.at(-1)?.draft !== draft) candidates.push({ number, draft });
      continue;
    }
    const other = readPercentage(tokens, number) ?? readDuration(tokens, number) ?? readCount(tokens, number);
    candidates.push({ number, draft: other });
  }
  return [...joinRanges(tokens, candidates), ...dates].sort((a, b) => a.first - b.first);
}

/** The amounts of money, each unit used once. */
function moneyAmong(tokens: readonly Token[], numbers: readonly NumberRead[]): Draft[] {
  const found: Draft[] = [];
  let free = 0;
  for (const number of numbers) {
    if (number.first < free) continue;
    const draft = readMoney(tokens, number, free);
    if (draft === null) continue;
    found.push(draft);
    free = draft.next;
  }
  return joinCents(tokens, found, numbers);
}

function figureOf(tokens: readonly Token[], points: CodePoints, draft: Draft, following: Draft | undefined): Figure {
  const span = (first: number, next: number): Span =>
    points.span((tokens[first] as Token).start, (tokens[next - 1] as Token).end);
  const own = span(draft.first, draft.next);
  const hedge = hedgeOf(tokens, draft);
  return {
    kind: draft.kind,
    value: draft.date === null ? decimalOf(draft.value) : draft.date.from,
    to: draft.date === null ? (draft.to === null ? null : decimalOf(draft.to)) : draft.date.to,
    unit: draft.unit,
    assumed: draft.assumed,
    bound: draft.bound === "range" ? "range" : (hedge?.bound ?? "exact"),
    strict: draft.bound === "range" ? false : (hedge?.strict ?? false),
    step: draft.date === null ? decimalOf(draft.step) : null,
    span: own,
    text: points.slice(own),
    hedge: hedge === null ? null : span(hedge.first, hedge.next),
    scope: readScopes(tokens, draft, following).map(({ kind, first, next }) => {
      const words = span(first, next);
      return { kind, span: words, text: points.slice(words) };
    }),
  };
}

function hedgeOf(tokens: readonly Token[], draft: Draft): Hedge | null {
  const before = tokens[draft.first - 1]?.lower;
  if (draft.bound === "range" && (before === "between" || before === "from")) {
    return { bound: "range", strict: false, first: draft.first - 1, next: draft.first };
  }
  return readHedge(tokens, draft.first, draft.next, draft.kind === "date");
}
