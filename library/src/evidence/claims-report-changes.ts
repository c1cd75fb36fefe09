import type { Change, Claim } from "../claims/claim.ts";
import { overlaps } from "../claims/span.ts";
import { type ClaimsReportContext, documentLink, excerpt, type Mention } from "./claims-report-context.ts";
import { claimsReportLimits } from "./claims-report-input.ts";
import { changeWords } from "./claims-report-wording.ts";
import { type Html, html } from "./html.ts";
import { count } from "./wording.ts";

/** The changes that have to do with the words of a claim, at either end. */
export function changesOf({ input }: ClaimsReportContext, claim: Claim): Change[] {
  const spans = new Map<string, { start: number; end: number }[]>();
  for (const { document, start, end } of claim.positions.flatMap(({ statements }) => statements)) {
    const known = spans.get(document);
    if (known === undefined) spans.set(document, [{ start, end }]);
    else known.push({ start, end });
  }
  // What is missing has a place without length.
  const isIn = ({ document, start, end }: Change["from"]) =>
    (spans.get(document) ?? []).some((span) => overlaps(span, { start, end: Math.max(end, start + 1) }));
  return input.weighed.changes.filter(({ from, to }) => isIn(from) || isIn(to));
}

/** What is different where it comes from and where it got to, with the words around it in both. */
export function changesTable(context: ClaimsReportContext, changes: readonly Change[], mention: Mention): Html {
  const { rowsOpen, rowsMax } = claimsReportLimits;
  const table = (some: readonly Change[], name: string) => html`<table class="changes cards"><caption>${name}</caption>
<thead><tr><th scope="col">Change</th><th scope="col">From</th><th scope="col">To</th></tr></thead>
<tbody>${some.map((one) => changeRow(context, one, mention))}</tbody></table>`;
  const rest = changes.slice(rowsOpen, rowsMax);
  const left = changes.length - rowsMax;
  return html`${table(changes.slice(0, rowsOpen), "The same words in two documents, and what is different")}${
    rest.length === 0
      ? null
      : html`<details><summary>${count(rest.length, "more change")}</summary>${table(rest, "More changes")}${
          left > 0
            ? html`<p class="note">${count(left, "more change")} left out of this page; --json prints all.</p>`
            : null
        }</details>`
  }`;
}

function changeRow(context: ClaimsReportContext, { kind, from, to }: Change, mention: Mention): Html {
  const cell = (place: Change["from"]) =>
    html`${documentLink(context, place.document)}<br>${excerpt(context, place, mention, "said")}`;
  const isOpen = [from, to].some((place) => (context.of(place.document)?.document.published ?? null) === null);
  const order = isOpen ? html`<span class="why">Which of the two came first is not known.</span>` : null;
  return html`<tr><th scope="row"><b>${kind}</b><span class="why">${changeWords[kind]}</span>${order}</th>
<td data-head="From"><span>${cell(from)}</span></td><td data-head="To"><span>${cell(to)}</span></td></tr>`;
}
