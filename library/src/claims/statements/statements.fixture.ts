import { codePoints } from "../code-points.ts";
import type { Span } from "../span.ts";
import { readStatements } from "./read-statements.ts";

/** The paragraphs of a text whose lines they are. */
export function linesOf(text: string): Span[] {
  const points = codePoints(text);
  return [...text.matchAll(/[^\n]+/g)].map(({ 0: line, index }) => points.span(index, index + line.length));
}

/** The statements of a text in words: easier to read, and to compare, than spans. */
export function statementsIn(text: string) {
  const { slice } = codePoints(text);
  return readStatements(text, linesOf(text)).statements.map((one) => ({
    act: one.act,
    form: one.form,
    who: one.source && slice(one.source.span),
    means: one.source?.refersTo ? slice(one.source.refersTo) : null,
    cue: slice(one.cue),
    what: one.content.map(slice),
    denied: one.denied.map(slice),
    stance: one.stance,
    words: one.qualifiers.map(({ kind, span }) => `${kind}: ${slice(span)}`),
    via: one.passages.map(({ kind, party }) => `${kind} ${slice(party)}`),
  }));
}
