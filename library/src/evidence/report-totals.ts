import { ruleFacts } from "../trace/rule.ts";
import type { EndKind, Total } from "../trace/trail.ts";
import { inlineGlyph } from "./flow-glyph.ts";
import { type Html, html, outside } from "./html.ts";
import { type ReportContext, ruleHeads, scrolling, tableHead } from "./report-context.ts";
import { unitName } from "./wording.ts";

/** What value in accounts is called: nothing there is spent or mined. */
const accountRows: Partial<Readonly<Record<EndKind, string>>> = { unspent: "held", fee: "charges", mined: "made" };

const rows: readonly { name: string; kind: EndKind; of: (total: Total) => bigint }[] = [
  { name: "unspent", kind: "unspent", of: (total) => total.unspent },
  { name: "exits", kind: "exit", of: (total) => total.exits },
  { name: "fees", kind: "fee", of: (total) => total.fees },
  { name: "unknown", kind: "unknown", of: (total) => total.unknown },
  { name: "not followed", kind: "notFollowed", of: (total) => total.notFollowed },
  { name: "mined", kind: "mined", of: (total) => total.mined },
];

function rowName({ stands }: ReportContext, { name, kind }: (typeof rows)[number]): string {
  const other = accountRows[kind];
  if (stands === "coin" || other === undefined) return name;
  return stands === "account" ? other : `${name} or ${other}`;
}

const sumOfParts = (total: Total) => rows.reduce((sum, row) => sum + row.of(total), 0n);

const poisoned = { coin: "coin", account: "account", both: "coin and account" } as const;

/** The parts of each label under every rule, side by side, and whether they add up. */
export function totalsSection(context: ReportContext): Html {
  const { trail } = context;
  const groups = new Map<string, Total[]>();
  for (const total of trail.totals) {
    const key = JSON.stringify([total.label, total.asset]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [total]);
    else group.push(total);
  }
  const hasBound = trail.rules.some((rule) => !ruleFacts[rule].conserved);
  const what = poisoned[context.stands];
  const note = hasBound
    ? html`<p class="note">The amounts under poison are <strong>upper bounds</strong>: every ${what} downstream counts
      once at its face value, clean value that was mixed in included, so they need not add up to what was seeded.</p>`
    : null;
  return html`<section id="totals"><h2>Totals under each rule</h2>
<p>Under every rule but poison the parts add up to what was seeded, to the last unit. A rule is a convention: no rule
  is the true one, and <a href="#glossary">courts have chosen between them</a>.</p>
${[...groups.values()].map((group) => totalsTable(context, group))}
${note}</section>`;
}

function totalsTable(context: ReportContext, totals: readonly Total[]): Html {
  const { trail, print } = context;
  const { label, asset } = totals[0]!;
  const byRule = trail.rules.map((rule) => totals.find((total) => total.rule === rule));
  const cells = (of: (total: Total) => bigint) =>
    byRule.map((total) => {
      if (total === undefined) return html`<td class="number none">–</td>`;
      const amount = of(total);
      if (amount === 0n) return html`<td class="number none">0</td>`;
      return html`<td class="number">${print(asset, amount, "digits")}</td>`;
    });
  const checks = byRule.map((total) => {
    if (total === undefined) return html`<td>–</td>`;
    if (!ruleFacts[total.rule].conserved) return html`<td class="check">not claimed</td>`;
    const adds = sumOfParts(total) === total.seeded;
    return adds ? html`<td class="check good">yes</td>` : html`<td class="check bad">NO</td>`;
  });
  const unit = unitName(context.input.assets, asset);
  const caption = html`<caption>“${outside(label)}”, in ${unit}</caption>`;
  const parts = rows.map(
    (row) => html`<tr><th scope="row">${inlineGlyph(row.kind)} ${rowName(context, row)}</th>${cells(row.of)}</tr>\n`,
  );
  const laws = trail.rules.map((rule) => html`<td class="law">${ruleFacts[rule].law}</td>`);
  const table = html`<table class="totals">${caption}
${tableHead(["part"], ruleHeads(context))}
<tbody><tr class="strong"><th scope="row">seeded</th>${cells((total) => total.seeded)}</tr>
${parts}
<tr><th scope="row">do the parts add up?</th>${checks}</tr></tbody>
<tfoot><tr><th scope="row">in law</th>${laws}</tr></tfoot></table>`;
  return scrolling(`Totals of ${label}`, table);
}
