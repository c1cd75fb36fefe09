import { z } from "zod";
import { claimSchema, documentSchema, judgementSchema, placeSchema, rejectedSchema } from "./claims-parts.ts";
import { incidentSchema } from "./incidents.ts";

export const lineageSchema = z.strictObject({
  /** A document's id, or a party's name. */
  from: z.string(),
  to: z.string(),
  basis: z.enum(["text", "attribution", "quotation", "figure"]),
  /** False where the two share something and nothing tells which way it went. */
  directed: z.boolean(),
  proof: z.array(placeSchema.omit({ text: true })),
  confidence: z.number(),
  because: z.string(),
});
export type LineageJson = z.infer<typeof lineageSchema>;

export const changeSchema = z.strictObject({
  kind: z.enum([
    "hedge lost",
    "hedge turned",
    "hedge added",
    "number altered",
    "name altered",
    "quotation cut",
    "quotation altered",
  ]),
  /** The words before and after; empty where they are missing. */
  from: z.string(),
  to: z.string(),
  /** Where they are after. */
  document: z.string(),
  start: z.int(),
  end: z.int(),
  /** Where they were before. */
  origin: placeSchema.omit({ text: true }),
});
export type ChangeJson = z.infer<typeof changeSchema>;

const axes = { asOf: z.string().nullable(), knownAt: z.iso.datetime().nullable() };

/** What `spoor claims report --json` prints. */
export const claimsReportSchema = z.strictObject({
  ...axes,
  claims: z.array(claimSchema),
  lineage: z.array(lineageSchema),
  changes: z.array(changeSchema),
  /** Of the documents and of the write-ups that were imported. */
  incidents: z.array(incidentSchema),
  /** Imported write-ups that are left out, and why. */
  skipped: z.array(z.strictObject({ source: z.string(), reason: z.string() })),
  documents: z.array(documentSchema),
  /** Left out, because it cannot be told whether they were published by the day asked for. */
  undated: z.array(documentSchema),
  /** Statements that a person took out. */
  rejected: z.array(rejectedSchema),
  /** Judgements of what is not found in these documents. */
  unapplied: z.array(judgementSchema),
});
export type ClaimsReportJson = z.infer<typeof claimsReportSchema>;

/** What `spoor claims list --json` prints. */
export const claimsListSchema = z.strictObject({
  ...axes,
  documents: z.array(documentSchema),
  undated: z.array(documentSchema),
  claims: z.array(
    claimSchema.pick({ id: true, about: true, judged: true }).extend({
      positions: z.array(
        claimSchema.shape.positions.element.pick({
          act: true,
          party: true,
          outlets: true,
          independentAccess: true,
          evidentialOrigins: true,
          originsUnknown: true,
          grade: true,
        }),
      ),
    }),
  ),
});
export type ClaimsListJson = z.infer<typeof claimsListSchema>;
