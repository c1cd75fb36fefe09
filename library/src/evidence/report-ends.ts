import type { End } from "../trace/trail.ts";
import { inlineGlyph } from "./flow-glyph.ts";
import { type Html, html, outside } from "./html.ts";
import {
  assetsText,
  bounded,
  placeCell,
  type ReportContext,
  rowsMax,
  ruleHeads,
  tracedCells,
} from "./report-context.ts";
import { count, endNames } from "./wording.ts";

/** Every end of the trail, with what each rule traces to it. */
export function endsSection(context: ReportContext): Html {
  const { ends, direction } = context.trail;
  const { shown, note } = bounded(ends, rowsMax.end, "ends");
  const what = direction === "forward" ? "Ends" : "Sources";
  if (ends.length === 0) return html`<section id="ends"><h2>${what}</h2><p>The trail has none.</p></section>`;
  return html`<section id="ends"><h2>${what}</h2>
<p>${count(ends.length, "end")} in all. A tag says only what its source says.</p>
<table class="cards wide"><caption>Traced amount under each rule, ${assetsText(context)}</caption>
<thead><tr><th scope="col">no.</th><th scope="col">kind</th><th scope="col">account, tag, coin, reason</th><th scope="col" class="number">coin’s value</th>${ruleHeads(context)}</tr></thead>
<tbody>${shown.map((end, i) => endRow(context, end, i))}</tbody></table>${note}</section>`;
}

function endRow(context: ReportContext, end: End, i: number): Html {
  const value =
    end.value === null
      ? html`<td class="number none" data-head="coin’s value">–</td>`
      : html`<td class="number" data-head="coin’s value">${context.print(end.asset, end.value, "digits")}</td>`;
  return html`<tr id="end-${i + 1}"><td data-head="no." class="count">${i + 1}</td><td data-head="kind" class="kind"><span>${inlineGlyph(end.kind)} ${endNames[end.kind]}</span></td><td class="place">${placeCell(context, end, end.ledger)}<span class="why">${outside(end.why)}</span></td>${value}${tracedCells(context, end.traced, end.asset)}</tr>
`;
}
