import type { CodePoints } from "../claims/code-points.ts";
import type { Span } from "../claims/span.ts";
import { type Html, type HtmlValue, html } from "./html.ts";
import { wholeNumber } from "./wording.ts";

/** A span of a document that something in the report leads to. */
export interface Mark extends Span {
  /** The id that its first character stands under. */
  readonly id: string;
  readonly kind: "said" | "figure" | "proof";
  /** What is printed behind its last character: the ways back. */
  readonly after: HtmlValue;
}

interface Open {
  readonly mark: Mark;
  readonly children: HtmlValue[];
  readonly isFirst: boolean;
}

/**
 * The text of a stretch with its marks, which may nest and overlap: where two overlap, the inner one is broken and goes
 * on, so that each mark's id stands once, at its start. Marks that begin before the stretch go on in it without their
 * id; an empty mark is a place between two characters.
 * @param stretchMax a longer run of text without a mark is shortened in its middle, and says by how much
 */
export function markText(points: CodePoints, stretch: Span, marks: readonly Mark[], stretchMax: number): Html {
  const inside = marks
    .filter(({ start, end }) => start <= stretch.end && end >= stretch.start && (start < stretch.end || start === end))
    .filter(({ start, end }) => end > stretch.start || start === end)
    .sort((a, b) => a.start - b.start || b.end - a.end || (a.id < b.id ? -1 : 1));
  const cuts = new Set([stretch.start, stretch.end]);
  for (const { start, end } of inside) {
    cuts.add(Math.max(start, stretch.start));
    cuts.add(Math.min(end, stretch.end));
  }
  const whole: HtmlValue[] = [];
  const stack: Open[] = [];
  const top = () => stack.at(-1)?.children ?? whole;
  const close = () => {
    const { mark, children, isFirst } = stack.pop()!;
    const isOver = mark.end <= at;
    top().push(element(mark, isFirst, isOver ? [...children, mark.after] : children));
  };
  let at = stretch.start;
  let next = 0;
  const sorted = [...cuts].sort((a, b) => a - b);
  for (const [i, cut] of sorted.entries()) {
    at = cut;
    const broken = closeEnded(stack, at, close);
    const begun: Mark[] = [];
    while (next < inside.length && inside[next]!.start <= at) begun.push(inside[next++]!);
    for (const mark of begun) if (mark.start === mark.end) top().push(element(mark, true, mark.after));
    const opened = [
      ...broken.map((mark) => ({ mark, isFirst: false })),
      ...begun.filter(({ start, end }) => end > start).map((mark) => ({ mark, isFirst: mark.start >= stretch.start })),
    ].sort((a, b) => b.mark.end - a.mark.end || a.mark.start - b.mark.start);
    for (const one of opened) stack.push({ ...one, children: [] });
    const to = sorted[i + 1];
    if (to !== undefined) top().push(textOf(points, { start: at, end: to }, stretchMax));
  }
  while (stack.length > 0) close();
  return html`${whole}`;
}

/** Closes what ends at a place, and what was opened after it; that is returned, to be opened again. */
function closeEnded(stack: readonly Open[], at: number, close: () => void): Mark[] {
  const first = stack.findIndex(({ mark }) => mark.end <= at);
  if (first < 0) return [];
  const broken: Mark[] = [];
  for (let depth = stack.length; depth > first; depth--) {
    const { mark } = stack[depth - 1]!;
    if (mark.end > at) broken.push(mark);
    close();
  }
  return broken;
}

function element({ id, kind, start, end }: Mark, isFirst: boolean, content: HtmlValue): Html {
  if (start === end) return html`<mark class="gap" id="${id}">${content}</mark>`;
  return isFirst
    ? html`<mark class="${kind}" id="${id}">${content}</mark>`
    : html`<mark class="${kind}">${content}</mark>`;
}

function textOf(points: CodePoints, { start, end }: Span, stretchMax: number): HtmlValue {
  const length = end - start;
  if (length <= stretchMax) return points.slice({ start, end });
  const kept = Math.floor(stretchMax / 2);
  return [
    points.slice({ start, end: start + kept }),
    html` <span class="left-out">[${wholeNumber(length - 2 * kept)} characters in which nothing is marked are left out
      here]</span> `,
    points.slice({ start: end - kept, end }),
  ];
}
