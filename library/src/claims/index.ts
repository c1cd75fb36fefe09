export { type CodePoints, codePoints } from "./code-points.ts";
export type { Bound, Figure, FigureKind, Scope } from "./figures/figure.ts";
export { findFigures } from "./figures/find-figures.ts";
export type { Span } from "./span.ts";
