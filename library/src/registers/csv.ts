import { sayFigure } from "../claims/figures/compare-figures.ts";
import type { Incident } from "./incident.ts";
import { sayDate } from "./incident-disagreements.ts";
import type { Stated } from "./stated.ts";

/**
 * What spreadsheets take for the start of a formula, in ASCII and in the full-width forms that some locales accept.
 * Source: OWASP, "CSV injection".
 */
const formulaStart = /^\s*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/u;

const heads = [
  "incident",
  "name",
  "field",
  "value",
  "amount",
  "to",
  "unit",
  "bound",
  "source",
  "kind",
  "start",
  "end",
  "path",
  "text",
];

type Cell = string | number | null;

/**
 * Incidents as CSV (RFC 4180, UTF-8, with a row of heads): a row for every place that states a value of a field, so
 * that differing values stand below each other. `source` is a document's id or the SHA-256 of an imported file,
 * `kind` says which; `start` and `end` count code points. An apostrophe keeps text from becoming a formula.
 *
 * @param visible shows what a reader cannot see of text from outside
 */
export function incidentsCsv(incidents: readonly Incident[], visible: (text: string) => string): string {
  const cellText = (cell: Cell): string => {
    if (cell === null) return "";
    if (typeof cell === "number") return String(cell);
    const guarded = formulaStart.test(cell) ? `'${cell}` : cell;
    return `"${visible(guarded).replaceAll('"', '""')}"`;
  };
  const rows = incidents.flatMap(rowsOf);
  return [heads, ...rows].map((row) => `${row.map(cellText).join(",")}\r\n`).join("");
}

function rowsOf(incident: Incident): Cell[][] {
  const { id, name } = incident;
  const of = <T>(
    field: string,
    all: readonly Stated<T>[],
    say: (value: T) => string,
    cells?: (value: T) => Cell[],
  ): Cell[][] =>
    all.flatMap(({ value, places, entries }) => {
      const start: Cell[] = [id, name, field, say(value), ...(cells?.(value) ?? [null, null, null, null])];
      return [
        ...places.map((one): Cell[] => [...start, one.document, "document", one.start, one.end, null, one.text]),
        ...entries.map((one): Cell[] => [...start, one.sha256, one.register, null, null, one.path, one.text]),
      ];
    });
  const asIs = (text: string) => text;
  return [
    ...of("victim", incident.victims, asIs),
    ...of("date", incident.dates, sayDate),
    ...of("country", incident.countries, asIs),
    ...of("kind", incident.kinds, asIs),
    ...of("method", incident.methods, asIs),
    ...of("amount", incident.amounts, sayFigure, ({ value, to, unit, bound }) => [value, to, unit, bound]),
    ...incident.attributions.map(({ actor, place, source, act }): Cell[] => [
      ...[
        id,
        name,
        "attribution",
        `${actor} (${act}${source === null ? "" : ` by ${source.text}`})`,
        null,
        null,
        null,
        null,
      ],
      ...[place.document, "document", place.start, place.end, null, place.text],
    ]),
    ...incident.statements.map((one): Cell[] => [
      ...[id, name, "statement", null, null, null, null, null],
      ...[one.document, "document", one.start, one.end, null, one.text],
    ]),
  ];
}
