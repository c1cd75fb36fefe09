import { z } from "zod";

const amountText = z.string().regex(/^\d+$/u);
const signedText = z.string().regex(/^-?\d+$/u);
const source = z.strictObject({ file: z.string(), sha256: z.string(), message: z.int() });

/** What `spoor ingest ethereum|bank --json` print. The counts are those of the whole ledger after the ingest. */
export const accountIngestSchema = z.strictObject({
  ledger: z.string(),
  network: z.string(),
  blocks: z.int(),
  transactions: z.int(),
  transfers: z.int(),
  accounts: z.int(),
  assets: z.int(),
  tip: z.strictObject({ height: z.int().nullable(), hash: z.string() }).nullable(),
  partial: z.boolean(),
  /** What the ledger does not hold, such as internal transfers. */
  missing: z.array(z.string()),
  /** What was read this time, by kind: logs, token transfers, messages of each type. */
  read: z.record(z.string(), z.int()),
  skipped: z.array(z.strictObject({ file: z.string(), offset: z.int().nullable(), reason: z.string() })),
  elapsedMs: z.int(),
  /** Of banks only. */
  bank: z
    .strictObject({
      statements: z.array(
        z.strictObject({
          account: z.string(),
          statement: z.string(),
          currency: z.string(),
          from: z.string().nullable(),
          to: z.string().nullable(),
          opening: signedText.nullable(),
          entries: signedText,
          closing: signedText.nullable(),
          /** closing - opening - entries: "0" where the statement adds up. */
          difference: signedText.nullable(),
          source,
          /** Where the same statement stands again. */
          also: z.array(source),
        }),
      ),
      unsettled: z.array(
        z.strictObject({
          key: z.string(),
          fate: z.enum(["instructed", "rejected", "held", "pending", "cover-only"]),
          currency: z.string(),
          amount: amountText,
          from: z.string().nullable(),
          to: z.string().nullable(),
          date: z.string().nullable(),
          why: z.string(),
          sources: z.array(source),
        }),
      ),
      recalls: z.array(
        z.strictObject({
          payment: z.string().nullable(),
          state: z.enum(["asked", "accepted", "rejected", "returned"]),
          reason: z.string().nullable(),
          sources: z.array(source),
        }),
      ),
      problems: z.array(z.strictObject({ what: z.string(), sources: z.array(source) })),
    })
    .optional(),
});
export type AccountIngestJson = z.infer<typeof accountIngestSchema>;
