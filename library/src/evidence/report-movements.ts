import type { MovedFrom, MovedTo, Movement, Place } from "../trace/trail.ts";
import { accountText } from "./account-text.ts";
import { type Html, html, outside } from "./html.ts";
import { isMirrored } from "./mirrored-trail.ts";
import {
  assetsText,
  bounded,
  ownAmountText,
  placeCell,
  type ReportContext,
  rowsMax,
  ruleHeads,
  scrolling,
  tableHead,
  tagText,
  tracedCells,
} from "./report-context.ts";
import { count, countPlaces, movementTime, unitName, wholeNumber } from "./wording.ts";

const fromMax = 20;

const words = {
  coin: {
    listed: "the outputs that a rule traces value to",
    head: "output",
    value: "value",
    order: "the ledger’s order",
  },
  account: {
    listed: "the transfers that a rule traces value through",
    head: "paid to",
    value: "paid",
    order: "the ledger’s order",
  },
  both: {
    listed: "the transfers and outputs that a rule traces value to",
    head: "paid to",
    value: "paid",
    order: "the order of time",
  },
} as const;

/** Every movement in the ledger's order: where value came from, and what each rule traces to each output. */
export function movementsSection(context: ReportContext): Html {
  const { movements } = context.trail;
  const { order, listed, head, value } = wordsOf(context);
  if (movements.length === 0) {
    return html`<section id="movements"><h2>Movements</h2><p>No transaction ${ofLedgers(context)} moved the value.</p>
      </section>`;
  }
  const { shown, note } = bounded(movements, rowsMax.movement, "movements");
  return html`<section id="movements"><h2>Movements</h2>
<p>${count(movements.length, "transaction")} in ${order}. Listed are ${listed}.</p>
${scrolling(
  "Movements",
  html`<table class="cards wide movements"><caption>Traced amount under each rule, ${assetsText(context)}</caption>
${tableHead([head, `#${value}`], ruleHeads(context))}
${shown.map((movement, i) => movementRows(context, movement, i))}</table>`,
)}${note}</section>`;
}

/** Of a trail that is told as the way back. */
const mirroredWords = {
  listed: "who paid what a rule traces the value back to",
  head: "paid by",
  value: "paid",
  order: "the order of time",
} as const;

const wordsOf = ({ stands, trail }: ReportContext) => (isMirrored(trail) ? mirroredWords : words[stands]);

const ofLedgers = ({ trail }: ReportContext) => (trail.ledgers.length > 1 ? "of the ledgers" : "of the ledger");

function movementRows(context: ReportContext, movement: Movement, i: number): Html {
  const columns = 2 + context.trail.rules.length;
  const time = movementTime(movement);
  const isBooked = movement.height === null && movement.to.every(({ coin }) => coin === null);
  const block = movement.height === null ? "no block known" : `block ${wholeNumber(movement.height)}`;
  const when = isBooked ? time : `${time} · ${block}`;
  const ledger = context.trail.ledgers.length > 1 ? html`${outside(movement.ledger)} · ` : null;
  const hops = `${count(movement.hops, "hop")} from a seed`;
  return html`<tbody id="movement-${i + 1}"><tr class="head"><th scope="rowgroup" colspan="${columns}">
<span class="count">#${i + 1}</span> <code>${outside(movement.transaction)}</code>
<span class="why">${ledger}${when} · ${hops}</span>${fromText(context, movement)}</th></tr>
${movement.to.map((to) => outputRow(context, movement, to))}</tbody>
`;
}

function outputRow(context: ReportContext, movement: Movement, to: MovedTo): Html {
  const head = wordsOf(context).value;
  const value = ownAmountText(context, to.asset, to.value);
  return html`<tr><td class="place">${placeCell(context, outputOf(movement, to), movement.ledger)}</td>
<td class="number" data-head="${head}">${value}</td>${tracedCells(context, to.traced, to.asset)}</tr>
`;
}

/** The head of the rows names the transaction; each of its outputs needs only its number. */
function outputOf({ transaction }: Movement, { coin, account }: Place): Place {
  const number = coin?.startsWith(`${transaction}:`) === true ? coin.slice(transaction.length + 1) : null;
  return number === null ? { coin, account } : { coin: `output ${number}`, account };
}

function fromText(context: ReportContext, { from }: Movement): Html | null {
  if (from.length === 0) return null;
  const way = isMirrored(context.trail) ? "to" : "from";
  const places = from.slice(0, fromMax).map((one) => {
    const { coin, account } = one;
    const owner = account === null || coin === null ? null : html` of <code>${outside(account)}</code>`;
    const name = html`<code>${outside(coin ?? accountText(account ?? ""))}</code>`;
    return html`<span class="why">${way} ${name}${owner}${overText(context, one)} ${tagText(context, account)}</span>`;
  });
  const more = from.slice(places.length);
  const rest = more.length === 0 ? "" : countPlaces(more).replace(/^([\d,]+) /u, "$1 more ");
  return html`${places}${rest === "" ? null : html`<span class="why">and ${way} ${rest}</span>`}`;
}

/** Value that a link brought: out of which asset of which ledger. */
function overText({ input }: ReportContext, { asset, ledger }: MovedFrom): Html | null {
  if (asset === undefined && ledger === undefined) return null;
  const unit = asset === undefined ? null : html` in ${outside(unitName(input.assets, asset))}`;
  const where = ledger === undefined ? null : html` of ${outside(ledger)}`;
  return html`${unit}${where}, over a <a href="#links">link</a>`;
}
