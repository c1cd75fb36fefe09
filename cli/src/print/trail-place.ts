import type { AmountRange, ReportTag } from "spoor/evidence";
import { shortAccount } from "spoor/evidence/account-text";
import { visibleText } from "spoor/evidence/text-safety";
import { amountPrinter, unitName } from "spoor/evidence/wording";
import type { Asset } from "spoor/money";
import { type End, ruleFacts, type Trail } from "spoor/trace";

/** What every part of a printed trail needs. */
export interface TrailPrint {
  readonly trail: Trail;
  readonly tags: readonly ReportTag[];
  /** Where value stands in this trail: coins, accounts, or both. */
  readonly stands: "coin" | "account" | "both";
  /** One ledger of coins and no links: everything is in bitcoin. */
  readonly isPlain: boolean;
  readonly digits: (asset: string, units: bigint) => string;
  readonly amount: (asset: string, units: bigint) => string;
  readonly range: (asset: string, range: AmountRange) => string;
  readonly unit: (asset: string) => string;
  /** What a label's stolen units count; of a name that was stolen in several assets, the first. */
  readonly stolenAsset: (label: string) => string;
  /** The asset of an end's amount; of charges, which one end holds in many assets, what they stand for is told. */
  readonly assetOf: (end: Pick<End, "coin" | "account" | "asset">, label: string) => string;
  /** What the rules that are quoted trace to an end, in stolen units. */
  readonly stolenRange: (end: Pick<End, "traced">) => AmountRange;
}

export function printing(trail: Trail, tags: readonly ReportTag[], assets: readonly Asset[]): TrailPrint {
  const print = amountPrinter(assets);
  const kinds = new Set(trail.ledgers.map(({ kind }) => kind));
  const stolenAsset = (label: string) =>
    (trail.totals.find((total) => total.label === label) ?? trail.totals[0])?.asset ?? "";
  const conserved = trail.rules.filter((rule) => ruleFacts[rule].conserved);
  const quoted = conserved.length === 0 ? trail.rules : conserved;
  return {
    trail,
    tags,
    stands: kinds.size > 1 ? "both" : kinds.has("account") ? "account" : "coin",
    isPlain: !kinds.has("account") && trail.ledgers.length < 2 && trail.links.length === 0,
    digits: (asset, units) => print(asset, units, "digits"),
    amount: (asset, units) => print(asset, units),
    range: (asset, { least, most }) =>
      least === most ? print(asset, least) : `${print(asset, least, "digits")} – ${print(asset, most)}`,
    unit: (asset) => visibleText(unitName(assets, asset)),
    stolenAsset,
    assetOf: ({ coin, account, asset }, label) => (coin === null && account === null ? stolenAsset(label) : asset),
    stolenRange: ({ traced }) => {
      const sums = quoted.map((rule) =>
        traced.filter((one) => one.rule === rule).reduce((sum, { stolen }) => sum + stolen, 0n),
      );
      return {
        least: sums.reduce((a, b) => (b < a ? b : a)),
        most: sums.reduce((a, b) => (b > a ? b : a)),
      };
    },
  };
}

const shortCoin = (coin: string) =>
  /^[0-9a-f]{64}:\d+$/u.test(coin) ? `${coin.slice(0, 12)}…${coin.slice(64)}` : visibleText(coin);

export interface PrintedPlace {
  readonly account: string | null;
  readonly coin: string | null;
  /** The account of a coin whose own name stands elsewhere. */
  readonly isOfCoin?: boolean;
  /** Without its tags. */
  readonly isBare?: boolean;
}

/** `at ACCOUNT ("TAG" according to SOURCE)`; addresses of coins whole, other accounts as people read them. */
export function placeText({ tags }: TrailPrint, { account, coin, isOfCoin, isBare }: PrintedPlace): string {
  if (account === null) return coin === null ? "" : `in ${shortCoin(coin)}`;
  const named = isBare === true ? [] : tags.filter((tag) => tag.account === account && tag.label !== "");
  const said = named.map((tag) => `"${visibleText(tag.label)}" according to ${visibleText(tag.source)}`);
  const name = coin !== null || isOfCoin === true ? visibleText(account) : accountName(account);
  return `at ${name}${said.length === 0 ? "" : ` (${said.join("; ")})`}`;
}

const accountNameMax = 42;

/** An account for a line of a terminal. */
export const accountName = (account: string): string => shortAccount(account, accountNameMax);
