import type { Bound, End } from "../trace/trail.ts";
import { type Html, html, outside } from "./html.ts";
import { type ReportContext, ruleHeads, scrolling, tableHead, tracedCells } from "./report-context.ts";
import { count } from "./wording.ts";

const budgetWords: Readonly<Record<Bound["reason"], string>> = {
  movements: "the budget of movements was met",
  hops: "the budget of hops was met",
  min: "the amount is below the smallest that was to be followed",
};

/** What the trail leaves open, why, and how to go on. */
export function notFollowedSection(context: ReportContext): Html {
  const { bounds, ends } = context.trail;
  const unknown = ends.filter((end) => end.kind === "unknown");
  const open = bounds.length > 0 || unknown.length > 0;
  return html`<section id="not-followed"><h2>What was not followed</h2>
${open ? null : html`<p>Nothing: no budget was met, and the ledger knows the fate of every coin of the trail.</p>`}
${bounds.length === 0 ? null : boundsTable(context)}
${unknown.length === 0 ? null : unknownPart(context, unknown)}</section>`;
}

function boundsTable(context: ReportContext): Html {
  const { trail, print } = context;
  const asset = trail.totals[0]?.asset ?? "";
  const rows = trail.bounds.map(
    ({ reason, label, rule, amount, next }) => html`<tr><td data-head="why">${budgetWords[reason]}</td>
<td data-head="rule">${rule}</td><td data-head="label">${outside(label)}</td>
<td class="number" data-head="not followed">${print(asset, amount, "digits")}</td>
<td class="place"><code class="coin">${outside(next)}</code></td></tr>
`,
  );
  return html`<table class="cards"><caption>Budgets that were met, ${asset}</caption>
${tableHead(["why", "rule", "label", "#not followed", "first coin that was not followed"])}
<tbody>${rows}</tbody></table>
<p>To go on, run the command again with a larger <code>--budget</code> (or none), or start a second trail from such a
  coin: <code>--seed COIN=AMOUNT@LABEL</code>.</p>`;
}

function unknownPart(context: ReportContext, unknown: readonly End[]): Html {
  const { trail, labels } = context;
  const reasons = new Map<string, End[]>();
  for (const end of unknown) {
    const same = reasons.get(end.why);
    if (same === undefined) reasons.set(end.why, [end]);
    else same.push(end);
  }
  const assets = [...new Set(unknown.map((end) => end.asset))];
  const rows = [...reasons].flatMap(([why, ends]) =>
    assets.map((asset) => {
      const same = ends.filter((end) => end.asset === asset);
      const traced = trail.rules.flatMap((rule) =>
        labels.map((label) => ({ rule, label, amount: sumTraced(same, rule, label) })),
      );
      const coins = html`<span class="why">${count(same.length, "coin")}</span>`;
      return html`<tr><th scope="row" class="place">${outside(why)}${coins}</th>
${tracedCells(context, traced, asset)}</tr>
`;
    }),
  );
  const step =
    trail.direction === "forward"
      ? "To go on, add the transactions that spend these coins to the ledger"
      : "To go on, add the transactions that made these coins to the ledger";
  const caption = "Ends where the ledger says no more";
  return html`${scrolling(
    caption,
    html`<table class="wide"><caption>${caption}</caption>
${tableHead(["reason"], ruleHeads(context))}<tbody>${rows}</tbody></table>`,
  )}<p>${step} (from a node, block files or a block explorer) and run the command again. “Not known to be spent” is
not “unspent”. The coins are marked “unknown” in the <a href="#ends">table of ends</a>.</p>`;
}

function sumTraced(ends: readonly End[], rule: string, label: string): bigint {
  return ends
    .flatMap((end) => end.traced)
    .filter((traced) => traced.rule === rule && traced.label === label)
    .reduce((sum, traced) => sum + traced.amount, 0n);
}
