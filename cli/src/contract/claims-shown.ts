import type { AddDocumentsResult, ShownClaim, ShownDocument } from "spoor/cases";
import { codePoints, type Judgement, type Span, type Statement } from "spoor/claims";
import { z } from "zod";
import { changeJson, changeSchema, lineageJson, lineageSchema } from "./claims.ts";
import {
  acts,
  claimJson,
  claimSchema,
  documentJson,
  documentSchema,
  figureSchema,
  judgementJson,
  judgementSchema,
  ownFigureJson,
  placeSchema,
} from "./claims-parts.ts";

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
  act: acts,
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

export const claimsAddJson = ({ documents, skipped }: AddDocumentsResult): ClaimsAddJson => ({
  documents: documents.map(({ document, isNew }) => ({ ...documentJson(document), isNew })),
  skipped: skipped.map(({ source, reason }) => ({ source, reason })),
});

export function claimsShownJson(shown: ShownDocument | ShownClaim): ClaimsShownJson {
  if (shown.kind === "document") return shownDocumentJson(shown);
  return {
    kind: "claim",
    claim: claimJson(shown.claim, shown.judgements),
    statement: shown.statement?.id ?? null,
    documents: shown.documents.map(({ document }) => documentJson(document)),
  };
}

function shownDocumentJson({ stored, analysis, claims, lineage, changes }: ShownDocument): ClaimsShownJson {
  const { document, addedAt, captures } = stored;
  const { slice } = codePoints(document.text);
  return {
    kind: "document",
    document: {
      ...documentJson(document),
      format: document.format,
      addedAt,
      captures: captures.map(({ mediaType: _, ...capture }) => capture),
      text: document.text,
      blocks: document.blocks.map(({ kind, start, end }) => ({ kind, start, end })),
    },
    statements: analysis.said.statements.map((one) => ownStatementJson(one, document.id, slice)),
    figures: analysis.figures.map((figure) => ownFigureJson(figure, document.id)),
    claims: claims.map(({ id, about }) => ({ id, about })),
    lineage: lineage.map(lineageJson),
    changes: changes.map(changeJson),
  };
}

function ownStatementJson(statement: Statement, document: string, slice: (span: Span) => string): OwnStatementJson {
  const { span, act, form, source, cue, content, denied, qualifiers, passages } = statement;
  return {
    id: `${document}:${span.start}-${span.end}:${act}`,
    document,
    start: span.start,
    end: span.end,
    text: slice(span),
    act,
    form,
    source: source === null ? null : slice(source.span),
    sourceMeans: source?.refersTo == null ? null : slice(source.refersTo),
    cue: slice(cue),
    content: content.map(slice),
    denied: denied.map(slice),
    qualifiers: qualifiers.map((one) => ({ kind: one.kind, text: slice(one.span) })),
    via: passages.map(({ kind, party }) => ({ party: slice(party), how: kind })),
  };
}

export const judgedJson = (judgement: Judgement): z.infer<typeof judgedSchema> => ({
  judgement: judgementJson(judgement),
});
