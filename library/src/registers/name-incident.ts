import type { IncidentDate } from "./incident.ts";
import { daysOfDate } from "./same-victim.ts";
import type { Stated } from "./stated.ts";

/** "Coincheck, 2018": the name of the victim that is stated most often, the longer where two are, and the year. */
export function nameIncident(victims: readonly Stated<string>[], dates: readonly Stated<IncidentDate>[]): string {
  const weight = ({ places, entries }: Stated<string>) => places.length + entries.length;
  const [victim] = [...victims].sort((a, b) => weight(b) - weight(a) || b.value.length - a.value.length);
  const { from, to } = spanOfDates(dates);
  const years = [...new Set([from, to].flatMap((date) => date?.slice(0, 4) ?? []))];
  return [victim?.value ?? "unknown victim", ...(years.length === 0 ? [] : [years.join(" or ")])].join(", ");
}

/** The earliest and the latest of the stated dates, each as precise as it is stated. */
export function spanOfDates(dates: readonly Stated<IncidentDate>[]): { from: string | null; to: string | null } {
  const known = dates.flatMap(({ value }) => {
    const days = daysOfDate(value);
    return days === null ? [] : [{ ...value, ...days }];
  });
  if (known.length === 0) return { from: null, to: null };
  // A day within a stated year says more than the year, and is compatible with it.
  const precise = known.filter(
    (one) =>
      !known.some(
        (other) => other !== one && other.first >= one.first && other.last <= one.last && widthOf(other) < widthOf(one),
      ),
  );
  const first = precise.reduce((a, b) => (b.first < a.first ? b : a));
  const last = precise.reduce((a, b) => (b.last > a.last ? b : a));
  return { from: first.from, to: last.to ?? last.from };
}

const widthOf = ({ first, last }: { first: number; last: number }) => last - first;
