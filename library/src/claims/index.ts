export { analyseDocument, type DocumentAnalysis } from "./analyse-document.ts";
export type {
  Carrier,
  Change,
  ChangeKind,
  Claim,
  Contradiction,
  EvidentialOrigin,
  FigureInClaim,
  LineageBasis,
  LineageEdge,
  Place,
  Position,
  StatementInClaim,
} from "./claim.ts";
export { type CodePoints, codePoints } from "./code-points.ts";
export { type Capture, type CaptureOptions, captureUrl } from "./documents/capture-url.ts";
export type {
  Block,
  BlockKind,
  Document,
  DocumentFormat,
  KeptEncoding,
  Outlet,
  Precision,
  Publication,
  StatedTime,
} from "./documents/document.ts";
export type { CaptureLimits } from "./documents/fetch-once.ts";
export { keepBytes, keptBytes } from "./documents/keep-bytes.ts";
export { captureLimits, documentLimits } from "./documents/limits.ts";
export { normaliseBlock } from "./documents/normalise-block.ts";
export { type DocumentOrigin, readDocument } from "./documents/read-document.ts";
export { type ReadFile, readDocumentFiles } from "./documents/read-document-files.ts";
export { type Exchange, writeWarc } from "./documents/warc.ts";
export { compareFigures, type FigureComparison, sayFigure } from "./figures/compare-figures.ts";
export type { Bound, Figure, FigureKind, Scope } from "./figures/figure.ts";
export { type Breakdown, type BreakdownPart, findBreakdowns } from "./figures/find-breakdowns.ts";
export { type Disagreement, differentValuesMax, findDisagreements } from "./figures/find-disagreements.ts";
export { type FigureEvent, type FigureOfEvent, findFigureEvents } from "./figures/find-events.ts";
export { findFigures } from "./figures/find-figures.ts";
export { type Credibility, credibilities, type Reliability, reliabilities } from "./grades/admiralty.ts";
export { type Confidence, confidences, type Likelihood, likelihoods, likelihoodsIn } from "./grades/likelihood.ts";
export {
  type OriginEvidence,
  type PositionEvidence,
  type ProposedGrade,
  proposeGrade,
} from "./grades/propose-grade.ts";
export type { ClaimOrStatement, Judgement } from "./judgement.ts";
export { compareFigureHedges } from "./lineage/compare-figure-hedges.ts";
export { findChanges } from "./lineage/find-changes.ts";
export { type LineageText, type SharedPassages, sharedPassages } from "./lineage/shared-passages.ts";
export { traceWording, wordingConfidence } from "./lineage/trace-wording.ts";
export type { Span } from "./span.ts";
export { readStatements } from "./statements/read-statements.ts";
export type {
  Passage,
  Qualifier,
  Quotation,
  Source,
  SpeechAct,
  Statement,
  StatementsOfText,
} from "./statements/statement.ts";
export { type AddedDocument, ClaimsStore, claimsFileName, type DocumentsThen } from "./store/claims-store.ts";
export type { RegisterImport } from "./store/register-imports.ts";
export type { StoreFileOptions } from "./store/store-file.ts";
export type { StoredCapture, StoredDocument } from "./store/stored-documents.ts";
export { parseAsOf, parseKnownAt, type TimeAxes, wasPublishedBy } from "./store/time-axes.ts";
export { type WeighedClaims, weighClaims } from "./weigh-claims.ts";
export { type JudgedClaims, type RejectedStatement, weighJudged } from "./weigh-judged.ts";
