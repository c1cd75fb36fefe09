import type { DocumentAnalysis } from "../analyse-document.ts";
import type { Carrier } from "../claim.ts";
import type { CodePoints } from "../code-points.ts";
import { type NameBook, newsroomIdentity, type Party, readParty } from "../parties/party.ts";
import { overlaps, type Span } from "../span.ts";
import type { Passage, Source, Statement } from "../statements/statement.ts";
import type { Telling } from "./telling.ts";

type Way = Telling["carriers"];

/** A document as it is read for who says what in it. */
export interface Reader {
  /** Of all its statements. */
  readonly passages: readonly Passage[];
  readonly analysis: DocumentAnalysis;
  readonly book: NameBook;
  readonly points: CodePoints;
}

/** Who said it first, and through whom it went from there, the nearest to the origin first. */
export function wayOf(
  reader: Reader,
  statement: Statement,
  outer: readonly Statement[],
): { origin: Party | null; way: Carrier[] & Way } {
  const { analysis, book, passages, points } = reader;
  const partyAt = (span: Span) => readParty(analysis.document, span, book);
  const named = statement.source === null ? null : sourceOf(statement.source, partyAt);
  const source = named === null ? null : inOwnPaper(notAccused(named, statement, reader), reader);
  const way: (Carrier & { identity: readonly string[] })[] = [];
  const add = (party: Party, how: string, place: Span, hasAccess: boolean) => {
    if (party.kind === "open" || way.some(({ party: name }) => name === party.name)) return;
    const words = { document: analysis.document.id, ...place, text: reader.points.slice(place) };
    way.push({ party: party.name, identity: party.identity, how, place: words, hasAccess });
  };
  const passagesOf = (one: Statement, kind: Passage["kind"]) => one.passages.filter((passage) => passage.kind === kind);
  // What "a report seen by the Tribune" went through, "the report" further down did too.
  const refersTo = statement.source?.refersTo ?? null;
  const ofNaming = refersTo === null ? [] : passages.filter(({ party }) => overlaps(party, refersTo));
  const takesBack = statement.act === "corrects" || statement.act === "retracts";
  const cue = points.slice(statement.cue);
  // "Correction: Acme put the loss at $5m": nobody but the outlet corrects there.
  const isHeaded = statement.act === "corrects" && source !== null && !correcting.test(cue);
  let origin = takesBack ? corrector(source, analysis, isHeaded) : source;
  // "four people accused of theft, police said": who accuses them is the one who says so.
  const [teller] = source === null && accusing.test(cue) ? outer : [];
  if (teller?.source != null) origin = sourceOf(teller.source, partyAt);
  const cites = passagesOf(statement, "citing")[0]?.party ?? citedBy(reader, statement);
  const cited = cites !== null && maySpeak(partyAt(cites)) ? cites : null;
  if (cited !== null) {
    origin = partyAt(cited);
    if (source !== null) add(source, "citing", statement.cue, origin.kind !== "media");
  } else if (source?.kind === "media") {
    // A newsroom that says something has it from somebody, who is not named here.
    origin = null;
    add(source, "reported by", statement.cue, false);
  }
  for (const kind of ["told", "seen by", "carried by", "reported by"] as const)
    for (const { party, cue } of [...passagesOf(statement, kind), ...ofNaming.filter((one) => one.kind === kind)]) {
      const passer = ownPaper(partyAt(party), analysis);
      // "told reporters", "told the court": no newsroom had it alone.
      if (kind !== "told" || passer.kind === "media") add(passer, kind, cue, kind !== "reported by");
    }
  for (const one of outer) {
    if (one.source === null) continue;
    const party = partyAt(one.source.refersTo ?? one.source.span);
    if (party.kind !== "media" && one.act !== "repeats") continue;
    const quoted = passagesOf(one, "citing")[0]?.party ?? citedBy(reader, one);
    if (quoted !== null && (origin === null || origin.kind === "open")) origin = partyAt(quoted);
    // Who passes on the origin's own words, and names no other, has them from it; an outlet that speaks of what it
    // wrote before shows nothing of the kind.
    const isFirst = way.length === 0 && statement.form === "direct" && !isOutlet(party, analysis);
    add(party, quoted === null ? "reported by" : "citing", one.cue, quoted !== null || isFirst);
  }
  return { origin, way };
}

const reasons = new RegExp(
  "(?:^|\\s)(?:pattern|rule|reason|concern|need|risk|lack|similarit(?:y|ie)|resemblance|trace|movement|evidence|" +
    "privacy|law|polic(?:y|ie)|cost|fear|timing|pressure|link|use|clue|overlap|way|size|speed|absence)s?$",
  "iu",
);

/**
 * Whether what is cited may be somebody's word: a name, a paper, people. "Citing the pattern of the payments" gives a
 * reason, and the words stay with the one who gives it.
 */
