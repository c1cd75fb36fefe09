import type { ReportTag } from "spoor/evidence";
import { type RuleAgreement, ruleAgreement } from "spoor/evidence/rule-agreement";
import { type AmountRange, endRange, seededRange } from "spoor/evidence/spoken-amounts";
import { visibleText } from "spoor/evidence/text-safety";
import { count, countPlaces, endName } from "spoor/evidence/wording";
import { type Asset, bitcoin } from "spoor/money";
import { type End, ruleFacts, type Total, type Trail } from "spoor/trace";
import { tableLines } from "../terminal/table.ts";
import { assumptionLines, linkLines } from "./trail-links.ts";
import { placeText, printing, type TrailPrint } from "./trail-place.ts";

const endsShownMax = 15;
const differencesShownMax = 5;

/**
 * A trail as a person reads it on a terminal: totals per rule, where the rules agree and differ, the largest ends; of a
 * trail through accounts or several ledgers also its links and what hangs on assumptions.
 *
 * @param assets how amounts are written; those of an asset that is not here in its smallest units
 */
export function trailLines(trail: Trail, tags: readonly ReportTag[], assets: readonly Asset[] = [bitcoin]): string[] {
  const print = printing(trail, tags, assets);
  return [
    ...headLines(print),
    "",
    ...totalLines(print),
    "",
    ...agreementLines(print, ruleAgreement(trail)),
    "",
    ...linkLines(print),
    ...endLines(print),
    ...assumptionLines(print),
    ...boundLines(print),
    "",
    "A trail shows where value went. It does not show who is guilty.",
  ];
}

/** A trail in brief: what stands for what was stolen under each rule, and nothing of where. */
export function briefTrailLines(trail: Trail, tags: readonly ReportTag[], assets: readonly Asset[]): string[] {
  return totalLines(printing(trail, tags, assets));
}

function headLines({ trail, range }: TrailPrint): string[] {
  const ledgers = trail.ledgers.map(({ name, network, snapshot, partial }) => {
    const height = snapshot.height === null ? "" : ` at height ${snapshot.height.toLocaleString("en-US")}`;
    return `${visibleText(name)} (${network}${partial ? ", partial" : ""})${height}`;
  });
  let depth = 0;
  for (const { hops } of trail.movements) depth = Math.max(depth, hops);
  const stolen = new Map(trail.totals.map(({ label, asset }) => [JSON.stringify([label, asset]), { label, asset }]));
  const seeds = [...stolen.values()].map(
    ({ label, asset }) => `${range(asset, seededRange(trail, label, asset))} as "${visibleText(label)}"`,
  );
  const movements = `${count(trail.movements.length, "movement")}, ${count(depth, "hop")} deep`;
  return [
    `Trail ${trail.id.slice(0, 16)} ${trail.direction} in ${ledgers.join(", ")}: ${trail.status}`,
    `From ${seedsText(trail)}, ${seeds.join(", ")}; ${movements}`,
  ];
}

/** `2 coins`, `1 transfer and 1 account`. */
export function seedsText({ seeds }: Trail): string {
  const transfers = seeds.filter(({ transfer }) => transfer !== undefined).length;
  const others = countPlaces(seeds.filter(({ transfer }) => transfer === undefined));
  if (transfers === 0) return others === "" ? count(0, "coin") : others;
  return [count(transfers, "transfer"), others].filter((part) => part !== "").join(" and ");
}

type PartName = "unspent" | "exits" | "fees" | "unknown" | "notFollowed" | "mined";

/** What value in accounts is called: nothing there is spent or mined. */
const accountHeads: Partial<Readonly<Record<PartName, string>>> = { unspent: "held", fees: "charges", mined: "made" };

function headOf({ stands }: TrailPrint, part: PartName | "seeded"): string {
  if (part === "notFollowed") return "not followed";
  const other = part === "seeded" ? undefined : accountHeads[part];
  if (stands === "coin" || other === undefined) return part;
  return stands === "account" ? other : `${part}/${other}`;
}

function totalLines(print: TrailPrint): string[] {
  const { trail, digits, isPlain, stands } = print;
  const parts = ["unspent", "exits", "fees", "unknown", "notFollowed", "mined"] as const;
  const shown = parts.filter((part) => trail.totals.some((total) => total[part] > 0n));
  const several = new Set(trail.totals.map(({ label }) => label)).size > 1;
  const columns = [
    ...(several ? [{ heading: "label" } as const] : []),
    ...(isPlain ? [] : [{ heading: "stolen in" } as const]),
    { heading: "rule" } as const,
    ...(["seeded", ...shown] as const).map((part) => ({ heading: headOf(print, part), align: "right" }) as const),
  ];
  const rows = trail.totals.map((total: Total) => [
    ...(several ? [visibleText(total.label)] : []),
    ...(isPlain ? [] : [print.unit(total.asset)]),
    ruleFacts[total.rule].conserved ? total.rule : `${total.rule} *`,
    digits(total.asset, total.seeded),
    ...shown.map((part) => digits(total.asset, total[part])),
  ]);
  const stream = trail.direction === "forward" ? "downstream" : "upstream";
  const hasBound = trail.totals.some(({ rule }) => !ruleFacts[rule].conserved);
  const face = stands === "coin" ? "face value of everything" : "face value, in stolen units, of everything";
  return [
    ...tableLines(columns, rows),
    ...(hasBound ? [`* an upper bound: ${face} ${stream}; it does not add up to what was stolen`] : []),
  ];
}

