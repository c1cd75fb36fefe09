import { inlineGlyph } from "./flow-glyph.ts";
import { type Html, type HtmlValue, html, outside } from "./html.ts";
import {
  assetsText,
  bounded,
  ownAmountText,
  placeCell,
  type ReportContext,
  rowsMax,
  scrolling,
  tableHead,
} from "./report-context.ts";
import { type EndOpinion, type RuleAgreement, ruleAgreement } from "./rule-agreement.ts";
import { count, endName, listed } from "./wording.ts";

/** Which ends every conserved rule gives the same amount, and how far they are apart on the others. */
export function agreementSection(context: ReportContext): Html {
  const agreement = ruleAgreement(context.trail);
  const { rules, agreed, differing } = agreement;
  if (rules.length < 2) {
    const which = rules.length === 0 ? "No conserved rule was" : `Only one conserved rule, ${rules[0]}, was`;
    return html`<section id="agreement"><h2>Where the rules agree and differ</h2><p>${which} asked for, so there is
      nothing to compare.</p></section>`;
  }
  const each = context.labels.length > 1 ? ", each label counted on its own" : "";
  return html`<section id="agreement"><h2>Where the rules agree and differ</h2>
<p>Compared are the conserved rules: ${listed(rules)}. Poison is an upper bound and is left out. They agree
  on <strong>${count(agreed.length, "end")}</strong> and differ
    on <strong>${String(differing.length)}</strong>${each}.</p>
${commonParagraph(context, agreement)}
${agreedTable(context, agreed)}
${differingTable(context, agreement)}</section>`;
}

function commonParagraph({ labels, print, stolenAsset }: ReportContext, { common, rules }: RuleAgreement): Html {
  return html`<ul class="plain">${common.map(({ label, common: amount, seededMin, seededMax }) => {
    const asset = stolenAsset(label);
    const of = labels.length > 1 ? html` of “${outside(label)}”` : null;
    const seeded =
      seededMin === seededMax ? print(asset, seededMin) : `${print(asset, seededMin)} to ${print(asset, seededMax)}`;
    const rulesText = `these ${rules.length} rules`;
    if (amount === 0n) {
      return html`<li>No end gets any of the ${seeded} seeded${of} under every one of ${rulesText}.</li>`;
    }
    return html`<li>Whichever of ${rulesText} is applied, at least <strong>${print(asset, amount)}</strong> of
the ${seeded} seeded${of} is at the same ends.</li>`;
  })}</ul>`;
}

const feesOf = ({ trail }: ReportContext, { ledger }: EndOpinion): HtmlValue =>
  trail.ledgers.length > 1 ? html`fees and charges, ${outside(ledger)}` : "fees, all transactions";

function endCells(context: ReportContext, said: EndOpinion): Html {
  const label = context.labels.length > 1 ? html`<td data-head="label">${outside(said.label)}</td>` : null;
  const place =
    said.coin === null && said.account === null ? feesOf(context, said) : placeCell(context, said, said.ledger);
  return html`<td data-head="kind" class="kind"><span>${inlineGlyph(said.kind)} ${endName(said.kind, said)}</span></td>
<td data-head="end" class="place">${place}</td>${label}`;
}

const endHeads = ({ labels }: ReportContext) => (labels.length > 1 ? ["kind", "end", "label"] : ["kind", "end"]);

function agreedTable(context: ReportContext, agreed: readonly EndOpinion[]): Html | null {
  if (agreed.length === 0) return null;
  const { shown, note } = bounded(agreed, rowsMax.other, "ends on which the rules agree");
  const head = "every rule says";
  const rows = shown.map((said) => {
    const amount = ownAmountText(context, assetOf(context, said), said.max);
    return html`<tr>${endCells(context, said)}<td class="number" data-head="${head}">${amount}</td></tr>\n`;
  });
  const caption = `Ends on which these rules agree, ${assetsText(context)}, largest first`;
  const table = html`<table class="cards"><caption>${caption}</caption>
${tableHead([...endHeads(context), `#${head}`])}
<tbody>${rows}</tbody></table>`;
  return html`${scrolling("Ends on which these rules agree", table)}${note}`;
}

function differingTable(context: ReportContext, { differing }: RuleAgreement): Html | null {
  if (differing.length === 0) return null;
  const { shown, note } = bounded(differing, rowsMax.other, "ends on which the rules differ");
  const most = differing.reduce((max, said) => (said.stolenMax > max ? said.stolenMax : max), 0n);
  const { label, asset } = differing[0]!;
  const unit = context.assets.length > 1 ? context.stolenAsset(label) : asset;
  const range = `from 0 to ${context.print(unit, most, context.assets.length > 1 ? "unit" : "digits")}`;
  const caption = `Ends on which they differ, ${assetsText(context)}, largest spread first`;
  const table = html`<table class="cards"><caption>${caption}</caption>
${tableHead([...endHeads(context), "#least", "#most", "#spread", range])}
<tbody>${shown.map((said) => differingRow(context, said, most))}</tbody></table>`;
  return html`${scrolling("Ends on which these rules differ", table)}${note}`;
}

function differingRow(context: ReportContext, said: EndOpinion, most: bigint): Html {
  const print = (units: bigint) => (units === 0n ? "0" : ownAmountText(context, assetOf(context, said), units));
  const whoSay = (rules: readonly string[]) => html`<small class="line">${rules.join(", ")}</small>`;
  return html`<tr>${endCells(context, said)}
<td class="number" data-head="least"><span>${print(said.min)}${whoSay(said.lowest)}</span></td>
<td class="number" data-head="most"><span>${print(said.max)}${whoSay(said.highest)}</span></td>
<td class="number" data-head="spread">${print(said.max - said.min)}</td>
<td class="strip">${rangeStrip(said, most)}</td></tr>
`;
}

/** Of charges only what they stand for is told. */
const assetOf = ({ stolenAsset }: ReportContext, { coin, account, asset, label }: EndOpinion): string =>
  coin === null && account === null ? stolenAsset(label) : asset;

const stripWidth = 150;

/** One dot a rule on a line from nothing to the largest amount of the table. */
function rangeStrip(said: EndOpinion, most: bigint): Html {
  // By what is stood for, which has one unit where the ends have several.
  const x = (amount: bigint) => Math.round(60 + (stripWidth - 12) * 10 * (Number(amount) / Number(most))) / 10;
  const dots = said.byRule.map(
    ({ rule, stolen }) => html`<circle cx="${x(stolen)}" cy="9" r="3.6"><title>${rule}</title></circle>`,
  );
  return html`<svg class="range" viewBox="0 0 ${stripWidth} 18" width="${stripWidth}" height="18" aria-hidden="true">
    <path class="whole" d="M6 9H${stripWidth - 6}"/><path class="part"
    d="M${x(said.stolenMin)} 9H${x(said.stolenMax)}"/>${dots}</svg>`;
}
