import type { DocumentAnalysis } from "./analyse-document.ts";
import type { Change, Claim, LineageEdge, Place } from "./claim.ts";
import { newsroomOf } from "./documents/newsroom.ts";
import { pointsOf } from "./documents/points-of.ts";
import type { Judgement } from "./judgement.ts";
import { findChanges } from "./lineage/find-changes.ts";
import { traceWording } from "./lineage/trace-wording.ts";
import { shortNamesIn } from "./parties/aliases.ts";
import { firmsSpokenOf } from "./parties/own-papers.ts";
import { bodyOf, type NameBook, type Newsroom, newsroomKey } from "./parties/party.ts";
import { overlaps, type Span } from "./span.ts";
import { append } from "./weigh/append.ts";
import { attributionEdges, type DocumentsOf } from "./weigh/attribution-edges.ts";
import { contradictionsAcross, type FoundContradiction } from "./weigh/find-contradictions.ts";
import { partyBook } from "./weigh/find-origins.ts";
import { findTellings } from "./weigh/find-tellings.ts";
import { groupClaims, withDenials } from "./weigh/group-claims.ts";
import { hedgeChanges } from "./weigh/hedge-changes.ts";
import { decidedBy, mergeGroups, withoutRejected } from "./weigh/judge.ts";
import { placePointing } from "./weigh/place-pointing.ts";
import { resolvePapers } from "./weigh/resolve-papers.ts";
import { asSaidInFull, sameWords } from "./weigh/same-words.ts";
import type { Telling } from "./weigh/telling.ts";
import { weighClaim } from "./weigh/weigh-claim.ts";
import { outletOf, type Parents, type Side, sidesOf } from "./weigh/weigh-position.ts";

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
  return weighTogether(readTogether(analyses), judgements);
}

/** What documents say together, before anything is decided of it. */
export interface ReadTogether {
  /** By publication. */
  readonly ordered: readonly DocumentAnalysis[];
  readonly book: NameBook;
  readonly tellings: readonly Telling[];
  readonly across: ReadonlyMap<DocumentAnalysis, readonly FoundContradiction[]>;
  readonly wording: readonly LineageEdge[];
  readonly changes: readonly Change[];
}

/** The part of {@link weighClaims} that needs no judgements: most of its work. */
export function readTogether(analyses: readonly DocumentAnalysis[]): ReadTogether {
  const ordered = [...new Map(analyses.map((one) => [one.document.id, one])).values()].sort(inOrder);
  const book = nameBook(ordered);
  const across = new Map<DocumentAnalysis, FoundContradiction[]>();
  for (const one of contradictionsAcross(ordered))
    for (const analysis of new Set(one.places.map((place) => place.analysis))) append(across, analysis, one);
  return {
    ordered,
    book,
    tellings: ordered.flatMap((one) => resolvePapers(findTellings(one, book))),
    across,
    wording: traceWording(ordered),
    changes: findChanges(ordered),
  };
}

/** The part of {@link weighClaims} that judgements change. @param judgements in the order they were made */
export function weighTogether(together: ReadTogether, judgements: readonly Judgement[]): WeighedClaims {
  const { ordered, book, across, wording } = together;
  const decided = decidedBy(judgements);
  const read = withoutRejected(together.tellings, decided);
  const utterances = sameWords(read);
  const tellings = asSaidInFull(read, utterances);
  const groups = groupClaims(tellings, utterances);
  placePointing(tellings, utterances, groups);
  const parties = partyBook(tellings, book);
  const utteranceOf = new Map(tellings.map(({ id }, at) => [id, utterances[at] as number]));
  const parents = parentsBy(wording);
  const allSides: Side[] = [];
  const changes: Change[] = [];
  const ofClaims = new Map<string, Place[]>();
  const isOfClaim = (place: Place) => (ofClaims.get(place.document) ?? []).some((one) => overlaps(one, place));
  const claims = mergeGroups(groups, decided)
    .map((group) => withDenials(group, utteranceOf))
    .map((group) => {
      const members = group.map((one) => ({ ...one, utterance: utteranceOf.get(one.telling.id) as number }));
      const sides = sidesOf(members, parties);
      allSides.push(...sides);
      const hedges = hedgeChanges(sides);
      changes.push(...hedges.changes);
      for (const place of hedges.places) append(ofClaims, place.document, place);
      return weighClaim(group, sides, { decided, across, parents, own: book.bodies });
    });
  return {
    claims: heaviestFirst(claims),
    lineage: [...attributionEdges(allSides, documentsByNewsroom(ordered)), ...wording],
    // What a claim compares with the origin's words says more than what two retellings have differently.
    changes: distinct([...changes, ...together.changes.filter((one) => !isHedge(one) || !isOfClaim(one.to))]),
  };
}

/** By publication, then by id: what founds a claim is its earliest statement, whatever the order they came in. */
function inOrder({ document: a }: DocumentAnalysis, { document: b }: DocumentAnalysis): number {
  const key = ({ published, id }: DocumentAnalysis["document"]) => `${published?.value ?? "9999"} ${id}`;
  return key(a) < key(b) ? -1 : 1;
}

function nameBook(analyses: readonly DocumentAnalysis[]): NameBook {
  const shortNames = shortNamesIn(analyses.map(({ document }) => document.text));
  const newsrooms = new Map<string, Newsroom>();
  const bodies = new Map<string, NonNullable<ReturnType<typeof bodyOf>>>();
  const victims = new Map<string, string>();
  const firms = firmsSpokenOf(
    analyses.map(({ document: { text, outlet, id } }) => ({ text, outlet: outlet?.name ?? id })),
  );
  for (const { document, events } of analyses) {
    const { outlet, id } = document;
    const victim = victimOf(document, events);
    if (victim !== null) victims.set(id, victim);
    if (outlet === null) continue;
    const body = bodyOf(outlet, shortNames, firms);
    if (body !== null) bodies.set(id, body);
    else newsrooms.set(newsroomKey(outlet.name), { name: outlet.name, family: newsroomOf(outlet) });
  }
  return { shortNames, newsrooms, bodies, victims };
}

/** The one victim that a document tells of, where its title names it: others may be told of in passing. */
function victimOf(document: DocumentAnalysis["document"], events: DocumentAnalysis["events"]): string | null {
  const [victim, ...others] = new Map(events.map(({ event }) => [event.words.join(" "), event.victim])).values();
  if (victim === undefined || others.length > 0) return null;
  const name = wholeName(document, victim);
  const inTitle = (name.match(/\p{Lu}[\p{L}\p{N}]{2,}/gu) ?? []).some((word) => document.title?.includes(word));
  return inTitle ? name : null;
}

const goesOn = /^(?:\s(?:of|de|del|di|do|da|du|des|la|van|von|der|the)){1,2}\s\p{Lu}[\p{L}'’-]*/u;

/** "Banco" in "Banco del Puerto": the words of an event are those that tell names apart. */
function wholeName(document: DocumentAnalysis["document"], { start, end }: Span): string {
  const points = pointsOf(document);
  const name = points.slice({ start, end });
  return name + (goesOn.exec(points.slice({ start: end, end: Math.min(end + 40, points.length) }))?.[0] ?? "");
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
