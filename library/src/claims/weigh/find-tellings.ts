import type { DocumentAnalysis } from "../analyse-document.ts";
import type { Carrier } from "../claim.ts";
import type { CodePoints } from "../code-points.ts";
import { pointsOf } from "../documents/points-of.ts";
import { type NameBook, type Party, readParty } from "../parties/party.ts";
import { overlaps, type Span } from "../span.ts";
import type { Passage, Source, SpeechAct, Statement } from "../statements/statement.ts";
import { append } from "./append.ts";
import { subjectOf } from "./subject.ts";
import type { Telling } from "./telling.ts";
import { figureTerm, speaksOfSpeaker, termsOf, termsOfName } from "./terms.ts";

type Way = Telling["carriers"];

/** A denial of fewer telling words than this only points to what is denied. */
const pointingTermsMax = 2;

/**
 * What is said in a document, each with its origin and with those who carried it. A statement that only passes on
 * another one ("Reuters reported that the panel said …") is a carrier of that one and no telling by itself.
 */
export function findTellings(analysis: DocumentAnalysis, book: NameBook): Telling[] {
  const { document, said } = analysis;
  const passages = said.statements.flatMap((one) => one.passages);
  const reader = { analysis, book, points: pointsOf(document), passages };
  const byCue = [...said.statements].sort((a, b) => a.cue.start - b.cue.start);
  const inner = new Map(said.statements.map((one) => [one, statementsWithin(one, byCue)]));
  const passedOn = new Map<Statement, Statement[]>();
  const passers = new Set<Statement>();
  for (const [outer, within] of inner) {
    for (const one of within) append(passedOn, one, outer);
    if (within.length > 0 && (outer.act === "repeats" || covers(within, outer))) passers.add(outer);
  }
  const told = said.statements
    // Who leaves open whether something happened takes no side of it.
    .filter((one) => !passers.has(one) && !(asserts(one.act) && one.stance === "doubted"))
    .map((one) => tellingOf(reader, one, passedOn.get(one) ?? []));
  return [...told, ...ownVoice(reader)].sort((a, b) => a.span.start - b.span.start);
}

interface Reader {
  /** Of all its statements. */
  readonly passages: readonly Passage[];
  readonly analysis: DocumentAnalysis;
  readonly book: NameBook;
  readonly points: CodePoints;
}

/** The statements whose cue stands in what another one says. @param byCue all, in the order of their cues */
function statementsWithin(outer: Statement, byCue: readonly Statement[]): Statement[] {
  const reach = Math.max(outer.cue.end, ...outer.content.map(({ end }) => end));
  const from = Math.min(outer.cue.start, ...outer.content.map(({ start }) => start));
  let low = 0;
  for (let high = byCue.length; low < high; ) {
    const middle = (low + high) >> 1;
    if ((byCue[middle] as Statement).cue.start < from) low = middle + 1;
    else high = middle;
  }
  const found: Statement[] = [];
  for (let at = low; at < byCue.length && (byCue[at] as Statement).cue.start <= reach; at++) {
    const one = byCue[at] as Statement;
    if (one === outer || one.content.some(({ start, end }) => start <= outer.cue.start && outer.cue.end <= end))
      continue;
    const isWithin = outer.content.some(({ start, end }) => start <= one.cue.start && one.cue.end <= end);
    if (isWithin || saysTheSame(outer, one)) found.push(one);
  }
  return found;
}

/** "The agency cited a statement, which claims that …": both have the same content, and the nearer cue says it. */
function saysTheSame(outer: Statement, one: Statement): boolean {
  const [a, b] = [outer.content[0], one.content[0]];
  if (outer.act !== "repeats" || a === undefined || b === undefined) return false;
  return outer.cue.end <= one.cue.start && one.cue.end <= b.start && a.end === b.end && a.start >= outer.cue.end;
}

function covers(within: readonly Statement[], outer: Statement): boolean {
  const length = (spans: readonly Span[]) => spans.reduce((sum, { start, end }) => sum + end - start, 0);
  return within.some((one) => length(one.content) >= 0.6 * length(outer.content));
}

function tellingOf(reader: Reader, statement: Statement, outer: readonly Statement[]): Telling {
  const { analysis, points } = reader;
  const { document, figures } = analysis;
  const { origin, way } = wayOf(reader, statement, outer);
  const { act } = statement;
  const isDenial = act === "denies";
  const isNegated = asserts(act) && statement.stance === "negated";
  const content = isDenial && statement.denied.length > 0 ? statement.denied : statement.content;
  const terms = new Set(termsOf(document, content, figures));
  const isSpeaker = content.some((span) => speaksOfSpeaker(points.slice(span)));
  const ofSpeaker = isSpeaker && (isDenial || isNegated) && origin !== null ? [...nameTerms(origin)] : [];
  if (terms.size > 0) for (const term of ofSpeaker) terms.add(term);
  const own = figures.filter(({ span }) => content.some((one) => overlaps(one, span)));
  const isVague = statement.denied.length === 0 || terms.size < pointingTermsMax;
  return {
    ...placed(document.id, statement.span, act),
    analysis,
    span: statement.span,
    act,
    side: sideOf(act),
    isNegated,
    isDirect: statement.form === "direct",
    isOwnVoice: false,
    content,
    points: (isDenial && isVague) || (statement.act === "declines to comment" && terms.size <= pointingTermsMax),
    origin,
    carriers: [...way, ...creditOf(reader, way)],
    terms,
    figures: own,
    victims: victimsOf(analysis, content),
    subject: subjectOf(
      analysis,
      content.map((span) => points.slice(span)),
      { terms, figures: own, ofSpeaker },
    ),
    // What stands between marks in what is denied are the accuser's words, not the denier's.
    quoted: quotedIn(reader, statement.content)
      .filter(
        ({ span }) => !isDenial || !statement.denied.some(({ start, end }) => start <= span.start && span.end <= end),
      )
      .map(({ words }) => words),
  };
}

