import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { SpoorError } from "../errors/base.ts";
import { pushCallTransfers } from "./call-transfers.ts";
import { callsOfCallTracer, flatTraceOf } from "./calls.ts";
import type { EthereumCall } from "./chain-record.ts";
import { tracesOfTraceBlock } from "./node-block.ts";
import type { EthereumTransfer } from "./transfer.ts";

const fixtures = join(import.meta.dirname, "../../../../shared/data/eth-geth-fixtures");
const place = { transaction: `0x${"1".repeat(64)}`, height: 1, position: 0, time: null, dayOnly: false };

function moved(calls: readonly EthereumCall[], selfDestructKeeps = false): string[] {
  const into: EthereumTransfer[] = [];
  pushCallTransfers(place, calls, { native: "ETH", selfDestructKeeps }, into);
  return into.map(({ from, to, amount }) => `${from} ${to ?? "burnt"} ${amount}`);
}

interface Frame {
  readonly type: string;
  readonly from: string;
  readonly to?: string;
  readonly value?: string;
  readonly error?: string;
  readonly calls?: readonly Frame[];
}

interface FlatEntry {
  readonly type: string;
  readonly error?: string;
  readonly traceAddress: readonly number[];
}

const fixture = (folder: string, file: string) =>
  JSON.parse(readFileSync(join(fixtures, folder, file), "utf8")) as {
    result: unknown;
    input: string;
    tracerConfig?: { onlyTopCall?: boolean };
  };

/** What a call and all below it move, said once more and otherwise: by recursion over the nested frames. */
function movedByFrames(frame: Frame): string[] {
  if (frame.error !== undefined) return [];
  const value = BigInt(frame.value ?? "0x0");
  const moves = ["CALL", "CREATE", "CREATE2", "SELFDESTRUCT"].includes(frame.type) && value > 0n;
  const own = moves && frame.from !== frame.to ? [`${frame.from} ${frame.to} ${value}`] : [];
  return own.concat((frame.calls ?? []).flatMap(movedByFrames));
}

const tracer = (folder: string) =>
  existsSync(fixtures) ? readdirSync(join(fixtures, folder)).filter((file) => file.endsWith(".json")) : [];

describe.skipIf(!existsSync(fixtures))("geth's call traces (../shared/data/eth-geth-fixtures)", () => {
  test.each([
    ...tracer("call_tracer").map((file) => ["call_tracer", file]),
    ...tracer("call_tracer_withLog").map((file) => ["call_tracer_withLog", file]),
  ])("%s/%s: value moves only in calls that did not revert, nor stand below one that did", (folder, file) => {
    const { result } = fixture(folder!, file!);
    expect(moved(callsOfCallTracer(result))).toEqual(movedByFrames(result as Frame));
  });

  // Two of them are of different transactions, or of different extent.
  const both = tracer("call_tracer").filter((file) => {
    if (!tracer("call_tracer_flat").includes(file)) return false;
    const [nested, flat] = [fixture("call_tracer", file), fixture("call_tracer_flat", file)];
    return nested.input === flat.input && nested.tracerConfig?.onlyTopCall !== true;
  });
  test.each(both)("%s: flat and nested traces tell the same transfers", (file) => {
    const nested = fixture("call_tracer", file);
    const flat = fixture("call_tracer_flat", file);
    const entries = (flat.result as FlatEntry[]).map((entry) => ({ ...entry, transactionHash: place.transaction }));
    const { calls } = tracesOfTraceBlock(entries);
    const ofNested = callsOfCallTracer(nested.result);
    expect(moved(calls.get(place.transaction)!)).toEqual(moved(ofNested));
    if (file === "deep_calls.json") expect(ofNested).toHaveLength(29);
  });

  test.each(tracer("call_tracer_flat"))("%s: flat traces move nothing below what failed", (file) => {
    const entries = fixture("call_tracer_flat", file).result as FlatEntry[];
    const { calls } = tracesOfTraceBlock(entries.map((entry) => ({ ...entry, transactionHash: place.transaction })));
    const failed = entries.filter(({ error }) => error !== undefined).map(({ traceAddress }) => traceAddress);
    const isBelow = (path: readonly number[]) => failed.some((head) => head.every((step, j) => path[j] === step));
    const alive = entries.filter(({ traceAddress }) => !isBelow(traceAddress)).map((entry) => flatTraceOf(entry));
    const count = alive.filter(
      (trace) =>
        trace.is === "call" && trace.call.value > 0n && ["call", "create", "selfdestruct"].includes(trace.call.kind),
    ).length;
    expect(moved(calls.get(place.transaction) ?? []).length).toBe(count);
  });

  test("mutated traces give transfers or a SpoorError, never a crash", () => {
    const texts = ["simple", "selfdestruct", "inner_throw_outer_revert", "create"].map((name) =>
      JSON.stringify(fixture("call_tracer", `${name}.json`).result),
    );
    const flats = ["suicide", "nested_create", "inner_instafail"].map((name) =>
      JSON.stringify(fixture("call_tracer_flat", `${name}.json`).result),
    );
    const cut = fc.record({
      at: fc.nat(),
      length: fc.nat(20),
      put: fc.constantFrom("", "null", "0x", "[]", "{}", '"', "1e9", "-1"),
    });
    fc.assert(
      fc.property(fc.constantFrom(...texts, ...flats), fc.array(cut, { minLength: 1, maxLength: 4 }), (text, cuts) => {
        let mutated = text;
        for (const { at, length, put } of cuts) {
          const from = at % mutated.length;
          mutated = mutated.slice(0, from) + put + mutated.slice(from + length);
        }
        let value: unknown;
        try {
          value = JSON.parse(mutated);
        } catch {
          return;
        }
        for (const read of [callsOfCallTracer, tracesOfTraceBlock]) {
          try {
            read(value);
          } catch (error) {
            expect(error).toBeInstanceOf(SpoorError);
          }
        }
      }),
      { numRuns: 2000 },
    );
  });
});

