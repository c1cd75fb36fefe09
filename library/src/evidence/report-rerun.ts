import { type Html, type HtmlValue, html, outside } from "./html.ts";
import { bounded, placeCell, type ReportContext, rowsMax, scrolling, tableHead } from "./report-context.ts";
import type { ReportTag } from "./report-input.ts";
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
    ["fees", input.followFees ? "followed into the coinbase of their block" : "not followed; they are ends"],
  ];
  return html`<section id="rerun"><h2>To run it again</h2>
<p>A trail is a pure function of what stands here: whoever has the same ledger at the same snapshot gets the same
  trail with the same id, a SHA-256 over the RFC 8785 JSON of its inputs.</p>
<pre tabindex="0"><code>${input.command.map(shellWord).join(" ")}</code></pre>
<dl>${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
${ledgersTable(context)}${seedsTable(context)}${filesTable(context)}${tagsTable(context)}</section>`;
}

function listOrNone(items: readonly string[]): HtmlValue {
  return items.length === 0 ? "none" : items.map((item) => html`<code class="line">${outside(item)}</code>`);
}

function budgetText({ input: { budget }, trail, print }: ReportContext): string {
  const said = [
    budget.movements === undefined ? "" : `at most ${count(budget.movements, "movement")} a rule`,
    budget.hops === undefined ? "" : `at most ${count(budget.hops, "hop")}`,
    budget.min === undefined ? "" : `amounts of at least ${print(trail.totals[0]?.asset ?? "", budget.min)}`,
  ].filter((part) => part !== "");
  return said.length === 0 ? "none" : said.join("; ");
}

function ledgersTable({ trail, input }: ReportContext): Html {
  const sizes = new Map(input.ledgers.map((summary) => [summary.name, summary]));
  const rows = trail.ledgers.map(({ name, network, kind, partial, snapshot }) => {
    const summary = sizes.get(name);
    const { blocks, transactions, inputs, outputs } = summary ?? {};
    const counts = [blocks, transactions, inputs, outputs].map(
      (size) => html`<td class="number">${size === undefined ? "–" : wholeNumber(size)}</td>`,
    );
    const height = snapshot.height === null ? "none" : wholeNumber(snapshot.height);
    return html`<tr><th scope="row">${outside(name)}</th><td>${outside(network)}</td>
<td>${kind}${partial ? ", partial" : ""}</td><td class="number">${height}</td>
<td class="hash"><code>${outside(snapshot.hash)}</code></td>${counts}</tr>
`;
  });
  const heads = ["ledger", "network", "kind", "#height", "hash", "#blocks", "#transactions", "#inputs", "#outputs"];
  return plainTable("Ledgers and their snapshots", heads, rows);
}

function plainTable(caption: string, heads: readonly string[], rows: readonly Html[]): Html {
  const table = html`<table><caption>${caption}</caption>${tableHead(heads)}<tbody>${rows}</tbody></table>`;
  return scrolling(caption, table);
}

function seedsTable(context: ReportContext): Html {
  const { shown, note } = bounded(context.trail.seeds, rowsMax.seed, "seeds");
  const rows = shown.map(
    (seed, i) => html`<tr id="seed-${i + 1}"><td class="count">${i + 1}</td>
<td class="place">${placeCell(context, seed, seed.ledger)}</td>
<td>${outside(seed.label)}</td><td class="number">${context.print(seed.asset, seed.amount)}</td></tr>
`,
  );
  return html`${plainTable("Seeds", ["no.", "account, tag, coin", "label", "#amount"], rows)}${note}`;
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
