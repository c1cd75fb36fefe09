export { type CodePoints, codePoints } from "./code-points.ts";
export { compareFigures, type FigureComparison, sayFigure } from "./figures/compare-figures.ts";
export type { Bound, Figure, FigureKind, Scope } from "./figures/figure.ts";
export { type Breakdown, type BreakdownPart, findBreakdowns } from "./figures/find-breakdowns.ts";
export { type Disagreement, differentValuesMax, findDisagreements } from "./figures/find-disagreements.ts";
export { type FigureEvent, type FigureOfEvent, findFigureEvents } from "./figures/find-events.ts";
export { findFigures } from "./figures/find-figures.ts";
export type { Span } from "./span.ts";
