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
export type { Span } from "./span.ts";
