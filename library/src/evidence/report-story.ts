import { type Rule, ruleFacts } from "../trace/rule.ts";
import type { ListedTrail, Movement, Place, Trail, TrailSeed } from "../trace/trail.ts";
import { accountText } from "./account-text.ts";
import { assumptionRanges } from "./assumption-ranges.ts";
import { inlineGlyph } from "./flow-glyph.ts";
import { type Html, type HtmlValue, html, outside } from "./html.ts";
import { type ReportContext, tagText } from "./report-context.ts";
import { endsList } from "./report-story-ends.ts";
import { ruleAgreement } from "./rule-agreement.ts";
import { seededRange } from "./spoken-amounts.ts";
import { count, countPlaces, endKinds, endName, listed, movementTime, wholeNumber } from "./wording.ts";

const seedsTold = 5;
const groupsTold = 12;
const taggedTold = 6;

/** What happened, in sentences that are made from the trail and nothing else. */
export function storySection(context: ReportContext): Html {
  return html`<section id="story"><h2>In words</h2><div class="told"><div>
${startParagraph(context)}
${wayParagraph(context)}
${linksParagraph(context)}${endsList(context)}
${assumptionsParagraph(context)}${taggedParagraph(context)}
${statusParagraph(context)}
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
  const more = context.stands === "coin" ? "more coin" : "more seed";
  const rest = untold === 0 ? null : html`<li>and ${count(untold, more)}, listed under ${link}</li>`;
  return html`<p>${opening} ${joinHtml(named)}, ${from} ${countSeeds(trail.seeds)}:</p>
<ul class="plain">${told}${rest}</ul>`;
}

/** `2 coins`, `1 transfer and 2 accounts`. */
function countSeeds(seeds: readonly TrailSeed[]): string {
  const transfers = seeds.filter(({ transfer }) => transfer !== undefined);
  const others = countPlaces(seeds.filter(({ transfer }) => transfer === undefined));
  if (transfers.length === 0) return others === "" ? count(0, "coin") : others;
  return listed([count(transfers.length, "transfer"), others].filter((part) => part !== ""));
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
  const { asset, account, coin, label, transfer } = seeds[0]!;
  const owner = account === null ? null : html` of <code>${outside(accountText(account))}</code>`;
  const tags = tagText(context, account);
  const tagged = tags.length === 0 ? null : html`, tagged ${joinHtml(tags)}`;
  const as = context.labels.length > 1 ? html` as “${outside(label)}”` : null;
  const amount = context.print(
    asset,
    seeds.reduce((sum, seed) => sum + seed.amount, 0n),
  );
  const here = context.trail.ledgers.length > 1 ? html`, in ${outside(seeds[0]!.ledger)}` : null;
  if (coin === null) {
    const how =
      transfer === undefined
        ? "held or received by"
        : seeds.length === 1
          ? html`received in <code>${outside(transfer)}</code> by`
          : `received in ${count(seeds.length, "transfer")} by`;
    const verb = context.trail.direction === "forward" ? how : "of what was paid by";
    return html`<li>${amount}${as} ${verb} <code>${outside(accountText(account ?? ""))}</code>${tagged}${here}</li>`;
  }
  const one = html`<code>${outside(coin)}</code>`;
  return html`<li>${amount}${as} in ${
    seeds.length === 1 ? one : count(seeds.length, "coin")
  }${owner}${tagged}${here}</li>`;
}

function joinHtml(items: readonly Html[]): Html[] {
  return items.map((item, i) => html`${i === 0 ? "" : i + 1 === items.length ? " and " : ", "}${item}`);
}

function wayParagraph({ trail, stands }: ReportContext): Html {
  const { movements } = trail;
  const snapshots = trail.ledgers.map(({ name, network, snapshot, partial, kind }) => {
    const whole = kind === "account" ? (partial ? "" : " whole") : " without blocks";
    const upTo = snapshot.height === null ? whole : ` up to block ${wholeNumber(snapshot.height)}`;
    const held = kind === "account" ? "transfers" : "transactions of the chain";
    const part = partial ? `; it is partial: it holds some ${held} and not all` : "";
    return html`The ledger “${outside(name)}” (${outside(network)}) was read${upTo}${part}. `;
  });
  const ledgers = trail.ledgers.length > 1 ? "ledgers" : "ledger";
  if (movements.length === 0) return html`<p>No transaction of the ${ledgers} moved it. ${snapshots}</p>`;
  const timed = movements.filter(({ time }) => time !== null).sort((a, b) => Number(a.time) - Number(b.time));
  const times = timed.flatMap(({ time }) => (time === null ? [] : [time]));
  // Blocks of several ledgers have nothing to do with one another.
  const numbered = trail.ledgers.length > 1 ? [] : movements;
  const heights = numbered.flatMap(({ height }) => (height === null ? [] : [height])).sort((a, b) => a - b);
  const block = (height: number | undefined) => (height === undefined ? "" : ` (block ${wholeNumber(height)})`);
  const hops = movements.reduce((most, movement) => Math.max(most, movement.hops), 0);
  const [first, last] = [times[0], times.at(-1)];
  let when = ` at times that the ${ledgers} ${trail.ledgers.length > 1 ? "do" : "does"} not say`;
  const text = (movement: Movement | undefined) => (movement === undefined ? "" : movementTime(movement));
  const by = (movement: Movement | undefined) => (movement?.dayOnly === true ? "on" : "at");
  if (first !== undefined && last !== undefined) {
    when =
      first === last
        ? ` ${by(timed[0])} ${text(timed[0])}${block(heights[0])}`
        : ` between ${text(timed[0])}${block(heights[0])} and ${text(timed.at(-1))}${block(heights.at(-1))}` +
          `, ${lasting(last - first)}`;
  }
  const across = stands === "coin" ? null : html`, among ${countPlaces(accountsOf(trail))}`;
  const moved = count(movements.length, "transaction");
  return html`<p>Traced value moved in <strong>${moved}</strong>${across}${when}, over at
    most ${count(hops, "hop")} from a seed. ${snapshots}</p>`;
}

/** Every account of the trail's account ledgers that value came to or from, once. */
function accountsOf({ movements }: ListedTrail): Place[] {
  const places = movements.flatMap(({ ledger, from, to }) => [
    ...from.map((one) => ({ ...one, ledger: one.ledger ?? ledger })),
    ...to.map((one) => ({ ...one, ledger })),
  ]);
  const accounts = places.filter(({ coin, account }) => coin === null && account !== null);
  return [...new Map(accounts.map((one) => [JSON.stringify([one.ledger, one.account]), one])).values()];
}

/** Links are claims; a reader is told of them before the ends that hang on them. */
function linksParagraph({ trail }: ReportContext): Html | null {
  if (trail.links.length === 0) return null;
  const followed = trail.links.filter((link) => link.followed);
  const open = trail.links.length - followed.length;
  const least = followed.reduce((min, { confidence }) => Math.min(min, confidence), 1);
  const sure = followed.length === 0 ? "" : `; the least sure has a confidence of ${least}`;
  const rest = open === 0 ? "" : `, and ${count(open, "link")} that it met ${open === 1 ? "was" : "were"} not followed`;
  const crossed = html`<a href="#links">${count(followed.length, "link")}</a>`;
  return html`<p>It changed its asset or its ledger over ${crossed}${sure}${rest}.
What is said of ends beyond a link holds as far as the link does.</p>
`;
}

function assumptionsParagraph({ trail }: ReportContext): Html | null {
  const ends = assumptionRanges(trail).reduce((sum, range) => sum + range.ends.length, 0);
  if (ends === 0) return null;
  return html`<p>Something had to be assumed, and <a href="#assumptions">${count(ends, "end")}</a> would get more or
less under another assumption.</p>
`;
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

/** Tagged accounts among the ends, with what each rule traces to them, the largest first. */
function taggedParagraph(context: ReportContext): Html | null {
  const { trail } = context;
  const sums = new Map<string, Tagged>();
  for (const end of trail.ends) {
    if (end.account === null || context.tagsOf(end.account).length === 0) continue;
    const key = JSON.stringify([end.account, end.asset]);
    const sum = sums.get(key) ?? { account: end.account, asset: end.asset, byRule: new Map() };
    for (const { rule, amount } of end.traced) sum.byRule.set(rule, (sum.byRule.get(rule) ?? 0n) + amount);
    sums.set(key, sum);
  }
  if (sums.size === 0) return null;
  const most = ({ byRule }: Tagged) => [...byRule.values()].reduce((max, amount) => (amount > max ? amount : max), 0n);
  const sorted = [...sums.values()].sort((a, b) => (most(a) === most(b) ? 0 : most(a) > most(b) ? -1 : 1));
  const verb = trail.direction === "forward" ? "Traced to it" : "Traced from it";
  const told = sorted.slice(0, taggedTold).map((tagged) => {
    const tags = joinHtml(tagText(context, tagged.account));
    return html`<li><code>${outside(accountText(tagged.account))}</code> is tagged ${tags}.
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

function statusParagraph({ trail, stands }: ReportContext): Html {
  if (trail.status === "complete" && stands !== "coin") {
    const ledgers = trail.ledgers.length > 1 ? "ledgers say" : "ledger says";
    const ends =
      trail.direction === "forward"
        ? "it ends only where value rests, leaves at a stop or out of the data"
        : "it ends only where value was made, came from beyond a stop or was there before";
    return html`<p>The trail is <strong>complete</strong>: no budget cut it short; ${ends}, or the ${ledgers} no
      more.</p>`;
  }
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
  const { trail, labels, print, stolenAsset } = context;
  const agreement = ruleAgreement(trail);
  const hops = trail.movements.reduce((most, movement) => Math.max(most, movement.hops), 0);
  const figures: [string, HtmlValue][] = [
    ["seeded", labels.map((label) => html`<span class="line">${seededText(context, label)}</span>`)],
    ["transactions", wholeNumber(trail.movements.length)],
    ["hops, at most", wholeNumber(hops)],
    ...linkFigures(trail),
    [trail.direction === "forward" ? "ends" : "sources", endCounts(trail)],
  ];
  if (agreement.rules.length > 1) {
    const common = new Map<string, bigint>();
    for (const ground of agreement.common) {
      const asset = stolenAsset(ground.label);
      common.set(asset, (common.get(asset) ?? 0n) + ground.common);
    }
    const said = [...common].map(([asset, units]) => print(asset, units));
    figures.push([`on which ${agreement.rules.length} rules agree`, listed(said)]);
  }
  return html`<aside aria-label="Key figures"><dl class="figures">${figures.map(
    ([name, value]) => html`<div>
    <dt>${name}</dt><dd>${value}</dd></div>`,
  )}</dl></aside>`;
}

function linkFigures({ links }: Trail): [string, HtmlValue][] {
  if (links.length === 0) return [];
  return [["links followed", `${links.filter(({ followed }) => followed).length} of ${links.length}`]];
}

function endCounts(trail: Trail): HtmlValue {
  const lines = endKinds.flatMap((kind) => {
    const ends = trail.ends.filter((end) => end.kind === kind);
    const many = ends.length;
    if (many === 0 || kind === "fee") return [];
    const names = [...new Set(ends.map((end) => endName(kind, end)))].join(" or ");
    const name = kind === "exit" && many > 1 ? "exits" : names;
    return [html`<span class="line">${inlineGlyph(kind)} ${wholeNumber(many)} ${name}</span>`];
  });
  return lines.length === 0 ? "none" : lines;
}
