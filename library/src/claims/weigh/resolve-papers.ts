import type { DocumentAnalysis } from "../analyse-document.ts";
import { pointsOf } from "../documents/points-of.ts";
import type { Party } from "../parties/party.ts";
import type { Span } from "../span.ts";
import type { Telling } from "./telling.ts";

const papers = "report|statement|document|letter|paper|filing|study";
const inPaper = new RegExp(String.raw`\bin (?:an?|its|their|his|her|the) (?:[\p{L}-]+ ){0,4}(?:${papers}),?\s*$`, "iu");
const paperLast = new RegExp(String.raw`\b(?:${papers})s?$`, "iu");

/** "In a new report, the agency said": the report is the agency's. */
function hasPaper({ document }: DocumentAnalysis, { start }: Span): boolean {
  return inPaper.test(pointsOf(document).slice({ start: Math.max(0, start - 80), end: start }));
}

const introduced = new RegExp(
  String.raw`(?<!\p{L})(?:an?|another|new|separate) (?:[\p{L}-]+ ){0,3}(?:${papers})(?!\p{L})`,
  "giu",
);
const introductionsOf = new WeakMap<object, number>();

/** How many papers a document speaks of first: "a confidential report", "another report". */
function introductions({ document }: DocumentAnalysis): number {
  let count = introductionsOf.get(document);
  if (count === undefined) {
    count = document.text.match(introduced)?.length ?? 0;
    introductionsOf.set(document, count);
  }
  return count;
}

/** "the report" in the next sentence still means the report of this one; further away it may be another. */
const reachPoints = 700;

/** "its managing director": the last party that was named as a speaker speaks through him. */
const offices =
  "spokes\\p{L}+|director|executive|officer|president|chair\\p{L}*|head|chief|lawyers?|attorneys?|founder|owner|" +
  "manager|minister|governor|representatives?|secretary|boss|CEO";
const ofSpeaker = new RegExp(String.raw`^(?:its|their)\b.*\b(?:${offices})\b`, "iu");

/** "Two clerks will appeal, their lawyer said": theirs who are told of before it, and not the last speaker's. */
function isOfTold({ origin, content }: Telling): boolean {
  const [first] = content;
  return origin !== null && first !== undefined && /^their\b/iu.test(origin.text) && first.start < origin.start;
}

const joined = (own: Party, speaker: Party): string[] => [...new Set([...own.identity, ...speaker.identity])].sort();

/**
 * Gives tellings of a document whose origin only points ("the report", "it") the origin that is meant, where only one
 * can be: the one that the document names for a paper anywhere, if it names no other; else that of the telling before,
 * if its words point the same way and stand near.
 * @param tellings of one document, in order
 */
export function resolvePapers(tellings: readonly Telling[]): Telling[] {
  const named = new Map<string, Telling["origin"]>();
  for (const { origin, analysis } of tellings) {
    if (origin === null || (origin.kind !== "paper" && !(origin.kind === "named" && hasPaper(analysis, origin))))
      continue;
    named.set(origin.identity.join(" "), origin);
  }
  const [only] =
    named.size === 1 && tellings.every(({ analysis }) => introductions(analysis) < 2) ? named.values() : [null];
  let before: Telling | null = null;
  let speaker: Party | null = null;
  return tellings.map((telling) => {
    const { origin } = telling;
    const isPaper = origin?.kind === "open" && paperLast.test(origin.text);
    let resolved = telling;
    if (isPaper && only != null) resolved = { ...telling, origin: { ...only, start: origin.start, end: origin.end } };
    else if (isPaper && before?.origin != null && telling.span.start - before.span.end < reachPoints) {
      resolved = { ...telling, origin: { ...before.origin, start: origin.start, end: origin.end } };
    } else if (origin !== null && speaker !== null && ofSpeaker.test(origin.text) && !isOfTold(telling)) {
      resolved = { ...telling, origin: { ...origin, identity: joined(origin, speaker), kind: "named" } };
    }
    if (origin !== null && origin.kind === "named" && !ofSpeaker.test(origin.text)) speaker = origin;
    const isAboutPaper = resolved.origin !== null && (resolved.origin.kind === "paper" || isPaper);
    before = isAboutPaper ? resolved : null;
    return resolved;
  });
}
