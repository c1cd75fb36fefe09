import { pointsOf } from "../documents/points-of.ts";
import { isCommon } from "../parties/party.ts";
import { append } from "./append.ts";
import { Clusters } from "./clusters.ts";
import { sameWords } from "./same-words.ts";
import { differInTaker, disjoint } from "./subject.ts";
import type { Telling } from "./telling.ts";
import { type Terms, termsOfName } from "./terms.ts";

/** A telling in its claim. */
export interface Member {
  readonly telling: Telling;
  readonly because: string;
  readonly confidence: number;
}

/** Tellings that are about one thing, the founding one first. */
export type Group = Member[];

/** Tellings that one is compared with: those that share the most of its terms, by weight. */
const candidatesMax = 64;
/** A term in more tellings than this finds none: it tells too little. */
const holdersMax = 1_000;

/**
 * How much of what the shorter of two tellings says the other must say too, by the weight of its terms. Chosen by
 * looking at made-up reports, not measured on marked ones.
 */
const sharedMin = { figures: 0.15, withFigure: 0.34, without: 0.5, sameVictim: 0.4, otherFigure: 0.6 } as const;
/** And how much of what both say together. */
const overlapMin = { figures: 0.06, withFigure: 0.07, without: 0.2, sameVictim: 0.15, otherFigure: 0.3 } as const;

const confidences = { founding: 1, sameWords: 0.95, sameFigure: 0.8, alike: 0.65, otherFigure: 0.55 } as const;

/**
 * Puts tellings that are about one thing together: each with the earlier one that it shares most telling words and
 * figures with, the rarer the more, if that is enough; and those that quote the same words. What only points ("those
 * allegations") is left for `place-pointing.ts`. A pure function of the tellings in their order.
 */
export function groupClaims(
  tellings: readonly Telling[],
  utterances: readonly number[] = sameWords(tellings),
): Group[] {
  const weightOf = weights(tellings);
  const clusters = new Clusters(tellings);
  const reasons = new Map<number, Reason>();
  const holders = new Map<string, number[]>();
  const firstOfUtterance = new Map<number, number>();
  const firstWithTerms = new Map<string, number>();
  const placed: number[] = [];
  for (const [at, telling] of tellings.entries()) {
    if (telling.points) continue;
    placed.push(at);
    const key = [...telling.terms].sort().join(" ");
    const first = telling.terms.size < 2 ? undefined : firstWithTerms.get(key);
    // Two words are few: "the state pays no ransom" and "no ransom was paid" may be of two payers.
    const isShort = first !== undefined && telling.terms.size < 3;
    const twin = isShort && !isOfOneSubject(telling, tellings[first] as Telling) ? undefined : first;
    if (first === undefined) firstWithTerms.set(key, at);
    // What says the same as one before leads nowhere else, and need not be found again.
    const [found, ...others] =
      twin === undefined
        ? allAlike(telling, { tellings, holders, weightOf })
        : [{ at: twin, because: "It says the same.", confidence: confidences.sameWords, hasFigure: false, shared: 1 }];
    if (found !== undefined && clusters.join(found.at, at, { sameWords: false })) reasons.set(at, found);
    // Words alone lead to the likest only, so that no chain of likenesses grows; a figure and a name lead to all.
    for (const other of others) {
      if (!other.hasFigure || !sharesName(telling, tellings[other.at] as Telling)) continue;
      if (clusters.join(other.at, at, { sameWords: false }) && !reasons.has(at)) reasons.set(at, other);
    }
    if (telling.quoted.length > 0) {
      const utterance = utterances[at] as number;
      const quoted = firstOfUtterance.get(utterance);
      if (quoted === undefined) firstOfUtterance.set(utterance, at);
      else {
        clusters.join(quoted, at, { sameWords: true });
        reasons.set(at, { because: "It quotes the same words.", confidence: confidences.sameWords });
      }
    }
    if (twin !== undefined) continue;
    for (const term of telling.terms) if ((holders.get(term)?.length ?? 0) < holdersMax) append(holders, term, at);
  }
  const groups = new Map<number, Group>();
  for (const at of placed) {
    const root = clusters.find(at);
    const group = groups.get(root) ?? [];
    groups.set(root, group);
    const reason = reasons.get(at) ?? {
      because: "It is the earliest statement of it that was found.",
      confidence: confidences.founding,
    };
    group.push({ telling: tellings[at] as Telling, because: reason.because, confidence: reason.confidence });
  }
  return [...groups.values()];
}

