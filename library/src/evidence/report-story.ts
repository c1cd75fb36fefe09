import { type Rule, ruleFacts } from "../trace/rule.ts";
import type { EndKind, Total, Trail, TrailSeed } from "../trace/trail.ts";
import { inlineGlyph } from "./flow-glyph.ts";
import { type Html, type HtmlValue, html, outside } from "./html.ts";
import { type ReportContext, tagText } from "./report-context.ts";
import { ruleAgreement } from "./rule-agreement.ts";
import { seededRange } from "./spoken-amounts.ts";
import { count, endKinds, endNames, listed, timeText, wholeNumber } from "./wording.ts";

const seedsTold = 5;
const groupsTold = 12;
const taggedTold = 6;

/** What happened, in sentences that are made from the trail and nothing else. */
export function storySection(context: ReportContext): Html {
  return html`<section id="story"><h2>In words</h2><div class="told"><div>
${startParagraph(context)}
${wayParagraph(context)}
${endsList(context)}
${taggedParagraph(context)}
${statusParagraph(context.trail)}
</div>${keyFigures(context)}</div></section>`;
}

/** `12.5 BTC`, or the range over the rules where seeds lie downstream of other seeds. */
export function seededText({ trail, print }: ReportContext, label: string): string {
  const assets = new Set(trail.totals.filter((total) => total.label === label).map(({ asset }) => asset));
  const texts = [...assets].map((asset) => {
    const { least, most } = seededRange(trail, label, asset);
    if (least === most) return print(asset, least);
    return `${print(asset, least)} to ${print(asset, most)} (by rule)`;
  });
  return listed(texts);
}

function startParagraph(context: ReportContext): Html {
  const { trail, labels } = context;
  const named = labels.map(
    (label) => html`<strong>${seededText(context, label)}</strong> labelled “${outside(label)}”`,
  );
  const forward = trail.direction === "forward";
  const opening = forward ? "This trail follows" : "This trail asks for the source of";
  const from = forward ? "starting from" : "looking back from";
  const groups = seedGroups(trail);
  const told = groups.slice(0, groupsTold).map((group) => groupItem(context, group));
  const untold = groups.slice(groupsTold).reduce((sum, group) => sum + group.seeds.length, 0);
  const link = html`<a href="#rerun">what is needed to run it again</a>`;
  const rest = untold === 0 ? null : html`<li>and ${count(untold, "more coin")}, listed under ${link}</li>`;
  return html`<p>${opening} ${joinHtml(named)}, ${from} ${count(trail.seeds.length, "coin")}:</p>
<ul class="plain">${told}${rest}</ul>`;
}

interface SeedGroup {
  readonly seeds: TrailSeed[];
}

/** A few seeds one by one; many by account and label, in the order of the first seed of each. */
function seedGroups({ seeds }: Trail): SeedGroup[] {
  if (seeds.length <= seedsTold) return seeds.map((seed) => ({ seeds: [seed] }));
  const groups = new Map<string, SeedGroup>();
  for (const seed of seeds) {
    const key = JSON.stringify([seed.ledger, seed.account ?? seed.coin, seed.label, seed.asset]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { seeds: [seed] });
    else group.seeds.push(seed);
  }
  return [...groups.values()];
}

function groupItem(context: ReportContext, { seeds }: SeedGroup): Html {
  const { asset, account, coin, label } = seeds[0]!;
  const owner = account === null ? null : html` of <code>${outside(account)}</code>`;
  const tags = tagText(context, account);
  const tagged = tags.length === 0 ? null : html`, tagged ${joinHtml(tags)}`;
  const as = context.labels.length > 1 ? html` as “${outside(label)}”` : null;
  const amount = context.print(
    asset,
    seeds.reduce((sum, seed) => sum + seed.amount, 0n),
  );
  const one = coin === null ? "the account" : html`<code>${outside(coin)}</code>`;
  return html`<li>${amount}${as} in ${seeds.length === 1 ? one : count(seeds.length, "coin")}${owner}${tagged}</li>`;
}

function joinHtml(items: readonly Html[]): Html[] {
  return items.map((item, i) => html`${i === 0 ? "" : i + 1 === items.length ? " and " : ", "}${item}`);
}

