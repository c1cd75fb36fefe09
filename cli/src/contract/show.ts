import type { Shown, ShownCoin } from "spoor/cases";
import { formatInstant } from "spoor/money";
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
]);
export type ShownJson = z.infer<typeof shownSchema>;

const coinJson = ({ value, coin: name, account, state, spentBy }: ShownCoin) => ({
  coin: name,
  account,
  value: value === null ? null : String(value),
  state,
  spentBy,
});

export function shownJson(shown: Shown): ShownJson {
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
