import type { Change, FigureInClaim, Place } from "../claim.ts";
import { pointsOf } from "../documents/points-of.ts";
import type { Figure } from "../figures/figure.ts";
import { compareFigureHedges } from "../lineage/compare-figure-hedges.ts";
import { figureInClaim } from "./find-contradictions.ts";
import type { Telling } from "./telling.ts";
import type { Side } from "./weigh-position.ts";

/** A document that tells one amount so many times changes it no oftener. */
const perDocumentMax = 8;

/**
 * What became of the bounds of a claim's amounts and counts on the way from the telling that stands nearest to their
 * origin: its quoted words, else the one by whoever had access, else the earliest that names an origin. Values that
 * differ are no changes of a bound; they are among the claim's contradictions.
 */
export function hedgeChanges(sides: readonly Side[]): ComparedHedges {
  const asserted = sides.filter(({ act }) => act === "alleges" || act === "states");
  const known = asserted.flatMap(({ members, origins }) =>
    members.flatMap(({ telling }) => (origins.ofTelling.get(telling) == null ? [] : [telling])),
  );
  const nearest = [...known].sort((a, b) => nearness(b) - nearness(a));
  const changes: Change[] = [];
  const places: Place[] = [];
  const compared = new Set<string>();
  for (const telling of nearest) {
    for (const figure of telling.figures) {
      const key = statedValue(figure);
      if (key === null || compared.has(key)) continue;
      compared.add(key);
      changes.push(...retellings(telling, figure, { sides, places, known }));
    }
  }
  return { changes, places };
}

export interface ComparedHedges {
  readonly changes: readonly Change[];
  /** Every figure that was compared with the origin's, changed or not. */
  readonly places: readonly Place[];
}

function nearness({ isDirect, carriers, isOwnVoice }: Telling): number {
  if (isOwnVoice) return 0;
  return (isDirect ? 2 : 0) + (carriers.some(({ hasAccess }) => hasAccess) ? 1 : 0);
}

function statedValue({ kind, value, unit }: Figure): string | null {
  return value === null || (kind !== "money" && kind !== "count") ? null : JSON.stringify([kind, value, unit]);
}

interface Retold {
  readonly sides: readonly Side[];
  readonly places: Place[];
  /** The tellings of known origin. */
  readonly known: readonly Telling[];
}

/** The figure with the words that bound it: these are what changed. */
function withHedge({ figure, place }: FigureInClaim, document: Telling["analysis"]["document"]): Place {
  const start = Math.min(place.start, figure.hedge?.start ?? place.start);
  const end = Math.max(place.end, figure.hedge?.end ?? place.end);
  return { document: place.document, start, end, text: pointsOf(document).slice({ start, end }) };
}

/** What was published on an earlier day was not retold from it. */
function isBefore({ analysis: a }: Telling, { analysis: b }: Telling): boolean {
  const [day, other] = [a, b].map(({ document }) => document.published?.value.slice(0, 10));
  return day !== undefined && other !== undefined && day < other;
}

/** Who has it from somebody else has not changed the bound that this one gave it. */
function hasAnotherOrigin(telling: Telling, nearest: Telling, sides: readonly Side[]): boolean {
  return sides.some(({ origins: { ofTelling } }) => {
    const [one, other] = [ofTelling.get(telling), ofTelling.get(nearest)];
    return one != null && other != null && one !== other;
  });
}

/** A title drops the bound that its own text gives: who took it from the text has changed nothing. */
function isToldBoth(
  { analysis }: Telling,
  key: string | null,
  retold: FigureInClaim,
  known: readonly Telling[],
): boolean {
  return known.some(
    (one) =>
      one.analysis === analysis &&
      one.figures.some(
        (figure) =>
          statedValue(figure) === key && compareFigureHedges(figureInClaim(analysis, figure), retold) === null,
      ),
  );
}

function retellings(nearest: Telling, figureOf: Figure, { sides, places, known }: Retold): Change[] {
  const origin = figureInClaim(nearest.analysis, figureOf);
  const key = statedValue(origin.figure);
  const told = new Map<string, number>();
  // Who takes a figure back does not hand it on.
  const handingOn = sides.filter(({ act }) => act !== "retracts" && act !== "corrects");
  return handingOn.flatMap(({ members }) =>
    members.flatMap(({ telling }) => {
      const { id } = telling.analysis.document;
      if (id === origin.place.document || isBefore(telling, nearest) || hasAnotherOrigin(telling, nearest, sides))
        return [];
      return telling.figures.flatMap((figure) => {
        const count = told.get(id) ?? 0;
        if (statedValue(figure) !== key || count >= perDocumentMax) return [];
        const retold = figureInClaim(telling.analysis, figure);
        places.push(retold.place);
        const change = compareFigureHedges(origin, retold);
        if (change === null || isToldBoth(nearest, key, retold, known)) return [];
        told.set(id, count + 1);
        return [
          {
            kind: change.kind,
            from: withHedge(origin, nearest.analysis.document),
            to: withHedge(retold, telling.analysis.document),
          },
        ];
      });
    }),
  );
}
