import { z } from "zod";

/** What `spoor ingest bitcoin --json` prints. The counts are those of the whole ledger after the ingest. */
export const ingestSchema = z.strictObject({
  ledger: z.string(),
  network: z.string(),
  blocks: z.int(),
  transactions: z.int(),
  /** Inputs that spend a coin: coinbases have none. */
  inputs: z.int(),
  outputs: z.int(),
  tip: z.strictObject({ height: z.int().nullable(), hash: z.string() }).nullable(),
  partial: z.boolean(),
  skipped: z.array(z.strictObject({ file: z.string(), offset: z.int().nullable(), reason: z.string() })),
  elapsedMs: z.int(),
});
export type IngestJson = z.infer<typeof ingestSchema>;
