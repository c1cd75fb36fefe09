import type { CoinColumns } from "../library/src/trace/columns.ts";
import { haircutKernel } from "../library/src/trace/haircut-kernel.ts";
import { releasePlaces } from "../library/src/trace/places.ts";
import type { TraceRequest } from "../library/src/trace/request.ts";
import type { RoomReader } from "../library/src/trace/room-reader.ts";
import { runForward } from "../library/src/trace/run-forward.ts";
import { clearRoom, pendingOf } from "../library/src/trace/run-room.ts";
import { roomOf, type SharedRoom, shareColumns } from "../library/src/trace/share-columns.ts";
import { createSweep, type Sweep } from "../library/src/trace/sweep.ts";
import { sweepUnits } from "../library/src/trace/sweep-units.ts";
import { traceCoins } from "../library/src/trace/trace-coins.ts";
import { traceCoinsParallel } from "../library/src/trace/trace-coins-parallel.ts";
import { type Figure, median, skippedFigure } from "./figure.ts";
import { openTraceBench, runForJson, type TraceBench } from "./trace-columns.ts";

const rounds = 7;
const spreadSeeds = 10_000;

const planned = {
  haircut: {
    name: "trace.haircut.vs-cpp",
    unit: "x",
    better: "higher",
    floor: 0.7,
    against: "C++ in doubles, not conserved, one thread; one sweep from output 0 of 10 M transactions",
  },
  fifo: {
    name: "trace.fifo.vs-cpp",
    unit: "x",
    better: "higher",
    floor: 0.3,
    against: "C++ twin of the kernel (bench/fifo.cpp), one thread; 10,000 seeds spread over 10 M transactions",
  },
  trail: { name: "trace.trail-100k.ms", unit: "ms", better: "lower", floor: 1000, against: null },
  memory: { name: "memory.bytes-per-output", unit: "bytes", better: "lower", floor: 48, against: null },
  parallel: {
    name: "trace.parallel.speedup",
    unit: "x",
    better: "higher",
    floor: null,
    against: "haircut and poison one after the other, 2,000,000 movements each",
  },
} as const satisfies Record<string, Omit<Figure, "value" | "skipped">>;

export const names = Object.values(planned).map(({ name }) => name);

/**
 * All on the ledger of the yardstick, with the C++ programs run between our rounds. `trail-100k` is one call of
 * traceCoins for haircut, fifo and lifo from output 0 with a budget of 100,000 movements each, result included (the
 * trails of fifo and lifo from there may be shorter). `bytes-per-output` is the largest of a haircut sweep's and a
 * fifo sweep's by WebAssembly and by the general kernel: columns, and every array of the sweep at its largest, without
 * the result; all grow with the ledger.
 */
export async function figures(): Promise<Figure[]> {
  const bench = openTraceBench();
  if (typeof bench === "string") return Object.values(planned).map((figure) => skippedFigure(figure, bench));
  const columns = shareColumns(bench.columns);
  const { value: fifo, bytes: fifoBytes } = measureFifo(bench, columns);
  const haircut = measureHaircut(bench, columns);
  const room = columns.outputCount * 8 + columns.transactionCount / 8;
  // Reading the result takes a word a transaction; the ids' places are kept ready, used or not.
  const haircutBytes = bytesOf(columns) + room + columns.transactionCount * 4 + columns.outputCount * 4;
  const measured = {
    haircut,
    fifo,
    trail: measureTrail(columns),
    memory: Math.max(haircutBytes, bytesOf(columns) + room + fifoBytes) / columns.outputCount,
    parallel: await measureParallel(columns),
  };
  return (Object.keys(planned) as (keyof typeof planned)[]).map((key) => {
    return { ...planned[key], value: measured[key], skipped: null };
  });
}

function requestOf(more: Partial<TraceRequest>): TraceRequest {
  return {
    direction: "forward",
    rules: ["haircut"],
    labels: ["theft"],
    seeds: [{ output: 0, amount: null, label: 0 }],
    stopOutputs: null,
    stopHeight: null,
    budget: {},
    followFees: false,
    subsidyAt: () => 0,
    ...more,
  };
}

