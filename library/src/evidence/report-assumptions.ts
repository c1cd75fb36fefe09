import { type AssumedEnd, type AssumptionRanges, assumptionRanges } from "./assumption-ranges.ts";
import { inlineGlyph } from "./flow-glyph.ts";
import { type Html, html, outside } from "./html.ts";
import { bounded, placeCell, type ReportContext, rowsMax, ruleHeads, scrolling, tableHead } from "./report-context.ts";
import { count, endName } from "./wording.ts";

const questions = {
  openings: "If accounts held more before the ledger begins",
  order: "If transactions of one day came in another order",
  reports: "If another report of the same facts is right",
} as const;

/** By how much ends hang on what had to be assumed; nothing for trails through coins, which assume nothing. */
export function assumptionsSection(context: ReportContext): Html | null {
  if (context.stands === "coin" && context.trail.alternatives.length === 0) return null;
  const ranges = assumptionRanges(context.trail);
  const body =
    ranges.length === 0
      ? html`<p>No end of this trail is known to hang on an assumption: no other was found to change it, of those that
were tried about openings that are not known, the order within a day without hours, and reports that differ.</p>`
      : ranges.map((range) => rangePart(context, range));
  return html`<section id="assumptions"><h2>What hangs on assumptions</h2>
${body}</section>`;
}

function rangePart(context: ReportContext, { assumed, alternatives, ends }: AssumptionRanges): Html {
  const { shown, note } = bounded(ends, rowsMax.other, "ends that hang on it");
  const heads = context.labels.length > 1 ? ["kind", "end", "label"] : ["kind", "end"];
  const said = alternatives.map(({ what }) => html`<li>${outside(what)}</li>`);
  const caption = "What each end gets, over all that may be assumed, in stolen units";
  const table = html`<table class="cards wide"><caption>${caption}, widest range first</caption>
${tableHead(heads, ruleHeads(context))}
<tbody>${shown.map((end) => endRow(context, end))}</tbody></table>`;
  const changed = `${count(ends.length, "end")} ${ends.length === 1 ? "changes" : "change"}; all others stay.`;
  return html`<h3>${questions[assumed]}</h3>
<ul class="plain">${said}</ul><p>${changed}</p>
${ends.length === 0 ? null : scrolling(`${questions[assumed]}: ends that change`, table)}${note}`;
}

function endRow(context: ReportContext, end: AssumedEnd): Html {
  const label = context.labels.length > 1 ? html`<td data-head="label">${outside(end.label)}</td>` : null;
  const isFee = end.coin === null && end.account === null;
  const place = isFee ? "fees, all transactions" : placeCell(context, end, end.ledger);
  const cells = context.trail.rules.map((rule) => ruleCell(context, end, rule));
  return html`<tr><td data-head="kind" class="kind"><span>${inlineGlyph(end.kind)} ${endName(end.kind, end)}</span></td>
<td data-head="end" class="place">${place}</td>${label}${cells}</tr>
`;
}

function ruleCell({ print, stolenAsset }: ReportContext, { byRule, label }: AssumedEnd, rule: string): Html {
  const range = [...byRule].find(([one]) => one === rule)?.[1];
  if (range === undefined) return html`<td class="number none" data-head="${rule}">stays</td>`;
  const said = (units: bigint) => print(stolenAsset(label), units);
  return html`<td class="number" data-head="${rule}"><span><span class="line">between ${said(range.least)}</span>
<span class="line">and ${said(range.most)}</span> <small class="line">here ${said(range.here)}</small></span></td>`;
}
