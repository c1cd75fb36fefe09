import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Figure as Measure, skippedFigure } from "../bench/figure.ts";
import { daysOf } from "../library/src/claims/figures/calendar.ts";
import { findIncidents, type Incident, type WriteUp } from "../library/src/registers/index.ts";
import { compareVictims } from "../library/src/registers/same-victim.ts";
import { tellingWords } from "../library/src/registers/victim-words.ts";
import { readWriteUps } from "./write-ups.ts";

const fields = ["target", "date", "loss"] as const;
type Field = (typeof fields)[number];
const outcomes = ["right", "wrong", "abstained"] as const;
type Outcome = (typeof outcomes)[number];

export const names = [
  ...fields.flatMap((field) => outcomes.map((outcome) => `incidents.${field}.${outcome}`)),
  "incidents.second-amount.shown",
  "incidents.in-passing",
];

const folder = join(import.meta.dirname, "../../shared/data/claims-incidents");
/** Days between the recorded day and one that is stated: the deed, its discovery, the zone of the clock. */
const daysApartMax = 3;

/**
 * Incidents from title and prose alone, against the fields that a register records of each: the target by its telling
 * words, the date to three days (or the month or year that is stated holds it), the loss in dollars to half a percent.
 * Of each document the incident that is told in most sentences is judged. *Abstained*: nothing is stated there.
 */
export async function figures(): Promise<Measure[]> {
  const about = names.map((name) => aboutOf(name, "write-ups of thefts, without their fields"));
  if (!existsSync(folder)) return about.map((one) => skippedFigure(one, "../shared/data is absent"));
  const known = await readWriteUps(folder);
  const counts = new Map<string, number>(names.map((name) => [name, 0]));
  const sizes = { target: 0, date: 0, loss: 0, second: 0 };
  const add = (name: string) => counts.set(name, (counts.get(name) ?? 0) + 1);
  for (const { fields: recorded, told } of known) {
    const incidents = findIncidents([told]);
    const main = mostTold(incidents);
    const judged = judge(recorded, main);
    for (const field of fields) {
      const outcome = judged[field];
      if (outcome === null) continue;
      sizes[field]++;
      add(`incidents.${field}.${outcome}`);
    }
    if (incidents.length > 1) add("incidents.in-passing");
    if (secondAmounts(recorded, told).length === 0) continue;
    sizes.second++;
    const shown = findIncidents([told], [recorded]).some(
      ({ amounts }) => amounts.some(({ entries }) => entries.length > 0) && amounts.length > 1,
    );
    if (shown) add("incidents.second-amount.shown");
  }
  return names.map((name) => {
    const [, kind = ""] = name.split(".");
    const of = kind === "second-amount" ? sizes.second : kind === "in-passing" ? known.length : sizes[kind as Field];
    return {
      ...aboutOf(name, `${of} write-ups of thefts, without their fields`),
      value: (counts.get(name) ?? 0) / of,
      skipped: null,
    };
  });
}

const floors: Readonly<Record<string, number>> = {
  "incidents.target.right": 0.8,
  "incidents.date.right": 0.6,
  "incidents.loss.right": 0.7,
};

function aboutOf(name: string, against: string) {
  const better = /right|shown/u.test(name) ? "higher" : "lower";
  return { name, unit: "of 1", better, floor: floors[name] ?? null, against } as const;
}

const mostTold = (incidents: readonly Incident[]): Incident | null =>
  incidents.reduce<Incident | null>((a, b) => (a === null || b.statements.length > a.statements.length ? b : a), null);

function judge(recorded: WriteUp, main: Incident | null): Record<Field, Outcome | null> {
  if (main === null) {
    return { target: "abstained", date: "abstained", loss: recorded.loss === null ? null : "abstained" };
  }
  const known = recorded.targets.map(({ value }) => tellingWords(value));
  const named = main.victims.map(({ value }) => tellingWords(value));
  return {
    target: compareVictims(known, named) === "other" ? "wrong" : "right",
    date: judgeDate(recorded.date?.value ?? "", main),
    loss: recorded.loss === null ? null : judgeLoss(Number(recorded.loss.value), main),
  };
}

function judgeDate(date: string, { dates }: Incident): Outcome {
  const day = daysOf(date)?.first ?? Number.NaN;
  if (dates.length === 0) return "abstained";
  const isNear = dates.some(({ value: { from, to } }) => {
    const [start, end] = [daysOf(from), daysOf(to ?? from)];
    return start !== null && end !== null && day >= start.first - daysApartMax && day <= end.last + daysApartMax;
  });
  return isNear ? "right" : "wrong";
}

/** The loss is right where the first amount in dollars, the most stated one, is the recorded one. */
function judgeLoss(loss: number, { amounts }: Incident): Outcome {
  const [first] = amounts.filter(({ value }) => value.unit === "USD");
  if (first === undefined) return "abstained";
  const { value, to } = first.value;
  return [value, to].some((one) => one !== null && Math.abs(Number(one) - loss) <= 0.005 * loss) ? "right" : "wrong";
}

/** Amounts in dollars that the text's own incident states and that are not the recorded one. */
function secondAmounts(recorded: WriteUp, told: Parameters<typeof findIncidents>[0][number]): string[] {
  const loss = Number(recorded.loss?.value ?? Number.NaN);
  if (Number.isNaN(loss)) return [];
  const main = mostTold(findIncidents([told]));
  const dollars = (main?.amounts ?? []).filter(({ value }) => value.unit === "USD");
  return dollars.flatMap(({ value }) =>
    value.value !== null && Math.abs(Number(value.value) - loss) > 0.005 * loss ? [value.value] : [],
  );
}
