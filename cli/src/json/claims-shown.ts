import type { AddDocumentsResult, ShownClaim, ShownDocument } from "spoor/cases";
import type { Judgement, Span, Statement } from "spoor/claims";
import { codePoints } from "spoor/claims/code-points";
import type { ClaimsAddJson, ClaimsShownJson, JudgedJson, OwnStatementJson } from "../contract/claims-shown.ts";
import { changeJson, lineageJson } from "./claims.ts";
import { claimJson, documentJson, judgementJson, ownFigureJson } from "./claims-parts.ts";

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

export const judgedJson = (judgement: Judgement): JudgedJson => ({
  judgement: judgementJson(judgement),
});
