import { formatAmount } from "../money/amount.ts";
import type { Asset } from "../money/asset.ts";
import { formatInstant, type Instant } from "../money/instant.ts";
import type { EndKind, Movement, Place } from "../trace/trail.ts";
import { shortAccount } from "./account-text.ts";
import { visibleText } from "./text-safety.ts";

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

/** Decimal places up to which an amount is printed with all its zeros; wei would drown a reader in them. */
const zerosMax = 8;

/** Only a symbol of this form stands beside an amount: another could turn the line round or look like another. */
const plainSymbol = /^[\x21-\x7e\p{Sc}]{1,12}$/u;

/** `BTC`, `USD`; of a token its symbol, which anybody can choose, never without its contract: `USDT (0xdac1…1ec7)`. */
export function assetName({ id, symbol }: Asset): string {
  const name = shortId(id);
  return symbol === undefined || !plainSymbol.test(symbol) ? name : `${symbol} (${name})`;
}

function digitsText(asset: Asset, units: bigint): string {
  const digits = formatAmount(asset, units, "digits");
  return asset.decimals > zerosMax ? digits.replace(/(\.\d\d\d*?)0+$/u, "$1") : digits;
}

/**
 * Prints amounts of the assets of a trail: `1.50000000 BTC`, or with `digits` the number alone. Every digit that is
 * not a zero at the end is printed.
 */
export function amountPrinter(assets: readonly Asset[]) {
  const known = new Map(assets.map((asset) => [asset.id, asset]));
  return (assetId: string, units: bigint, style: "unit" | "digits" = "unit"): string => {
    const asset = known.get(assetId);
    if (asset === undefined) {
      return style === "digits"
        ? wholeNumber(units)
        : `${wholeNumber(units)} smallest units of ${visibleText(assetId)}`;
    }
    const digits = digitsText(asset, units);
    return style === "digits" ? digits : `${digits} ${assetName(asset)}`;
  };
}
export type AmountPrinter = ReturnType<typeof amountPrinter>;

/** What an asset is called in a caption; amounts of one that is not known are counted in smallest units. */
export function unitName(assets: readonly Asset[], id: string): string {
  const asset = assets.find((one) => one.id === id);
  return asset === undefined ? `smallest units of ${visibleText(id)}` : assetName(asset);
}

/** `3f9a1c…77e0:1` for a coin, `0x1234…abcd`, the ends of a long address, a short name whole. */
export function shortId(id: string): string {
  const coin = /^([0-9a-f]{64})(:\d+)?$/u.exec(id);
  if (coin !== null) return `${coin[1]!.slice(0, 6)}…${coin[1]!.slice(-4)}${coin[2] ?? ""}`;
  return shortAccount(id);
}

/** `2017-08-03 03:10:12 UTC`. */
export function timeText(time: Instant): string {
  return `${formatInstant(time).replace("T", " ").replace("Z", "")} UTC`;
}

/** When a movement was, to the day alone where no hour is known. */
export function movementTime({ time, dayOnly }: Pick<Movement, "time" | "dayOnly">): string {
  if (time === null) return "time not known";
  return dayOnly === true ? formatInstant(time).slice(0, 10) : timeText(time);
}

/** `2 coins`, `1 account`, `2 coins and 1 account`. */
export function countPlaces(places: readonly Place[]): string {
  const coins = places.filter((place) => place.coin !== null).length;
  const accounts = places.length - coins;
  const parts = [coins > 0 ? count(coins, "coin") : "", accounts > 0 ? count(accounts, "account") : ""];
  return listed(parts.filter((part) => part !== ""));
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

/** An account that holds value has not "spent" or "not spent" it, and what is made in one was not mined. */
const accountEndNames: Partial<Readonly<Record<EndKind, string>>> = { unspent: "held", mined: "made" };

/** What an end is called, by what value stands in there. */
export function endName(kind: EndKind, place: Place): string {
  const isAccount = place.coin === null && place.account !== null;
  return (isAccount ? accountEndNames[kind] : undefined) ?? endNames[kind];
}

export const endSentences: Readonly<Record<EndKind, string>> = {
  unspent: "The coin was not spent at the snapshot of the ledger.",
  exit: "The trail leaves here: a stop that the user chose, such as a tagged service.",
  fee: "Paid to miners as a transaction's fee.",
  unknown: "The ledger does not say whether, or by what, the coin was spent.",
  notFollowed: "A budget was met; the value may have moved on.",
  mined: "New coins of a block: the money was made here.",
};

/** The same of ends in account ledgers. */
export const accountEndSentences: Readonly<Record<EndKind, string>> = {
  unspent: "The value was still in the account when the ledger ends.",
  exit:
    "The trail leaves here: a stop such as a service that pools its customers' money; an account of which the ledger " +
    "holds nothing more; a debt of the account that the value repaid; or value that was burnt.",
  fee: "Charges: gas, fees of banks, and what is less than the smallest unit of what value was changed into.",
  unknown: "The ledger does not hold all that the account paid, or does not say what it held before.",
  notFollowed: "A budget was met, or a link leads on in a way that the ledgers do not bear out.",
  mined: "The value was made here: mined, minted, or paid in from outside.",
};