/**
 * Who says that it is not so denies it, whatever the verb, where somebody else says that it is, or denies it in so many
 * words; else he states it. The same words under the same name are one side, however much of them is quoted.
 * @param utteranceOf of each telling that quotes, by its id
 */
export function withDenials(group: Group, utteranceOf: ReadonlyMap<string, number> = new Map()): Group {
  const isSame = (a: Telling, b: Telling) => {
    const [ofA, ofB] = [a, b].map(({ quoted, id }) => (quoted.length === 0 ? undefined : utteranceOf.get(id)));
    const [nameA, nameB] = [a, b].map(({ origin }) => origin?.identity.join(" ") ?? "");
    return (ofA !== undefined && ofA === ofB) || (nameA !== "" && nameA === nameB);
  };
  const others = group
    .map(({ telling }) => telling)
    .filter(({ side, isNegated, points }) => (side === "for" ? !isNegated : side === "against" && !points));
  return group.map((member) => {
    const { telling } = member;
    if (telling.side !== "for" || !telling.isNegated) return member;
    const isAnswer = others.some((one) => one.side === "against" || !isSame(one, telling));
    return isAnswer ? { ...member, telling: { ...telling, act: "denies", side: "against" } } : member;
  });
}

interface Reason {
  readonly because: string;
  readonly confidence: number;
}

/** The weight of a term: the fewer tellings have it, the more it tells (as in Spärck Jones, 1972). */
function weights(tellings: readonly Telling[]): (term: string) => number {
  const counts = new Map<string, number>();
  for (const { terms } of tellings) for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1);
  return (term) => Math.log(1 + tellings.length / (counts.get(term) ?? 1)) * (term.startsWith("#money") ? 2 : 1);
}

interface Known {
  readonly tellings: readonly Telling[];
  /** Earlier tellings by their terms. */
  readonly holders: ReadonlyMap<string, readonly number[]>;
  readonly weightOf: (term: string) => number;
}

interface Alike extends Reason {
  readonly shared: number;
  readonly hasFigure: boolean;
}

/** The earlier tellings that are like enough, the likest first. */
function allAlike(telling: Telling, { tellings, holders, weightOf }: Known): (Alike & { at: number })[] {
  const scores = new Map<number, number>();
  for (const term of telling.terms) {
    const list = holders.get(term) ?? [];
    if (list.length >= holdersMax) continue;
    const weight = weightOf(term);
    for (const at of list) scores.set(at, (scores.get(at) ?? 0) + weight);
  }
  const candidates = [...scores].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, candidatesMax);
  return candidates
    .flatMap(([at]) => {
      const alike = likeness(telling, tellings[at] as Telling, weightOf);
      return alike === null ? [] : [{ at, ...alike }];
    })
    .sort((a, b) => b.shared - a.shared || a.at - b.at);
}

/** Nobody is named in one of them, or somebody in both. */
function sharesName(a: Telling, b: Telling): boolean {
  return !disjoint(a.subject.names, b.subject.names) && a.subject.names.size > 0 === b.subject.names.size > 0;
}

/** Both stand in one document, or name somebody whom both name. */
function isOfOneSubject(a: Telling, b: Telling): boolean {
  if (excludes(a, b)) return false;
  return a.analysis === b.analysis || [...a.subject.names].some((name) => b.subject.names.has(name));
}

/** In days: what was published further apart, and names another sum, is of another deed. */
const oneStoryDays = 400;

/** Whether two are of different things, however alike their words are. */
function excludes(a: Telling, b: Telling): boolean {
  if (disjoint(a.victims, b.victims) || disjoint(a.subject.names, b.subject.names)) return true;
  if (differInTaker(a.subject, b.subject)) return true;
  if (deniesAnotherBlame(a, b) || deniesAnotherBlame(b, a)) return true;
  const [ofA, ofB] = [moneyOf(a.terms), moneyOf(b.terms)];
  if (!disjoint(ofA, ofB)) return false;
  // Another sum and another year are another theft from the same victim.
  return disjoint(a.subject.years, b.subject.years) || daysApart(a, b) > oneStoryDays;
}

