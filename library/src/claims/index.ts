export { type CodePoints, codePoints } from "./code-points.ts";
export type { Span } from "./span.ts";
