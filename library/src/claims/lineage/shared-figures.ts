import type { Figure } from "../figures/figure.ts";
import type { Span } from "../span.ts";
import { chosenBefore, partnersMax } from "./meetings.ts";
import type { Wording } from "./wording.ts";

/**
 * Which figures tell that two documents have something in common:
 * - `exact`: one with three significant digits ("1,734 accounts", "$81.4 million"), or with as many as the number of
 *   documents has, for among many some meet by chance;
 * - `pair`: two that stand together in one sentence in both, each of two or more significant digits, and together of
 *   one more than an exact one; one of both with the same noun ("35 … in 17 countries");
 * - `rare`: any other amount of money that two or three documents have, and at most one in {@link rareAmong}.
 *
 * What more than {@link figureHoldersMax} documents have leads nowhere. Dates and durations are left out: they belong
 * to events that everybody knows.
 */
export type FigureTelling = "pair" | "exact" | "rare";

export interface SharedFigure {
  readonly telling: FigureTelling;
  readonly earlier: readonly Span[];
  readonly later: readonly Span[];
}

const figureHoldersMax = 200;
const rareHoldersMax = 3;
const rareAmong = 200;
const exactDigitsMin = 3;
const pairDigitsMin = 2;
/** Longer lists of figures in one sentence are tables; the first of them are paired. */
const pairedMax = 8;

interface Holding {
  readonly telling: FigureTelling;
  readonly spans: readonly Span[];
}

interface Holder extends Holding {
  readonly document: number;
}

/** The figures that documents share. */
export class FigureIndex {
  private readonly holders = new Map<string, Holder[]>();
  private readonly wordings: readonly Wording[];
  private readonly exactDigits: number;

  constructor(wordings: readonly Wording[]) {
    this.wordings = wordings;
    this.exactDigits = Math.max(exactDigitsMin, Math.ceil(Math.log10(Math.max(1, wordings.length))));
    wordings.forEach((wording, document) => {
      for (const [key, holding] of holdingsOf(wording, this.exactDigits)) {
        const known = this.holders.get(key);
        if (known === undefined) this.holders.set(key, [{ ...holding, document }]);
        else known.push({ ...holding, document });
      }
    });
  }

  /** What a document shares with those before it: for each figure the first and the latest of them. */
  before(later: number): ReadonlyMap<number, SharedFigure[]> {
    const found = new Map<number, SharedFigure[]>();
    for (const [key, { telling, spans }] of holdingsOf(this.wordings[later]!, this.exactDigits)) {
      const holders = this.holders.get(key)!;
      if (holders.length < 2 || holders.length > (telling === "rare" ? rareHoldersMax : figureHoldersMax)) continue;
      if (telling === "rare" && holders.length * rareAmong > this.wordings.length) continue;
      const own = holders.findIndex(({ document }) => document === later);
      for (const at of chosenBefore(0, own)) {
        const { document, spans: earlier } = holders[at]!;
        const known = found.get(document);
        if (known === undefined) found.set(document, [{ telling, earlier, later: spans }]);
        else known.push({ telling, earlier, later: spans });
      }
    }
    if (found.size <= partnersMax) return found;
    return new Map([...found].sort(([, x], [, y]) => y.length - x.length).slice(0, partnersMax));
  }
}

/** A document's telling figures, each where it first stands. */
function holdingsOf({ analysis }: Wording, exactDigits: number): ReadonlyMap<string, Holding> {
  const holdings = new Map<string, Holding>();
  const add = (key: string, telling: FigureTelling, figures: readonly Figure[]) => {
    if (!holdings.has(key)) holdings.set(key, { telling, spans: figures.map(({ span }) => span) });
  };
  for (const figures of bySentence(analysis.figures.filter(isAmount), analysis.said.sentences)) {
    for (const figure of figures) {
      const digits = significantDigits(figure);
      if (digits >= exactDigits) add(keyOf(figure), "exact", [figure]);
      else if (figure.kind === "money") add(keyOf(figure), "rare", [figure]);
    }
    const paired = figures.filter((figure) => significantDigits(figure) >= pairDigitsMin).slice(0, pairedMax);
    paired.forEach((one, at) => {
      for (const other of paired.slice(at + 1)) {
        if (one.value === other.value || significantDigits(one) + significantDigits(other) <= exactDigits) continue;
        // Either noun may be another word ("35 attacks", "35 instances").
        add(pairKey(keyOf(one), looseKeyOf(other)), "pair", [one, other]);
        add(pairKey(looseKeyOf(one), keyOf(other)), "pair", [one, other]);
      }
    });
  }
  return holdings;
}

const isAmount = ({ kind, value, text }: Figure): boolean =>
  value !== null && (kind === "money" || (kind === "count" && !isYear(text)) || kind === "percentage");
/** "2005 levels" */
const isYear = (text: string): boolean => /^(?:19|20)\d\d(?!\d|[.,]\d)/u.test(text);

const looseKeyOf = ({ kind, value, to }: Figure): string => `${kind} ${value} ${to ?? ""}`;
const keyOf = (figure: Figure): string => `${looseKeyOf(figure)} ${figure.unit ?? ""}`;
const pairKey = (one: string, other: string): string => (one < other ? `${one} & ${other}` : `${other} & ${one}`);

/** "81.40" has three, "2,000,000" one. */
function significantDigits({ value, to }: Figure): number {
  const digitsOf = (text: string) => text.replace(/[-.]/gu, "").replace(/^0+|0+$/gu, "").length;
  return Math.max(digitsOf(value ?? ""), digitsOf(to ?? ""));
}

/** The figures of each sentence that has any; both lists are in order. */
function bySentence(figures: readonly Figure[], sentences: readonly Span[]): Figure[][] {
  const groups: Figure[][] = [];
  let sentence = 0;
  let last = -1;
  for (const figure of figures) {
    while (sentence < sentences.length && sentences[sentence]!.end < figure.span.end) sentence++;
    if (sentence === last) groups.at(-1)!.push(figure);
    else groups.push([figure]);
    last = sentence;
  }
  return groups;
}
