import type { DocumentAnalysis } from "../analyse-document.ts";
import { pointsOf } from "../documents/points-of.ts";
import { isLearned } from "../parties/own-papers.ts";
import type { NameBook, Party } from "../parties/party.ts";
import { overlaps, type Span } from "../span.ts";
import type { SpeechAct, Statement } from "../statements/statement.ts";
import { append } from "./append.ts";
import { creditOf, type Reader, wayOf } from "./find-way.ts";
import { subjectOf } from "./subject.ts";
import type { Telling } from "./telling.ts";
import { figureTerm, speaksOfSpeaker, termsOf, termsOfName } from "./terms.ts";

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

/**
 * The statements whose cue stands in what another one says.
 * @param byCue all of the document, in the order of their cues
 */
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
  const whole = length(outer.content);
  // "His lawyer said that he denied the charges": the lawyer alleges nothing.
  const isAll = ({ act, span }: Statement) => act === "denies" && span.end - span.start >= 0.9 * whole;
  return within.some((one) => length(one.content) >= 0.6 * whole || isAll(one));
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
    id: statementId(document.id, statement.span, act),
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

function statementId(document: string, { start, end }: Span, act: SpeechAct): string {
  return `${document}:${start}-${end}:${act}`;
}

function sideOf(act: SpeechAct): Telling["side"] {
  if (act === "denies") return "against";
  return asserts(act) ? "for" : "apart";
}

function asserts(act: SpeechAct): boolean {
  return act === "alleges" || act === "states" || act === "repeats";
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
    const origin = ownParty(reader);
    return [
      {
        id: statementId(document.id, sentence, "states"),
        analysis,
        span: sentence,
        act: "states" as const,
        side: "for" as const,
        isNegated: false,
        isDirect: false,
        isOwnVoice: true,
        content: [sentence],
        points: false,
        origin,
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

/** Whose word a document's own voice is: that of the body that published it; a newsroom has it from somebody. */
function ownParty({ analysis: { document }, book }: Reader): Party | null {
  const body = book.bodies.get(document.id);
  return body === undefined || isLearned(body.name)
    ? null
    : { ...body, kind: "named", document: document.id, start: 0, end: 0, text: "" };
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
