import { type ClaimsReportContext, documentLink, type Mention, placeLink, wordsAt } from "./claims-report-context.ts";
import { claimsReportLimits, type ReportIncident, type ReportStated } from "./claims-report-input.ts";
import { beginning, readableDigits } from "./claims-report-wording.ts";
import { type Html, type HtmlValue, html, outside } from "./html.ts";
import { count } from "./wording.ts";

/** The incidents that the documents tell of; values of one thing that differ stand beside each other. */
export function incidentsSection(context: ClaimsReportContext): Html | null {
  const incidents = context.input.incidents ?? [];
  if (incidents.length === 0) return null;
  return html`<section id="incidents"><h2>Incidents</h2>
<p class="note">Events that the documents tell of, put together from their statements. Where sources differ, all their
values stand here, each with who says so.</p>
${incidents.map((one, at) => incidentPart(context, one, at + 1))}</section>`;
}

function incidentPart(context: ClaimsReportContext, incident: ReportIncident, number: number): Html {
  const mention: Mention = { id: `incident-${number}`, name: `incident ${number}` };
  const { name, dates, victims, countries, amount, disagreements = [], statements, id } = incident;
  const none = html`<span class="none">not stated</span>`;
  const listOf = (all: readonly ReportStated[]) =>
    all.length === 0 ? none : all.map((one) => statedPart(context, one, mention));
  const rows: [string, HtmlValue][] = [
    [dates.length > 1 ? "When, as stated" : "When", listOf(dates)],
    [victims.length > 1 ? "Victims, as named" : "Victim", listOf(victims)],
    [countries.length > 1 ? "Countries" : "Country", listOf(countries)],
    [amount.length > 1 ? "Amounts stated" : "Amount", html`<div class="amounts">${listOf(amount)}</div>`],
    ...furtherRows(context, incident, mention),
  ];
  return html`<article class="incident" id="${mention.id}" aria-labelledby="${mention.id}-name">
<h3 id="${mention.id}-name">${outside(name)}</h3>
<dl class="facts-of">${rows.map(([what, value]) => html`<div><dt>${what}</dt><dd>${value}</dd></div>`)}</dl>
${
  disagreements.length === 0
    ? null
    : html`<div class="contradictions"><h4>These cannot all hold</h4><ul class="plain">${disagreements.map(
        (one) => html`<li>${outside(readableDigits(one))}</li>`,
      )}</ul></div>`
}${
  incident.doubts.length === 0
    ? null
    : html`<p class="note">In doubt:</p><ul class="plain">${incident.doubts.map(
        (one) => html`<li>${outside(one)}</li>`,
      )}</ul>`
}
${tellings(context, statements, mention)}<p class="note id">Id of the incident: <code>${id}</code></p></article>`;
}

/** What few documents tell of an incident: rows for what is stated alone. */
function furtherRows(context: ClaimsReportContext, incident: ReportIncident, mention: Mention): [string, HtmlValue][] {
  const { kinds, methods, attributions } = incident;
  const rows: [string, readonly ReportStated[]][] = [
    ["Kind", kinds],
    ["How", methods],
    ["Put down to", attributions],
  ];
  return rows.flatMap(([head, all]): [string, HtmlValue][] => {
    if (all.length === 0) return [];
    const parts = all.map((one) => statedPart(context, one, mention));
    const note = all === attributions ? html`<span class="line">A claim, not a finding.</span>` : null;
    return [[head, html`${parts}${note}`]];
  });
}

const placesOpen = 4;

function statedPart(
  context: ClaimsReportContext,
  { value, places, entries = [] }: ReportStated,
  mention: Mention,
): Html {
  const lines = [
    ...places.map(
      (place) =>
        html`<span class="line">${placeLink(context, place, {
          kind: "figure",
          mention,
          text: html`“${outside(beginning(wordsAt(context, place), 120))}”`,
        })} ${documentLink(context, place.document)}</span>`,
    ),
    ...entries.map((entry) => html`<span class="line">${outside(entry)}</span>`),
  ];
  const rest = lines.slice(placesOpen);
  return html`<div class="stated"><b>${outside(readableDigits(value))}</b>${lines.slice(0, placesOpen)}${
    rest.length === 0 ? null : html`<details><summary>and ${rest.length} more</summary>${rest}</details>`
  }</div>`;
}

function tellings(
  context: ClaimsReportContext,
  statements: ReportIncident["statements"],
  mention: Mention,
): Html | null {
  if (statements.length === 0) return null;
  const { rowsMax } = claimsReportLimits;
  const items = statements.slice(0, rowsMax).map((place) => {
    const text = html`<q dir="auto">${beginning(wordsAt(context, place), 420)}</q>`;
    return html`<li>${placeLink(context, place, { kind: "said", mention, text })}
<span class="from">${documentLink(context, place.document)}</span></li>`;
  });
  const left = statements.length - items.length;
  return html`<details><summary>${count(statements.length, "sentence")} that tell of it</summary><ol
class="statements">${items}</ol>${
    left > 0
      ? html`<p class="note">${count(left, "more")} left
out.</p>`
      : null
  }</details>`;
}
