import type { DocumentAnalysis } from "../analyse-document.ts";
import type { EvidentialOrigin, Place, Position, StatementInClaim } from "../claim.ts";
import { newsroomOf } from "../documents/newsroom.ts";
import { pointsOf } from "../documents/points-of.ts";
import { type OriginEvidence, proposeGrade } from "../grades/propose-grade.ts";
import { isDescription } from "../parties/party.ts";
import type { Span } from "../span.ts";
import type { SpeechAct } from "../statements/statement.ts";
import { append } from "./append.ts";
import { findOrigins, type Origins, type PartyBook, type Uttered } from "./find-origins.ts";
import type { Member } from "./group-claims.ts";

/** One side of a claim before it is graded: a grade needs to know of the others. */
export interface Side {
  readonly act: SpeechAct;
  readonly members: readonly (Member & Uttered)[];
  readonly origins: Origins;
}

/** Documents whose wording is another's, and whose: what the parent knows of an origin, they have from it. */
export type Parents = ReadonlyMap<string, readonly string[]>;

/**
 * The sides of a claim: those who assert it, those who deny it, and each other act by itself. Where somebody denies it,
 * or calls it an allegation, the assertion is one too.
 */
export function sidesOf(members: readonly (Member & Uttered)[], parties: PartyBook): Side[] {
  const asserted = members.filter(({ telling }) => telling.side === "for");
  const isAlleged = members.some(({ telling }) => telling.side === "against" || telling.act === "alleges");
  const sides = new Map<SpeechAct, (Member & Uttered)[]>();
  if (asserted.length > 0) sides.set(isAlleged ? "alleges" : "states", [...asserted]);
  for (const member of members) {
    if (member.telling.side === "for") continue;
    const { act } = member.telling;
    append(sides, act, member);
  }
  return [...sides].map(([act, ofAct]) => ({ act, members: ofAct, origins: findOrigins(ofAct, parties) }));
}

interface Around {
  readonly parents: Parents;
  /** Documents that are some body's own papers, by their ids: no newsroom carries them. */
  readonly own: ReadonlyMap<string, unknown>;
  readonly contradictions: number;
}

/** @param others the other sides of the same claim */
export function weighPosition(side: Side, others: readonly Side[], { parents, own, contradictions }: Around): Position {
  const { members, origins, act } = side;
  const tellings = members.map(({ telling }) => telling);
  const documents = new Map(tellings.map(({ analysis }) => [analysis.document.id, analysis]));
  const carried = [...documents.values()].filter(({ document }) => !own.has(document.id));
  const outlets = [...new Set(carried.map(outletOf))].sort();
  const access = new Map<string, string>();
  for (const { carriers } of tellings)
    for (const { hasAccess, identity, party } of carriers) {
      const key = identity.join(" ");
      if (hasAccess && !access.has(key)) access.set(key, party);
    }
  const knowing = new Set<string>();
  for (const { telling } of members)
    if (origins.ofTelling.get(telling) != null) knowing.add(telling.analysis.document.id);
  const unknownOrigins = [...documents.keys()].filter((id) => !hasKnown(id, knowing, parents)).sort();
  const against = others.filter((other) => opposes(act, other.act));
  return {
    act,
    party: origins.origins[0]?.party ?? null,
    outlets,
    independentAccess: [...access.values()],
    origins: origins.origins,
    unknownOrigins,
    statements: members.map(statementOf).sort((a, b) => compare(a.document, b.document) || a.start - b.start),
    overridden: null,
    grade: proposeGrade({
      origins: origins.origins.map((one) => evidenceOf(one, { act, all: origins.origins })),
      originsUnknown: unknownOrigins.length,
      outlets: outlets.length,
      opposingOrigins: against.reduce((sum, other) => sum + other.origins.origins.length, 0),
      contradictions,
      saysNothing: act === "declines to comment",
    }),
  };
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** A newsroom counts once, whatever it publishes under; a document of none that is known counts by itself. */
export function outletOf({ document }: DocumentAnalysis): string {
  const { outlet } = document;
  return outlet === null ? `unnamed (${document.id})` : newsroomOf(outlet);
}

/** In its own words, or in those it took from a document that knows. */
function hasKnown(id: string, knowing: ReadonlySet<string>, parents: Parents): boolean {
  const seen = new Set<string>();
  const open = [id];
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    if (knowing.has(one)) return true;
    if (seen.has(one)) continue;
    seen.add(one);
    open.push(...(parents.get(one) ?? []));
  }
  return false;
}

function opposes(act: SpeechAct, other: SpeechAct): boolean {
  const denies = (one: SpeechAct) => one === "denies" || one === "retracts";
  const asserts = (one: SpeechAct) => one === "alleges" || one === "states";
  return (denies(act) && asserts(other)) || (asserts(act) && denies(other));
}

/** Who denies is the accused as a rule: he knows what he did, and gains by being believed. */
function evidenceOf(
  one: EvidentialOrigin,
  { act, all }: { readonly act: SpeechAct; readonly all: readonly EvidentialOrigin[] },
): OriginEvidence {
  const isDenial = act === "denies";
  // An officer and a police force confirm each other no more than two nameless people do: he may speak for it.
  // Who is told by a description alone may be one who is named beside him.
  const isNobody = one.isUnnamed || isDescription(one.party);
  // "Acme" and "founder Ana Cole" may be one: whose founder she is, is not said by her name.
  const isVoice = voice.test(one.party) && all.some(({ party }) => party !== one.party && !voice.test(party));
  const isUnnamed = isNobody || isVoice || (ranks.test(one.party) && all.some(({ party }) => police.test(party)));
  return { party: one.party, isUnnamed, hasAccess: isDenial ? true : null, isInterested: isDenial, reliability: null };
}

const voice = new RegExp(
  String.raw`^(?:(?:its|the|an?)\s+)?(?:(?:co-?)?founder|chief executive(?: officer)?|C[EFTO]O|` +
    String.raw`(?:managing |general )?(?:director|manager)|president|chair(?:man|woman|person)?|spokes\p{L}+|` +
    String.raw`owner|head)\s+\p{Lu}`,
  "iu",
);
const rank = "inspector|superintendent|constable|const|sergeant|detective|commissioner|officer|captain|lieutenant";
const ranks = new RegExp(`(?<!\\p{L})(?:${rank})(?!\\p{L})`, "iu");
const police = /(?<!\p{L})(?:police|constabulary|sheriff\p{L}*|gardaí|carabinieri|gendarmerie)(?!\p{L})/iu;

function statementOf({ telling, because, confidence }: Member): StatementInClaim {
  const { document } = telling.analysis;
  const points = pointsOf(document);
  const place = (span: Span): Place => ({
    document: document.id,
    start: span.start,
    end: span.end,
    text: points.slice(span),
  });
  return {
    id: telling.id,
    ...place(telling.span),
    act: telling.act,
    source: telling.origin === null || telling.isOwnVoice ? null : place(telling.origin),
    carriers: telling.carriers.map(({ party, how, place: words, hasAccess }) => ({
      party,
      how,
      place: words,
      hasAccess,
    })),
    content: telling.content.map(place),
    because,
    confidence,
  };
}