const call = (
  kind: EthereumCall["kind"],
  from: string,
  to: string | null,
  value: bigint,
  depth = 0,
  failed = false,
) => ({
  kind,
  from,
  to,
  value,
  failed,
  depth,
});

test("nested deeper than any stack, traces are read all the same", () => {
  let frame: Frame = { type: "CALL", from: `0x${"a".repeat(40)}`, to: `0x${"b".repeat(40)}`, value: "0x1" };
  for (let depth = 0; depth < 50_000; depth++) frame = { ...frame, calls: [frame] };
  expect(callsOfCallTracer(frame)).toHaveLength(50_001);
});

test("delegatecall, staticcall and callcode move nothing to anybody else", () => {
  for (const kind of ["delegatecall", "staticcall", "callcode"] as const) {
    expect(moved([call("call", "a", "b", 5n), call(kind, "b", "c", 5n, 1)])).toEqual(["a b 5"]);
  }
});

test("EIP-6780: a self-destruct in its own favour burns; since Cancun only what was made just now", () => {
  const old = [call("call", "a", "b", 0n), call("selfdestruct", "b", "b", 7n, 1)];
  expect(moved(old, false)).toEqual(["b burnt 7"]);
  expect(moved(old, true)).toEqual([]);
  const fresh = [call("create", "a", "b", 7n), call("selfdestruct", "b", "b", 7n, 1)];
  expect(moved(fresh, true)).toEqual(["a b 7", "b burnt 7"]);
});

test("what a destroyed contract gets afterwards is gone when the transaction ends", () => {
  const calls = [
    call("call", "a", "m", 0n),
    call("selfdestruct", "m", "heir", 7n, 1),
    call("call", "a", "m", 5n, 1),
    call("call", "m", "b", 2n, 1),
  ];
  expect(moved(calls, false)).toEqual(["m heir 7", "a m 5", "m b 2", "m burnt 3"]);
  expect(moved(calls, true)).toEqual(["m heir 7", "a m 5", "m b 2"]);
});

test("a call after a reverted one on the same level counts again", () => {
  const calls = [
    call("call", "a", "b", 1n),
    call("call", "b", "c", 2n, 1, true),
    call("call", "c", "d", 3n, 2),
    call("call", "b", "e", 4n, 1),
  ];
  expect(moved(calls)).toEqual(["a b 1", "b e 4"]);
});
