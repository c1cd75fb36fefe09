import type { DocumentAnalysis } from "../analyse-document.ts";
import type { Claim, Contradiction } from "../claim.ts";
import { pointsOf } from "../documents/points-of.ts";
import { overlaps } from "../span.ts";
import {
  contradictionsWithin,
  type FoundContradiction,
  figureInClaim,
  isAbout,
  toldOnce,
} from "./find-contradictions.ts";
import type { Group, Member } from "./group-claims.ts";
import { claimId, type Decided, idsOf, overrideGrade, verdictOn } from "./judge.ts";
import type { Telling } from "./telling.ts";
import { type Parents, type Side, weighPosition } from "./weigh-position.ts";

interface Around {
  readonly decided: Decided;
  /** By the document that one of their figures stands in. */
  readonly across: ReadonlyMap<DocumentAnalysis, readonly FoundContradiction[]>;
  readonly parents: Parents;
  readonly own: ReadonlyMap<string, unknown>;
}

function contradictionsOf(group: Group, across: Around["across"]): FoundContradiction[] {
  const near = new Set(group.flatMap(({ telling }) => across.get(telling.analysis) ?? []));
  return [...near].filter((one) => isAbout(one, group));
}

/** A claim of the statements that were put together, with each of its sides graded. */
export function weighClaim(group: Group, sides: readonly Side[], { decided, across, parents, own }: Around): Claim {
  const ids = idsOf(group);
  const contradictions = toldOnce([
    ...contradictionsWithin(group),
    ...contradictionsOf(group, across).map(({ figures, why }) => ({ figures, why })),
  ]);
  const positions = sides.map((side) =>
    overrideGrade(
      weighPosition(
        side,
        sides.filter((other) => other !== side),
        { parents, own, contradictions: contradictions.filter((one) => concerns(one, side)).length },
      ),
      ids,
      decided,
    ),
  );
  const [{ telling: founding }] = group as [Member, ...Member[]];
  return {
    id: claimId(founding.id),
    about: aboutOf(group),
    judged: verdictOn(ids, decided),
    positions,
    figures: figuresOf(group),
    contradictions,
  };
}

/** A contradiction is of those who assert one of its figures; who denies, or says nothing, states none of them. */
function concerns({ figures }: Contradiction, { act, members }: Side): boolean {
  if (act !== "alleges" && act !== "states") return false;
  return members.some(({ telling }) =>
    figures.some(({ place }) => place.document === telling.analysis.document.id && overlaps(telling.span, place)),
  );
}

/** What tells the most of what the others tell: of assertions that are no quotation, and not too long to read. */
function aboutOf(group: Group): string {
  const counts = new Map<string, number>();
  for (const { telling } of group) for (const term of telling.terms) counts.set(term, (counts.get(term) ?? 0) + 1);
  const score = ({ terms, points, content, side, analysis }: Telling) => {
    const words = content.map((span) => pointsOf(analysis.document).slice(span)).join(" ");
    // The speaker's own words, and what only its context makes plain, read badly alone.
    const speaksOfItself = /(?<!\p{L})(?:we|our|us|I|my)(?!\p{L})/u.test(words) || side !== "for";
    const leans = /^(?:it|its|they|their|he|his|she|her|this|that|such)(?!\p{L})/iu.test(words);
    const plain = (speaksOfItself ? 0.2 : 1) * (leans ? 0.5 : 1);
    const length = content.reduce((sum, { start, end }) => sum + end - start, 0);
    const told = [...terms].reduce((sum, term) => sum + (counts.get(term) as number), 0);
    return points || length === 0 ? 0 : (plain * told) / Math.max(1, length / 160);
  };
  const scored = group.map(({ telling }) => ({ telling, score: score(telling) })).sort((a, b) => b.score - a.score);
  const { analysis, content } = (scored[0] as { telling: Telling }).telling;
  const points = pointsOf(analysis.document);
  return content
    .map((span) => points.slice(span))
    .join(" … ")
    .replace(/[,;:]$/u, "");
}

function figuresOf(group: Group): Claim["figures"] {
  const figures = new Map<string, Claim["figures"][number]>();
  for (const { telling } of group) {
    for (const figure of telling.figures) {
      const key = `${telling.analysis.document.id} ${figure.span.start}`;
      if (!figures.has(key)) figures.set(key, figureInClaim(telling.analysis, figure));
    }
  }
  return [...figures.values()];
}
