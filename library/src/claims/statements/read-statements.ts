import { type CodePoints, codePoints } from "../code-points.ts";
import type { Span } from "../span.ts";
import { attributeFrame } from "./attribute-frame.ts";
import type { Attribution } from "./attribution.ts";
import { markCorrections } from "./corrections.ts";
import { denialOf } from "./denials.ts";
import { findFrames, type Item, sentenceUnitsMax } from "./frames.ts";
import { joinFrames } from "./join-frames.ts";
import type { Range } from "./noun-phrases.ts";
import { type FoundPassage, findPassages } from "./passages.ts";
import { findQualifiers } from "./qualifiers.ts";
import { findQuotations, type Stretch } from "./quotations.ts";
import { resolveSources } from "./resolve-sources.ts";
import { findSentences } from "./sentences.ts";
import { mayTurn, stanceOf } from "./stance.ts";
import type { Statement, StatementsOfText } from "./statement.ts";
import { type Word, wordsOf } from "./words.ts";

/**
 * Who says what in an English text: its sentences and quotations, and each attribution with its source, cue and
 * content, the act it is, what a denial denies, and the words that negate or hedge. A pure function of the text, and
 * everything is a proposal with the spans it rests on. Text in another language gives sentences and quotations and, as
 * a rule, no statements: whether a language is read is for the caller to say.
 *
 * @param text what is kept of a document
 * @param paragraphs where its paragraphs stand, in code points, in order and without overlap
 * @throws RangeError where a paragraph lies outside of the text, or begins before the last one ends
 */
export function readStatements(text: string, paragraphs: readonly Span[]): StatementsOfText {
  const points = codePoints(text);
  const units = unitsOf(points, paragraphs);
  const span = ({ from, to }: Stretch) => points.span(from, to);
  const quotations = findQuotations(text, units);
  const places = new Map(quotations.map((quotation, index) => [quotation, index]));
  const { frames, unread } = findFrames(text, units, quotations);
  const attributions = joinFrames(frames, markCorrections(frames, frames.map(attributeFrame)));
  const referents = resolveSources(frames, attributions);
  const passages = passagesOf(attributions);
  return {
    sentences: units.flatMap((paragraph) => findSentences(text, paragraph)).map(span),
    quotations: quotations.map(({ parts, mark, within }) => ({
      spans: parts.map(span),
      mark,
      within: within === null ? null : (places.get(within) ?? null),
    })),
    statements: attributions.map((one, index) =>
      statementOf(one, {
        text,
        span,
        refersTo: referents[index] ?? null,
        passages: passages.get(one) ?? [],
      }),
    ),
    unread: unread.map(span),
  };
}

function unitsOf(points: CodePoints, paragraphs: readonly Span[]): Stretch[] {
  let last = 0;
  return paragraphs.map(({ start, end }) => {
    if (start < last || end < start) throw new RangeError(`the paragraph ${start} to ${end} begins before ${last}`);
    last = end;
    return { from: points.unitAt(start), to: points.unitAt(end) };
  });
}

interface Around {
  readonly text: string;
  readonly span: (stretch: Stretch) => Span;
  readonly refersTo: Stretch | null;
  readonly passages: readonly FoundPassage[];
}

function statementOf(attribution: Attribution, { text, span, refersTo, passages }: Around): Statement {
  const { frame, cue, source, told, quoted } = attribution;
  const stretch = ({ first, last }: Range): Stretch => stretchOf(frame.items, first, last);
  const direct = quoted.length > 0;
  const content = direct ? quoted.flatMap(({ parts }) => parts) : told.map(stretch);
  const cueStretch = stretch(cue);
  const sourceStretch = source === null ? null : stretch(source);
  const all = [cueStretch, ...content, ...(sourceStretch === null ? [] : [sourceStretch])];
  const naming = cue.verb.complements.includes("naming");
  const said = sourceStretch === null ? "" : text.slice(sourceStretch.from, sourceStretch.to);
  const itself = ownEarlierVersion.test(said) ? "corrects" : attribution.act;
  const { act, denied } = denialOf(text, { act: itself, naming, direct, content });
  const within = act === "denies" && denied.length > 0 ? denied : content;
  const qualified = [qualifiedCue(attribution, content), ...content].sort((a, b) => a.from - b.from);
  return {
    span: span(around(all)),
    form: direct ? "direct" : "indirect",
    act,
    source: sourceStretch && { span: span(sourceStretch), refersTo: refersTo && span(refersTo) },
    cue: span(cueStretch),
    content: content.map(span),
    denied: denied.map(span),
    stance: stanceOf({
      act,
      source: said.toLowerCase(),
      cue: inSmallLetters(text, qualifiedCue(attribution, content)),
      words: act === "denies" && !direct && denied.length === 0 ? [] : wordsSaid(text, attribution, within),
    }),
    qualifiers: qualified.flatMap((part) =>
      findQualifiers(text, part).map(({ kind, ...place }) => ({ kind, span: span(place) })),
    ),
    passages: passages.map(({ kind, cue: by, party }) => ({
      kind,
      cue: span(stretch(by)),
      party: span(stretch(party)),
    })),
  };
}

