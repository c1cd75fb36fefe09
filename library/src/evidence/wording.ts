import { formatAmount } from "../money/amount.ts";
import type { Asset } from "../money/asset.ts";
import { formatInstant, type Instant } from "../money/instant.ts";
import type { EndKind } from "../trace/trail.ts";
import { shorten, visibleText } from "./text-safety.ts";

/** `1 coin`, `2 coins`, `1,204 coins`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${wholeNumber(number)} ${number === 1 ? one : many}`;
}

/** With commas between thousands. */
export function wholeNumber(number: number | bigint): string {
  return String(number).replace(/\B(?=(\d{3})+$)/gu, ",");
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(items: readonly string[]): string {
  if (items.length < 2) return items.join("");
  return `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
}

/** Prints amounts of the assets of a trail: `1.50000000 BTC`, or with `digits` the number alone. */
export function amountPrinter(assets: readonly Asset[]) {
  const known = new Map(assets.map((asset) => [asset.id, asset]));
  return (assetId: string, units: bigint, style: "unit" | "digits" = "unit"): string => {
    const asset = known.get(assetId);
    if (asset !== undefined) return formatAmount(asset, units, style);
    return style === "digits" ? wholeNumber(units) : `${wholeNumber(units)} smallest units of ${assetId}`;
  };
}
export type AmountPrinter = ReturnType<typeof amountPrinter>;

/** `3f9a1c…77e0:1` for a coin, the ends of a long address, a short name whole. */
export function shortId(id: string): string {
  const coin = /^([0-9a-f]{64})(:\d+)?$/u.exec(id);
  if (coin !== null) return `${coin[1]!.slice(0, 6)}…${coin[1]!.slice(-4)}${coin[2] ?? ""}`;
  return shorten(visibleText(id), 20);
}

/** `2017-08-03 03:10:12 UTC`. */
export function timeText(time: Instant): string {
  return `${formatInstant(time).replace("T", " ").replace("Z", "")} UTC`;
}

export const endKinds = ["unspent", "exit", "fee", "unknown", "notFollowed", "mined"] as const satisfies EndKind[];

export const endNames: Readonly<Record<EndKind, string>> = {
  unspent: "unspent",
  exit: "exit",
  fee: "fee",
  unknown: "unknown",
  notFollowed: "not followed",
  mined: "mined",
};

export const endSentences: Readonly<Record<EndKind, string>> = {
  unspent: "The coin was not spent at the snapshot of the ledger.",
  exit: "The trail leaves here: a stop that the user chose, such as a tagged service.",
  fee: "Paid to miners as a transaction's fee.",
  unknown: "The ledger does not say whether, or by what, the coin was spent.",
  notFollowed: "A budget was met; the value may have moved on.",
  mined: "New coins of a block: the money was made here.",
};
