import type { AccountShown, NamedTransfer, Shown, ShownCoin } from "spoor/cases";
import { type Asset, formatInstant } from "spoor/money";
import { z } from "zod";

const amountText = z.string().regex(/^\d+$/u);
const coin = z.strictObject({
  coin: z.string(),
  account: z.string().nullable(),
  value: amountText.nullable(),
  state: z.enum(["spent", "unspent", "spent-elsewhere", "not-known"]),
  spentBy: z.string().nullable(),
});
const time = z.iso.datetime().nullable();
/** A day where no hour is known. */
const timeOrDay = z.union([z.iso.datetime(), z.iso.date()]).nullable();
const asset = z.strictObject({ asset: z.string(), decimals: z.int(), symbol: z.string().nullable() });
const transfer = z.strictObject({
  transfer: z.string(),
  time: timeOrDay,
  from: z.string().nullable(),
  to: z.string().nullable(),
  asset: z.string(),
  amount: amountText,
  fee: z.boolean(),
});
const signed = z.string().regex(/^-?\d+$/u);

/** What `spoor show --json` prints. */
export const shownSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("transaction"),
    txid: z.string(),
    height: z.int().nullable(),
    position: z.int().nullable(),
    time,
    fee: amountText.nullable(),
    inputs: z.array(coin),
    outputs: z.array(coin),
  }),
  z.strictObject({
    kind: z.literal("block"),
    height: z.int(),
    hash: z.string(),
    previous: z.string(),
    time,
    transactions: z.int(),
    txids: z.array(z.string()),
    next: z.string().nullable(),
  }),
  z.strictObject({
    kind: z.literal("address"),
    account: z.string(),
    partial: z.boolean(),
    received: amountText,
    balance: amountText,
    coinsReceived: z.int(),
    coinsHeld: z.int(),
    coins: z.array(coin),
    next: z.string().nullable(),
  }),
  z.strictObject({
    kind: z.literal("transfers"),
    transaction: z.string(),
    height: z.int().nullable(),
    position: z.int().nullable(),
    time: timeOrDay,
    about: z.unknown(),
    assets: z.array(asset),
    transfers: z.array(transfer),
  }),
  z.strictObject({
    kind: z.literal("payments"),
    /** What several payments bear. */
    reference: z.string(),
    assets: z.array(asset),
    transfers: z.array(transfer),
    cut: z.boolean(),
  }),
  z.strictObject({
    kind: z.literal("account"),
    account: z.string(),
    /** How much of what the account paid the ledger holds; null where nobody says. */
    coverage: z.enum(["covered", "partly", "outside"]).nullable(),
    about: z.unknown(),
    assets: z.array(asset),
    balances: z.array(
      z.strictObject({
        asset: z.string(),
        transfers: z.int(),
        received: amountText,
        paid: amountText,
        opening: signed.nullable(),
        balance: signed.nullable(),
      }),
    ),
    transfers: z.array(transfer),
    next: z.string().nullable(),
  }),
]);
export type ShownJson = z.infer<typeof shownSchema>;

const coinJson = ({ value, coin: name, account, state, spentBy }: ShownCoin) => ({
  coin: name,
  account,
  value: value === null ? null : String(value),
  state,
  spentBy,
});

export function shownJson(shown: Shown | AccountShown): ShownJson {
  if (shown.kind === "transfers" || shown.kind === "payments" || shown.kind === "account") return accountJson(shown);
  if (shown.kind === "transaction") {
    const { txid, height, position, time: at } = shown.transaction;
    return {
      kind: "transaction",
      txid,
      height,
      position,
      time: at === null ? null : formatInstant(at),
      fee: shown.fee === null ? null : String(shown.fee),
      inputs: shown.inputs.map(coinJson),
      outputs: shown.outputs.map(coinJson),
    };
  }
  if (shown.kind === "block") {
    const { height, hash, previous, time: at, transactions } = shown.block;
    const { txids, next } = shown;
    return { kind: "block", height, hash, previous, time: formatInstant(at), transactions, txids: [...txids], next };
  }
  const { totals } = shown;
  return {
    kind: "address",
    account: shown.account,
    partial: shown.partial,
    received: String(totals.received),
    balance: String(totals.balance),
    coinsReceived: totals.coins,
    coinsHeld: totals.held,
    coins: shown.coins.map(coinJson),
    next: shown.next,
  };
}

const assetJson = ({ id, decimals, symbol }: Asset) => ({ asset: id, decimals, symbol: symbol ?? null });

function whenText(at: NamedTransfer["time"], dayOnly: boolean): string | null {
  if (at === null) return null;
  return dayOnly ? formatInstant(at).slice(0, 10) : formatInstant(at);
}

const transferJson = ({ name, time: at, dayOnly, from, to, asset: id, amount, isFee }: NamedTransfer) => ({
  transfer: name,
  time: whenText(at, dayOnly),
  from,
  to,
  asset: id,
  amount: String(amount),
  fee: isFee,
});

const aboutJson = (about: string | null): unknown => (about === null ? null : JSON.parse(about));
const text = (units: bigint | null) => (units === null ? null : String(units));

function accountJson(shown: AccountShown): ShownJson {
  const assets = shown.assets.map(assetJson);
  const transfers = shown.transfers.map(transferJson);
  if (shown.kind === "transfers") {
    const { name, height, position, time: at, dayOnly, about } = shown.transaction;
    const when = whenText(at, dayOnly);
    return {
      kind: "transfers",
      transaction: name,
      height,
      position,
      time: when,
      about: aboutJson(about),
      assets,
      transfers,
    };
  }
  if (shown.kind === "payments") {
    return { kind: "payments", reference: shown.reference, assets, transfers, cut: shown.isCut };
  }
  const { name, coverage, about } = shown.account;
  const balances = shown.balances.map(({ asset: id, transfers: count, received, paid, opening, balance }) => ({
    asset: id,
    transfers: count,
    received: String(received),
    paid: String(paid),
    opening: text(opening),
    balance: text(balance),
  }));
  const { next } = shown;
  return { kind: "account", account: name, coverage, about: aboutJson(about), assets, balances, transfers, next };
}
