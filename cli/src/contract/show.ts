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
