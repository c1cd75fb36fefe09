import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { Command, InvalidArgumentError, Option } from "commander";
import { confidenceDefault, filesLedger, parseBudget, parseStop, type Stop, traceTheft } from "spoor/cases";
import { SpoorError } from "spoor/errors";
import { alternativesCsv, endsCsv, linksCsv, movementsCsv, reportHtml } from "spoor/evidence";
import { type DayOrder, type Direction, dayOrders, type Rule, rules, type Trail } from "spoor/trace";
import { trailJsonText } from "../contract/trail.ts";
import { dataOption, gather, jsonOption, option, share } from "../options.ts";
import { trailLines } from "../print/trail.ts";
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
  spoor trace --files payments.csv statements/ --seed ACCOUNT --rule fifo
  spoor trace --ledger bank --ledger eth --ledger btc --seed UETR --tags services.csv --links links.csv
`;

export function traceCommand(): Command {
  const command = new Command("trace").description(
    "follow value from its seeds (or back to its sources) under the rules of courts and researchers",
  );
  for (const each of [...whatOptions(), ...limitOptions(), ...crossingOptions(), ...resultOptions()]) {
    command.addOption(each);
  }
  return command.addHelpText("after", examples).action(runTrace);
}

/** What is traced. */
function whatOptions(): Option[] {
  return [
    option("--ledger <name...>", "the ledgers that the trail may run through")
      .argParser(gather(asWritten))
      .default([], "none"),
    option("--files <file...>", `bank messages, statements and CSV to trace as they are: the ledger "${filesLedger}"`)
      .argParser(gather(asWritten))
      .default([], "none"),
    option("--mapping <file>", "what the columns of CSV among --files mean: YAML or JSON"),
    option(
      "--seed <seed...>",
      "where the theft begins: TXID:VOUT, TXID, a transfer as TRANSACTION:N, or an account; then [=AMOUNT][@LABEL]; " +
        "AMOUNT in smallest units or as 1.5BTC; LEDGER/ before it where several ledgers hold it",
    )
      .argParser(gather(asWritten))
      .makeOptionMandatory(),
    option("--asset <id...>", "seed only value in these: ISO 4217 code, ETH, or a token's contract")
      .argParser(gather(asWritten))
      .default([], "any"),
    option("--rule <rules>", `${rules.join(", ")}: one, several with commas, or all`)
      .argParser(parseRules)
      .default("all"),
    option("--direction <direction>", "to where it went, or to where it came from")
      .choices(["forward", "backward"])
      .default("forward"),
  ];
}

/** Where it ends. */
function limitOptions(): Option[] {
  return [
    option("--stop <stop...>", "where the trail ends: address:X, tags:FILE, height:N")
      .argParser(gather(parseStop))
      .default([], "none"),
    option("--tags <file...>", "who is behind an account; services that pool customers' money are stops")
      .argParser(gather(asWritten))
      .default([], "none"),
    option("--through <account...>", "do not stop at these tagged accounts, or at no services")
      .argParser(gather(asWritten))
      .default([], "none"),
    option("--budget <budget>", "how much to follow: movements=N,hops=N,min=AMOUNT")
      .argParser(parseBudget)
      .default({}, "no bound"),
    option("--follow-fees", "follow fees into the coinbase of their block").default(false),
    option("--require-complete", "exit with status 1 where a budget was met").default(false),
  ];
}

/** What leads across assets and ledgers, and what is assumed. */
function crossingOptions(): Option[] {
  return [
    option("--links <file...>", "links besides those that 'spoor link' keeps: CSV")
      .argParser(gather(asWritten))
      .default([], "none"),
    option("--link-confidence <share>", "follow no link below this").argParser(share).default(confidenceDefault),
    new Option("--no-find-links", "do not look for swaps and wraps inside transactions"),
    option("--order <order>", "what comes first on a day without hours").choices(dayOrders).default("as-listed"),
    option("--through-debt", "trace what repays a debt into what the debt had bought").default(false),
    option("--other-report <ledger=other...>", "trace also with another ledger's telling in this one's place")
      .argParser(gather(parseReport))
      .default([], "none"),
    new Option("--no-alternatives", "do not say what other assumptions would change"),
  ];
}

/** What becomes of the result. */
function resultOptions(): Option[] {
  return [
    option("--report <file>", "write the trail as one self-contained page"),
    option(
      "--csv <folder>",
      "write ends.csv and movements.csv there; also links.csv and alternatives.csv where there are any",
    ),
    dataOption(),
    jsonOption(),
  ];
}

async function runTrace(options: TraceOptions): Promise<void> {
  const { ledger: ledgers, files, mapping = null } = options;
  if (ledgers.length === 0 && files.length === 0) throw new NothingToTraceError();
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
    await writeResult(options.report, reportHtml({ ...report, command: ["spoor", ...process.argv.slice(2)] }));
  }
  if (options.csv !== undefined) await writeCsv(options.csv, trail);
  for (const note of traced.notes) console.error(`spoor: ${note}`);
  if (options.json === true) await writeOut(trailJsonText(trail));
  else for (const line of trailLines(trail, report.tags, report.assets)) console.log(line);
  if (options.report !== undefined && options.json !== true) console.log(`Report: ${options.report}`);
  if (options.requireComplete && trail.status === "bounded") process.exitCode = exitStatus.no;
}

class NothingToTraceError extends SpoorError {
  constructor() {
    super({
      code: "cli/nothing-to-trace",
      what: "No ledger is named, and no files are given",
      remedy: "Name ledgers with --ledger, or give bank files with --files.",
    });
  }
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

function parseReport(text: string): { of: string; ledger: string } {
  const [, of, ledger] = /^([^=]+)=([^=]+)$/u.exec(text) ?? [];
  if (of === undefined || ledger === undefined) throw new InvalidArgumentError("Write LEDGER=OTHER-LEDGER.");
  return { of, ledger };
}

const asWritten = (text: string): string => text;

function parseRules(text: string): Rule[] | "all" {
  if (text === "all") return "all";
  const asked = text.split(",").map((name) => name.trim());
  const unknown = asked.find((name) => !rules.some((rule) => rule === name));
  if (unknown !== undefined) throw new InvalidArgumentError(`"${unknown}" is none of ${rules.join(", ")}, all.`);
  // In the table's order, each once: the same rules give the same trail however they were written.
  return rules.filter((rule) => asked.includes(rule));
}