function wayParagraph({ trail }: ReportContext): Html {
  const { movements } = trail;
  const snapshots = trail.ledgers.map(({ name, network, snapshot, partial }) => {
    const upTo = snapshot.height === null ? "without blocks" : `up to block ${wholeNumber(snapshot.height)}`;
    const part = partial ? "; it is partial: it holds some transactions of the chain and not all" : "";
    return html`The ledger “${outside(name)}” (${outside(network)}) was read ${upTo}${part}. `;
  });
  if (movements.length === 0) return html`<p>No transaction of the ledger moved it. ${snapshots}</p>`;
  const times = movements.flatMap(({ time }) => (time === null ? [] : [time])).sort((a, b) => a - b);
  const heights = movements.flatMap(({ height }) => (height === null ? [] : [height])).sort((a, b) => a - b);
  const block = (height: number | undefined) => (height === undefined ? "" : ` (block ${wholeNumber(height)})`);
  const hops = movements.reduce((most, movement) => Math.max(most, movement.hops), 0);
  const [first, last] = [times[0], times.at(-1)];
  let when = " at times that the ledger does not say";
  if (first !== undefined && last !== undefined) {
    when =
      first === last
        ? ` at ${timeText(first)}${block(heights[0])}`
        : ` between ${timeText(first)}${block(heights[0])} and ${timeText(last)}${block(heights.at(-1))}` +
          `, ${lasting(last - first)}`;
  }
  return html`<p>Traced value moved in <strong>${count(movements.length, "transaction")}</strong>${when}, over at
    most ${count(hops, "hop")} from a seed. ${snapshots}</p>`;
}

/** `3 days and 4 hours`: the two largest units, rounded down. */
function lasting(milliseconds: number): string {
  const minutes = Math.floor(milliseconds / 60_000);
  if (minutes === 0) return "within one minute";
  const parts = [
    count(Math.floor(minutes / 1440), "day"),
    count(Math.floor(minutes / 60) % 24, "hour"),
    count(minutes % 60, "minute"),
  ].filter((part) => !part.startsWith("0 "));
  return `a span of ${parts.slice(0, 2).join(" and ")}`;
}

const parts: readonly {
  kind: EndKind;
  of: (total: Total) => bigint;
  said: (amount: string, where: string) => string;
}[] = [
  { kind: "unspent", of: (total) => total.unspent, said: (amount, where) => `${amount} is unspent${where}` },
  {
    kind: "exit",
    of: (total) => total.exits,
    said: (amount, where) => `${amount} left the trail at a stop${where}`,
  },
  {
    kind: "unknown",
    of: (total) => total.unknown,
    said: (amount, where) => `${amount} is of unknown fate${where}`,
  },
  {
    kind: "notFollowed",
    of: (total) => total.notFollowed,
    said: (amount, where) => `${amount} was not followed because a budget was met${where}`,
  },
  { kind: "mined", of: (total) => total.mined, said: (amount, where) => `${amount} was mined${where}` },
  { kind: "fee", of: (total) => total.fees, said: (amount) => `${amount} went to transaction fees` },
];

const backwardSaid: Partial<Record<EndKind, (amount: string, where: string) => string>> = {
  exit: (amount, where) => `${amount} came from beyond a stop${where}`,
  unknown: (amount, where) => `${amount} is of unknown origin${where}`,
};

/** One entry for rules that say the same of a label. */
function endsList(context: ReportContext): Html {
  const { trail, labels } = context;
  const items = labels.flatMap((label) => {
    const rulesBySentence = new Map<string, Rule[]>();
    for (const rule of trail.rules) {
      const sentence = endsSentence(context, rule, label);
      rulesBySentence.set(sentence, [...(rulesBySentence.get(sentence) ?? []), rule]);
    }
    const of = labels.length > 1 ? html`, of “${outside(label)}”` : null;
    return [...rulesBySentence].map(
      ([sentence, same]) => html`<li><strong class="rule">${listed(same)}</strong>${of}: ${sentence}</li>`,
    );
  });
  const where = trail.direction === "forward" ? "Where it ended" : "Where it came from";
  const question =
    trail.rules.length > 1 ? `${where}, under each rule:` : `${where}, under the one rule that was asked for:`;
  return html`<p>${question}</p><ul class="plain">${items}</ul>`;
}

function endsSentence({ trail, print }: ReportContext, rule: Rule, label: string): string {
  const totals = trail.totals.filter((total) => total.rule === rule && total.label === label);
  const said = parts.flatMap(({ kind, of, said }) =>
    totals
      .filter((total) => of(total) > 0n)
      .map((total) => {
        const ends = trail.ends.filter(
          (end) =>
            end.kind === kind &&
            end.traced.some((traced) => traced.rule === rule && traced.label === label && traced.amount > 0n),
        );
        const coins = ends.filter((end) => end.coin !== null || end.account !== null).length;
        const places = [coins > 0 ? count(coins, "coin") : "", coins < ends.length ? "fees" : ""];
        const where = listed(places.filter((place) => place !== ""));
        const words = (trail.direction === "backward" ? backwardSaid[kind] : undefined) ?? said;
        return words(print(total.asset, of(total)), where === "" ? "" : `, in ${where}`);
      }),
  );
  if (said.length === 0) return "nothing is traced to an end.";
  if (!ruleFacts[rule].conserved) {
    const bounds = "These are upper bounds: face values, which together can exceed what was seeded.";
    return `at most ${said.join("; ")}. ${bounds}`;
  }
  return `${said.join("; ")}.`;
}