function inSmallLetters(text: string, { from, to }: Stretch): string {
  return text.slice(from, to).toLowerCase().replaceAll("’", "'").replaceAll(/\s+/g, " ");
}

/** The words of what is said: all that is told, the first sentence of what is quoted. */
function wordsSaid(text: string, { frame, quoted }: Attribution, within: readonly Stretch[]): readonly Word[] {
  if (quoted.length === 0)
    return frame.items.filter(({ from, to }) => within.some((part) => part.from <= from && to <= part.to));
  const [first] = within;
  if (first === undefined) return [];
  const near = { from: first.from, to: Math.min(first.to, first.from + sentenceUnitsMax / 4) };
  const sentence = findSentences(text, near)[0];
  return sentence !== undefined && mayTurn.test(text.slice(sentence.from, sentence.to)) ? wordsOf(text, sentence) : [];
}

/** "An earlier version of this article said …": what it said is what is corrected. */
const ownEarlierVersion =
  /\b(?:version|edition|headline|caption) of (?:this|the|our) (?:article|story|report|piece|page)\b/iu;

/** A cue with what qualifies it: "did not say that", "found no evidence that". */
function qualifiedCue({ frame, cue, quoted }: Attribution, content: readonly Stretch[]): Stretch {
  const { from, to } = stretchOf(frame.items, cue.group, cue.last);
  const after = content.find((stretch) => stretch.from > to);
  const near = quoted.length === 0 && after !== undefined && !content.some((stretch) => stretch.from < from);
  return { from, to: near ? after.from : to };
}

/** From the first to the last of some stretches, of which there may be very many. */
function around(stretches: readonly Stretch[]): Stretch {
  return stretches.reduce((all, { from, to }) => ({ from: Math.min(all.from, from), to: Math.max(all.to, to) }));
}

function stretchOf(items: readonly Item[], first: number, last: number): Stretch {
  return { from: (items[first] as Item).from, to: (items[last] as Item).to };
}

/** "the Herald, citing two officials, said": between a source and its cue, and no other's. */
function standsBetween(at: number, { source, cue }: Attribution, own: readonly Attribution[]): boolean {
  if (source === null || at <= source.last || cue.first <= at) return false;
  return !own.some(({ cue: other }) => source.last < other.first && other.first < at);
}

/** A passage goes with the source that it stands in, or with the attribution before it; not with what tells of it. */
function passagesOf(attributions: readonly Attribution[]): Map<Attribution, FoundPassage[]> {
  const found = new Map<Attribution, FoundPassage[]>();
  const byFrame = Map.groupBy(attributions, ({ frame }) => frame);
  for (const [frame, own] of byFrame) {
    for (const passage of findPassages(frame.items)) {
      const at = passage.cue.first;
      const holds = (range: Range) => range.first <= at && at <= range.last;
      const of =
        own.find(({ source, cue }) => holds(cue) || (source !== null && holds(source))) ??
        own.find((one) => standsBetween(at, one, own)) ??
        (own.some(({ told }) => told.some(holds)) ? undefined : (own.findLast(({ cue }) => cue.last < at) ?? own[0]));
      if (of !== undefined) found.set(of, [...(found.get(of) ?? []), passage]);
    }
  }
  return found;
}
