import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Command, InvalidArgumentError } from "commander";
import { parseBudget, parseSeed, parseStop, type Seed, type Stop, traceCoinTheft } from "spoor/cases";
import { SpoorError } from "spoor/errors";
import { endsCsv, movementsCsv, reportHtml } from "spoor/evidence";
import { type Direction, type Rule, rules, type Trail } from "spoor/trace";
import { trailJsonText } from "../contract/trail.ts";
import { dataOption, jsonOption, ledgerOption, option } from "../options.ts";
import { trailLines } from "../print/trail.ts";
import { progressBar } from "../terminal/progress.ts";
import { exitStatus, writeOut } from "../terminal/run.ts";

interface TraceOptions {
  data: string;
  ledger: string;
  seed: Seed[];
  rule: Rule[] | "all";
  direction: Direction;
  stop: Stop[];
  budget: ReturnType<typeof parseBudget>;
  followFees: boolean;
  requireComplete: boolean;
  report?: string;
  csv?: string;
  json?: boolean;
}

const examples = `
Examples:
  spoor trace --ledger btc --seed TXID:0 --rule fifo,haircut
  spoor trace --ledger btc --seed ADDRESS@ransom --stop tags:exchanges.csv --report ransom.html
  spoor trace --ledger btc --seed "TXID:1=2.5 BTC@loan" --direction backward --budget hops=20
`;

export function traceCommand(): Command {
  return new Command("trace")
    .description("follow value from its seeds (or back to its sources) under the rules of courts and researchers")
    .addOption(ledgerOption())
    .addOption(
      option(
        "--seed <seed...>",
        "where the theft begins: TXID:VOUT, TXID or an address, then [=AMOUNT][@LABEL]; AMOUNT in satoshi or as 1.5BTC",
      )
        .argParser(gather(parseSeed))
        .makeOptionMandatory(),
    )
    .addOption(
      option("--rule <rules>", `${rules.join(", ")}: one, several with commas, or all`)
        .argParser(parseRules)
        .default("all"),
    )
    .addOption(
      option("--direction <direction>", "to where it went, or to where it came from")
        .choices(["forward", "backward"])
        .default("forward"),
    )
    .addOption(
      option("--stop <stop...>", "where the trail ends: address:X, tags:FILE, height:N")
        .argParser(gather(parseStop))
        .default([], "none"),
    )
    .addOption(
      option("--budget <budget>", "how much to follow: movements=N,hops=N,min=AMOUNT")
        .argParser(parseBudget)
        .default({}, "no bound"),
    )
    .addOption(option("--follow-fees", "follow fees into the coinbase of their block").default(false))
    .addOption(option("--require-complete", "exit with status 1 where a budget was met").default(false))
    .addOption(option("--report <file>", "write the trail as one self-contained page"))
    .addOption(option("--csv <folder>", "write ends.csv and movements.csv there"))
    .addOption(dataOption())
    .addOption(jsonOption())
    .addHelpText("after", examples)
    .action(runTrace);
}

async function runTrace(options: TraceOptions): Promise<void> {
  const bar = progressBar(process.stderr);
  const traced = await traceCoinTheft({
    data: options.data,
    ledger: options.ledger,
    seeds: options.seed,
    rules: options.rule,
    direction: options.direction,
    stops: options.stop,
    budget: options.budget,
    followFees: options.followFees,
    onProgress: ({ what, done, total }) => bar.report(what, done, total),
  }).finally(bar.clear);
  const { trail, report } = traced;
  if (options.report !== undefined) {
    await writeResult(options.report, reportHtml({ ...report, command: ["spoor", ...process.argv.slice(2)] }));
  }
  if (options.csv !== undefined) await writeCsv(options.csv, trail);
  for (const note of traced.notes) console.error(`spoor: ${note}`);
  if (options.json === true) await writeOut(trailJsonText(trail));
  else for (const line of trailLines(trail, report.tags)) console.log(line);
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
}

/** @throws SpoorError where the file cannot be written */
export async function writeResult(file: string, text: string): Promise<void> {
  await orUnwritable(file, writeFile(file, text));
}

async function orUnwritable(file: string, writing: Promise<unknown>): Promise<void> {
  try {
    await writing;
  } catch (cause) {
    throw new SpoorError({
      code: "cli/unwritable",
      what: `The result cannot be written: ${cause instanceof Error ? cause.message : "unknown cause"}`,
      where: file,
      remedy: "Name a file in a folder that exists and can be written to.",
      cause,
    });
  }
}

function parseRules(text: string): Rule[] | "all" {
  if (text === "all") return "all";
  const asked = text.split(",").map((name) => name.trim());
  const unknown = asked.find((name) => !rules.some((rule) => rule === name));
  if (unknown !== undefined) throw new InvalidArgumentError(`"${unknown}" is none of ${rules.join(", ")}, all.`);
  // In the table's order, each once: the same rules give the same trail however they were written.
  return rules.filter((rule) => asked.includes(rule));
}

function gather<Value>(parse: (text: string) => Value): (text: string, before: unknown) => Value[] {
  return (text, before) => [...(Array.isArray(before) ? before : []), parse(text)];
}
