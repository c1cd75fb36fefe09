import { compareFigures, sayFigure } from "../claims/figures/compare-figures.ts";
import type { Figure } from "../claims/figures/figure.ts";
import type { IncidentDate, IncidentDisagreement } from "./incident.ts";
import { daysOfDate } from "./same-victim.ts";
import type { Stated } from "./stated.ts";

/** With more values than this each is compared with the most stated one alone: all pairs would fill pages. */
const differentValuesMax = 50;

/** The pairs of stated values of an incident that cannot both hold. */
export function findIncidentDisagreements(
  dates: readonly Stated<IncidentDate>[],
  amounts: readonly Stated<Figure>[],
): IncidentDisagreement[] {
  const found: IncidentDisagreement[] = [];
  for (const [index, { value: a }] of dates.entries()) {
    for (const { value: b } of others(dates, index)) {
      const [one, two] = [daysOfDate(a), daysOfDate(b)];
      if (one === null || two === null || (one.first <= two.last && two.first <= one.last)) continue;
      const values = [sayDate(a), sayDate(b)] as const;
      found.push({ field: "date", values, why: `${values[0]} excludes ${values[1]}` });
    }
  }
  for (const [index, { value: a }] of amounts.entries()) {
    for (const { value: b } of others(amounts, index)) {
      const { verdict, why } = compareFigures(a, b);
      if (verdict === "contradictory") found.push({ field: "amount", values: [sayFigure(a), sayFigure(b)], why });
    }
  }
  return found;
}

const others = <T>(all: readonly T[], index: number): readonly T[] =>
  all.length <= differentValuesMax || index === 0 ? all.slice(index + 1) : [];

/** A stated date for a person: "2016", "2018-05-16 to 2018-05-19". */
export const sayDate = ({ from, to }: IncidentDate): string => (to === null ? from : `${from} to ${to}`);
