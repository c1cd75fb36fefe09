import { formatInstant, type Instant } from "../money/instant.ts";
import type { ListedTrail } from "../trace/trail.ts";
import { isInner } from "./flow-fold.ts";
import type { FlowLayout } from "./flow-layout.ts";
import { type Html, html } from "./html.ts";
import { wholeNumber } from "./wording.ts";

interface Span {
  readonly from: Instant;
  readonly to: Instant;
  readonly hasHours: boolean;
}

function widened(span: Span | null, time: Instant, hasHours: boolean): Span {
  if (span === null) return { from: time, to: time, hasHours };
  return {
    from: time < span.from ? time : span.from,
    to: time > span.to ? time : span.to,
    hasHours: span.hasHours || hasHours,
  };
}

/** The first and the last time of the movements of each column; null where no time is known. */
function columnSpans({ columns, graph }: FlowLayout, trail: ListedTrail): (Span | null)[] {
  return columns.map(({ nodes }) => {
    let span: Span | null = null;
    for (const index of nodes) {
      const node = graph.nodes[index]!;
      if (!isInner(node)) continue;
      for (const member of node.members) {
        const movement = trail.movements[node.kind === "account" ? graph.accounts[member]!.first : member];
        const time = movement?.time ?? null;
        if (time === null) continue;
        span = widened(span, time, movement?.dayOnly !== true);
      }
    }
    return span;
  });
}

const day = (time: Instant) => formatInstant(time).slice(0, 10);
const minute = (time: Instant) => formatInstant(time).slice(11, 16);

/** Day and time of day; of a column that spans more, where it begins and ends. */
function spanLines({ from, to, hasHours }: Span): [string, string] {
  if (day(from) !== day(to)) return [day(from), `– ${day(to)}`];
  if (!hasHours) return [day(from), ""];
  return [day(from), minute(from) === minute(to) ? minute(from) : `${minute(from)}–${minute(to)}`];
}

const textWidth = 76;

/** The time axis under a picture: a tick for each column of movements, a text wherever there is room for one. */
export function timeAxis(layout: FlowLayout, trail: ListedTrail): Html {
  const y = Math.round(layout.bottom) + 10;
  const spans = columnSpans(layout, trail);
  const inner = layout.columns.slice(1, -1);
  const first = inner[0];
  const last = inner.at(-1);
  if (first === undefined || last === undefined) return html``;
  let free = Number.NEGATIVE_INFINITY;
  const texts = inner.map(({ x }, i) => {
    const span = spans[i + 1] ?? null;
    if (span === null || x - textWidth / 2 < free) return null;
    free = x + textWidth / 2 + 4;
    const [above, below] = spanLines(span);
    return html`<text x="${Math.round(x)}" y="${y + 19}" text-anchor="middle">${above}</text>
<text x="${Math.round(x)}" y="${y + 33}" text-anchor="middle">${below}</text>`;
  });
  const known = texts.some((text) => text !== null);
  const note = known
    ? layout.graph.accounts.length === 0
      ? "time (UTC)"
      : "first reached (UTC)"
    : trail.movements.some(({ time }) => time !== null)
      ? "in the order reached"
      : "the ledger’s order; no times known";
  const ticks = inner.map(({ x }) => html`<path d="M${Math.round(x)} ${y - 4}v8"/>`);
  const from = Math.round(first.x) - 30;
  const to = Math.round(last.x) + 30;
  return html`<g class="axis"><path d="M${from} ${y}H${to}m-6-4 6 4-6 4"/>${ticks}${texts}<text class="note"
    x="${to + 10}" y="${y + 4}">${note}</text>${snapshotNote(trail, to + 10, y + 19)}</g>`;
}

function snapshotNote(trail: ListedTrail, x: number, y: number): Html | null {
  const height = trail.ledgers[0]?.snapshot.height ?? null;
  if (height === null || trail.ledgers.length !== 1 || trail.direction !== "forward") return null;
  return html`<text class="note" x="${x}" y="${y}">ends as of height ${wholeNumber(height)}</text>`;
}
