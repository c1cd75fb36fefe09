import { ruleFacts } from "../trace/rule.ts";
import type { ListedTrail, Place } from "../trace/trail.ts";
import { accountText } from "./account-text.ts";
import { labelsOf } from "./flow-picture.ts";
import { type Html, type HtmlValue, html, outside } from "./html.ts";
import type { ReportInput, ReportTag } from "./report-input.ts";
import { type AmountPrinter, amountPrinter, unitName, wholeNumber } from "./wording.ts";

/** What every section of a report needs. */
export interface ReportContext {
  readonly input: ReportInput;
  readonly trail: ListedTrail;
  readonly labels: readonly string[];
  readonly print: AmountPrinter;
  /** Where value stands in this trail: coins, accounts, or both. */
  readonly stands: "coin" | "account" | "both";
  /** Every asset that value of the trail stands in. */
  readonly assets: readonly string[];
  /** The asset that a label's stolen units count; of a name that was stolen in several, the first. */
  readonly stolenAsset: (label: string) => string;
  /** By account; tags without a label say nothing and are left out. */
  readonly tagsOf: (account: string | null) => readonly ReportTag[];
}

/** Rows that a table of the report holds at most; beyond them a browser is slow, and the table says so. */
export const rowsMax = { seed: 2000, movement: 1000, end: 2000, other: 1000 };

export function reportContext(input: ReportInput): ReportContext {
  const tags = new Map<string, ReportTag[]>();
  for (const tag of input.tags) {
    if (tag.label === "") continue;
    const same = tags.get(tag.account);
    if (same === undefined) tags.set(tag.account, [tag]);
    else if (!same.some((other) => other.label === tag.label && other.source === tag.source)) same.push(tag);
  }
  const trail = { ...input.trail, movements: [...input.trail.movements] };
  const kinds = new Set(trail.ledgers.map(({ kind }) => kind));
  const stolen = new Map(trail.totals.map(({ label, asset }) => [label, asset]).reverse() as [string, string][]);
  const reached = trail.movements.flatMap(({ to }) => to);
  return {
    input,
    trail,
    stands: kinds.size > 1 ? "both" : kinds.has("account") ? "account" : "coin",
    assets: [...new Set([...trail.totals, ...trail.ends, ...reached].map(({ asset }) => asset))],
    stolenAsset: (label) => stolen.get(label) ?? trail.totals[0]?.asset ?? "",
    labels: labelsOf(trail),
    print: amountPrinter(input.assets),
    tagsOf: (account) => (account === null ? [] : (tags.get(account) ?? [])),
  };
}

/** `“Exchange X” (according to FILE)`, for each tag of an account; nothing where there is none. */
export function tagText(context: ReportContext, account: string | null): Html[] {
  return context
    .tagsOf(account)
    .map(
      ({ label, source }) =>
        html`<span class="tag">“${outside(label)}” <small>according to ${outside(source)}</small></span>`,
    );
}

/** A coin with its account and tags, ids whole. */
export function placeCell(context: ReportContext, place: Place, ledger: string): HtmlValue {
  const lines: Html[] = [];
  if (context.trail.ledgers.length > 1) lines.push(html`<span class="ledger">${outside(ledger)}</span>`);
  if (place.account !== null) lines.push(html`<code class="account">${outside(accountText(place.account))}</code>`);
  lines.push(...tagText(context, place.account));
  if (place.coin !== null) lines.push(html`<code class="coin">${outside(place.coin)}</code>`);
  return lines;
}

interface Said {
  readonly rule: string;
  readonly label: string;
  readonly amount: bigint;
  /** In units of the stolen asset, where that is another one. */
  readonly stolen?: bigint;
}

/** A cell for each rule of the trail: what was said under it, one line a label where the trail has several. */
function ruleCells<Entry extends Said>(
  { trail, labels }: ReportContext,
  traced: readonly Entry[],
  textOf: (entry: Entry) => { said: string; below: string | null },
): Html[] {
  return trail.rules.map((rule) => {
    const said = traced.filter((entry) => entry.rule === rule && (entry.amount > 0n || (entry.stolen ?? 0n) > 0n));
    const head = ruleFacts[rule].conserved ? rule : `${rule}, at most`;
    if (said.length === 0) return html`<td class="number none" data-head="${head}">0</td>`;
    const lines = said.map((entry) => {
      const name = labels.length > 1 ? html` <small>${outside(entry.label)}</small>` : null;
      const { said: text, below } = textOf(entry);
      const line = html`<span class="line">${text}${name}</span>`;
      return below === null ? line : html`${line}<small class="line">${below}</small>`;
    });
    return html`<td class="number" data-head="${head}"><span>${lines}</span></td>`;
  });
}

/** What is traced to a place; and where the value is no longer in the stolen asset, what it stands for. */
export function tracedCells(context: ReportContext, traced: readonly Said[], asset: string): Html[] {
  const { print, stolenAsset } = context;
  return ruleCells(context, traced, ({ amount, stolen, label }) => {
    const stolenIn = stolenAsset(label);
    const below = stolen === undefined || stolenIn === asset ? null : `for ${print(stolenIn, stolen)}`;
    return { said: print(asset, amount, "digits"), below };
  });
}

/**
 * What is traced to an end without a place. Charges are paid in many assets and one end holds them all: what they stand
 * for adds up, and their amounts do not.
 */
export function chargedCells(context: ReportContext, traced: readonly Required<Said>[]): Html[] {
  return ruleCells(context, traced, ({ stolen, label }) => {
    return { said: ownAmountText(context, context.stolenAsset(label), stolen), below: null };
  });
}

/** Heads of the columns of {@link tracedCells}. */
export function ruleHeads(context: ReportContext): Html[] {
  return context.trail.rules.map((rule) => {
    const bound = ruleFacts[rule].conserved ? null : html` <small>upper bound</small>`;
    return html`<th scope="col" class="number">${rule}${bound}</th>`;
  });
}

/** `in BTC` for a caption; several assets stand in their rows. */
export function assetsText(context: ReportContext): string {
  const { assets, input } = context;
  const known = assets.filter((id) => input.assets.some((asset) => asset.id === id));
  return known.length === 1 && assets.length === 1
    ? `in ${unitName(input.assets, known[0]!)}`
    : "in the unit of each asset";
}

/** An amount that stands for itself: with its unit where the trail has several assets. */
export function ownAmountText({ assets, print }: ReportContext, asset: string, units: bigint): string {
  return print(asset, units, assets.length > 1 ? "unit" : "digits");
}

/** The head of a table; a name that begins with `#` heads a column of numbers. */
export function tableHead(names: readonly string[], more: readonly Html[] = []): Html {
  const heads = names.map((name) =>
    name.startsWith("#")
      ? html`<th scope="col" class="number">${name.slice(1)}</th>`
      : html`<th scope="col">${name}</th>`,
  );
  return html`<thead><tr>${heads}${more}</tr></thead>`;
}

/** A table that scrolls sideways where it does not fit, reachable by keyboard. */
export function scrolling(name: string, table: Html): Html {
  return html`<div class="scroll" role="region" aria-label="${name}" tabindex="0">${table}</div>`;
}

/** The first `max` of a list, and the sentence that says what is left out. */
export function bounded<Item>(items: readonly Item[], max: number, what: string) {
  if (items.length <= max) return { shown: items, note: null };
  const note = html`<p class="note">The first ${wholeNumber(max)} of ${wholeNumber(items.length)} ${what} are listed
    here; the same command with <code>--json</code> prints all.</p>`;
  return { shown: items.slice(0, max), note };
}
