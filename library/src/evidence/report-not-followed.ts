import type { Bound, End } from "../trace/trail.ts";
import { type Html, html, outside } from "./html.ts";
import { type ReportContext, ruleHeads, scrolling, tableHead, tracedCells } from "./report-context.ts";
import { countPlaces, unitName } from "./wording.ts";

const budgetWords: Readonly<Record<Bound["reason"], string>> = {
  movements: "the budget of movements was met",
  hops: "the budget of hops was met",
  min: "the amount is below the smallest that was to be followed",
};

const placeWord = { coin: "coin", account: "account", both: "coin and account" } as const;

const seedForms = { coin: "COIN", account: "TRANSFER", both: "TRANSFER-OR-COIN" } as const;

/** What the trail leaves open, why, and how to go on. */
export function notFollowedSection(context: ReportContext): Html {
  const { stands } = context;
  const { bounds, ends, ledgers } = context.trail;
  const many = ledgers.length > 1;
  const unknown = ends.filter((end) => end.kind === "unknown");
  const open = bounds.length > 0 || unknown.length > 0;
  return html`<section id="not-followed"><h2>What was not followed</h2>
${
  open
    ? null
    : html`<p>Nothing: no budget was met, and the ${many ? "ledgers know" : "ledger knows"} the fate
  of every ${placeWord[stands]} of the trail.</p>`
}
${bounds.length === 0 ? null : boundsTable(context)}
${unknown.length === 0 ? null : unknownPart(context, unknown)}</section>`;
}

function boundsTable(context: ReportContext): Html {
  const { trail, print, stolenAsset, stands } = context;
  const asset = trail.totals[0]?.asset ?? "";
  const units = new Set(trail.totals.map((total) => total.asset));
  const style = units.size > 1 ? "unit" : "digits";
  const caption = units.size > 1 ? "in units stolen" : asset;
  const first = stands === "coin" ? "coin" : stands === "account" ? "transfer" : "transfer or coin";
  const rows = trail.bounds.map(
    ({ reason, label, rule, amount, next }) => html`<tr><td data-head="why">${budgetWords[reason]}</td>
<td data-head="rule">${rule}</td><td data-head="label">${outside(label)}</td>
<td class="number" data-head="not followed">${print(stolenAsset(label), amount, style)}</td>
<td class="place"><code class="coin">${outside(next)}</code></td></tr>
`,
  );
  return html`<table class="cards"><caption>Budgets that were met, ${caption}</caption>
${tableHead(["why", "rule", "label", "#not followed", `first ${first} that was not followed`])}
<tbody>${rows}</tbody></table>
<p>To go on, run the command again with a larger <code>--budget</code> (or none), or start a second trail from such
  a ${first}: <code>--seed ${seedForms[stands]}=AMOUNT@LABEL</code>.</p>`;
}

function unknownPart(context: ReportContext, unknown: readonly End[]): Html {
  const { trail, labels, stands } = context;
  const reasons = new Map<string, End[]>();
  for (const end of unknown) {
    const same = reasons.get(end.why);
    if (same === undefined) reasons.set(end.why, [end]);
    else same.push(end);
  }
  const assets = [...new Set(unknown.map((end) => end.asset))];
  const rows = [...reasons].flatMap(([why, ends]) =>
    assets.flatMap((asset) => {
      const same = ends.filter((end) => end.asset === asset);
      if (same.length === 0) return [];
      const traced = trail.rules.flatMap((rule) =>
        labels.map((label) => ({ rule, label, ...sumTraced(same, rule, label) })),
      );
      const unit = assets.length > 1 ? `, in ${unitName(context.input.assets, asset)}` : "";
      const coins = html`<span class="why">${countPlaces(same)}${unit}</span>`;
      return html`<tr><th scope="row" class="place">${outside(why)}${coins}</th>
${tracedCells(context, traced, asset)}</tr>
`;
    }),
  );
  if (stands !== "coin") return accountPart(context, rows);
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

function accountPart(context: ReportContext, rows: readonly Html[]): Html {
  const { trail, stands } = context;
  const caption = `Ends where the ${trail.ledgers.length > 1 ? "ledgers say" : "ledger says"} no more`;
  const forward = trail.direction === "forward";
  const paid = forward ? "what these accounts paid" : "what these accounts held and received before";
  const spent = forward ? "spend these coins" : "made these coins";
  const step = stands === "both" ? `${paid}, and the transactions that ${spent},` : paid;
  return html`${scrolling(
    caption,
    html`<table class="wide"><caption>${caption}</caption>
${tableHead(["reason"], ruleHeads(context))}<tbody>${rows}</tbody></table>`,
  )}<p>To go on, add ${step} and run the command again. They are marked “unknown” in the
<a href="#ends">table of ends</a>.</p>`;
}

function sumTraced(ends: readonly End[], rule: string, label: string): { amount: bigint; stolen: bigint } {
  const said = ends.flatMap((end) => end.traced).filter((traced) => traced.rule === rule && traced.label === label);
  return {
    amount: said.reduce((sum, traced) => sum + traced.amount, 0n),
    stolen: said.reduce((sum, traced) => sum + traced.stolen, 0n),
  };
}