const blame =
  /(?<!\p{L})(?:to blame|blamed?|responsib\p{L}+|at fault|involve\p{L}*|(?:any|no) (?:part|role|hand) in)(?!\p{L})/iu;

/** "denied blame for the $9 million theft" denies what names the denier for it, and not that there was a theft. */
function deniesAnotherBlame({ side, origin, content, analysis }: Telling, other: Telling): boolean {
  if (side !== "against" || other.side !== "for" || origin === null || origin.kind === "open") return false;
  if (!content.some((part) => blame.test(pointsOf(analysis.document).slice(part)))) return false;
  const named = [...termsOfName(origin.name), ...origin.identity].filter((term) => !isCommon(term));
  return !named.some((term) => other.terms.has(term) || other.subject.names.has(term));
}

function daysApart(a: Telling, b: Telling): number {
  const [x, y] = [a, b].map(({ analysis }) => Date.parse(analysis.document.published?.value.slice(0, 10) ?? ""));
  const days = Math.abs((x as number) - (y as number)) / 86_400_000;
  return Number.isNaN(days) ? 0 : days;
}

/** Whether two tellings are of one thing, and how much of the shorter the other says too; null where they are not. */
function likeness(a: Telling, b: Telling, weightOf: (term: string) => number): Alike | null {
  if (excludes(a, b)) return null;
  const common = [...a.terms].filter((term) => b.terms.has(term));
  const figures = common.filter((term) => term.startsWith("#"));
  const kind = kindOf(a, b, figures);
  const hasFigure = kind === "figures" || kind === "withFigure";
  if (common.length < (hasFigure || kind === "sameVictim" ? 2 : 3)) return null;
  // Where the amounts differ, they cannot tell that the rest is alike.
  const skipsFigures = kind === "sameVictim" || kind === "otherFigure";
  const weigh = (terms: Iterable<string>) =>
    [...terms].reduce((sum, term) => sum + (skipsFigures && term.startsWith("#") ? 0 : weightOf(term)), 0);
  const [ofCommon, ofA, ofB] = [weigh(common), weigh(a.terms), weigh(b.terms)];
  const shared = ofCommon / Math.min(ofA, ofB);
  const overlap = ofCommon / (ofA + ofB - ofCommon);
  if (shared < sharedMin[kind] || overlap < overlapMin[kind]) return null;
  const words = common.length - figures.length;
  return { shared, hasFigure, because: becauseOf(kind, words), confidence: confidenceOf[kind] };
}

type Kind = keyof typeof sharedMin;

const confidenceOf: Readonly<Record<Kind, number>> = {
  figures: confidences.sameFigure,
  withFigure: confidences.sameFigure,
  without: confidences.alike,
  sameVictim: confidences.alike,
  otherFigure: confidences.otherFigure,
};

function kindOf(a: Telling, b: Telling, figures: readonly string[]): Kind {
  if (figures.length > 1 && figures.some(isSpecific)) return "figures";
  if (figures.some((term) => term.startsWith("#money"))) return "withFigure";
  if ([...a.victims].some((word) => b.victims.has(word))) return "sameVictim";
  return moneyOf(a.terms).size > 0 && moneyOf(b.terms).size > 0 ? "otherFigure" : "without";
}

/** "two" and "three" stand in every text. */
function isSpecific(term: string): boolean {
  return term.startsWith("#money") || Number(term.slice("#count ".length)) >= 10;
}

function becauseOf(kind: Kind, words: number): string {
  const alike = `${words} of its telling words ${words === 1 ? "is" : "are"} in another statement of the claim`;
  if (kind === "figures") return "It names the same figures as another statement of the claim.";
  if (kind === "withFigure") return `It names the same amount, and ${alike}.`;
  if (kind === "sameVictim") return `It tells what was done to the same victim, and ${alike}.`;
  return kind === "without" ? `${alike}.` : `${alike}, which gives another amount.`;
}

function moneyOf(terms: Terms): ReadonlySet<string> {
  return new Set([...terms].filter((term) => term.startsWith("#money")));
}
