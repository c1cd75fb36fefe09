import type { Claim, FigureInClaim } from "../claims/claim.ts";
import type { Figure } from "../claims/figures/figure.ts";
import { type ClaimsReportContext, documentLink, excerpt, type Mention, placeLink } from "./claims-report-context.ts";
import { claimsReportLimits } from "./claims-report-input.ts";
import { beginning, figureText, readableDigits } from "./claims-report-wording.ts";
import { type Html, html, outside } from "./html.ts";
import { count } from "./wording.ts";

/** The figures of a claim, those that say the same in one row, and what cannot all hold. */
export function figuresPart(context: ClaimsReportContext, claim: Claim, mention: Mention): Html | null {
  if (claim.figures.length === 0 && claim.contradictions.length === 0) return null;
  const rows = new Map<string, FigureInClaim[]>();
  for (const one of claim.figures) {
    const key = `${one.figure.kind} ${figureText(one.figure)}`;
    rows.set(key, [...(rows.get(key) ?? []), one]);
  }
  return html`<h4>Figures</h4>${contradictionsPart(context, claim, mention)}${
    rows.size === 0 ? null : figuresTable(context, [...rows.values()], mention)
  }`;
}

function figuresTable(
  context: ClaimsReportContext,
  rows: readonly (readonly FigureInClaim[])[],
  mention: Mention,
): Html {
  const { rowsOpen, rowsMax } = claimsReportLimits;
  const sorted = [...rows].sort((a, b) => kinds.indexOf(a[0]!.figure.kind) - kinds.indexOf(b[0]!.figure.kind));
  const table = (some: typeof rows) => html`<table class="figures-said cards"><caption>${
    some === rest ? "The other figures" : "What its figures say"
  }</caption><thead><tr><th scope="col">Value</th><th scope="col">Of what</th>
<th scope="col">Where</th></tr></thead><tbody>${some.map((row) => figureRow(context, row, mention))}</tbody></table>`;
  const open = sorted.slice(0, rowsOpen);
  const rest = sorted.slice(rowsOpen, rowsMax);
  const left = sorted.length - open.length - rest.length;
  return html`${table(open)}${
    rest.length === 0
      ? null
      : html`<details><summary>${count(rest.length, "more value")}</summary>${table(rest)}${
          left > 0
            ? html`<p class="note">${count(left, "more value")} left out of this page; --json prints all.</p>`
            : null
        }</details>`
  }`;
}

const kinds: readonly Figure["kind"][] = ["money", "count", "percentage", "date", "duration"];

const kindWords: Readonly<Record<Figure["kind"], string>> = {
  money: "money",
  count: "count",
  percentage: "share",
  date: "date",
  duration: "duration",
};

function figureRow(context: ClaimsReportContext, row: readonly FigureInClaim[], mention: Mention): Html {
  const { figure } = row[0]!;
  const assumedIn = row.filter((one) => one.figure.assumed).length;
  const inSome = assumedIn === row.length ? "" : ` in ${assumedIn} of ${row.length} places`;
  const assumed =
    assumedIn > 0
      ? html`<span class="why">The likely ${figure.kind === "date" ? "date" : "unit"} is taken${inSome}.</span>`
      : null;
  const scopes = [...new Set(row.flatMap((one) => one.figure.scope.map(({ text }) => text)))];
  const scope =
    scopes.length === 0 ? null : html`<span class="why">${outside(beginning(scopes.join("; "), 160))}</span>`;
  const { namesOpen } = claimsReportLimits;
  const byDocument = new Map<string, Html[]>();
  for (const { figure: one, place } of row) {
    const text = html`“${outside(beginning(one.text, 80))}”`;
    const link = placeLink(context, place, { kind: "figure", mention, text });
    byDocument.set(place.document, [...(byDocument.get(place.document) ?? []), link]);
  }
  const places = [...byDocument].map(
    ([document, links]) =>
      html`<span class="line">${documentLink(context, document)} ${links.map(
        (link, i) => html`${i === 0 ? "" : ", "}${link}`,
      )}</span>`,
  );
  const folded =
    places.length <= namesOpen + 1
      ? places
      : [
          ...places.slice(0, namesOpen),
          html`<details><summary>and ${places.length - namesOpen} more
documents</summary>${places.slice(namesOpen)}</details>`,
        ];
  return html`<tr><th scope="row">${outside(figureText(figure))}${assumed}</th>
<td>${kindWords[figure.kind]}${scope}</td>
<td>${folded}</td></tr>`;
}

function contradictionsPart(context: ClaimsReportContext, { contradictions }: Claim, mention: Mention): Html | null {
  if (contradictions.length === 0) return null;
  const { rowsOpen, rowsMax } = claimsReportLimits;
  const items = contradictions.slice(0, rowsMax).map(
    ({ figures, why }) => html`<li><span class="verdict">${outside(readableDigits(why))}</span>
${figures.map(
  ({ figure, place }) => html`<blockquote><b>${outside(figureText(figure))}</b> ${documentLink(context, place.document)}
<br>${excerpt(context, place, mention)}</blockquote>`,
)}</li>`,
  );
  const rest = items.slice(rowsOpen);
  const left = contradictions.length - items.length;
  return html`<div class="contradictions"><h5>These cannot all hold</h5><ul
class="plain">${items.slice(0, rowsOpen)}</ul>${
    rest.length === 0
      ? null
      : html`<details><summary>${count(rest.length, "more contradiction")}</summary><ul class="plain">${rest}</ul>${
          left > 0 ? html`<p class="note">${count(left, "more")} left out of this page; --json prints all.</p>` : null
        }</details>`
  }</div>`;
}
