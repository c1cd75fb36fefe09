import { isDeepStrictEqual } from "node:util";
import { expect, test } from "vitest";
import { type CoinColumns, makerAbsent } from "./columns.ts";
import { type OracleTrace, traceByOracle } from "./oracle.ts";
import {
  type Coin,
  draw,
  inOrder,
  layOut,
  newTransaction,
  plainTrace,
  randomCase,
  rulesFor,
  type Transaction,
} from "./random-ledger.test-ledger.ts";
import type { TraceRequest } from "./request.ts";
import type { Rule } from "./rule.ts";
import { runRoom } from "./run-room.ts";
import { roomOf, shareColumns } from "./share-columns.ts";
import { createSweep } from "./sweep.ts";
import { traceCoins } from "./trace-coins.ts";

const pageBytes = 65536;
const rules: readonly Rule[] = ["haircut", "fifo", "lifo"];

type Tracer = (columns: CoinColumns, request: TraceRequest, rule: Rule) => OracleTrace | null;

/** The WebAssembly kernel alone; null where it does not apply. */
const room: Tracer = (columns, request, rule) => {
  const trace = runRoom(createSweep(columns, request, rule));
  return trace === null ? null : plainTrace(trace, request.labels.length);
};

/** A random ledger with a request that stops at nothing, in one memory. */
function plainCase(seed: number) {
  const given = randomCase(seed, { direction: "forward" });
  const request: TraceRequest = {
    ...given.request,
    rules: rulesFor(given).filter((rule) => rules.includes(rule)),
    stopOutputs: null,
    stopHeight: null,
    budget: {},
    followFees: false,
  };
  return { request, columns: shareColumns(given.columns, { bytesMax: 4 * pageBytes }) };
}

/** The first ledger of a range on which a tracer and the oracle differ, and how often they could be compared. */
function compare(tracer: Tracer, count: number) {
  const compared = { haircut: 0, fifo: 0, lifo: 0, labels: 0, hops: 0, fees: 0, refilled: 0 };
  for (let seed = 0; seed < count; seed++) {
    const { columns, request } = plainCase(seed);
    for (const rule of request.rules) {
      const traced = tracer(columns, request, rule);
      if (traced === null) continue;
      const told = inOrder(traced);
      const oracle = inOrder(traceByOracle(columns, request, rule));
      if (!isDeepStrictEqual(told, oracle)) return { difference: { seed, rule, told, oracle }, compared };
      compared[rule as "haircut" | "fifo" | "lifo"]++;
      if (told.coins.some(({ labels }) => labels.filter((part) => part > 0n).length > 1)) compared.labels++;
      if (told.transactions.some(({ hops }) => hops >= 4)) compared.hops++;
      if (told.fees.length > 0) compared.fees++;
      const seeds = new Set(request.seeds.map(({ output }) => output));
      if ([...seeds].some((coin) => told.transactions.some(({ id }) => id === columns.outputTx[coin]))) {
        compared.refilled++;
      }
    }
  }
  return { difference: null, compared };
}

test("the WebAssembly kernels and the oracle agree to the last unit on 1500 random ledgers, any labels", () => {
  const { difference, compared } = compare(room, 1500);
  expect(difference).toBeNull();
  for (const [what, times] of Object.entries(compared)) expect(times, what).toBeGreaterThan(100);
});

const canaries: Record<string, Tracer> = {
  "lifo where fifo was asked": (columns, request, rule) => room(columns, request, rule === "fifo" ? "lifo" : rule),
  "the last seed forgotten": (columns, request, rule) =>
    room(columns, { ...request, seeds: request.seeds.slice(0, -1) }, rule),
  "labels mistaken for one another": (columns, request, rule) => {
    const trace = room(columns, request, rule);
    for (const { labels } of trace?.coins ?? []) labels.reverse();
    return trace;
  },
};

test.each(Object.keys(canaries))("the comparison sees a broken kernel: %s", (name) => {
  expect(compare(canaries[name]!, 300).difference).not.toBeNull();
});

/** Thousands of transactions that mix and split coins of all ages. */
function longLedger(seed: number, count: number): CoinColumns {
  const by = draw(seed);
  const ledger: Transaction[] = [];
  const open: Coin[] = [];
  for (let n = 0; n < count; n++) {
    const inputs: Coin[] = [];
    for (let wanted = by.chance(0.5) ? 1 : 2 + by.below(5); wanted > 0 && open.length > 0; wanted--) {
      inputs.push(...open.splice(by.below(open.length), 1));
    }
    const isCoinbase = n < 3 || by.chance(0.02);
    if (isCoinbase) open.push(...inputs.splice(0));
    let left = isCoinbase ? 5_000_000_000 : inputs.reduce((sum, { value }) => sum + value, 0);
    const values = Array.from({ length: 1 + by.below(4) }, () => {
      const value = by.below(left + 1);
      left -= value;
      return value;
    });
    const transaction = newTransaction(Math.floor(n / 50), inputs, values);
    open.push(...transaction.outputs);
    ledger.push(transaction);
  }
  return layOut(ledger, true);
}

