import { z } from "zod";
import { changeSchema, lineageSchema } from "./claims.ts";
import { actSchema, claimSchema, documentSchema, figureSchema, judgementSchema, placeSchema } from "./claims-parts.ts";

/** What `spoor claims add --json` prints. */
export const claimsAddSchema = z.strictObject({
  documents: z.array(
    documentSchema.extend({
      /** False where the same bytes were there already: they are one more capture. */
      isNew: z.boolean(),
    }),
  ),
  skipped: z.array(z.strictObject({ source: z.string(), reason: z.string() })),
});
export type ClaimsAddJson = z.infer<typeof claimsAddSchema>;

/** A statement as its document alone has it. */
const ownStatement = z.strictObject({
  id: z.string(),
  ...placeSchema.shape,
  act: actSchema,
  form: z.enum(["direct", "indirect"]),
  source: z.string().nullable(),
  /** The fuller naming of the same party earlier in the document. */
  sourceMeans: z.string().nullable(),
  cue: z.string(),
  content: z.array(z.string()),
  denied: z.array(z.string()),
  qualifiers: z.array(z.strictObject({ kind: z.enum(["negation", "hedge"]), text: z.string() })),
  via: z.array(z.strictObject({ party: z.string(), how: z.string() })),
});
export type OwnStatementJson = z.infer<typeof ownStatement>;

/** What `spoor claims show --json` prints. */
export const claimsShownSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("document"),
    document: documentSchema.extend({
      format: z.string(),
      addedAt: z.iso.datetime(),
      captures: z.array(
        z.strictObject({
          source: z.string(),
          requested: z.string().nullable(),
          capturedAt: z.iso.datetime(),
          addedAt: z.iso.datetime(),
          warc: z.string().nullable(),
        }),
      ),
      text: z.string(),
      blocks: z.array(z.strictObject({ kind: z.string(), start: z.int(), end: z.int() })),
    }),
    statements: z.array(ownStatement),
    figures: z.array(figureSchema),
    /** The claims that it stands behind. */
    claims: z.array(z.strictObject({ id: z.string(), about: z.string() })),
    lineage: z.array(lineageSchema),
    changes: z.array(changeSchema),
  }),
  z.strictObject({
    kind: z.literal("claim"),
    claim: claimSchema,
    /** The statement that was asked for. */
    statement: z.string().nullable(),
    documents: z.array(documentSchema),
  }),
]);
export type ClaimsShownJson = z.infer<typeof claimsShownSchema>;

/** What `spoor claims confirm|reject|merge|part|grade --json` print. */
export const judgedSchema = z.strictObject({ judgement: judgementSchema });
export type JudgedJson = z.infer<typeof judgedSchema>;
