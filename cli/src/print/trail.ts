import {
  type AmountRange,
  count,
  endNames,
  endRange,
  type ReportTag,
  type RuleAgreement,
  ruleAgreement,
  seededRange,
  visibleText,
} from "spoor/evidence";
import { bitcoin, formatAmount } from "spoor/money";
import { type End, ruleFacts, type Total, type Trail } from "spoor/trace";
import { tableLines } from "../terminal/table.ts";

const endsShownMax = 15;
const differencesShownMax = 5;

/** A trail as a person reads it on a terminal: totals per rule, where the rules agree and differ, the largest ends. */
export function trailLines(trail: Trail, tags: readonly ReportTag[]): string[] {
  return [
    ...headLines(trail),
    "",
    ...totalLines(trail),
    "",
    ...agreementLines(ruleAgreement(trail), tags),
    "",
    ...endLines(trail, tags),
    ...boundLines(trail),
    "",
    "A trail shows where value went. It does not show who is guilty.",
  ];
}

const btc = (units: bigint) => formatAmount(bitcoin, units, "digits");
const rangeText = ({ least, most }: AmountRange) => (least === most ? btc(least) : `${btc(least)} – ${btc(most)}`);

function headLines(trail: Trail): string[] {
  const ledgers = trail.ledgers.map(({ name, network, snapshot, partial }) => {
    const height = snapshot.height === null ? "" : ` at height ${snapshot.height.toLocaleString("en-US")}`;
    return `${visibleText(name)} (${network}${partial ? ", partial" : ""})${height}`;
  });
  const depth = trail.movements.reduce((deepest, { hops }) => Math.max(deepest, hops), 0);
  const seeds = [...new Set(trail.totals.map(({ label }) => label))].map(
    (label) => `${rangeText(seededRange(trail, label, bitcoin.id))} BTC as "${visibleText(label)}"`,
  );
  const movements = `${count(trail.movements.length, "movement")}, ${count(depth, "hop")} deep`;
  return [
    `Trail ${trail.id.slice(0, 16)} ${trail.direction} in ${ledgers.join(", ")}: ${trail.status}`,
    `From ${count(trail.seeds.length, "coin")}, ${seeds.join(", ")}; ${movements}`,
  ];
}

function totalLines(trail: Trail): string[] {
  const parts = ["unspent", "exits", "fees", "unknown", "notFollowed", "mined"] as const;
  const shown = parts.filter((part) => trail.totals.some((total) => total[part] > 0n));
  const several = new Set(trail.totals.map(({ label }) => label)).size > 1;
  const columns = [
    ...(several ? [{ heading: "label" } as const] : []),
    { heading: "rule" } as const,
    ...["seeded", ...shown].map(
      (part) => ({ heading: part === "notFollowed" ? "not followed" : part, align: "right" }) as const,
    ),
  ];
  const rows = trail.totals.map((total: Total) => [
    ...(several ? [visibleText(total.label)] : []),
    ruleFacts[total.rule].conserved ? total.rule : `${total.rule} *`,
    btc(total.seeded),
    ...shown.map((part) => btc(total[part])),
  ]);
  const stream = trail.direction === "forward" ? "downstream" : "upstream";
  const hasBound = trail.totals.some(({ rule }) => !ruleFacts[rule].conserved);
  return [
    ...tableLines(columns, rows),
    ...(hasBound
      ? [`* an upper bound: face value of everything ${stream}; it does not add up to what was stolen`]
      : []),
  ];
}

function agreementLines(agreement: RuleAgreement, tags: readonly ReportTag[]): string[] {
  if (agreement.rules.length < 2) return ["One rule alone: there is nothing to compare."];
  const { rules, agreed, differing } = agreement;
  const lines = [
    `The ${rules.length} conserved rules agree on ${count(agreed.length, "end")}, differ on ${differing.length}.`,
  ];
  if (agreed.length > 0) lines.push("They agree on:");
  for (const end of agreed.slice(0, differencesShownMax)) {
    lines.push(`  ${btc(end.max)} BTC ${endNames[end.kind]} ${placeText(end, tags)}`.trimEnd());
  }
  if (differing.length > 0) lines.push("They differ most on:");
  for (const end of differing.slice(0, differencesShownMax)) {
    const range = `${btc(end.min)} (${end.lowest.join(", ")}) to ${btc(end.max)} BTC (${end.highest.join(", ")})`;
    lines.push(`  ${range} ${endNames[end.kind]} ${placeText(end, tags)}`.trimEnd());
  }
  return lines;
}

function placeText(place: { account: string | null; coin: string | null }, tags: readonly ReportTag[]): string {
  if (place.account === null) return place.coin === null ? "" : `in ${shortCoin(place.coin)}`;
  const named = tags.filter((tag) => tag.account === place.account && tag.label !== "");
  const said = named.map((tag) => `"${visibleText(tag.label)}" according to ${visibleText(tag.source)}`);
  return `at ${visibleText(place.account)}${said.length === 0 ? "" : ` (${said.join("; ")})`}`;
}

const shortCoin = (coin: string) =>
  /^[0-9a-f]{64}:\d+$/u.test(coin) ? `${coin.slice(0, 12)}…${coin.slice(64)}` : visibleText(coin);

function endLines(trail: Trail, tags: readonly ReportTag[]): string[] {
  const ends = trail.ends
    .filter((end) => end.kind !== "fee")
    .map((end) => ({ end, range: endRange(trail, end) }))
    .sort((a, b) => (b.range.most > a.range.most ? 1 : b.range.most < a.range.most ? -1 : 0));
  if (ends.length === 0) return ["It has no ends but fees."];
  const columns = [
    { heading: "end" },
    { heading: "BTC", align: "right" },
    { heading: "where and why it ends, and the coin" },
  ] as const;
  const rows = ends
    .slice(0, endsShownMax)
    .flatMap(({ end, range }) => [
      [endNames[end.kind], rangeText(range), whereAndWhy(end, tags)],
      ...(end.coin === null ? [] : [["", "", `  ${visibleText(end.coin)}`]]),
    ]);
  const more = ends.length - endsShownMax;
  return [
    ...tableLines(columns, rows),
    ...(more > 0 ? [`… and ${count(more, "end")} more; --report and --json list all`] : []),
  ];
}

/** A stop's reason names the tag that made it one; elsewhere the tags stand beside the account. */
function whereAndWhy({ account, why, kind }: End, tags: readonly ReportTag[]): string {
  if (account === null) return visibleText(why);
  const place = kind === "exit" ? visibleText(account) : placeText({ account, coin: null }, tags).slice("at ".length);
  return `${place}: ${visibleText(why)}`;
}

function boundLines(trail: Trail): string[] {
  if (trail.bounds.length === 0) return [];
  return [
    "",
    "Bounded: this was not followed.",
    ...trail.bounds.map(({ reason, label, rule, amount, next }) => {
      const what = `${rule} "${visibleText(label)}": ${btc(amount)} BTC because of --budget ${reason}`;
      return `  ${what}; raise that, or go on from ${next} (the first)`;
    }),
  ];
}