/** Whoever denies something of "it" speaks of himself. */
function nameTerms({ kind, name, identity }: Party): Iterable<string> {
  return kind === "open" ? [] : [...termsOfName(name), ...identity.filter((word) => word.startsWith("@"))];
}

function placed(document: string, { start, end }: Span, act: SpeechAct) {
  return { id: `${document}:${start}-${end}:${act}` };
}

function sideOf(act: SpeechAct): Telling["side"] {
  if (act === "denies") return "against";
  return asserts(act) ? "for" : "apart";
}

function asserts(act: SpeechAct): boolean {
  return act === "alleges" || act === "states" || act === "repeats";
}

/** Who said it first, and through whom it went from there, the nearest to the origin first. */
function wayOf(
  reader: Reader,
  statement: Statement,
  outer: readonly Statement[],
): { origin: Party | null; way: Carrier[] & Way } {
  const { analysis, book, passages } = reader;
  const partyAt = (span: Span) => readParty(analysis.document, span, book);
  const source = statement.source === null ? null : sourceOf(statement.source, partyAt);
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
  let origin = statement.act === "corrects" ? corrector(source, analysis) : source;
  const cited = passagesOf(statement, "citing")[0]?.party ?? citedBy(reader, statement);
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

/** "seen by this newspaper", "told us": the outlet that the document is of. */
function ownPaper(party: Party, { document: { outlet } }: DocumentAnalysis): Party {
  const isOwn =
    /^(?:us|(?:this|our) (?:news)?(?:paper|room|magazine|site|website|publication|reporter|outlet))$/iu.test(
      party.text,
    );
  if (!isOwn || outlet === null) return party;
  return { ...party, kind: "media", name: outlet.name, identity: [`~${outlet.family ?? outlet.name}`] };
}

/** "An earlier version of this article said": the outlet corrects itself. */
function corrector(source: Party | null, { document: { outlet } }: DocumentAnalysis): Party | null {
  if (source === null || !/\b(?:this|our)\b/iu.test(source.text)) return source;
  if (outlet === null) return null;
  return { ...source, kind: "named", name: outlet.name, identity: [`~${outlet.family ?? outlet.name}`] };
}

function isOutlet(party: Party, { document }: DocumentAnalysis): boolean {
  const { outlet } = document;
  return outlet !== null && party.identity.includes(`~${outlet.family ?? outlet.name}`);
}

/** The agency that a document's credit line names is a carrier of all of it. */
function creditOf({ analysis, points }: Reader, way: Way): Way {
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

function quotedIn({ analysis, points }: Reader, content: readonly Span[]): { span: Span; words: string[] }[] {
  return analysis.said.quotations
    .flatMap(({ spans }) => spans)
    .filter((span) => content.some((one) => overlaps(one, span)))
    .map((span) => ({
      span,
      words:
        points
          .slice(span)
          .toLowerCase()
          .match(/[\p{L}\p{N}]+/gu) ?? [],
    }))
    .filter(({ words }) => words.length > 0);
}

const notAsserted = new RegExp(
  "(?<!\\p{L})(?:not|never|whether|unclear|unconfirmed|doubts?|disputed?s?|den(?:y|ies|ied)|rul(?:e|ed|es) out)" +
    "(?!\\p{L})",
  "iu",
);

/** Sentences with a telling figure that nobody is said to have said: the document says them itself. */
function ownVoice(reader: Reader): Telling[] {
  const { analysis, points } = reader;
  const { document, said, story, figures, events } = analysis;
  const sentences = sentencesWithTitles(said.sentences, story);
  return sentences.flatMap((sentence) => {
    if (said.statements.some(({ span }) => overlaps(span, sentence))) return [];
    // A denial or a doubt that was not read as one must not become an assertion.
    if (notAsserted.test(points.slice(sentence))) return [];
    const own = figures.filter(({ span }) => overlaps(sentence, span));
    const tells = own.some((one) => one.kind === "money" || events.some(({ figure }) => figure === one));
    if (!tells || own.every((one) => figureTerm(one) === null && !events.some(({ figure }) => figure === one)))
      return [];
    const terms = termsOf(document, [sentence], figures);
    return [
      {
        ...placed(document.id, sentence, "states"),
        analysis,
        span: sentence,
        act: "states" as const,
        side: "for" as const,
        isNegated: false,
        isDirect: false,
        isOwnVoice: true,
        content: [sentence],
        points: false,
        origin: null,
        carriers: creditOf(reader, []),
        terms,
        figures: own,
        victims: victimsOf(analysis, [sentence]),
        subject: subjectOf(analysis, [points.slice(sentence)], { terms, figures: own, ofSpeaker: [] }),
        quoted: quotedIn(reader, [sentence]).map(({ words }) => words),
      },
    ];
  });
}

/** The telling words of the one victim's name, where a figure goes with what was done to it; of several, none. */
function victimsOf({ events }: DocumentAnalysis, content: readonly Span[]): ReadonlySet<string> {
  const within = events.filter(({ event }) => content.some((span) => overlaps(span, event.victim)));
  const [only, ...others] = new Map(within.map(({ event }) => [event.words.join(" "), event.words])).values();
  return new Set(others.length > 0 ? [] : only);
}

function sentencesWithTitles(sentences: readonly Span[], story: readonly Span[]): Span[] {
  const missing = story.filter((block) => !sentences.some((one) => overlaps(one, block)));
  return [...sentences, ...missing];
}
