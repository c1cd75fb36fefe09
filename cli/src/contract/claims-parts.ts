import type {
  Claim,
  Document,
  Figure,
  FigureInClaim,
  Judgement,
  Place,
  Position,
  RejectedStatement,
  StatementInClaim,
} from "spoor/claims";
import { z } from "zod";

/** ISO 8601 with its precision: a year, a month, a day, or a time with or without its zone. */
const statedTime = z
  .string()
  .regex(/^\d{4}(?:-\d{2}(?:-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})?)?)?)?$/u);
const offset = z.int().nonnegative();
export const acts = z.enum([
  "alleges",
  "states",
  "denies",
  "repeats",
  "corrects",
  "retracts",
  "declines to comment",
  "calls on",
]);

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
  act: acts,
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
  act: acts,
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
  act: acts.optional(),
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

export const documentJson = (document: Document): DocumentJson => ({
  id: document.id,
  sha256: document.sha256,
  title: document.title,
  outlet: document.outlet?.name ?? null,
  published: document.published?.value ?? null,
  language: document.language,
  words: document.words,
  analysed: document.analysed,
  source: document.source,
  author: document.author,
  credit: document.credit,
});

export const placeJson = ({ document, start, end, text }: Place): PlaceJson => ({ document, start, end, text });

export function figureJson({ figure, place }: FigureInClaim): FigureJson {
  const { kind, value, to, unit, bound, strict, assumed, scope } = figure;
  const words = scope.map(({ text }) => text).join(", ");
  return { kind, value, to, unit, bound, strict, assumed, scope: words === "" ? null : words, ...placeJson(place) };
}

/** A figure as it stands in its document. */
export function ownFigureJson(figure: Figure, document: string): FigureJson {
  return figureJson({ figure, place: { document, ...figure.span, text: figure.text } });
}

const statementJson = (statement: StatementInClaim): StatementJson => ({
  id: statement.id,
  ...placeJson(statement),
  act: statement.act,
  source: statement.source?.text ?? null,
  via: statement.carriers.map(({ party, how }) => ({ party, how })),
  content: statement.content.map(placeJson),
  because: statement.because,
  confidence: statement.confidence,
});

export function positionJson(position: Position): PositionJson {
  const { act, party, outlets, independentAccess, origins, unknownOrigins, statements, grade } = position;
  return {
    act,
    party,
    outlets: outlets.length,
    independentAccess: independentAccess.length,
    evidentialOrigins: origins.length,
    originsUnknown: unknownOrigins.length,
    origins: origins.map(({ namings, ...origin }) => ({
      ...origin,
      namings: namings.map((naming) => ({ ...placeJson(naming), because: naming.because })),
    })),
    outletNames: [...outlets],
    accessNames: [...independentAccess],
    unknownIn: [...unknownOrigins],
    statements: statements.map(statementJson),
    grade: { ...grade, reasons: [...grade.reasons], wouldChange: [...grade.wouldChange] },
  };
}

export function judgementJson(judgement: Judgement): JudgementJson {
  const { by, at, reason } = judgement;
  switch (judgement.kind) {
    case "confirm":
    case "reject":
      return { kind: judgement.kind, of: judgement.of, by, at, reason };
    case "merge":
      return { kind: "merge", of: judgement.claim, into: judgement.into, by, at, reason };
    case "part":
      return { kind: "part", of: judgement.claim, from: judgement.from, by, at, reason };
    case "grade": {
      const { kind, claim, act, reliability, credibility } = judgement;
      return { kind, of: claim, act, reliability, credibility, by, at, reason };
    }
  }
}

export const rejectedJson = ({ statement, by, at, reason }: RejectedStatement): RejectedJson => ({
  id: statement.id,
  ...placeJson(statement),
  act: statement.act,
  by,
  at,
  reason,
});

export const claimJson = (claim: Claim, judgements: readonly Judgement[]): ClaimJson => ({
  id: claim.id,
  about: claim.about,
  positions: claim.positions.map(positionJson),
  figures: claim.figures.map(figureJson),
  contradictions: claim.contradictions.map(({ figures, why }) => ({ figures: figures.map(figureJson), why })),
  judged: claim.judged,
  judgements: judgements.map(judgementJson),
});
