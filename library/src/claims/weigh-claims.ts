import type { DocumentAnalysis } from "./analyse-document.ts";
import type { Change, Claim, Contradiction, LineageEdge, Place } from "./claim.ts";
import { pointsOf } from "./documents/points-of.ts";
import type { Judgement } from "./judgement.ts";
import { findChanges } from "./lineage/find-changes.ts";
import { traceWording } from "./lineage/trace-wording.ts";
import { shortNamesIn } from "./parties/aliases.ts";
import { type NameBook, newsroomKey } from "./parties/party.ts";
import { overlaps } from "./span.ts";
import { append } from "./weigh/append.ts";
import { attributionEdges, type DocumentsOf } from "./weigh/attribution-edges.ts";
import {
  contradictionsAcross,
  contradictionsWithin,
  type FoundContradiction,
  figureInClaim,
  isAbout,
} from "./weigh/find-contradictions.ts";
import { labelsOf } from "./weigh/find-origins.ts";
import { findTellings } from "./weigh/find-tellings.ts";
import { type Group, groupClaims, type Member } from "./weigh/group-claims.ts";
import { hedgeChanges } from "./weigh/hedge-changes.ts";
import {
  claimId,
  type Decided,
  decidedBy,
  idsOf,
  mergeGroups,
  overrideGrade,
  verdictOn,
  withoutRejected,
} from "./weigh/judge.ts";
import { placePointing } from "./weigh/place-pointing.ts";
import { resolvePapers } from "./weigh/resolve-papers.ts";
import { asSaidInFull, sameWords } from "./weigh/same-words.ts";
import type { Telling } from "./weigh/telling.ts";
import { outletOf, type Parents, type Side, sidesOf, weighPosition } from "./weigh/weigh-position.ts";

/** What is claimed in a set of documents, who has it from whom, and what changed on the way. */
export interface WeighedClaims {
  /** Those with the most documents first. */
  readonly claims: readonly Claim[];
  readonly lineage: readonly LineageEdge[];
  readonly changes: readonly Change[];
}

/**
 * Joins what is said in several documents into claims with their positions, and traces where each has it from. A pure
 * function of what is given; everything in it is a proposal that names its spans.
 * @param analyses in any order
 * @param judgements in the order they were made
 */
export function weighClaims(
  analyses: readonly DocumentAnalysis[],
  judgements: readonly Judgement[] = [],
): WeighedClaims {
  const ordered = [...new Map(analyses.map((one) => [one.document.id, one])).values()].sort(inOrder);
  const decided = decidedBy(judgements);
  const book = nameBook(ordered);
  const found = ordered.flatMap((one) => resolvePapers(findTellings(one, book)));
  const read = withoutRejected(found, decided);
  const utterances = sameWords(read);
  const tellings = asSaidInFull(read, utterances);
  const groups = groupClaims(tellings, utterances);
  placePointing(tellings, utterances, groups);
  const labels = labelsOf(tellings);
  const utteranceOf = new Map(tellings.map((one, at) => [one, utterances[at] as number]));
  const across = new Map<DocumentAnalysis, FoundContradiction[]>();
  for (const one of contradictionsAcross(ordered))
    for (const analysis of new Set(one.places.map((place) => place.analysis))) append(across, analysis, one);
  const wording = traceWording(ordered);
  const parents = parentsBy(wording);
  const allSides: Side[] = [];
  const changes: Change[] = [];
  const ofClaims = new Map<string, Place[]>();
  const isOfClaim = (place: Place) => (ofClaims.get(place.document) ?? []).some((one) => overlaps(one, place));
  const claims = mergeGroups(groups, decided).map((group) => {
    const members = group.map((one) => ({ ...one, utterance: utteranceOf.get(one.telling) as number }));
    const sides = sidesOf(members, labels);
    allSides.push(...sides);
    const hedges = hedgeChanges(sides);
    changes.push(...hedges.changes);
    for (const place of hedges.places) append(ofClaims, place.document, place);
    return claimOf(group, sides, { decided, across, parents });
  });
  return {
    claims: heaviestFirst(claims),
    lineage: [...attributionEdges(allSides, documentsByNewsroom(ordered)), ...wording],
    // What a claim compares with the origin's words says more than what two retellings have differently.
    changes: distinct([...changes, ...findChanges(ordered).filter((one) => !isHedge(one) || !isOfClaim(one.to))]),
  };
}

