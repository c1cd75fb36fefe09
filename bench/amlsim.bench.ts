import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { settleRecords } from "../library/src/bank/settle/settle-records.ts";
import { readTgz } from "../library/src/bank/tar.fixture.ts";
import { ingestBank } from "../library/src/cases/ingest-bank.ts";
import type { Theft } from "../library/src/cases/theft.ts";
import { traceTheft } from "../library/src/cases/trace-theft.ts";
import { type Figure, median, skippedFigure } from "./figure.ts";
import { madeBankRecords } from "./made-bank-records.ts";

export const names = [
  "amlsim-file-to-trail",
  "amlsim-command",
  "amlsim-stored",
  "amlsim-stored-trail",
  "bank-settle",
] as const;

const folder = join(import.meta.dirname, "../../shared/data/bank-amlsim");
const sets = ["20K_cycle200", "20K_fanin200", "20K_fanin200cycle200"] as const;
const rounds = 3;
const mixedRecords = 200_000;

/**
 * AMLSim's three sets (118,000 transfers, 20,000 balances each) from their files to a trail under two rules: read,
 * settled and traced in memory; and kept in a new data folder on the way. Each set is measured by the median of three
 * rounds, and the slowest is the figure.
 *
 * What was learnt (through the store one set took 17 s of CPU time at first):
 * - A payment with a getter of its own has a shape of its own, and a hundred thousand shapes make everything slow that
 *   touches payments: the getter stands in a class.
 * - Most payments are one order of which nothing else tells (`onlyOrderOf`). To ask that first costs less than the
 *   empty lists, sets and closures of the general way. This and the class took settling from 4.3 s to about 2 s.
 * - A text of all that a row says, made to see whether another row says the same, cost more than reading the row.
 *   A number of 30 bits tells those apart that nothing is like (`repeated-orders.ts`).
 * - One by one, records are 1000 bytes of JSON each, of which 40 differ. Packed by columns (`pack-records.ts`) they
 *   take 55, and hashing and storing them no longer count.
 * - Facts that were told before an epoch began were stored twice. Told with the settlement they are stored once.
 * - Texts about payments (750 bytes each) are most of what is stored. In memory they are made when they are asked for.
 * - What is left of the store is spread: the texts, and 170 statements of about 10 ms.
 * - In memory about 25 small objects a row lived until the trail was there, and the collector took a fourth; larger
 *   young or first heaps changed nothing. Plain rows by columns (`plain-orders.ts`, `plain-rows.ts`) and the ledger by
 *   columns (`telling-columns.ts`, `memory-accounts.ts`) left a fourth of the heap (105 MB of 390), and, in turns with
 *   what was before, 0.5 to 0.6 of the CPU time.
 * - A `Map` or `Set` asked for a text that it has not seen makes it unique in the whole process first, which costs many
 *   times the look-up: rows bring fresh texts. A `Map` of their hashes is asked for instead in a fifth of the time, and
 *   a table with open addressing (`sets/numbered-texts.ts`) in a fourth of that.
 * - Balances are statements without entries: what looks for entries in each, and finds its bounds four times over, took
 *   a tenth of all. Iterators of pairs (`entries()`) make two objects a payment. With the table this took 0.76 of the
 *   time before it, in turns.
 * - `TypedArray.from` with a function goes through an iterator, which costs many times what a loop does.
 * - What is left in memory is spread: the balances, which are statements like others, a hash a payment, and in a new
 *   process the compiler: a process takes about a third longer for its first set than for its second.
 */
export async function figures(): Promise<Figure[]> {
  return [...(await amlsimFigures()), settleFigure()];
}

