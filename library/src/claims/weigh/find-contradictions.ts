import type { DocumentAnalysis } from "../analyse-document.ts";
import type { Contradiction, FigureInClaim } from "../claim.ts";
import { pointsOf } from "../documents/points-of.ts";
import { compareFigures } from "../figures/compare-figures.ts";
import type { Figure } from "../figures/figure.ts";
import { findBreakdowns } from "../figures/find-breakdowns.ts";
import { findDisagreements } from "../figures/find-disagreements.ts";
import { overlaps, type Span } from "../span.ts";
import type { Member } from "./group-claims.ts";
import type { Telling } from "./telling.ts";

export function figureInClaim({ document }: DocumentAnalysis, figure: Figure): FigureInClaim {
  const { start, end } = figure.span;
  return {
    figure,
    place: { document: document.id, start, end, text: pointsOf(document).slice({ start, end }) },
  };
}

/** Pairs of one claim's figures are compared as far as this many tellings with one amount each. */
const comparedMax = 200;

/**
 * The amounts of a claim that cannot all hold: of tellings with one amount of money each, from different documents. A
 * telling with several amounts says which part is what, which is not read, and is not compared.
 */
export function contradictionsWithin(members: readonly Member[]): Contradiction[] {
  const single = members.flatMap(({ telling }) => {
    const [only, ...others] = telling.figures.filter(({ kind }) => kind === "money");
    return only === undefined || others.length > 0 ? [] : [{ telling, figure: only }];
  });
  const told = members.map(({ telling }) => telling).filter(({ figures }) => figures.length > 1);
  const isToldApart = (a: Figure, b: Figure) => told.some((telling) => tellsApart(telling, a, b));
  const found = new Map<string, Contradiction>();
  const compared = single.slice(0, comparedMax);
  for (const [at, a] of compared.entries()) {
    for (const b of compared.slice(at + 1)) {
      if (a.telling.analysis === b.telling.analysis) continue;
      const { verdict, why } = compareFigures(a.figure, b.figure);
      const key = keyOfFigures([a, b]);
      if (verdict !== "contradictory" || found.has(key) || isToldApart(a.figure, b.figure)) continue;
      found.set(key, { figures: [a, b].map(({ telling, figure }) => figureInClaim(telling.analysis, figure)), why });
    }
  }
  return [...found.values()];
}

/** The same for the same values of the same bounds, wherever they stand. */
const keyOfFigures = (figures: readonly { readonly figure: Figure }[]): string =>
  JSON.stringify(figures.map(({ figure: { value, unit, bound } }) => [value, unit, bound]).sort());

/** Values that contradict one another are told once, the first time, whether the claim or an event showed it. */
export function toldOnce(contradictions: readonly Contradiction[]): Contradiction[] {
  const met = new Set<string>();
  return contradictions.filter(({ figures }) => {
    const key = keyOfFigures(figures);
    // A total that its parts do not add up to stands alone, and may be one of a pair besides.
    return figures.length < 2 || (!met.has(key) && met.add(key));
  });
}

const weighing = "not|than|rather|instead|from|revis|corrected|earlier|first|initial|original|while|against|although";
const compares = new RegExp(String.raw`(?<!\p{L})(?:${weighing})`, "iu");

/** "tried to move $50 million and got $8 million": who tells both, and does not weigh them, means two things. */
function tellsApart({ figures, span, analysis, content }: Telling, a: Figure, b: Figure): boolean {
  const is = (one: Figure, other: Figure) =>
    one.kind === other.kind && one.value === other.value && one.unit === other.unit && overlaps(one.span, span);
  if (!figures.some((one) => is(one, a)) || !figures.some((one) => is(one, b))) return false;
  return !content.some((part) => compares.test(pointsOf(analysis.document).slice(part)));
}

export interface FoundContradiction extends Contradiction {
  /** Where its figures stand, to find the claim that they belong to. */
  readonly places: readonly { readonly analysis: DocumentAnalysis; readonly span: Span }[];
}

/** What disagrees about one event across documents, and totals that their parts do not add up to. */
export function contradictionsAcross(analyses: readonly DocumentAnalysis[]): FoundContradiction[] {
  const events = analyses.flatMap((analysis) => analysis.events.map((one) => ({ ...one, analysis })));
  const disagreements = findDisagreements(events).map(({ a, b, shared, why }) => ({
    places: [a, b].map(({ analysis, figure }) => ({ analysis, span: figure.span })),
    figures: [a, b].map(({ analysis, figure }) => figureInClaim(analysis, figure)),
    why: `About what looks like one event (${shared.join(", ")}): ${why}`,
  }));
  const sums = analyses.flatMap((analysis) =>
    findBreakdowns(analysis.document.text, analysis.figures)
      .filter(({ verdict }) => verdict === "falls short" || verdict === "exceeds")
      .map(({ total, sum, parts, verdict }) => ({
        places: [{ analysis, span: total.span }],
        figures: [figureInClaim(analysis, total)],
        why: `Its ${parts.length} parts come to ${sum}, ${verdict === "exceeds" ? "over" : "under"} ${total.value}.`,
      })),
  );
  return [...disagreements, ...sums];
}

/** Whether a contradiction has a figure in one of these tellings. */
export function isAbout({ places }: FoundContradiction, members: readonly Member[]): boolean {
  return members.some(({ telling }) =>
    places.some(({ analysis, span }) => analysis === telling.analysis && overlaps(telling.span, span)),
  );
}
