import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AccountColumns } from "../library/src/trace/account-columns.ts";
import type { SweepResult } from "../library/src/trace/account-result.ts";
import { widen } from "../library/src/trace/account-wide.ts";
import type { JointRequest, JointSeed } from "../library/src/trace/joint-request.ts";
import type { Rule } from "../library/src/trace/rule.ts";
import { sweepColumns } from "../library/src/trace/sweep-accounts.ts";
import { makeAccountLedger } from "./account-ledger-generator.ts";
import { type Figure, median, skippedFigure } from "./figure.ts";
import { haircutInexactly } from "./inexact-haircut.ts";

const shape = { transfers: 10_000_000, accounts: 1_000_000, seed: 7 };
const rounds = 5;
/** Fifo keeps traced value together, so it takes many seeds to spread it: whole transfers of the first half. */
const fifoSeeds = 100_000;

const rate = (name: string, floor: number | null) => {
  return { name, unit: "transfers/s", better: "higher", floor, against: null } as const;
};
const ratio = (name: string, against: string) => ({ name, unit: "x", better: "higher", floor: null, against }) as const;

const inexact = "an inexact loop in doubles that conserves nothing and lists no moves, openings included";
const cpp = "a C++ twin in doubles (bench/account-fifo.cpp), one thread, openings included";

const planned = {
  haircut: rate("account-haircut", 5_000_000),
  haircutRatio: ratio("account-haircut.vs-inexact", inexact),
  fifo: rate("account-fifo", 1_000_000),
  fifoRatio: ratio("account-fifo.vs-cpp", cpp),
  haircutWei: rate("account-haircut-wei", 1_000_000),
  haircutWeiRatio: ratio("account-haircut-wei.vs-inexact", `${inexact}, amounts rounded`),
  fifoWei: rate("account-fifo-wei", 400_000),
  fifoWeiRatio: ratio("account-fifo-wei.vs-cpp", `${cpp}, over the same ledger in cents`),
  widen: rate("account-widen-wei", null),
} as const satisfies Record<string, Omit<Figure, "value" | "skipped">>;

type Key = keyof typeof planned;

export const names = Object.values(planned).map(({ name }) => name);

/**
 * All over a made ledger of 10 M transfers and 1 M accounts, one thread, columns loaded, from a request to its result
 * in columns: least openings, the sweep with its list of moves, what every holding has at the end. Haircut follows all
 * that the busiest account has and receives, which is in over half of the transfers; fifo follows 100,000 transfers.
 * Wei are put into two doubles once a ledger (`account-widen-wei`), which is not in the other figures.
 */
export async function figures(): Promise<Figure[]> {
  const values = new Map<Key, number>();
  const program = compileTwin();
  const cents = makeLedger(false);
  const cppMs = measure(cents, values, { haircut: "haircut", ratio: "haircutRatio", fifo: "fifo" }, program);
  const wei = makeLedger(true);
  const started = performance.now();
  widen(wei.transferAmount);
  values.set("widen", (shape.transfers / (performance.now() - started)) * 1000);
  measure(wei, values, { haircut: "haircutWei", ratio: "haircutWeiRatio", fifo: "fifoWei" }, null);
  if (cppMs !== null) {
    values.set("fifoRatio", (values.get("fifo")! * cppMs) / 1000 / shape.transfers);
    values.set("fifoWeiRatio", (values.get("fifoWei")! * cppMs) / 1000 / shape.transfers);
  }
  return (Object.keys(planned) as Key[]).map((key) => {
    const value = values.get(key);
    return value === undefined
      ? skippedFigure(planned[key], "there is no g++")
      : { ...planned[key], value, skipped: null };
  });
}

function makeLedger(wei: boolean): AccountColumns {
  process.stderr.write(`making a ledger of ${shape.transfers} transfers in ${wei ? "wei" : "cents"}\n`);
  return makeAccountLedger({ ...shape, wei });
}

function compileTwin(): string | null {
  if (spawnSync("g++", ["--version"]).status !== 0) {
    process.stderr.write("there is no g++: the ratios of fifo are skipped\n");
    return null;
  }
  const folder = join(tmpdir(), "spoor-bench-accounts");
  mkdirSync(folder, { recursive: true });
  const program = join(folder, "account-fifo");
  const source = join(import.meta.dirname, "account-fifo.cpp");
  const { status, stderr } = spawnSync("g++", ["-O3", "-march=native", source, "-o", program], { encoding: "utf8" });
  if (status !== 0) throw new Error(`g++ failed: ${stderr}`);
  return program;
}

interface Keys {
  readonly haircut: Key;
  readonly ratio: Key;
  readonly fifo: Key;
}

