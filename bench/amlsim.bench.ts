import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { settleRecords } from "../library/src/bank/settle-records.ts";
import { readTgz } from "../library/src/bank/tar.fixture.ts";
import { ingestBank } from "../library/src/cases/ingest-bank.ts";
import { traceTheft } from "../library/src/cases/trace-theft.ts";
import { type Figure, median, skippedFigure } from "./figure.ts";
import { madeBankRecords } from "./made-bank-records.ts";

export const names = ["amlsim-file-to-trail", "amlsim-trail", "bank-settle"] as const;

const folder = join(import.meta.dirname, "../../shared/data/bank-amlsim");
const sets = ["20K_cycle200", "20K_fanin200", "20K_fanin200cycle200"] as const;
const rounds = 3;
const mixedRecords = 200_000;

/**
 * AMLSim's three sets (118,000 transfers, 20,000 balances each) from their files, through a new data folder, to a
 * trail: opening the folder, reading, settling, storing, and tracing under two rules. Each set is measured by the
 * median of three rounds, and the slowest is the figure.
 *
 * What was learnt (one set took 17 s of CPU time at first, and takes half of it now, on two loaded cores):
 * - A payment with a getter of its own has a shape of its own, and a hundred thousand shapes make everything slow that
 *   touches payments: the getter stands in a class.
 * - Most payments are one order of which nothing else tells (`onlyOrderOf`). To ask that first costs less than the
 *   empty lists, sets and closures of the general way. This and the class took settling from 4.3 s to about 2 s.
 * - One by one, records are 1000 bytes of JSON each, of which 40 differ. Packed by columns (`pack-records.ts`) they
 *   take 55, and hashing and storing them no longer count.
 * - Facts that were told before an epoch began were stored twice. Told with the settlement they are stored once.
 * - What is left is spread: reading and packing 1.5 s, settling 2 s, texts about payments 1.5 s (750 bytes each,
 *   stored as told and again by transaction), the store's 170 other statements 2 s, the trace 1 s.
 */
export async function figures(): Promise<Figure[]> {
  return [...(await amlsimFigures()), settleFigure()];
}

async function amlsimFigures(): Promise<Figure[]> {
  const all = {
    name: names[0],
    unit: "s",
    better: "lower",
    floor: 2,
    against: "the slowest of three sets, through the store",
  } as const;
  const trail = { ...all, name: names[1], floor: null, against: "the part of it from the store to the trail" } as const;
  if (!existsSync(folder)) {
    const reason = "../shared/data/bank-amlsim is not there";
    return [skippedFigure(all, reason), skippedFigure(trail, reason)];
  }
  const work = mkdtempSync(join(tmpdir(), "spoor-bench-amlsim-"));
  try {
    let slowest = { seconds: 0, trailSeconds: 0 };
    for (const name of sets) {
      const measured = await measure(name, join(work, name));
      if (measured.seconds > slowest.seconds) slowest = measured;
    }
    return [
      { ...all, value: slowest.seconds, skipped: null },
      { ...trail, value: slowest.trailSeconds, skipped: null },
    ];
  } finally {
    rmSync(work, { recursive: true });
  }
}

async function measure(name: string, work: string): Promise<{ seconds: number; trailSeconds: number }> {
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
  const times: { seconds: number; trailSeconds: number }[] = [];
  for (let round = 0; round < rounds; round++) {
    const data = join(work, `data-${round}`);
    const from = performance.now();
    await ingestBank({ data, ledger: "bank", files, mapping: null });
    const stored = performance.now();
    const { trail } = await traceTheft({
      data,
      ledgers: ["bank"],
      seeds: [seed],
      rules: ["haircut", "fifo"],
      direction: "forward",
      stops: [],
      budget: { movements: 100_000 },
      followFees: false,
      alternatives: false,
    });
    if (trail.movements.length === 0) throw new RangeError(`the trail from ${seed} in ${name} is empty`);
    const to = performance.now();
    times.push({ seconds: (to - from) / 1000, trailSeconds: (to - stored) / 1000 });
    process.stderr.write(`${name}: ${((to - from) / 1000).toFixed(2)} s, ${trail.movements.length} movements\n`);
    rmSync(data, { recursive: true });
  }
  const seconds = median(times.map((time) => time.seconds));
  return { seconds, trailSeconds: median(times.map((time) => time.trailSeconds)) };
}

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
    name: names[2],
    value: (1000 * mixedRecords) / median(times),
    unit: "records/s",
    better: "higher",
    floor: null,
    against: "orders, legs, entries, returns and statuses mixed, one thread",
    skipped: null,
  };
}
