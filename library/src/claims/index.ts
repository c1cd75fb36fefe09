export { type CodePoints, codePoints } from "./code-points.ts";
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
export { captureLimits, documentLimits } from "./documents/limits.ts";
export { normaliseBlock } from "./documents/normalise-block.ts";
export { type DocumentOrigin, readDocument } from "./documents/read-document.ts";
export type { Span } from "./span.ts";