function agreementLines(print: TrailPrint, agreement: RuleAgreement): string[] {
  if (agreement.rules.length < 2) return ["One rule alone: there is nothing to compare."];
  const { rules, agreed, differing } = agreement;
  const lines = [
    `The ${rules.length} conserved rules agree on ${count(agreed.length, "end")}, differ on ${differing.length}.`,
  ];
  if (agreed.length > 0) lines.push("They agree on:");
  for (const end of agreed.slice(0, differencesShownMax)) {
    const amount = print.amount(print.assetOf(end, end.label), end.max);
    lines.push(`  ${amount} ${endName(end.kind, end)} ${placeText(print, end)}`.trimEnd());
  }
  if (differing.length > 0) lines.push("They differ most on:");
  for (const end of differing.slice(0, differencesShownMax)) {
    const asset = print.assetOf(end, end.label);
    const least = `${print.digits(asset, end.min)} (${end.lowest.join(", ")})`;
    const range = `${least} to ${print.amount(asset, end.max)} (${end.highest.join(", ")})`;
    lines.push(`  ${range} ${endName(end.kind, end)} ${placeText(print, end)}`.trimEnd());
  }
  return lines;
}

function endLines(print: TrailPrint): string[] {
  const { trail, isPlain } = print;
  const ends = trail.ends
    .filter((end) => end.kind !== "fee")
    .map((end) => ({ end, range: endRange(trail, end), stolen: print.stolenRange(end) }))
    .sort((a, b) => (b.stolen.most > a.stolen.most ? 1 : b.stolen.most < a.stolen.most ? -1 : 0));
  if (ends.length === 0) return ["It has no ends but fees."];
  // Where value is still in the asset that was stolen, an amount stands for itself.
  const isSame =
    isPlain || ends.every(({ end }) => end.traced.every(({ label }) => print.stolenAsset(label) === end.asset));
  const columns = [
    { heading: "end" },
    { heading: isPlain ? "BTC" : "amount", align: "right" },
    ...(isSame ? [] : [{ heading: "for stolen", align: "right" } as const]),
    { heading: isPlain ? "where and why it ends, and the coin" : "where and why it ends" },
  ] as const;
  const amounts = ({ end, range, stolen }: (typeof ends)[number]) => {
    if (isPlain) return [digitsRange(print, end.asset, range)];
    if (isSame) return [print.range(end.asset, range)];
    const label = end.traced[0]?.label ?? "";
    return [print.range(end.asset, range), print.range(print.stolenAsset(label), stolen)];
  };
  const indent = isSame ? ["", ""] : ["", "", ""];
  const rows = ends
    .slice(0, endsShownMax)
    .flatMap((shown) => [
      [endName(shown.end.kind, shown.end), ...amounts(shown), whereAndWhy(print, shown.end)],
      ...(shown.end.coin === null ? [] : [[...indent, `  ${visibleText(shown.end.coin)}`]]),
    ]);
  const more = ends.length - endsShownMax;
  return [
    ...tableLines(columns, rows),
    ...(more > 0 ? [`… and ${count(more, "end")} more; --report and --json list all`] : []),
  ];
}

const digitsRange = ({ digits }: TrailPrint, asset: string, { least, most }: AmountRange) =>
  least === most ? digits(asset, least) : `${digits(asset, least)} – ${digits(asset, most)}`;

/** A stop's reason names the tag that made it one; elsewhere the tags stand beside the account. */
function whereAndWhy(print: TrailPrint, end: End): string {
  const { account, why, kind, coin, ledger } = end;
  const where = print.trail.ledgers.length > 1 ? `${visibleText(ledger)}: ` : "";
  if (account === null) return where + visibleText(why);
  const isTagged = kind === "exit" && why.startsWith("stop:");
  const place = placeText(print, {
    account,
    coin: null,
    isOfCoin: coin !== null,
    isBare: kind === "exit" && (print.isPlain || isTagged),
  });
  return `${where}${place.slice("at ".length)}: ${visibleText(why)}`;
}

function boundLines(print: TrailPrint): string[] {
  const { trail } = print;
  if (trail.bounds.length === 0) return [];
  return [
    "",
    "Bounded: this was not followed.",
    ...trail.bounds.map(({ reason, label, rule, amount, next }) => {
      const said = print.amount(print.stolenAsset(label), amount);
      const what = `${rule} "${visibleText(label)}": ${said} because of --budget ${reason}`;
      return `  ${what}; raise that, or go on from ${visibleText(next)} (the first)`;
    }),
  ];
}