async function amlsimFigures(): Promise<Figure[]> {
  const figure = (name: (typeof names)[number], against: string, floor: number | null = null) =>
    ({ name, unit: "s", better: "lower", floor, against }) as const;
  const all = {
    inMemory: figure(names[0], "the slowest of three sets, kept nowhere", 2),
    command: figure(names[1], "the same by `spoor trace --files`, a new process each time"),
    stored: figure(names[2], "kept in a new data folder on the way"),
    storedTrail: figure(names[3], "the part of that from the store to the trail"),
  };
  if (!existsSync(folder)) {
    return Object.values(all).map((one) => skippedFigure(one, "../shared/data/bank-amlsim is not there"));
  }
  const work = mkdtempSync(join(tmpdir(), "spoor-bench-amlsim-"));
  try {
    const made = sets.map((name) => unpack(name, join(work, name)));
    // First, because the engine goes on merging what it stored while the next is measured.
    const inMemory: number[] = [];
    for (const set of made) inMemory.push(await medianOf(() => traced(set, { data: set.folder, ledgers: [] })));
    const command = made.map(runCommand);
    const stored: { readonly whole: number; readonly trail: number }[] = [];
    for (const set of made) stored.push(await measureStored(set));
    return [
      { ...all.inMemory, value: Math.max(...inMemory), skipped: null },
      { ...all.command, value: Math.max(...command), skipped: null },
      { ...all.stored, value: Math.max(...stored.map(({ whole }) => whole)), skipped: null },
      { ...all.storedTrail, value: Math.max(...stored.map(({ trail }) => trail)), skipped: null },
    ];
  } finally {
    rmSync(work, { recursive: true });
  }
}

interface UnpackedSet {
  readonly name: string;
  readonly folder: string;
  readonly files: readonly string[];
  readonly seed: string;
}

function unpack(name: string, work: string): UnpackedSet {
  mkdirSync(work);
  const files: string[] = [];
  let seed = "";
  for (const [path, bytes] of readTgz(join(folder, `${name}.tgz`))) {
    if (!path.endsWith(".csv")) continue;
    const file = join(work, basename(path));
    writeFileSync(file, bytes);
    files.push(file);
    // nodeid,isFraud,…: the first account of a planted pattern.
    if (basename(path) === "nodes.csv") seed = /^(\d+),1,/mu.exec(Buffer.from(bytes).toString("latin1"))?.[1] ?? "";
  }
  return { name, folder: work, files, seed };
}

async function traced(
  { name, files, seed }: UnpackedSet,
  { data, ledgers }: Pick<Theft, "data" | "ledgers">,
): Promise<number> {
  const from = performance.now();
  const read = ledgers.length === 0 ? { bankFiles: { files, mapping: null } } : {};
  const { trail } = await traceTheft({ ...asked, data, ledgers, ...read, seeds: [seed] });
  if (trail.movements.length === 0) throw new RangeError(`the trail from ${seed} in ${name} is empty`);
  const seconds = (performance.now() - from) / 1000;
  process.stderr.write(`${name}: ${seconds.toFixed(2)} s ${ledgers.length === 0 ? "in memory" : "from the store"}\n`);
  return seconds;
}

async function medianOf(measure: () => Promise<number>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) times.push(await measure());
  return median(times);
}

/** As somebody runs it once: the program's start is in it, and nothing is compiled yet. */
function runCommand({ files, seed }: UnpackedSet): number {
  const spoor = join(import.meta.dirname, "../cli/bin/spoor");
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const from = performance.now();
    const argv = ["trace", "--seed", seed, "--rule", asked.rules.join(), "--no-alternatives", "--files", ...files];
    execFileSync(spoor, argv, { stdio: ["ignore", "ignore", "ignore"] });
    times.push((performance.now() - from) / 1000);
  }
  return median(times);
}

async function measureStored(set: UnpackedSet): Promise<{ whole: number; trail: number }> {
  const times: { whole: number; trail: number }[] = [];
  for (let round = 0; round < rounds; round++) {
    const data = join(set.folder, `data-${round}`);
    const from = performance.now();
    await ingestBank({ data, ledger: "bank", files: set.files, mapping: null });
    const ingested = (performance.now() - from) / 1000;
    const trail = await traced(set, { data, ledgers: ["bank"] });
    times.push({ whole: ingested + trail, trail });
    rmSync(data, { recursive: true });
  }
  return { whole: median(times.map(({ whole }) => whole)), trail: median(times.map(({ trail }) => trail)) };
}

const asked = {
  rules: ["haircut", "fifo"],
  direction: "forward",
  stops: [],
  budget: { movements: 100_000 },
  followFees: false,
  alternatives: false,
} as const;

function settleFigure(): Figure {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const records = madeBankRecords(mixedRecords, 1);
    const from = performance.now();
    const { payments } = settleRecords(records);
    times.push(performance.now() - from);
    if (payments.length === 0) throw new RangeError("nothing was settled");
  }
  return {
    name: names[4],
    value: (1000 * mixedRecords) / median(times),
    unit: "records/s",
    better: "higher",
    floor: null,
    against: "orders, legs, entries, returns and statuses mixed, one thread",
    skipped: null,
  };
}
