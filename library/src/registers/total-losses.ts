import type { Figure } from "../claims/figures/figure.ts";
import { compareRatios, decimalOf, plus, type Ratio, ratio, ratioOf, times } from "../claims/figures/ratio.ts";
import type { Incident } from "./incident.ts";

/** Bounds of an amount as plain decimal strings; `upper` is null where nothing bounds it from above. */
export interface LossBounds {
  readonly lower: string;
  readonly upper: string | null;
}

export interface IncidentLoss extends LossBounds {
  readonly incident: string;
  /** True where no value fits all that is stated: the bounds then run from the least to the most of it. */
  readonly contradictory: boolean;
}

export interface TotalLosses extends LossBounds {
  readonly unit: string;
  /** Every incident with an amount in the unit, once. */
  readonly incidents: readonly IncidentLoss[];
  /** Ids of those whose amount nothing bounds from above: "more than". */
  readonly open: readonly string[];
  /** Ids of incidents that may be one, in groups; the lower bound counts each group once, the upper all of them. */
  readonly maybeSame: readonly (readonly string[])[];
  /** Ids of incidents without any amount. */
  readonly unknown: readonly string[];
  /** Incidents without an amount in the unit, by the unit they have; nothing is converted. */
  readonly apart: readonly (LossBounds & { readonly unit: string; readonly incidents: readonly string[] })[];
}

interface Bounds {
  readonly low: Ratio;
  readonly high: Ratio | null;
  readonly contradictory: boolean;
}

const zero = ratio(0n);
/** "About" is read as within a tenth, as where figures are compared. */
const aboutTolerance = ratio(1n, 10n);

/**
 * What incidents come to, with bounds, in exact decimals. An exact amount counts as it is stated; "about" as a tenth
 * less to a tenth more; "up to" from nothing; "at least" without an upper bound. Where several are stated for one
 * incident and some value fits all, the bounds are what fits all; where none does they run from the least to the
 * most. An incident counts once, and what may be one incident once in the lower bound.
 *
 * @param options.unit ISO 4217 code or ticker, as figures have it
 */
export function totalLosses(incidents: readonly Incident[], options: { readonly unit: string }): TotalLosses {
  const once = [...new Map(incidents.map((incident) => [incident.id, incident])).values()];
  const { unit } = options;
  const counted = once.filter((incident) => amountsIn(incident, unit).length > 0);
  const groups = groupsOf(counted);
  const { low, high } = sumOf(groups, unit);
  const losses = counted.map((incident) => ({
    incident: incident.id,
    ...printed(boundsOf(amountsIn(incident, unit))),
  }));
  const rest = once.filter((incident) => !counted.includes(incident));
  return {
    unit,
    lower: decimalOf(low),
    upper: high === null ? null : decimalOf(high),
    incidents: losses,
    open: losses.filter(({ upper }) => upper === null).map(({ incident }) => incident),
    maybeSame: groups.filter(({ length }) => length > 1).map((group) => group.map(({ id }) => id)),
    unknown: rest.filter((incident) => unitsOf(incident).length === 0).map(({ id }) => id),
    apart: apartFrom(rest),
  };
}

/** The bounds of what one incident states in a unit; null where it states nothing. */
export function lossBounds(incident: Incident, unit: string): IncidentLoss | null {
  const amounts = amountsIn(incident, unit);
  return amounts.length === 0 ? null : { incident: incident.id, ...printed(boundsOf(amounts)) };
}

function apartFrom(incidents: readonly Incident[]): TotalLosses["apart"] {
  const units = [...new Set(incidents.flatMap(unitsOf))].sort();
  return units.map((unit) => {
    const having = incidents.filter((incident) => amountsIn(incident, unit).length > 0);
    const { low, high } = sumOf(groupsOf(having), unit);
    const ids = having.map(({ id }) => id);
    return { unit, lower: decimalOf(low), upper: high === null ? null : decimalOf(high), incidents: ids };
  });
}

const amountsIn = (incident: Incident, unit: string): Figure[] =>
  incident.amounts
    .map(({ value }) => value)
    .filter((one) => one.unit === unit && one.value !== null && one.kind === "money");

const unitsOf = (incident: Incident): string[] =>
  incident.amounts.flatMap(({ value }) =>
    value.kind === "money" && value.value !== null && value.unit !== null ? [value.unit] : [],
  );

/** The incidents in groups that may each be one, directly or through others; most are alone. */
function groupsOf(incidents: readonly Incident[]): Incident[][] {
  const byId = new Map(incidents.map((incident) => [incident.id, incident]));
  const done = new Set<string>();
  const groups: Incident[][] = [];
  for (const incident of incidents) {
    if (done.has(incident.id)) continue;
    const group: Incident[] = [];
    const open = [incident];
    done.add(incident.id);
    for (let one = open.pop(); one !== undefined; one = open.pop()) {
      group.push(one);
      for (const { incident: id } of one.maybeSame) {
        const other = byId.get(id);
        if (other === undefined || done.has(id)) continue;
        done.add(id);
        open.push(other);
      }
    }
    groups.push(group);
  }
  return groups;
}

/** From below each group is one incident, of which all its amounts are stated; from above each incident is its own. */
function sumOf(groups: readonly (readonly Incident[])[], unit: string): { low: Ratio; high: Ratio | null } {
  let low = zero;
  let high: Ratio | null = zero;
  for (const group of groups) {
    low = plus(low, boundsOf(group.flatMap((incident) => amountsIn(incident, unit))).low);
    for (const incident of group) {
      const own = boundsOf(amountsIn(incident, unit)).high;
      high = high === null || own === null ? null : plus(high, own);
    }
  }
  return { low, high };
}

/** What fits all amounts, or, where nothing does, from the least to the most of them. */
function boundsOf(amounts: readonly Figure[]): Bounds {
  const all = amounts.map(intervalOf);
  const lows = all.map(({ low }) => low);
  const highs = all.map(({ high }) => high);
  const greatestLow = lows.reduce(greater);
  const leastHigh = highs.reduce((a, b) => (a === null ? b : b === null ? a : lesser(a, b)));
  if (leastHigh === null || compareRatios(greatestLow, leastHigh) <= 0)
    return { low: greatestLow, high: leastHigh, contradictory: false };
  const high = highs.reduce((a, b) => (a === null || b === null ? null : greater(a, b)));
  return { low: lows.reduce(lesser), high, contradictory: true };
}

const greater = (a: Ratio, b: Ratio): Ratio => (compareRatios(a, b) >= 0 ? a : b);
const lesser = (a: Ratio, b: Ratio): Ratio => (compareRatios(a, b) <= 0 ? a : b);

function intervalOf({ value, to, bound }: Figure): { low: Ratio; high: Ratio | null } {
  const stated = ratioOf(value ?? "0");
  if (bound === "at most") return { low: zero, high: stated };
  if (bound === "at least") return { low: stated, high: null };
  if (bound === "range") return { low: stated, high: ratioOf(to ?? value ?? "0") };
  if (bound === "exact") return { low: stated, high: stated };
  const tenth = times(stated, aboutTolerance);
  return { low: plus(stated, times(tenth, ratio(-1n))), high: plus(stated, tenth) };
}

const printed = ({ low, high, contradictory }: Bounds) => ({
  lower: decimalOf(low),
  upper: high === null ? null : decimalOf(high),
  contradictory,
});
