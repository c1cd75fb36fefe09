import { z } from "zod";

/** A whole number of smallest units as decimal digits: JSON's numbers would round it. */
const amountText = z.string().regex(/^\d+$/u);
const signedText = z.string().regex(/^-?\d+$/u);
const ruleName = z.enum(["poison", "haircut", "fifo", "lifo", "dirty-first", "clean-first", "tiho"]);
const place = { coin: z.string().nullable(), account: z.string().nullable() };
const traced = z.array(z.strictObject({ rule: ruleName, label: z.string(), amount: amountText, stolen: amountText }));

const total = z.strictObject({
  label: z.string(),
  asset: z.string(),
  rule: ruleName,
  seeded: amountText,
  unspent: amountText,
  exits: amountText,
  fees: amountText,
  unknown: amountText,
  notFollowed: amountText,
  mined: amountText,
});
const endKind = z.enum(["unspent", "exit", "fee", "unknown", "notFollowed", "mined"]);
const linkSide = z.strictObject({
  ledger: z.string(),
  transactions: z.array(z.string()),
  coins: z.array(z.string()),
  account: z.string().nullable(),
  asset: z.string(),
  amount: amountText,
});

/** What `spoor trace --json` prints. */
export const trailSchema = z.strictObject({
  spoor: z.literal("trail/1"),
  id: z.string().regex(/^[0-9a-f]{64}$/u),
  direction: z.enum(["forward", "backward"]),
  rules: z.array(ruleName),
  ledgers: z.array(
    z.strictObject({
      name: z.string(),
      kind: z.enum(["coin", "account"]),
      network: z.string(),
      snapshot: z.strictObject({ height: z.int().nullable(), hash: z.string() }),
      partial: z.boolean(),
    }),
  ),
  seeds: z.array(
    z.strictObject({
      ledger: z.string(),
      ...place,
      asset: z.string(),
      amount: amountText,
      label: z.string(),
      transfer: z.string().optional(),
    }),
  ),
  status: z.enum(["complete", "bounded"]),
  bounds: z.array(
    z.strictObject({
      reason: z.enum(["movements", "hops", "min"]),
      label: z.string(),
      rule: ruleName,
      amount: amountText,
      next: z.string(),
    }),
  ),
  totals: z.array(total),
  ends: z.array(
    z.strictObject({
      kind: endKind,
      ledger: z.string(),
      ...place,
      asset: z.string(),
      /** What stands there in all: below zero for an account in debt. */
      value: signedText.nullable(),
      why: z.string(),
      traced,
    }),
  ),
  movements: z.array(
    z.strictObject({
      ledger: z.string(),
      transaction: z.string(),
      height: z.int().nullable(),
      /** A day alone where no hour is known. */
      time: z.union([z.iso.datetime(), z.iso.date()]).nullable(),
      hops: z.int().positive(),
      from: z.array(z.strictObject({ ...place, ledger: z.string().optional(), asset: z.string().optional() })),
      to: z.array(z.strictObject({ ...place, asset: z.string(), value: amountText, traced })),
    }),
  ),
  links: z.array(
    z.strictObject({
      id: z.string(),
      kind: z.enum(["swap", "wrap", "bridge", "fx", "cash", "otc"]),
      basis: z.enum(["same-transaction", "event", "memo", "declared", "amount-and-time"]),
      confidence: z.number().min(0).max(1),
      source: z.string(),
      from: linkSide,
      to: linkSide,
      followed: z.boolean(),
      why: z.string().nullable(),
      traced,
    }),
  ),
  alternatives: z.array(
    z.strictObject({
      assumption: z.enum(["openings-unlimited", "credits-first", "debits-first", "as-listed", "other-report"]),
      what: z.string(),
      totals: z.array(total),
      differences: z.array(
        z.strictObject({
          kind: endKind,
          ledger: z.string(),
          ...place,
          asset: z.string(),
          rule: ruleName,
          label: z.string(),
          stolen: amountText,
          otherwise: amountText,
        }),
      ),
    }),
  ),
});

export type TrailJson = z.infer<typeof trailSchema>;
