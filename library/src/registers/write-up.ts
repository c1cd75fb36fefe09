import { daysOf } from "../claims/figures/calendar.ts";
import type { Figure } from "../claims/figures/figure.ts";
import { findFigures } from "../claims/figures/find-figures.ts";
import type { IncidentDraft } from "./draft.ts";
import type { IncidentDate, IncidentKind } from "./incident.ts";
import { methodsIn } from "./read-method.ts";
import type { EntryPlace, Stated } from "./stated.ts";
import { kindOfWords, tellingWords } from "./victim-words.ts";

/** The fields at the head of a write-up of one incident (YAML between lines of three dashes). */
export interface WriteUp {
  readonly sha256: string;
  readonly file: string;
  readonly title: string | null;
  readonly targets: readonly Stated<string>[];
  readonly date: Stated<string> | null;
  /** As written: a bare number, or a number with its unit; null where it is missing or "unknown". */
  readonly loss: Stated<string> | null;
  readonly entityTypes: readonly Stated<string>[];
  readonly attackTypes: readonly Stated<string>[];
}

/** The incident that a write-up's fields state. */
export function draftOfWriteUp(entry: WriteUp): IncidentDraft {
  const methods = entry.attackTypes.flatMap(({ value, entries }) =>
    methodsIn(methodWords(value), 0).map(({ method }) => ({ value: method, places: [], entries })),
  );
  return {
    from: entry.file,
    document: entry.sha256.slice(0, 16),
    founding: `${entry.sha256}:fields`,
    words: entry.targets.map(({ value }) => tellingWords(value)).filter((words) => words.length > 0),
    victims: entry.targets,
    dates: entry.date === null ? [] : datesOf(entry.date),
    countries: [],
    kinds: entry.entityTypes.flatMap(kindsOf),
    methods,
    amounts: entry.loss === null ? [] : lossOf(entry.loss),
    attributions: [],
    statements: [],
  };
}

function datesOf({ value, entries }: Stated<string>): Stated<IncidentDate>[] {
  const from = /^\d{4}(?:-\d{2}){0,2}/u.exec(value)?.[0] ?? "";
  return daysOf(from) === null ? [] : [{ value: { from, to: null, assumed: false }, places: [], entries }];
}

function kindsOf({ value, entries }: Stated<string>): Stated<IncidentKind>[] {
  const kind = kindOfWords(value);
  return kind === null ? [] : [{ value: kind, places: [], entries }];
}

/** Labels are shorter than sentences: "51%", "Private Key Leak", "Price Oracle Manipulation". */
const methodWords = (label: string): string => (/^51\s?%$/u.test(label.trim()) ? "51% attack" : label);

/** A bare number is read as US dollars, which such registers count in, and marked as assumed. */
function lossOf({ value, entries }: Stated<string>): Stated<Figure>[] {
  const digits = value.replaceAll(/[,_ ]/gu, "");
  if (/^\d{1,30}(?:\.\d{1,18})?$/u.test(digits)) {
    const plain = digits
      .replace(/^0+(?=\d)/u, "")
      .replace(/(\.\d*?)0+$/u, "$1")
      .replace(/\.$/u, "");
    return plain === "0" ? [] : [{ value: bareFigure(plain, value), places: [], entries }];
  }
  const money = findFigures(value).filter((figure) => figure.kind === "money" && figure.value !== null);
  return money.slice(0, 1).map((figure) => ({ value: figure, places: [], entries }));
}

function bareFigure(value: string, text: string): Figure {
  return {
    kind: "money",
    value,
    to: null,
    unit: "USD",
    assumed: true,
    bound: "exact",
    strict: false,
    step: stepOf(value),
    span: { start: 0, end: Array.from(text).length },
    text,
    hedge: null,
    scope: [],
  };
}

/** The last place that is not zero: 72000000 is stated to the million. */
function stepOf(value: string): string {
  const places = /\.(\d+)$/u.exec(value)?.[1]?.length;
  if (places !== undefined) return `0.${"0".repeat(places - 1)}1`;
  return `1${"0".repeat(/0*$/u.exec(value)?.[0].length ?? 0)}`;
}

/** An entry's place for a field. */
export const fieldPlace = (file: { sha256: string; file: string }, path: string, text: string): EntryPlace => ({
  ...file,
  register: "write-up",
  path,
  text,
});