function measureHaircut({ folder, sweepCpp }: TraceBench, columns: CoinColumns): number {
  const room = roomOf(columns);
  if (room === null) throw new Error("the ledger does not fit one memory");
  const kernel = haircutKernel(room.memory);
  const { buffer } = room.memory;
  const total = new Float64Array(buffer, room.total, columns.outputCount);
  const pending = new Int32Array(buffer, room.pending, (columns.transactionCount + 31) >>> 5);
  const times: { ours: number[]; cpp: number[] } = { ours: [], cpp: [] };
  for (let round = 0; round <= rounds; round++) {
    total.fill(0);
    pending.fill(0);
    total[0] = columns.outputValue[0]!;
    const spender = columns.outputSpender[0]!;
    pending[spender >>> 5]! |= 1 << (spender & 31);
    const started = performance.now();
    kernel(
      0,
      columns.transactionCount,
      columns.txFirstInput.byteOffset,
      columns.inputOutput.byteOffset,
      columns.txFirstOutput.byteOffset,
      columns.outputValue.byteOffset,
      columns.outputSpender.byteOffset,
      room.total,
      room.pending,
    );
    const ours = performance.now() - started;
    const cpp = runForJson(sweepCpp, [folder, "0", "1"]).ms!;
    // The first round is run by the compiler's quick first version.
    if (round === 0) continue;
    times.ours.push(ours);
    times.cpp.push(cpp);
  }
  let unspent = 0;
  for (let o = 0; o < columns.outputCount; o++) if (columns.outputSpender[o] === 0xffff_ffff) unspent += total[o]!;
  if (unspent !== columns.outputValue[0]) throw new Error(`the sweep lost ${columns.outputValue[0]! - unspent} units`);
  total.fill(0);
  pending.fill(0);
  return median(times.cpp) / median(times.ours);
}

function measureFifo({ folder, fifoCpp }: TraceBench, columns: CoinColumns): { value: number; bytes: number } {
  const room = roomOf(columns);
  if (room === null) throw new Error("the ledger does not fit one memory");
  const seeds = Array.from({ length: spreadSeeds }, (_, n) => {
    return { output: Math.floor((n * columns.outputCount) / spreadSeeds), amount: null, label: 0 };
  });
  const request = requestOf({ rules: ["fifo"], seeds });
  const times: { ours: number[]; cpp: number[] } = { ours: [], cpp: [] };
  let arenaBytes = 0;
  for (let round = 0; round <= rounds; round++) {
    const sweep = createSweep(columns, request, "fifo");
    const started = performance.now();
    const reader = sweepUnits(sweep, room);
    const ours = performance.now() - started;
    if (reader === null) throw new Error("the units do not fit the memory");
    const cpp = runForJson(fifoCpp, [folder, String(spreadSeeds), "1"]);
    compareWithTwin(columns, room, reader, cpp);
    clearRoom(sweep, room, pendingOf(sweep, room));
    releasePlaces(sweep.places);
    arenaBytes = reader.arenaBytes;
    if (round === 0) continue;
    times.ours.push(ours);
    times.cpp.push(cpp.ms!);
  }
  const sweep = createSweep(columns, request, "fifo");
  runForward(sweep);
  releasePlaces(sweep.places);
  return { value: median(times.cpp) / median(times.ours), bytes: Math.max(bytesOf(sweep), arenaBytes) };
}

/** @throws Error where the twin touched other transactions, or left another amount unspent */
function compareWithTwin(columns: CoinColumns, room: SharedRoom, reader: RoomReader, cpp: Record<string, number>) {
  const pending = new Uint32Array(room.memory.buffer, room.pending, (columns.transactionCount + 31) >>> 5);
  let touched = 0;
  for (const word of pending) for (let bits = word; bits !== 0; bits &= bits - 1) touched++;
  let unspent = 0;
  for (let o = 0; o < columns.outputCount; o++)
    if (columns.outputSpender[o]! >= 0xffff_fffd) unspent += reader.totalOf(o);
  if (touched === cpp.touched && unspent === cpp.unspent) return;
  throw new Error(`fifo touched ${touched} and left ${unspent}, its twin ${cpp.touched} and ${cpp.unspent}`);
}

function measureTrail(columns: CoinColumns): number {
  const request = requestOf({ rules: ["haircut", "fifo", "lifo"], budget: { movements: 100_000 } });
  const times = Array.from({ length: rounds }, () => {
    const started = performance.now();
    traceCoins(columns, request);
    return performance.now() - started;
  });
  return median(times);
}

async function measureParallel(columns: CoinColumns): Promise<number> {
  const request = requestOf({ rules: ["haircut", "poison"], budget: { movements: 2_000_000 } });
  const times: { inTurn: number[]; together: number[] } = { inTurn: [], together: [] };
  for (let round = 0; round < 5; round++) {
    let started = performance.now();
    traceCoins(columns, request);
    times.inTurn.push(performance.now() - started);
    started = performance.now();
    await traceCoinsParallel(columns, request, { threads: 2 });
    times.together.push(performance.now() - started);
  }
  return median(times.inTurn) / median(times.together);
}

/**
 * The bytes of all typed arrays in an object, one level of objects deep; a shared buffer's parts count for themselves.
 */
function bytesOf(holder: CoinColumns | Sweep): number {
  let sum = 0;
  const add = (value: unknown) => {
    if (ArrayBuffer.isView(value)) sum += value.byteLength;
  };
  for (const [name, value] of Object.entries(holder)) {
    // The columns inside a sweep are counted once, as columns.
    if (name === "columns" || name === "request") continue;
    add(value);
    if (typeof value === "object" && value !== null && !ArrayBuffer.isView(value)) Object.values(value).forEach(add);
  }
  return sum;
}
