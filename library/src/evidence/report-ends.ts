import type { End } from "../trace/trail.ts";
import { inlineGlyph } from "./flow-glyph.ts";
import { type Html, html, outside } from "./html.ts";
import {
  assetsText,
  bounded,
  chargedCells,
  ownAmountText,
  placeCell,
  type ReportContext,
  rowsMax,
  ruleHeads,
  scrolling,
  tableHead,
  tracedCells,
} from "./report-context.ts";
import { count, endName } from "./wording.ts";

/** Every end of the trail, with what each rule traces to it. */
export function endsSection(context: ReportContext): Html {
  const { stands } = context;
  const { ends, direction } = context.trail;
  const what = direction === "forward" ? "Ends" : "Sources";
  if (ends.length === 0) return html`<section id="ends"><h2>${what}</h2><p>The trail has none.</p></section>`;
  const rows = tableRows(ends);
  const { shown, note } = bounded(rows, rowsMax.end, "ends");
  const table = html`<table class="cards wide"><caption>Traced amount under each rule, ${assetsText(context)}</caption>
${tableHead(["no.", "kind", heads[stands].place, `#${heads[stands].value}`], ruleHeads(context))}
<tbody>${shown.map((row) => endRow(context, row))}</tbody></table>`;
  return html`<section id="ends"><h2>${what}</h2>
<p>${count(rows.length, "end")} in all. A tag says only what its source says.</p>
${scrolling(what, table)}${note}</section>`;
}

const heads = {
  coin: { place: "account, tag, coin, reason", value: "coin’s value" },
  account: { place: "account, tag, reason", value: "balance" },
  both: { place: "account, tag, coin, reason", value: "balance or coin’s value" },
} as const;

const hasPlace = ({ coin, account }: End) => coin !== null || account !== null;

interface Row {
  readonly end: End;
  /** Where the end stands in the trail. */
  readonly index: number;
}

/** The ends in the trail's order; fees, which have no place and are one end a rule, as one row after them. */
function tableRows(ends: readonly End[]): Row[] {
  const rows: Row[] = [];
  const fees = new Map<string, Row>();
  ends.forEach((end, index) => {
    if (hasPlace(end)) {
      rows.push({ end, index });
      return;
    }
    const key = JSON.stringify([end.kind, end.ledger, end.asset, end.why]);
    const same = fees.get(key);
    fees.set(
      key,
      same === undefined
        ? { end, index }
        : { end: { ...same.end, traced: [...same.end.traced, ...end.traced] }, index: same.index },
    );
  });
  return [...rows, ...fees.values()];
}

function endRow(context: ReportContext, { end, index }: Row): Html {
  const head = heads[context.stands].value;
  const value =
    end.value === null
      ? html`<td class="number none" data-head="${head}">–</td>`
      : html`<td class="number" data-head="${head}">${ownAmountText(context, end.asset, end.value)}</td>`;
  const kind = html`<span>${inlineGlyph(end.kind)} ${endName(end.kind, end)}</span>`;
  return html`<tr id="end-${index + 1}"><td data-head="no." class="count">${index + 1}</td>
<td data-head="kind" class="kind">${kind}</td>
<td class="place">${placeCell(context, end, end.ledger)}<span class="why">${outside(end.why)}</span></td>
${value}${hasPlace(end) ? tracedCells(context, end.traced, end.asset) : chargedCells(context, end.traced)}</tr>
`;
}