/** Rounds in turns: sweep, baseline, sweep, baseline. Gives the milliseconds of the C++ twin, where there is one. */
function measure(columns: AccountColumns, values: Map<Key, number>, keys: Keys, program: string | null): number | null {
  const busiest = busiestOf(columns);
  const haircutSeeds: JointSeed[] = [seedOf({ kind: "holding", holding: busiest })];
  const every = Math.floor(shape.transfers / 2 / fifoSeeds);
  const seeds = Array.from({ length: fifoSeeds }, (_, n) => n * every);
  const fifo = seeds.map((transfer) => seedOf({ kind: "transfer", transfer }));
  const doubles = Float64Array.from(columns.transferAmount as ArrayLike<number | bigint>, Number);
  const folder = program === null ? null : writeColumns(columns, doubles, seeds);
  const times: Record<"haircut" | "inexact" | "fifo" | "cpp", number[]> = {
    haircut: [],
    inexact: [],
    fifo: [],
    cpp: [],
  };
  // The first round is run by the compiler's quick first version.
  for (let round = 0; round <= rounds; round++) {
    const haircut = timedSweep(columns, "haircut", haircutSeeds);
    const inexactMs = timeOf(() => haircutInexactly(columns, doubles, busiest));
    const swept = timedSweep(columns, "fifo", fifo);
    const cppMs = folder === null ? 0 : compareWithTwin(swept.result, program!, folder);
    const taken = { haircut: haircut.ms, inexact: inexactMs, fifo: swept.ms, cpp: cppMs };
    if (round === 0) continue;
    for (const key of Object.keys(times) as (keyof typeof times)[]) times[key].push(taken[key]);
  }
  const perSecond = (ms: number[]) => (shape.transfers / median(ms)) * 1000;
  values.set(keys.haircut, perSecond(times.haircut));
  values.set(keys.ratio, median(times.inexact) / median(times.haircut));
  values.set(keys.fifo, perSecond(times.fifo));
  return folder === null ? null : median(times.cpp);
}

function timeOf(work: () => void): number {
  const started = performance.now();
  work();
  return performance.now() - started;
}

const seedOf = (at: JointSeed["at"]): JointSeed => ({ part: 0, at, amount: null, label: 0 });

function busiestOf({ holdingCount, transferTo }: AccountColumns): number {
  const received = new Uint32Array(holdingCount);
  for (const holding of transferTo) received[holding]!++;
  return received.reduce((best, count, holding) => (count > received[best]! ? holding : best), 0);
}

/** A request of its own each time, so that no openings are kept from the last. @throws Error where units are lost */
function timedSweep(columns: AccountColumns, rule: Rule, seeds: readonly JointSeed[]) {
  const request: JointRequest = {
    direction: "forward",
    rules: [rule],
    labels: [{ name: "theft", asset: "unit" }],
    parts: [{ kind: "account", columns, stops: null, stopHeight: null }],
    seeds,
    links: [],
    budget: {},
    followFees: false,
    openings: "least",
    throughDebt: false,
  };
  const started = performance.now();
  const result = sweepColumns(request, rule);
  const ms = performance.now() - started;
  if (result === null) throw new Error("the sweep does not take the ledger");
  const lost = BigInt(result.seeded[0]!) - endedIn(result);
  if (lost !== 0n) throw new Error(`${rule} lost ${lost} units`);
  return { result, ms };
}

/** What was seeded is below 2^53 where it is in doubles, so they add up exactly. */
function endedIn({ held, heldIn, fees }: SweepResult): bigint {
  let small = 0;
  let big = BigInt(fees[0]!);
  for (const holding of held) {
    const [amount] = heldIn(holding) as [number | bigint];
    if (typeof amount === "bigint") big += amount;
    else small += amount;
  }
  return big + BigInt(small);
}

/** @throws Error where the twin moved another number of times, or left another amount */
function compareWithTwin(result: SweepResult, program: string, folder: string): number {
  const { status, stdout, stderr } = spawnSync(program, [folder, "1"], { encoding: "utf8" });
  if (status !== 0) throw new Error(`${program} failed: ${stderr}`);
  const twin = JSON.parse(stdout) as { moves: number; held: number; fees: number; ms: number };
  const held = endedIn(result) - BigInt(result.fees[0]!);
  if (
    twin.moves !== result.moves.count ||
    BigInt(twin.held) !== held ||
    BigInt(twin.fees) !== BigInt(result.fees[0]!)
  ) {
    const ours = `${result.moves.count} moves and ${held} held`;
    throw new Error(`fifo has ${ours}, its twin ${twin.moves} and ${twin.held}`);
  }
  return twin.ms;
}

/** The columns as the twin reads them; an opening that is not known is -1. */
function writeColumns(columns: AccountColumns, amount: Float64Array, seeds: readonly number[]): string {
  const folder = join(tmpdir(), "spoor-bench-accounts", `${shape.transfers}-${shape.accounts}-${shape.seed}`);
  mkdirSync(folder, { recursive: true });
  const opening = new Float64Array(columns.holdingCount).fill(-1);
  for (const [holding, known] of columns.openings) opening[holding] = Number(known);
  const files: Record<string, Float64Array | Uint32Array | Uint8Array> = {
    "from.u32": columns.transferFrom,
    "to.u32": columns.transferTo,
    "seeds.u32": Uint32Array.from(seeds),
    "amount.f64": amount,
    "opening.f64": opening,
    "fee.u8": columns.transferIsFee,
  };
  for (const [name, column] of Object.entries(files)) writeFileSync(join(folder, name), column);
  return folder;
}
