import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Figure } from "./figure.ts";

/**
 * Runs the modules of a folder that end in `suffix` and prints their figures: a table for a person, or with `--json`
 * one JSON document. Arguments that are no option choose figures by name or its beginning; a module that has none of
 * them is still asked only where its `names` say it could.
 */
export async function figuresCommand(folder: string, suffix: string, argv: readonly string[]): Promise<void> {
  const json = argv.includes("--json");
  const wanted = argv.filter((argument) => !argument.startsWith("--"));
  const unknown = argv.find((argument) => argument.startsWith("--") && argument !== "--json");
  if (unknown !== undefined) {
    console.error(`unknown option ${unknown}; usage: [--json] [NAME…]`);
    process.exit(2);
  }
  const isWanted = (name: string) => wanted.length === 0 || wanted.some((prefix) => name.startsWith(prefix));
  const modules = readdirSync(folder)
    .filter((file) => file.endsWith(suffix))
    .sort();
  const figures: Figure[] = [];
  let known: string[] = [];
  for (const file of modules) {
    const path = join(folder, file);
    const module: { names: readonly string[] } = await import(path);
    known = known.concat(module.names);
    if (!module.names.some(isWanted)) continue;
    console.error(`measuring ${file.slice(0, -suffix.length)} …`);
    figures.push(...measured(path).filter(({ name }) => isWanted(name)));
  }
  const missed = wanted.filter((prefix) => !known.some((name) => name.startsWith(prefix)));
  if (missed.length > 0) {
    console.error(`no figure is called ${missed.join(", ")}; there are: ${known.join(", ")}`);
    process.exit(2);
  }
  if (json) console.log(JSON.stringify({ figures }));
  else for (const line of tableOf(figures)) console.log(line);
}

/** Each module in a process of its own: no warm code, no memory and no thread of one reaches the next. */
function measured(path: string): Figure[] {
  const runner = join(import.meta.dirname, "measure-module.ts");
  const argv = [...process.execArgv, runner, path];
  // As the command has it: threads that are begun while something is measured find what Node made of their sources.
  const NODE_COMPILE_CACHE = join(import.meta.dirname, "..", "node_modules", ".cache", "spoor");
  const env = { NODE_COMPILE_CACHE, ...process.env };
  const text = execFileSync(process.execPath, argv, { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"], env });
  return JSON.parse(text) as Figure[];
}

function tableOf(figures: readonly Figure[]): string[] {
  const rows = figures.map((figure) => [
    figure.name,
    figure.value === null ? "skipped" : `${printed(figure.value)} ${figure.unit}`,
    figure.floor === null ? "" : `${figure.better === "higher" ? "≥" : "≤"} ${printed(figure.floor)}`,
    verdict(figure),
    figure.skipped ?? figure.against ?? "",
  ]);
  const widths = [0, 1, 2, 3].map((column) => Math.max(0, ...rows.map((row) => row[column]!.length)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}

function verdict({ value, floor, better }: Figure): string {
  if (value === null || floor === null) return "";
  return (better === "higher" ? value >= floor : value <= floor) ? "met" : "MISSED";
}

const printed = (value: number) =>
  Math.abs(value) >= 1000 ? Math.round(value).toLocaleString("en-US") : String(Number(value.toPrecision(3)));
