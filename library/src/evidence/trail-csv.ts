import { formatInstant } from "../money/instant.ts";
import type { Place, Traced, Trail } from "../trace/trail.ts";
import { visibleText } from "./text-safety.ts";

type Cell = string | number | bigint | null;

/**
 * What spreadsheets take for the start of a formula, in ASCII and in the full-width forms that some locales accept.
 * Source: OWASP, "CSV injection".
 */
const formulaStart = /^\s*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/u;

/** RFC 4180: text in quotes, quotes doubled; numbers bare. An apostrophe keeps text from becoming a formula. */
function cellText(cell: Cell): string {
  if (cell === null) return "";
  if (typeof cell !== "string") return String(cell);
  const guarded = formulaStart.test(cell) ? `'${cell}` : cell;
  return `"${visibleText(guarded).replaceAll('"', '""')}"`;
}

function csv(heads: readonly string[], rows: readonly (readonly Cell[])[]): string {
  return [heads, ...rows].map((row) => `${row.map(cellText).join(",")}\r\n`).join("");
}

const tracedHeads = ["rule", "label", "amount", "stolen"];
const tracedCells = ({ rule, label, amount, stolen }: Traced): Cell[] => [rule, label, amount, stolen];
const nothingTraced: Cell[] = [null, null, null, null];

/** One row for each rule and label; one without them where nothing is traced. */
function rowsOf(start: readonly Cell[], traced: readonly Traced[]): Cell[][] {
  return traced.length === 0 ? [[...start, ...nothingTraced]] : traced.map((said) => [...start, ...tracedCells(said)]);
}

const placeText = ({ coin, account }: Place) => coin ?? account ?? "";

/**
 * The movements of a trail as CSV (RFC 4180, UTF-8, with a row of heads): a row for each output, rule and label.
 * Amounts are whole smallest units. Characters that cannot be seen are shown as in `visibleText`.
 */
export function movementsCsv(trail: Trail): string {
  const heads = [
    "movement",
    "ledger",
    "transaction",
    "height",
    "time",
    "hops",
    "from",
    "coin",
    "account",
    "asset",
    "value",
  ];
  const rows = trail.movements.flatMap((movement, i) => {
    const time = movement.time === null ? null : formatInstant(movement.time);
    const from = movement.from.map(placeText).join(" ");
    const start: Cell[] = [i + 1, movement.ledger, movement.transaction, movement.height, time, movement.hops, from];
    return movement.to.flatMap((to) => rowsOf([...start, to.coin, to.account, to.asset, to.value], to.traced));
  });
  return csv([...heads, ...tracedHeads], rows);
}

/** The ends of a trail as CSV, in the same form: a row for each end, rule and label. */
export function endsCsv(trail: Trail): string {
  const heads = ["end", "kind", "ledger", "coin", "account", "asset", "value", "why"];
  const rows = trail.ends.flatMap((end, i) =>
    rowsOf([i + 1, end.kind, end.ledger, end.coin, end.account, end.asset, end.value, end.why], end.traced),
  );
  return csv([...heads, ...tracedHeads], rows);
}
