import type { TrailLedger } from "../trace/trail.ts";
import { type Html, type HtmlValue, html, outside } from "./html.ts";
import { bounded, placeCell, type ReportContext, rowsMax, scrolling, tableHead } from "./report-context.ts";
import type { ReportAccountLedger, ReportCoinLedger, ReportLedger, ReportTag } from "./report-input.ts";
import { shellWord } from "./text-safety.ts";
import { count, wholeNumber } from "./wording.ts";

/** Everything that somebody else needs to get the same trail. */
export function rerunSection(context: ReportContext): Html {
  const { trail, input } = context;
  const facts: [string, HtmlValue][] = [
    ["trail id", html`<code>${trail.id}</code>`],
    ["engine", html`<code>${outside(input.engine)}</code>`],
    ["direction", trail.direction],
    ["rules", trail.rules.join(", ")],
    ["stops", listOrNone(input.stops)],
    ["budget", budgetText(context)],
    ["fees", input.followFees ? feesFollowed[context.stands] : "not followed; they are ends"],
  ];
  const ledgers = html`${coinLedgersTable(context)}${accountLedgersTable(context)}`;
  const inputs = html`${filesTable(context)}${tagsTable(context)}`;
  return html`<section id="rerun"><h2>To run it again</h2>
<p>A trail is a pure function of what stands here: whoever has the same ledger at the same snapshot gets the same
  trail with the same id, a SHA-256 over the RFC 8785 JSON of its inputs.</p>
<pre tabindex="0"><code>${input.command.map(shellWord).join(" ")}</code></pre>
<dl>${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
${ledgers}${assetsTable(context)}${seedsTable(context)}${inputs}</section>`;
}

const feesFollowed = {
  coin: "followed into the coinbase of their block",
  account: "charges are followed to who takes them",
  both: "followed into the coinbase of their block, and charges to who takes them",
} as const;

function listOrNone(items: readonly string[]): HtmlValue {
  return items.length === 0 ? "none" : items.map((item) => html`<code class="line">${outside(item)}</code>`);
}

function budgetText({ input: { budget }, labels, print, stolenAsset }: ReportContext): string {
  const said = [
    budget.movements === undefined ? "" : `at most ${count(budget.movements, "movement")} a rule`,
    budget.hops === undefined ? "" : `at most ${count(budget.hops, "hop")}`,
    budget.min === undefined ? "" : `amounts of at least ${print(stolenAsset(labels[0] ?? ""), budget.min)}`,
  ].filter((part) => part !== "");
  return said.length === 0 ? "none" : said.join("; ");
}

const isOfAccounts = (size: ReportLedger | undefined): size is ReportAccountLedger =>
  size !== undefined && "transfers" in size;

const sizeCells = (sizes: readonly (number | undefined)[]): Html[] =>
  sizes.map((size) => html`<td class="number">${size === undefined ? "–" : wholeNumber(size)}</td>`);

function ledgerCells({ name, network, kind, partial, snapshot }: TrailLedger): Html {
  const height = snapshot.height === null ? "none" : wholeNumber(snapshot.height);
  return html`<th scope="row">${outside(name)}</th><td>${outside(network)}</td>
<td>${kind}${partial ? ", partial" : ""}</td><td class="number">${height}</td>
<td class="hash"><code>${outside(snapshot.hash)}</code></td>`;
}

function coinLedgersTable({ trail, input, stands }: ReportContext): Html | null {
  const sizes = new Map(
    input.ledgers.flatMap((size): [string, ReportCoinLedger][] => (isOfAccounts(size) ? [] : [[size.name, size]])),
  );
  const ledgers = trail.ledgers.filter(({ kind }) => kind === "coin");
  if (ledgers.length === 0 && stands !== "coin") return null;
  const rows = ledgers.map((ledger) => {
    const { blocks, transactions, inputs, outputs } = sizes.get(ledger.name) ?? {};
    return html`<tr>${ledgerCells(ledger)}${sizeCells([blocks, transactions, inputs, outputs])}</tr>
`;
  });
  const heads = ["ledger", "network", "kind", "#height", "hash", "#blocks", "#transactions", "#inputs", "#outputs"];
  return plainTable(
    stands === "coin" ? "Ledgers and their snapshots" : "Ledgers of coins and their snapshots",
    heads,
    rows,
  );
}

