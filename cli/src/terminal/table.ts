/** A column's heading and on which side its cells stand. Numbers stand right. */
export interface Column {
  readonly heading: string;
  readonly align?: "left" | "right";
}

/** Lines of a table with aligned columns, two spaces between them. Cells must be safe to print already. */
export function tableLines(columns: readonly Column[], rows: readonly (readonly string[])[]): string[] {
  const all = [columns.map((column) => column.heading), ...rows];
  const widths = columns.map((_, index) => Math.max(...all.map((row) => widthOf(row[index] ?? ""))));
  // The last column may hold sentences; its rule need not run as far.
  const last = columns.length - 1;
  const rule = widths.map((width, index) =>
    "─".repeat(index === last && !isNumber(columns[last]) ? headed(columns[last]) : width),
  );
  return [all[0]!, rule, ...rows].map((row) =>
    columns
      .map((column, index) => pad(row[index] ?? "", widths[index]!, column.align ?? "left"))
      .join("  ")
      .trimEnd(),
  );
}

const isNumber = (column: Column | undefined) => column?.align === "right";
const headed = (column: Column | undefined) => widthOf(column?.heading ?? "");

/** Columns that a text takes on a terminal: wide East Asian characters take two, marks none. */
export function widthOf(text: string): number {
  let width = 0;
  for (const character of text) {
    if (/\p{M}/u.test(character)) continue;
    width += /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]/u.test(
      character,
    )
      ? 2
      : 1;
  }
  return width;
}

function pad(text: string, width: number, align: "left" | "right"): string {
  const space = " ".repeat(Math.max(0, width - widthOf(text)));
  return align === "left" ? text + space : space + text;
}
