export { type CodePoints, codePoints } from "./code-points.ts";
export { type LineageText, type SharedPassages, sharedPassages } from "./lineage/shared-passages.ts";
export type { Span } from "./span.ts";
