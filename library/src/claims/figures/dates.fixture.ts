import { findFigures } from "./find-figures.ts";

/** The dates of a text as "bound from..to unit"; published on Wednesday, 4 September 2019. */
export const datesIn = (text: string, published: string | null = "2019-09-04"): string[] =>
  findFigures(text, published)
    .filter(({ kind }) => kind === "date")
    .map(({ value, to, unit, bound, strict }) => {
      const limit = bound === "exact" || bound === "range" ? "" : `${strict ? "strictly " : ""}${bound} `;
      return `${limit}${value}${to === null ? "" : `..${to}`} ${unit}`;
    });