function maySpeak({ kind, text }: Party): boolean {
  const head = text.replace(/\s+(?:of|in|on|for|to|at|from|by|about|behind|between|with)\s.*$/su, "");
  if (kind !== "named" || /\p{Lu}|\d/u.test(head)) return true;
  return !reasons.test(head);
}

const correcting = /^\P{L}*(?:ha[sd]\s+|ha[vd]e\s+)?(?:correct|clarif|retract|withdr|walk|recant|took|tak|amend)/iu;
const accusing = /(?:accused|charged|blamed|suspected)$/iu;

/** The fuller naming, unless the words at hand say by themselves who it is, and that is somebody else. */
function sourceOf({ span, refersTo }: Source, partyAt: (span: Span) => Party): Party {
  const own = partyAt(span);
  if (refersTo === null) return own;
  const full = partyAt(refersTo);
  return own.kind !== "open" && !own.identity.every((word) => full.identity.includes(word)) ? own : full;
}

/**
 * Who is cited or quoted: what stands between the verb and what is said ("cited a statement from the ministry, which
 * …"), or behind it ("…, the agency quoted Ana Cole as saying").
 */
function citedBy({ points }: Reader, { act, cue, content }: Statement): Span | null {
  const [first] = content;
  if (act !== "repeats" || first === undefined) return null;
  if (!/^(?:cit|quot)(?:ed|es|e|ing)$/iu.test(points.slice(cue).trim())) return null;
  const isBehind = first.start < cue.end;
  const between = points.slice({
    start: cue.end,
    end: isBehind ? Math.min(cue.end + 200, points.length) : first.start,
  });
  if (isBehind && !/\bas saying\b/u.test(between)) return null;
  const phrase = between
    .replace(/(?:,\s*(?:which|who|that)\b|\s(?:as|saying|that)\b).*$/isu, "")
    .replace(/[\s,:“"]+$/u, "");
  const lead = /^\s*/u.exec(phrase)?.[0].length ?? 0;
  const length = [...phrase].length;
  return length - lead < 3 ? null : { start: cue.end + lead, end: cue.end + length };
}

/** "The bank accuses Acme Bank": nobody accuses himself, and "the bank" is another one. */
function notAccused(party: Party, { act, content }: Statement, { points }: Reader): Party {
  const [first] = content;
  if (act !== "alleges" || first === undefined || !/^(?:the|that|this)\s+\p{Ll}/iu.test(party.text)) return party;
  const accused = /^(?:the\s+)?\p{Lu}[\p{L}\p{N}'’&-]*(?:\s+\p{Lu}[\p{L}\p{N}'’&-]*)*/u.exec(points.slice(first))?.[0];
  const words = new Set((accused ?? "").toLowerCase().split(/\s+/u));
  const isSame = party.identity.length > 1 && party.identity.every((word) => words.has(word));
  return isSame ? { ...party, kind: "open", identity: [] } : party;
}

/** "We withdraw our statement": in a body's own paper it speaks of itself. */
function inOwnPaper(party: Party, { analysis: { document }, book }: Reader): Party {
  const body = /^we$/iu.test(party.text) ? book.bodies.get(document.id) : undefined;
  return body === undefined ? party : { ...party, ...body, kind: "named" };
}

/** "seen by this newspaper", "told us": the outlet that the document is of. */
function ownPaper(party: Party, { document: { outlet } }: DocumentAnalysis): Party {
  const isOwn =
    /^(?:us|(?:this|our) (?:news)?(?:paper|room|magazine|site|website|publication|reporter|outlet))$/iu.test(
      party.text,
    );
  if (!isOwn || outlet === null) return party;
  return { ...party, kind: "media", name: outlet.name, identity: newsroomIdentity(outlet) };
}

/** "An earlier version of this article said": the outlet corrects itself. */
function corrector(source: Party | null, { document: { outlet } }: DocumentAnalysis, isHeaded: boolean): Party | null {
  if (source === null || !(isHeaded || /\b(?:this|our|we)\b/iu.test(source.text))) return source;
  if (outlet === null) return null;
  return { ...source, kind: "named", name: outlet.name, identity: newsroomIdentity(outlet) };
}

function isOutlet(party: Party, { document }: DocumentAnalysis): boolean {
  const { outlet } = document;
  return outlet !== null && party.identity.join(" ") === newsroomIdentity(outlet).join(" ");
}

/** The agency that a document's credit line names is a carrier of all of it. */
export function creditOf({ analysis, points }: Reader, way: Way): Way {
  const { credit, id, blocks } = analysis.document;
  if (credit === null || way.some(({ party }) => party === credit)) return [];
  const line = blocks.find((block) => block.kind === "byline" && points.slice(block).includes(credit));
  const place = line ?? { start: 0, end: 0 };
  return [
    {
      party: credit,
      identity: [`~${credit}`],
      how: "credit",
      place: { document: id, start: place.start, end: place.end, text: points.slice(place) },
      hasAccess: false,
    },
  ];
}
