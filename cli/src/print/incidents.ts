import { sayFigure } from "spoor/claims/figures/compare-figures";
import { countryName } from "spoor/claims/parties/country-names";
import { visibleText } from "spoor/evidence/text-safety";
import type { IncidentJson, TotalJson } from "../contract/incidents.ts";
import { tableLines } from "../terminal/table.ts";

type Amount = IncidentJson["amounts"][number];
type Stated = { readonly places: IncidentJson["statements"]; readonly entries: Amount["entries"] };

const grouped = (text: string) => text.replace(/\d{5,}/gu, (digits) => digits.replace(/\B(?=(\d{3})+$)/gu, ","));

function amountText({ kind, value, to, unit, bound, strict }: Amount): string {
  const nothing = { assumed: false, step: null, span: { start: 0, end: 0 }, text: "", hedge: null, scope: [] };
  return grouped(sayFigure({ ...nothing, kind: kind as "money", value, to, unit, bound, strict }));
}

/** What `spoor incidents list` prints for a person. */
export function incidentLines(incidents: readonly IncidentJson[]): string[] {
  if (incidents.length === 0) return ["No incidents: no document tells of a deed of which it names the victim."];
  const columns = [
    { heading: "incident" },
    { heading: "date" },
    { heading: "amount" },
    { heading: "in" },
    { heading: "told in", align: "right" },
    { heading: "victim; what is in doubt" },
  ] as const;
  const rows = incidents.map((one) => [
    one.id,
    dateText(one),
    one.amount === null ? "" : amountText(one.amount),
    one.countries.join(" "),
    String(sourcesOf(one)),
    [visibleText(one.name.replace(/, \d{4}(?: or \d{4})?$/u, "")), ...doubtsOf(one)].join("; "),
  ]);
  return tableLines(columns, rows);
}

const dateText = ({ from, to }: IncidentJson): string => (from === null ? "" : from === to ? from : `${from} – ${to}`);

function sourcesOf({ statements, stated, amounts }: IncidentJson): number {
  const entries = [...Object.values(stated).flat(), ...amounts].flatMap((one) => one.entries);
  const ids = [...statements.map(({ document }) => document), ...entries.map(({ sha256 }) => sha256.slice(0, 16))];
  return new Set(ids).size;
}

function doubtsOf({ disagreements, maybeSame }: IncidentJson): string[] {
  const fields = [...new Set(disagreements.map(({ field }) => field))].map((field) => `sources differ on the ${field}`);
  return maybeSame.length === 0 ? fields : [...fields, "may be the same as another"];
}

/** What `spoor incidents show` prints: each value with the words and entries that state it. */
export function incidentPage(one: IncidentJson): string[] {
  const field = <T extends Stated>(heading: string, all: readonly T[], say: (value: T) => string): string[] =>
    all.length === 0
      ? []
      : [
          heading,
          ...all.flatMap((value) => [`  ${visibleText(say(value))}`, ...byLines(value).map((line) => `    ${line}`)]),
        ];
  const { stated } = one;
  return [
    `${visibleText(one.name)} (${one.id})`,
    ...field("Victim", stated.victims, ({ value }) => value),
    ...field("Date", stated.dates, ({ value, to }) => (to === null ? value : `${value} to ${to}`)),
    ...field("Amount", one.amounts, (amount) => `${amountText(amount)}${amount.assumed ? " (unit assumed)" : ""}`),
    ...field("Country", stated.countries, ({ value }) => `${countryName(value)} (${value})`),
    ...field("Kind", stated.kinds, ({ value }) => value),
    ...field("Method", stated.methods, ({ value }) => value),
    ...attributionLines(one),
    ...section(
      "Sources differ",
      one.disagreements.map(({ field: what, why }) => `${what}: ${visibleText(grouped(why))}`),
    ),
    ...section(
      "Put together",
      one.joins.map(
        ({ from, because, doubtful }) => `${visibleText(from)}: ${because}${doubtful ? " (in doubt)" : ""}`,
      ),
    ),
    ...section(
      "May be the same as",
      one.maybeSame.map(({ incident, why }) => `${incident}: ${why}`),
    ),
    ...section(
      "Told in",
      one.statements.map((place) => `${placeText(place)} ${quoted(place.text)}`),
    ),
  ];
}

const section = (heading: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : [heading, ...lines.map((line) => `  ${line}`)];

function attributionLines({ attributions }: IncidentJson): string[] {
  const lines = attributions.map(({ actor, act, source, place, cue }) => {
    const who = source === null ? "the document" : visibleText(source.text);
    return `${visibleText(actor)}: ${who} ${act}, ${quoted(cue.text)}, at ${placeText(place)}`;
  });
  return section("Put down to (a claim, not a finding)", lines);
}

const placeText = ({ document, start, end }: IncidentJson["statements"][number]) => `${document}:${start}-${end}`;
const textMax = 160;
const quoted = (text: string) => `"${visibleText(text.length > textMax ? `${text.slice(0, textMax)}…` : text)}"`;

function byLines({ places, entries }: Stated): string[] {
  return [
    ...places.map((place) => `${placeText(place)} ${quoted(place.text)}`),
    ...entries.map(({ register, file, path, text }) =>
      [`${visibleText(register)},`, visibleText(file), `${visibleText(path)}:`, quoted(text)].join(" "),
    ),
  ];
}

/** What `spoor incidents total` prints. */
export function totalLines(total: TotalJson): string[] {
  const bounds = (low: string, high: string | null, unit: string) =>
    high === null
      ? `at least ${grouped(low)} ${unit}, with no upper bound`
      : low === high
        ? `${grouped(low)} ${unit}`
        : `${grouped(low)} to ${grouped(high)} ${unit}`;
  const many = (n: number) => `${n} ${n === 1 ? "incident" : "incidents"}`;
  const contradictory = total.incidents.filter((one) => one.contradictory).length;
  return [
    `${many(total.incidents.length)}: ${bounds(total.lower, total.upper, total.unit)}`,
    ...(total.open.length === 0
      ? []
      : [`  of ${many(total.open.length)} only a lower bound is stated: ${total.open.join(" ")}`]),
    ...(contradictory === 0 ? [] : [`  of ${many(contradictory)} the amounts contradict each other`]),
    ...total.maybeSame.map((group) => `  possibly one incident, counted once in the lower bound: ${group.join(" ")}`),
    ...(total.unknown.length === 0 ? [] : [`Amount unknown: ${many(total.unknown.length)}`]),
    ...total.apart.map(
      (one) => `Apart, not converted: ${many(one.incidents.length)}, ${bounds(one.lower, one.upper, one.unit)}`,
    ),
  ];
}
