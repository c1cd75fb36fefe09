import { formatInstant, type Instant } from "spoor/money";
import type { Trail } from "spoor/trace";
import { z } from "zod";

/** A whole number of smallest units as decimal digits: JSON's numbers would round it. */
const amountText = z.string().regex(/^\d+$/u);
const ruleName = z.enum(["poison", "haircut", "fifo", "lifo", "dirty-first", "clean-first", "tiho"]);
const place = { coin: z.string().nullable(), account: z.string().nullable() };
const traced = z.array(z.strictObject({ rule: ruleName, label: z.string(), amount: amountText, stolen: amountText }));

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
    z.strictObject({ ledger: z.string(), ...place, asset: z.string(), amount: amountText, label: z.string() }),
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
  totals: z.array(
    z.strictObject({
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
    }),
  ),
  ends: z.array(
    z.strictObject({
      kind: z.enum(["unspent", "exit", "fee", "unknown", "notFollowed", "mined"]),
      ledger: z.string(),
      ...place,
      asset: z.string(),
      value: amountText.nullable(),
      why: z.string(),
      traced,
    }),
  ),
  movements: z.array(
    z.strictObject({
      ledger: z.string(),
      transaction: z.string(),
      height: z.int().nullable(),
      time: z.iso.datetime().nullable(),
      hops: z.int().positive(),
      from: z.array(z.strictObject(place)),
      to: z.array(z.strictObject({ ...place, asset: z.string(), value: amountText, traced })),
    }),
  ),
});
export type TrailJson = z.infer<typeof trailSchema>;

/** The trail as its JSON document: amounts become decimal strings, times ISO 8601. */
export function trailJson(trail: Trail): TrailJson {
  // One pass over plain data; a schema check of a hundred thousand movements would cost more than tracing them.
  return { spoor: "trail/1", ...(plain(trail) as Omit<TrailJson, "spoor">) };
}

function plain(value: unknown, key = ""): unknown {
  if (typeof value === "bigint") return value.toString();
  if (key === "time" && typeof value === "number") return formatInstant(value as Instant);
  if (Array.isArray(value)) return value.map((item) => plain(item));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, plain(item, name)]));
}
