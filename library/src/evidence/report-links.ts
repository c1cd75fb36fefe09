import type { LinkBasis, LinkKind, TrailLinkSide } from "../trace/link.ts";
import { ruleFacts } from "../trace/rule.ts";
import type { TrailLink } from "../trace/trail.ts";
import { accountText } from "./account-text.ts";
import { type Html, html, outside } from "./html.ts";
import { bounded, type ReportContext, rowsMax, ruleHeads, scrolling, tableHead, tagText } from "./report-context.ts";
import { count } from "./wording.ts";

const kindNames: Readonly<Record<LinkKind, string>> = {
  swap: "swap",
  wrap: "wrap",
  bridge: "bridge",
  fx: "foreign exchange",
  cash: "cash",
  otc: "over the counter",
};

const basisSentences: Readonly<Record<LinkBasis, string>> = {
  "same-transaction": "one transaction does both",
  event: "an event of the contract says so",
  memo: "a memo or reference names the other side",
  declared: "somebody declares it",
  "amount-and-time": "amounts and times fit",
};

/** Sides of a batch may hold thousands. */
const namesMax = 6;

/** Every link that the trail met, whether it was followed, and what went over it. */
export function linksSection(context: ReportContext): Html | null {
  const { trail, stands } = context;
  const { links } = trail;
  if (links.length === 0) {
    return stands === "coin" && trail.ledgers.length < 2
      ? null
      : html`<section id="links"><h2>Links</h2><p>The trail met none: its value stayed in one asset and one ledger.</p>
</section>`;
  }
  const followed = links.filter((link) => link.followed).length;
  const { shown, note } = bounded(links, rowsMax.other, "links");
  const table = html`<table class="cards wide links"><caption>Stolen value that went over each link, under each
rule</caption>
${tableHead(["no.", "link", "gave", "got"], ruleHeads(context))}
<tbody>${shown.map((link, i) => linkRow(context, link, i))}</tbody></table>`;
  return html`<section id="links"><h2>Links</h2>
<p>A link joins movements across assets or ledgers into one movement of value. Across it the amount changes; what it
  stands for, in units stolen, does not. A link is a claim: it holds as far as who says so is right. The trail met
  ${count(links.length, "link")} and followed ${String(followed)}.</p>
${scrolling("Links", table)}${note}</section>`;
}

function linkRow(context: ReportContext, link: TrailLink, index: number): Html {
  const { kind, basis, confidence, source, followed, why } = link;
  const status = followed
    ? html`<span class="status complete">followed</span>`
    : html`<span class="status bounded">not followed</span>`;
  const reason = why === null ? null : html`<span class="why">${outside(why)}</span>`;
  return html`<tr id="link-${index + 1}"><td data-head="no." class="count">${index + 1}</td>
<td class="place"><strong class="line">${kindNames[kind]}, confidence ${String(confidence)}</strong>
<span class="line">${status}${reason}</span><span class="why">${basisSentences[basis]};
according to ${outside(source)}</span>
<code class="coin">${outside(link.id)}</code></td>
<td class="place" data-head="gave">${sideText(context, link.from)}</td>
<td class="place" data-head="got">${sideText(context, link.to)}</td>${tracedCells(context, link)}</tr>
`;
}

function sideText(context: ReportContext, side: TrailLinkSide): Html {
  const { ledger, account, asset, amount, transactions, coins } = side;
  const who =
    account === null
      ? coins.length === 0 && html`<span class="why">several accounts</span>`
      : html`<code class="account">${outside(accountText(account))}</code>${tagText(context, account)}`;
  const names = coins.length > 0 ? coins : transactions;
  const told = names.slice(0, namesMax).map((name) => html`<code class="coin">${outside(name)}</code>`);
  const more = names.length - told.length;
  const rest = more > 0 ? html`<span class="why">and ${String(more)} more</span>` : null;
  const said = context.print(asset, amount);
  return html`<span class="ledger">${outside(ledger)}</span><strong class="line">${said}</strong>
${who}${told}${rest}`;
}

/** What went over, in units stolen: they are the same on both sides. */
function tracedCells({ trail, labels, print, stolenAsset }: ReportContext, { traced, followed }: TrailLink): Html[] {
  return trail.rules.map((rule) => {
    const head = ruleFacts[rule].conserved ? rule : `${rule}, at most`;
    const said = traced.filter((one) => one.rule === rule && one.stolen > 0n);
    if (said.length === 0) return html`<td class="number none" data-head="${head}">${followed ? "0" : "–"}</td>`;
    const lines = said.map(({ label, stolen }) => {
      const name = labels.length > 1 ? html` <small>${outside(label)}</small>` : null;
      return html`<span class="line">${print(stolenAsset(label), stolen)}${name}</span>`;
    });
    return html`<td class="number" data-head="${head}"><span>${lines}</span></td>`;
  });
}
