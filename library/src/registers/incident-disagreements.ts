import { compareFigures, sayFigure } from "../claims/figures/compare-figures.ts";
import type { Figure } from "../claims/figures/figure.ts";
import type { IncidentDate, IncidentDisagreement } from "./incident.ts";
import { daysOfDate } from "./same-victim.ts";
import type { Stated } from "./stated.ts";

/** The pairs of stated values of an incident that cannot both hold. */
export function findIncidentDisagreements(
  dates: readonly Stated<IncidentDate>[],
  amounts: readonly Stated<Figure>[],
): IncidentDisagreement[] {
  const found: IncidentDisagreement[] = [];
  for (const [index, { value: a }] of dates.entries()) {
    for (const { value: b } of dates.slice(index + 1)) {
      const [one, two] = [daysOfDate(a), daysOfDate(b)];
      if (one === null || two === null || (one.first <= two.last && two.first <= one.last)) continue;
      const values = [sayDate(a), sayDate(b)] as const;
      found.push({ field: "date", values, why: `${values[0]} excludes ${values[1]}` });
    }
  }
  for (const [index, { value: a }] of amounts.entries()) {
    for (const { value: b } of amounts.slice(index + 1)) {
      const { verdict, why } = compareFigures(a, b);
      if (verdict === "contradictory") found.push({ field: "amount", values: [sayFigure(a), sayFigure(b)], why });
    }
  }
  return found;
}

/** A stated date for a person: "2016", "2018-05-16 to 2018-05-19". */
export const sayDate = ({ from, to }: IncidentDate): string => (to === null ? from : `${from} to ${to}`);