/** Tagged accounts among the ends, with what each rule traces to them, the largest first. */
function taggedParagraph(context: ReportContext): Html | null {
  const { trail } = context;
  const sums = new Map<string, Tagged>();
  for (const end of trail.ends) {
    if (end.account === null || context.tagsOf(end.account).length === 0) continue;
    const sum = sums.get(end.account) ?? { account: end.account, asset: end.asset, byRule: new Map() };
    for (const { rule, amount } of end.traced) sum.byRule.set(rule, (sum.byRule.get(rule) ?? 0n) + amount);
    sums.set(end.account, sum);
  }
  if (sums.size === 0) return null;
  const most = ({ byRule }: Tagged) => [...byRule.values()].reduce((max, amount) => (amount > max ? amount : max), 0n);
  const sorted = [...sums.values()].sort((a, b) => (most(a) === most(b) ? 0 : most(a) > most(b) ? -1 : 1));
  const verb = trail.direction === "forward" ? "Traced to it" : "Traced from it";
  const told = sorted.slice(0, taggedTold).map((tagged) => {
    const tags = joinHtml(tagText(context, tagged.account));
    return html`<li><code>${outside(tagged.account)}</code> is tagged ${tags}.
${verb}: ${taggedAmounts(context, tagged)}.</li>`;
  });
  const more = sorted.length - told.length;
  const rest =
    more > 0
      ? html`<li>and ${count(more, "more tagged account")}, in the <a href="#ends">table of ends</a></li>`
      : null;
  return html`<p>Accounts at the ends that somebody has tagged:</p><ul class="plain">${told}${rest}</ul>`;
}

interface Tagged {
  readonly account: string;
  readonly asset: string;
  readonly byRule: Map<Rule, bigint>;
}

/** `at most 3 BTC under poison; 2 BTC under haircut and fifo; nothing under lifo`. */
function taggedAmounts({ trail, print }: ReportContext, { asset, byRule }: Tagged): string {
  const amounts = trail.rules.map((rule) => byRule.get(rule) ?? 0n);
  if (new Set(amounts).size === 1) return `${print(asset, amounts[0]!)} under ${everyRule(trail)}`;
  const rulesByAmount = new Map<string, Rule[]>();
  trail.rules.forEach((rule, i) => {
    const bound = ruleFacts[rule].conserved ? "" : "at most ";
    const amount = amounts[i] === 0n ? "nothing" : `${bound}${print(asset, amounts[i]!)}`;
    rulesByAmount.set(amount, [...(rulesByAmount.get(amount) ?? []), rule]);
  });
  return [...rulesByAmount].map(([amount, same]) => `${amount} under ${listed(same)}`).join("; ");
}

const everyRule = ({ rules }: Trail) => (rules.length === 1 ? rules.join() : "every rule that was asked for");

function statusParagraph(trail: Trail): Html {
  if (trail.status === "complete") {
    const ends =
      trail.direction === "forward"
        ? "it ends only where value rests, leaves at a stop that was asked for"
        : "it ends only where money was mined, came from beyond a stop that was asked for";
    return html`<p>The trail is <strong>complete</strong>: no budget cut it short; ${ends}, or the ledger says no
      more.</p>`;
  }
  return html`<p>The trail is <strong>bounded</strong>: a budget was met, and <a href="#not-followed">some value was
    not followed</a>.</p>`;
}

/** The same at a glance, beside the words. */
function keyFigures(context: ReportContext): Html {
  const { trail, labels, print } = context;
  const agreement = ruleAgreement(trail);
  const hops = trail.movements.reduce((most, movement) => Math.max(most, movement.hops), 0);
  const asset = trail.totals[0]?.asset ?? "";
  const figures: [string, HtmlValue][] = [
    ["seeded", labels.map((label) => html`<span class="line">${seededText(context, label)}</span>`)],
    ["transactions", wholeNumber(trail.movements.length)],
    ["hops, at most", wholeNumber(hops)],
    [trail.direction === "forward" ? "ends" : "sources", endCounts(trail)],
  ];
  if (agreement.rules.length > 1) {
    const common = agreement.common.reduce((sum, ground) => sum + ground.common, 0n);
    figures.push([`on which ${agreement.rules.length} rules agree`, print(asset, common)]);
  }
  return html`<aside aria-label="Key figures"><dl class="figures">${figures.map(
    ([name, value]) => html`<div>
    <dt>${name}</dt><dd>${value}</dd></div>`,
  )}</dl></aside>`;
}

function endCounts(trail: Trail): HtmlValue {
  const lines = endKinds.flatMap((kind) => {
    const many = trail.ends.filter((end) => end.kind === kind).length;
    if (many === 0 || kind === "fee") return [];
    const name = kind === "exit" && many > 1 ? "exits" : endNames[kind];
    return [html`<span class="line">${inlineGlyph(kind)} ${wholeNumber(many)} ${name}</span>`];
  });
  return lines.length === 0 ? "none" : lines;
}
