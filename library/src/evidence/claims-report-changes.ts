import type { Change, Claim } from "../claims/claim.ts";
import { overlaps } from "../claims/span.ts";
import { type ClaimsReportContext, documentLink, excerpt, type Mention } from "./claims-report-context.ts";
import { claimsReportLimits } from "./claims-report-input.ts";
import { changeWords } from "./claims-report-wording.ts";
import { type Html, html } from "./html.ts";
import { count } from "./wording.ts";

export interface ChangesOfClaim {
  readonly here: readonly Change[];
  /** Those that stand with an earlier claim, by its number. */
  readonly elsewhere: ReadonlyMap<number, number>;
}

/**
 * The changes that have to do with the words of each claim, at either end, by the claim's number; each stands with the
 * first claim that it has to do with.
 */
export function changesByClaim(
  changes: readonly Change[],
  claims: readonly { readonly claim: Claim; readonly number: number }[],
): Map<number, ChangesOfClaim> {
  const byDocument = new Map<string, Change[]>();
  for (const change of changes) {
    for (const document of new Set([change.from.document, change.to.document])) {
      byDocument.set(document, [...(byDocument.get(document) ?? []), change]);
    }
  }
  const first = new Map<Change, number>();
  const found = new Map<number, ChangesOfClaim>();
  for (const { claim, number } of claims) {
    const here: Change[] = [];
    const elsewhere = new Map<number, number>();
    for (const change of changesIn(claim, byDocument)) {
      const known = first.get(change);
      if (known !== undefined) elsewhere.set(known, (elsewhere.get(known) ?? 0) + 1);
      else {
        first.set(change, number);
        here.push(change);
      }
    }
    found.set(number, { here, elsewhere });
  }
  return found;
}

function changesIn(claim: Claim, byDocument: ReadonlyMap<string, readonly Change[]>): Set<Change> {
  const found = new Set<Change>();
  for (const { document, start, end } of claim.positions.flatMap(({ statements }) => statements)) {
    // What is missing has a place without length.
    const isIn = (place: Change["from"]) =>
      place.document === document &&
      overlaps({ start, end }, { start: place.start, end: Math.max(place.end, place.start + 1) });
    for (const change of byDocument.get(document) ?? []) if (isIn(change.from) || isIn(change.to)) found.add(change);
  }
  return found;
}

/** The changes of one claim, and where the others that have to do with it stand; null where there are none. */
export function changesPart(
  context: ClaimsReportContext,
  { here, elsewhere }: ChangesOfClaim,
  mention: Mention,
): Html | null {
  if (here.length === 0 && elsewhere.size === 0) return null;
  const others = [...elsewhere].map(
    ([number, many], i) =>
      html`${i === 0 ? "" : ", "}<a href="#claim-${number}">${count(many, "change")} with claim ${number}</a>`,
  );
  const note =
    others.length === 0 ? null : html`<p class="note">In its words, and told where they come up first: ${others}.</p>`;
  return html`<h4>Changed on the way</h4>${here.length === 0 ? null : changesTable(context, here, mention)}${note}`;
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
  const order = orderNote(context, from, to);
  return html`<tr><th scope="row"><b>${kind}</b><span
class="why">${changeWords[kind]}</span>${order === null ? null : html`<span class="why">${order}</span>`}</th>
<td data-head="From"><span>${cell(from)}</span></td><td data-head="To"><span>${cell(to)}</span></td></tr>`;
}

/** A cut is told from the longer words to the shorter ones, whichever came first; times may not tell it either. */
function orderNote({ of }: ClaimsReportContext, from: Change["from"], to: Change["from"]): string | null {
  const [earlier, later] = [from, to].map((place) => of(place.document)?.document.published?.value ?? null);
  if (earlier == null || later == null) return "Which of the two came first is not known.";
  return earlier.slice(0, 10) > later.slice(0, 10) ? "The second of the two was published first." : null;
}
