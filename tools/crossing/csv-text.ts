/** A CSV (RFC 4180) with line feeds. */
export function csvText(columns: readonly string[], rows: readonly (readonly (string | number | bigint)[])[]): string {
  const line = (cells: readonly (string | number | bigint)[]) =>
    `${cells.map((cell) => quoted(String(cell))).join(",")}\n`;
  return [columns, ...rows].map(line).join("");
}

const quoted = (text: string) => (/[",\r\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
