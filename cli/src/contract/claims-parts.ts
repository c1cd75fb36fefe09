import { z } from "zod";
import { acts } from "./acts.ts";

/** ISO 8601 with its precision: a year, a month, a day, or a time with or without its zone. */
const statedTime = z
  .string()
  .regex(/^\d{4}(?:-\d{2}(?:-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})?)?)?)?$/u);
const offset = z.int().nonnegative();
export const actSchema = z.enum(acts);

export const documentSchema = z.strictObject({
  id: z.string(),
  sha256: z.string(),
  title: z.string().nullable(),
  /** The outlet's name. */
  outlet: z.string().nullable(),
  published: statedTime.nullable(),
  language: z.string(),
  words: z.int(),
  analysed: z.boolean(),
  source: z.string(),
  author: z.string().nullable(),
  /** The agency whose text the outlet says it runs. */
  credit: z.string().nullable(),
});
export type DocumentJson = z.infer<typeof documentSchema>;

export const placeSchema = z.strictObject({ document: z.string(), start: offset, end: offset, text: z.string() });
export type PlaceJson = z.infer<typeof placeSchema>;

export const figureSchema = z.strictObject({
  kind: z.enum(["money", "count", "date", "duration", "percentage"]),
  /** A plain decimal number, or for dates ISO 8601; for a range its lower end; null for a date that cannot be told. */
  value: z.string().nullable(),
  /** The upper end of a range. */
  to: z.string().nullable(),
  unit: z.string().nullable(),
  bound: z.enum(["exact", "at most", "at least", "about", "range"]),
  /** The bound itself is excluded: "more than". */
  strict: z.boolean(),
  /** The likely one of several was taken: USD for a bare "$". */
  assumed: z.boolean(),
  /** The words that say what it covers. */
  scope: z.string().nullable(),
  ...placeSchema.shape,
});
export type FigureJson = z.infer<typeof figureSchema>;

export const statementSchema = z.strictObject({
  id: z.string(),
  ...placeSchema.shape,
  act: actSchema,
  /** Whom that document puts it down to, in its words. */
  source: z.string().nullable(),
  via: z.array(z.strictObject({ party: z.string(), how: z.string() })),
  content: z.array(placeSchema),
  because: z.string(),
  confidence: z.number(),
});
export type StatementJson = z.infer<typeof statementSchema>;

export const gradeSchema = z.strictObject({
  reliability: z.string().regex(/^[A-F]$/u),
  credibility: z.int().min(1).max(6),
  reasons: z.array(z.string()),
  wouldChange: z.array(z.string()),
});

export const positionSchema = z.strictObject({
  act: actSchema,
  party: z.string().nullable(),
  outlets: z.int(),
  independentAccess: z.int(),
  evidentialOrigins: z.int(),
  originsUnknown: z.int(),
  origins: z.array(
    z.strictObject({
      party: z.string(),
      /** Only the outlet knows who it is; it confirms nobody. */
      isUnnamed: z.boolean(),
      document: z.string().nullable(),
      via: z.string(),
      namings: z.array(z.strictObject({ ...placeSchema.shape, because: z.string() })),
    }),
  ),
  /** The names behind the first three counts, and the documents behind the fourth. */
  outletNames: z.array(z.string()),
  accessNames: z.array(z.string()),
  unknownIn: z.array(z.string()),
  statements: z.array(statementSchema),
  grade: gradeSchema,
});
export type PositionJson = z.infer<typeof positionSchema>;

export const judgementSchema = z.strictObject({
  kind: z.enum(["confirm", "reject", "merge", "part", "grade"]),
  /** The claim or statement; of a merge the claim that became a part of `into`, and is parted `from` it again. */
  of: z.string(),
  into: z.string().optional(),
  from: z.string().optional(),
  act: actSchema.optional(),
  reliability: z.string().optional(),
  credibility: z.int().optional(),
  by: z.string(),
  at: z.iso.datetime(),
  reason: z.string(),
});
export type JudgementJson = z.infer<typeof judgementSchema>;

/** A statement that a person took out; no claim has it any more. */
export const rejectedSchema = z.strictObject({
  ...statementSchema.pick({ id: true, document: true, start: true, end: true, text: true, act: true }).shape,
  by: z.string(),
  at: z.iso.datetime(),
  reason: z.string(),
});
export type RejectedJson = z.infer<typeof rejectedSchema>;

export const claimSchema = z.strictObject({
  id: z.string(),
  about: z.string(),
  positions: z.array(positionSchema),
  figures: z.array(figureSchema),
  contradictions: z.array(z.strictObject({ figures: z.array(figureSchema), why: z.string() })),
  /** What a person decided about it, last; null: nobody did, and it is a proposal. */
  judged: z
    .strictObject({
      verdict: z.enum(["confirmed", "rejected"]),
      by: z.string(),
      at: z.iso.datetime(),
      reason: z.string(),
    })
    .nullable(),
  /** Of the claim, and of its statements. */
  judgements: z.array(judgementSchema),
});
export type ClaimJson = z.infer<typeof claimSchema>;
