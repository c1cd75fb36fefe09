import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Stop } from "spoor/cases";
import { traceTheft } from "spoor/cases/trace-theft";
import { alternativesCsv, endsCsv, linksCsv, movementsCsv } from "spoor/evidence/trail-csv";
import type { DayOrder, Direction, Rule, TraceBudget, Trail } from "spoor/trace";
import { trailJsonText } from "../json/trail.ts";
import { trailLines } from "../print/trail.ts";
import { NoLedgerNamedError } from "../terminal/no-ledger-named.ts";
import { progressBar } from "../terminal/progress.ts";
import { exitStatus, writeOut } from "../terminal/run.ts";
import { orUnwritable, writeResult } from "../terminal/write-result.ts";

interface TraceOptions {
  data: string;
  ledger: string[];
  files: string[];
  mapping?: string;
  seed: string[];
  asset: string[];
  rule: Rule[] | "all";
  direction: Direction;
  stop: Stop[];
  tags: string[];
  through: string[];
  links: string[];
  linkConfidence: number;
  findLinks: boolean;
  order: DayOrder;
  otherReport: { of: string; ledger: string }[];
  throughDebt: boolean;
  alternatives: boolean;
  budget: TraceBudget;
  followFees: boolean;
  requireComplete: boolean;
  report?: string;
  csv?: string;
  json?: boolean;
}

export async function runTrace(options: TraceOptions): Promise<void> {
  const { ledger: ledgers, files, mapping = null } = options;
  if (ledgers.length === 0 && files.length === 0) throw new NoLedgerNamedError("neither");
  const bar = progressBar(process.stderr);
  const traced = await traceTheft({
    data: options.data,
    ledgers,
    ...(files.length > 0 && { bankFiles: { files, mapping } }),
    seeds: options.seed,
    assets: options.asset,
    rules: options.rule,
    direction: options.direction,
    stops: options.stop,
    tagFiles: options.tags,
    through: options.through,
    links: { files: options.links, confidenceMin: options.linkConfidence, find: options.findLinks },
    order: options.order,
    throughDebt: options.throughDebt,
    alternatives: options.alternatives,
    otherReports: options.otherReport,
    budget: options.budget,
    followFees: options.followFees,
    onProgress: ({ what, done, total }) => bar.report(what, done, total),
  }).finally(bar.clear);
  const { trail, report } = traced;
  if (options.report !== undefined) {
    const { reportHtml } = await import("spoor/evidence/report-html");
    await writeResult(options.report, reportHtml({ ...report, command: ["spoor", ...process.argv.slice(2)] }));
  }
  if (options.csv !== undefined) await writeCsv(options.csv, trail);
  for (const note of traced.notes) console.error(`spoor: ${note}`);
  if (options.json === true) await writeOut(trailJsonText(trail));
  else for (const line of trailLines(trail, report.tags, report.assets)) console.log(line);
  if (options.report !== undefined && options.json !== true) console.log(`Report: ${options.report}`);
  if (options.requireComplete && trail.status === "bounded") process.exitCode = exitStatus.no;
}

async function writeCsv(folder: string, trail: Trail): Promise<void> {
  // One level only: the folder above must be there, as for --report.
  await orUnwritable(
    folder,
    mkdir(folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw error;
    }),
  );
  await writeResult(join(folder, "ends.csv"), endsCsv(trail));
  await writeResult(join(folder, "movements.csv"), movementsCsv(trail));
  if (trail.links.length > 0) await writeResult(join(folder, "links.csv"), linksCsv(trail));
  if (trail.alternatives.length > 0) await writeResult(join(folder, "alternatives.csv"), alternativesCsv(trail));
}