function requestOf(columns: CoinColumns, seeds: number, labels: number): TraceRequest {
  const by = draw(seeds);
  return {
    direction: "forward",
    rules: ["fifo", "lifo"],
    labels: Array.from({ length: labels }, (_, label) => `theft ${label}`),
    seeds: Array.from({ length: seeds }, (_, n) => {
      const output = Math.floor((n * columns.outputCount) / seeds);
      const value = columns.outputValue[output]!;
      const amount = value < 2 || by.chance(0.3) ? null : BigInt(1 + by.below(value));
      return { output, amount, label: by.below(labels) };
    }),
    stopOutputs: null,
    stopHeight: null,
    budget: {},
    followFees: false,
    subsidyAt: () => 0,
  };
}

test.each([1, 3, 40])("fifo and lifo of %i labels give on long ledgers what the general kernel gives", (labels) => {
  let grown = 0;
  for (let seed = 0; seed < 3; seed++) {
    const columns = longLedger(seed, 4000);
    const request = requestOf(columns, 300, labels);
    const shared = shareColumns(columns);
    const before = roomOf(shared)!.memory.buffer.byteLength;
    for (const rule of request.rules) {
      const trace = runRoom(createSweep(shared, request, rule));
      expect(trace, `ledger ${seed}`).toEqual(traceCoins(columns, { ...request, rules: [rule] }).rules[0]);
    }
    if (roomOf(shared)!.memory.buffer.byteLength > before) grown++;
    // Once more in the memory that has grown.
    expect(traceCoins(shared, request)).toEqual(traceCoins(columns, request));
  }
  // The units did not fit what the memory began with.
  expect(grown).toBeGreaterThan(0);
});

test("where the units do not fit the memory the general kernel traces, from a sweep as it was", () => {
  const columns = longLedger(1, 4000);
  const request = requestOf(columns, 300, 2);
  const shared = shareColumns(columns, { bytesMax: roomOf(shareColumns(columns))!.memory.buffer.byteLength });
  for (const rule of request.rules) expect(runRoom(createSweep(shared, request, rule))).toBeNull();
  expect(traceCoins(shared, request)).toEqual(traceCoins(columns, request));
});

test("more labels than the kernel has bits for are traced by the general kernel", () => {
  const columns = longLedger(2, 50);
  const request = requestOf(columns, 10, 2049);
  const shared = shareColumns(columns);
  expect(runRoom(createSweep(shared, request, "fifo"))).toBeNull();
  const fewer = { ...request, labels: request.labels.slice(1) };
  const seeds = request.seeds.map((one) => ({ ...one, label: Math.max(0, one.label - 1) }));
  expect(runRoom(createSweep(shared, { ...fewer, seeds }, "fifo"))).not.toBeNull();
  expect(traceCoins(shared, request)).toEqual(traceCoins(columns, request));
});

test("a sweep that something may stop, and one of a room that is taken, are left to the general kernel", () => {
  const columns = shareColumns(longLedger(3, 50));
  const plain = requestOf(columns, 5, 1);
  const uses = (more: Partial<TraceRequest>) =>
    runRoom(createSweep(columns, { ...plain, ...more } as TraceRequest, "fifo")) !== null;
  expect(uses({})).toBe(true);
  expect(uses({ direction: "backward" })).toBe(false);
  expect(uses({ stopHeight: 9 })).toBe(false);
  expect(uses({ stopOutputs: new Uint32Array(9) })).toBe(false);
  expect(uses({ budget: { movements: 3 } })).toBe(false);
  expect(uses({ budget: { min: 1n } })).toBe(false);
  expect(uses({ followFees: true })).toBe(false);
  expect(uses({})).toBe(true);
});

test("a seed whose maker the ledger does not hold is traced", () => {
  const stranger: Coin = { value: 10, maker: null, spender: null, otherwise: makerAbsent, id: -1 };
  const columns = shareColumns(layOut([newTransaction(0, [stranger], [4, 6])], false));
  const request = { ...requestOf(columns, 1, 1), seeds: [{ output: 2, amount: 5n, label: 0 }] };
  const trace = runRoom(createSweep(columns, request, "fifo"))!;
  expect(plainTrace(trace, 1).coins).toEqual([
    { coin: 0, labels: [4n] },
    { coin: 1, labels: [1n] },
    { coin: 2, labels: [5n] },
  ]);
});