function accountLedgersTable({ trail, input }: ReportContext): Html | null {
  const sizes = new Map(
    input.ledgers.flatMap((size): [string, ReportAccountLedger][] => (isOfAccounts(size) ? [[size.name, size]] : [])),
  );
  const ledgers = trail.ledgers.filter(({ kind }) => kind === "account");
  if (ledgers.length === 0) return null;
  const rows = ledgers.map((ledger) => {
    const { transactions, transfers, accounts, missing = [] } = sizes.get(ledger.name) ?? {};
    const notHeld = missing.map((one) => html`<span class="line">${outside(one)}</span>`);
    return html`<tr>${ledgerCells(ledger)}${sizeCells([transactions, transfers, accounts])}
<td>${notHeld.length === 0 ? "nothing known" : notHeld}</td></tr>
`;
  });
  const counts = ["#transactions", "#transfers", "#accounts", "missing"];
  const heads = ["ledger", "network", "kind", "#height", "hash", ...counts];
  return plainTable("Ledgers of accounts and their snapshots", heads, rows);
}

/** Whatever a token calls itself, its contract is what it is. */
function assetsTable({ assets, input, stands }: ReportContext): Html | null {
  if (stands === "coin" && assets.length < 2) return null;
  const rows = assets.map((id) => {
    const { decimals, symbol } = input.assets.find((asset) => asset.id === id) ?? {};
    return html`<tr><th scope="row" class="place"><code>${outside(id)}</code></th>
<td>${symbol === undefined ? "–" : html`“${outside(symbol)}”`}</td>
<td class="number">${decimals === undefined ? "not known" : String(decimals)}</td></tr>
`;
  });
  return plainTable("Assets", ["asset", "calls itself", "#decimal places"], rows);
}

function plainTable(caption: string, heads: readonly string[], rows: readonly Html[]): Html {
  const table = html`<table><caption>${caption}</caption>${tableHead(heads)}<tbody>${rows}</tbody></table>`;
  return scrolling(caption, table);
}

const seedHeads = {
  coin: "account, tag, coin",
  account: "account, tag, transfer",
  both: "account, tag, transfer or coin",
} as const;

function seedsTable(context: ReportContext): Html {
  const { shown, note } = bounded(context.trail.seeds, rowsMax.seed, "seeds");
  const rows = shown.map(
    (seed, i) => html`<tr id="seed-${i + 1}"><td class="count">${i + 1}</td>
<td class="place">${placeCell(context, seed, seed.ledger)}${
      seed.transfer === undefined ? null : html`<code class="coin">${outside(seed.transfer)}</code>`
    }</td>
<td>${outside(seed.label)}</td><td class="number">${context.print(seed.asset, seed.amount)}</td></tr>
`,
  );
  return html`${plainTable("Seeds", ["no.", seedHeads[context.stands], "label", "#amount"], rows)}${note}`;
}

function filesTable({ input }: ReportContext): Html {
  if (input.files.length === 0) return html`<p>No input files are recorded.</p>`;
  const { shown, note } = bounded(input.files, rowsMax.other, "files");
  const rows = shown.map(
    ({ name, sha256 }) => html`<tr><th scope="row">${outside(name)}</th>
<td class="hash"><code>${outside(sha256)}</code></td></tr>
`,
  );
  return html`${plainTable("Input files", ["file", "SHA-256"], rows)}${note}`;
}

/** Tags of accounts that the trail touches; the others changed nothing. */
function tagsTable(context: ReportContext): Html | null {
  const { trail, input } = context;
  if (input.tags.length === 0) return null;
  const places = [...trail.seeds, ...trail.ends, ...trail.movements.flatMap(({ from, to }) => [...from, ...to])];
  const touched = new Set(places.map((place) => place.account));
  const used = [...touched].flatMap((account): readonly ReportTag[] => context.tagsOf(account));
  const { shown, note } = bounded(used, rowsMax.other, "tags");
  const rows = shown.map(
    ({ account, label, source }) => html`<tr><td class="place"><code>${outside(account)}</code></td>
<td>“${outside(label)}”</td><td>${outside(source)}</td></tr>
`,
  );
  const unused = input.tags.length - used.length;
  const table = plainTable("Tags of accounts on the trail", ["account", "is, it is said,", "according to"], rows);
  return html`${rows.length === 0 ? null : table}${note}${unused === 0 ? null : unusedNote(unused)}`;
}

const unusedNote = (unused: number) => html`<p class="note">${count(unused, "more tag")} that were given name no
account on the trail, say nothing, or repeat another.</p>`;
