import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import { Command } from "commander";
import { ingestBitcoin, parseSeed, traceCoinTheft } from "spoor/cases";
import { reportHtml } from "spoor/evidence";
import { option } from "../options.ts";
import { trailLines } from "../print/trail.ts";
import { writeResult } from "./trace.ts";

const scenario = join(import.meta.dirname, "../../../scenarios/hot-wallet-theft");

interface Story {
  readonly title: string;
  readonly seeds: readonly string[];
  readonly happened: readonly { readonly time: string; readonly what: string }[];
}

/** The peel chain is told by its ends. */
const isTold = ({ what }: { what: string }) => !/^Peel [2-8] /u.test(what);

export function demoCommand(): Command {
  return new Command("demo")
    .description("trace a theft on a small real chain that comes with Spoor")
    .addOption(option("--report <file>", "where to write the report").default("spoor-demo.html"))
    .action(runDemo);
}

async function runDemo({ report: reportFile }: { report: string }): Promise<void> {
  const story = JSON.parse(await readFile(join(scenario, "story.json"), "utf8")) as Story;
  const folder = relative(process.cwd(), scenario) || ".";
  const blocks = join(folder, "blk00000.dat");
  const tags = join(folder, "tags.csv");
  const data = await mkdtemp(join(tmpdir(), "spoor-demo-"));
  try {
    console.log(`${story.title}. The names are invented; the chain is real: a node in regtest mode mined it.\n`);
    for (const { time, what } of story.happened.filter(isTold))
      console.log(`  ${time.slice(0, 16).replace("T", " ")}  ${what}`);
    console.log();
    command(`spoor ingest bitcoin --ledger demo --blocks ${blocks}`);
    const { summary } = await ingestBitcoin({
      data,
      ledger: "demo",
      from: { kind: "blocks", path: join(scenario, "blk00000.dat"), network: null, overlay: 0 },
    });
    console.log(`${summary.blocks} blocks, ${summary.transactions} transactions, every one checked.\n`);
    const seeds = story.seeds.map((seed) => `${seed}@theft`);
    command(`spoor trace --ledger demo --rule all --stop tags:${tags} --report ${reportFile} \\`);
    for (const [at, seed] of seeds.entries()) console.log(`      --seed ${seed}${at < seeds.length - 1 ? " \\" : ""}`);
    const { trail, report } = await traceCoinTheft({
      data,
      ledger: "demo",
      seeds: seeds.map(parseSeed),
      rules: "all",
      direction: "forward",
      stops: [{ kind: "tags", file: join(scenario, "tags.csv") }],
      budget: {},
      followFees: false,
    });
    console.log();
    for (const line of trailLines(trail, report.tags)) console.log(line);
    const argv = ["spoor", "trace", "--ledger", "demo", "--rule", "all", "--stop", `tags:${tags}`];
    const files = report.files.map((file) => ({ ...file, name: relative(process.cwd(), file.name) }));
    const html = reportHtml({ ...report, files, command: [...argv, ...seeds.flatMap((seed) => ["--seed", seed])] });
    await writeResult(reportFile, html);
    console.log(nextSteps(resolve(reportFile), blocks, story.seeds[0] ?? ""));
  } finally {
    await rm(data, { recursive: true, force: true });
  }
}

const command = (text: string) => console.log(`  $ ${text}`);

const nextSteps = (report: string, blocks: string, seed: string) => `
The report, with a picture of the flow under each rule: ${report}

Next, with npx in front:
  spoor ingest bitcoin --ledger demo --blocks ${blocks}
  spoor show --ledger demo ${seed.slice(0, 64)}
  spoor trace --ledger demo --seed ${seed} --direction backward --rule fifo
  spoor --help`;
