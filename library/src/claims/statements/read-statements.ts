import { codePoints } from "../code-points.ts";
import type { Span } from "../span.ts";
import { type Attribution, attributeFrame } from "./attribute-frame.ts";
import { findFrames, type Item } from "./frames.ts";
import { joinFrames } from "./join-frames.ts";
import { findQuotations, type Stretch } from "./quotations.ts";
import { findSentences } from "./sentences.ts";
import type { Statement, StatementsOfText } from "./statement.ts";

/** walking thread */
export function readStatements(text: string, paragraphs: readonly Span[]): StatementsOfText {
  const points = codePoints(text);
  const units = paragraphs.map(({ start, end }) => ({ from: points.unitAt(start), to: points.unitAt(end) }));
  const span = ({ from, to }: Stretch) => points.span(from, to);
  const quotations = findQuotations(text, units);
  const sentences = units.flatMap((paragraph) => findSentences(text, paragraph));
  const { frames, unread } = findFrames(text, units, quotations);
  const places = new Map(quotations.map((quotation, index) => [quotation, index]));
  const statements = joinFrames(frames, frames.map(attributeFrame)).map((one) => statementOf(one, span));
  return {
    sentences: sentences.map(span),
    quotations: quotations.map(({ parts, mark, within }) => ({
      spans: parts.map(span), mark, within: within === null ? null : (places.get(within) ?? null),
    })),
    statements,
    unread: unread.map(span),
  };
}

function statementOf({ frame, act, cue, source, told, quoted }: Attribution, span: (stretch: Stretch) => Span): Statement {
  const stretch = (first: number, last: number) => ({ from: (frame.items[first] as Item).from, to: (frame.items[last] as Item).to });
  const content = quoted.length > 0 ? quoted.flatMap(({ parts }) => parts.map(span)) : told.map(({ first, last }) => span(stretch(first, last)));
  const sourceSpan = source === null ? null : span(stretch(source.first, source.last));
  const cueSpan = span(stretch(cue.first, cue.last));
  const all = [cueSpan, ...content, ...(sourceSpan === null ? [] : [sourceSpan])];
  return {
    span: { start: Math.min(...all.map(({ start }) => start)), end: Math.max(...all.map(({ end }) => end)) },
    form: quoted.length > 0 ? "direct" : "indirect",
    act, source: sourceSpan === null ? null : { span: sourceSpan, refersTo: null }, cue: cueSpan, content,
    denied: [], qualifiers: [], passages: [],
  };
}