/** By publication, then by id: what founds a claim is its earliest statement, whatever the order they came in. */
function inOrder({ document: a }: DocumentAnalysis, { document: b }: DocumentAnalysis): number {
  const key = ({ published, id }: DocumentAnalysis["document"]) => `${published?.value ?? "9999"} ${id}`;
  return key(a) < key(b) ? -1 : 1;
}

function nameBook(analyses: readonly DocumentAnalysis[]): NameBook {
  const newsrooms = analyses.flatMap(({ document: { outlet } }) =>
    outlet === null
      ? []
      : [[newsroomKey(outlet.name), { name: outlet.name, family: outlet.family ?? outlet.name }] as const],
  );
  return { shortNames: shortNamesIn(analyses.map(({ document }) => document.text)), newsrooms: new Map(newsrooms) };
}

function documentsByNewsroom(analyses: readonly DocumentAnalysis[]): DocumentsOf {
  const documents = new Map<string, { id: string; published: string | null }[]>();
  for (const analysis of analyses) {
    const key = `~${outletOf(analysis)}`;
    const { id, published } = analysis.document;
    append(documents, key, { id, published: published?.value ?? null });
  }
  return documents;
}

function isHedge({ kind }: Change): boolean {
  return kind === "hedge lost" || kind === "hedge added" || kind === "hedge turned";
}

/** Copied text is taken for the parent's from here on: below, the two may have it from a third. */
const copiedConfidenceMin = 0.5;

function parentsBy(edges: readonly LineageEdge[]): Parents {
  const parents = new Map<string, string[]>();
  for (const { from, to, basis, directed, confidence } of edges)
    if (basis === "text" && directed && confidence >= copiedConfidenceMin) append(parents, to, from);
  return parents;
}

/** Each once: a bound that is lost in a passage of the same words is also lost in its claim. */
function distinct(changes: readonly Change[]): Change[] {
  const seen = new Set<string>();
  return changes.filter(({ kind, to }) => {
    const key = JSON.stringify([kind, to.document, to.start]);
    return !seen.has(key) && seen.add(key);
  });
}

interface Around {
  readonly decided: Decided;
  /** By the document that one of their figures stands in. */
  readonly across: ReadonlyMap<DocumentAnalysis, readonly FoundContradiction[]>;
  readonly parents: Parents;
}

function contradictionsOf(group: Group, across: Around["across"]): FoundContradiction[] {
  const near = new Set(group.flatMap(({ telling }) => across.get(telling.analysis) ?? []));
  return [...near].filter((one) => isAbout(one, group));
}

function claimOf(group: Group, sides: readonly Side[], { decided, across, parents }: Around): Claim {
  const ids = idsOf(group);
  const contradictions = [
    ...contradictionsWithin(group),
    ...contradictionsOf(group, across).map(({ figures, why }) => ({ figures, why })),
  ];
  const positions = sides.map((side) =>
    overrideGrade(
      weighPosition(
        side,
        sides.filter((other) => other !== side),
        { parents, contradictions: contradictions.filter((one) => concerns(one, side)).length },
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

/** Those in the most documents, then with the most positions. */
function heaviestFirst(claims: readonly Claim[]): Claim[] {
  const weighed = claims.map((claim) => ({
    claim,
    documents: new Set(claim.positions.flatMap(({ statements }) => statements.map(({ document }) => document))).size,
  }));
  const compare = (a: string, b: string) => (a < b ? -1 : 1);
  return weighed
    .sort(
      (a, b) =>
        b.documents - a.documents ||
        b.claim.positions.length - a.claim.positions.length ||
        compare(a.claim.id, b.claim.id),
    )
    .map(({ claim }) => claim);
}
