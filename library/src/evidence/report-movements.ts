import type { MovedTo, Movement, Place } from "../trace/trail.ts";
import { type Html, html, outside } from "./html.ts";
import {
  assetsText,
  bounded,
  placeCell,
  type ReportContext,
  rowsMax,
  ruleHeads,
  scrolling,
  tableHead,
  tagText,
  tracedCells,
} from "./report-context.ts";
import { count, timeText, wholeNumber } from "./wording.ts";

const fromMax = 20;

/** Every movement in the ledger's order: where value came from, and what each rule traces to each output. */
export function movementsSection(context: ReportContext): Html {
  const { movements } = context.trail;
  if (movements.length === 0) {
    return html`<section id="movements"><h2>Movements</h2><p>No transaction of the ledger moved the value.</p>
      </section>`;
  }
  const { shown, note } = bounded(movements, rowsMax.movement, "movements");
  return html`<section id="movements"><h2>Movements</h2>
<p>${count(movements.length, "transaction")} in the ledger’s order. Listed are the outputs that a rule traces value
  to.</p>
${scrolling(
  "Movements",
  html`<table class="cards wide movements"><caption>Traced amount under each rule, ${assetsText(context)}</caption>
${tableHead(["output", "#value"], ruleHeads(context))}
${shown.map((movement, i) => movementRows(context, movement, i))}</table>`,
)}${note}</section>`;
}

function movementRows(context: ReportContext, movement: Movement, i: number): Html {
  const columns = 2 + context.trail.rules.length;
  const time = movement.time === null ? "time not known" : timeText(movement.time);
  const block = movement.height === null ? "no block known" : `block ${wholeNumber(movement.height)}`;
  const ledger = context.trail.ledgers.length > 1 ? html`${outside(movement.ledger)} · ` : null;
  const hops = `${count(movement.hops, "hop")} from a seed`;
  return html`<tbody id="movement-${i + 1}"><tr class="head"><th scope="rowgroup" colspan="${columns}">
<span class="count">#${i + 1}</span> <code>${outside(movement.transaction)}</code>
<span class="why">${ledger}${time} · ${block} · ${hops}</span>${fromText(context, movement.from)}</th></tr>
${movement.to.map((to) => outputRow(context, movement, to))}</tbody>
`;
}

function outputRow(context: ReportContext, movement: Movement, to: MovedTo): Html {
  const value = context.print(to.asset, to.value, "digits");
  return html`<tr><td class="place">${placeCell(context, outputOf(movement, to), movement.ledger)}</td>
<td class="number" data-head="value">${value}</td>${tracedCells(context, to.traced, to.asset)}</tr>
`;
}

/** The head of the rows names the transaction; each of its outputs needs only its number. */
function outputOf({ transaction }: Movement, { coin, account }: Place): Place {
  const number = coin?.startsWith(`${transaction}:`) === true ? coin.slice(transaction.length + 1) : null;
  return number === null ? { coin, account } : { coin: `output ${number}`, account };
}

function fromText(context: ReportContext, from: readonly Place[]): Html | null {
  if (from.length === 0) return null;
  const places = from.slice(0, fromMax).map(({ coin, account }) => {
    const owner = account === null || coin === null ? null : html` of <code>${outside(account)}</code>`;
    const name = html`<code>${outside(coin ?? account ?? "")}</code>`;
    return html`<span class="why">from ${name}${owner} ${tagText(context, account)}</span>`;
  });
  const more = from.length - places.length;
  return html`${places}${more > 0 ? html`<span class="why">and from ${count(more, "more coin")}</span>` : null}`;
}
