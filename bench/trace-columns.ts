import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CoinColumns } from "../library/src/trace/columns.ts";

const transactions = 10_000_000;
const seed = 12345;
const root = join(import.meta.dirname, "..");
const yardstick = join(root, "..", "shared", "bench");
const cache = join(tmpdir(), "spoor-bench-trace");

/** The ledger of the yardstick: its folder, its columns, and the two C++ programs over them. */
export interface TraceBench {
  readonly folder: string;
  readonly columns: CoinColumns;
  readonly sweepCpp: string;
  readonly fifoCpp: string;
}

/** Makes ledger and programs, once, in the temporary folder; gives a reason instead where something is missing. */
export function openTraceBench(): TraceBench | string {
  if (!existsSync(join(yardstick, "columns.mjs"))) return "the yardstick (../shared/bench) is not here";
  if (spawnSync("g++", ["--version"]).status !== 0) return "there is no g++";
  mkdirSync(cache, { recursive: true });
  const folder = join(cache, `coins-${transactions}-${seed}`);
  // The last file that the generator writes.
  if (!existsSync(join(folder, "output_spender.u32"))) {
    process.stderr.write("making the ledger of 10 M transactions (600 MB, once)\n");
    run(process.execPath, [join(yardstick, "columns.mjs"), folder, String(transactions), String(seed)]);
  }
  const compile = (source: string, name: string) => {
    const program = join(cache, name);
    run("g++", ["-O3", "-march=native", source, "-o", program]);
    return program;
  };
  return {
    folder,
    columns: readColumns(folder),
    sweepCpp: compile(join(yardstick, "sweep.cpp"), "sweep"),
    fifoCpp: compile(join(import.meta.dirname, "fifo.cpp"), "fifo"),
  };
}

/** Runs a program and gives the JSON that it prints. */
export function runForJson(program: string, args: readonly string[]): Record<string, number> {
  return JSON.parse(run(program, args)) as Record<string, number>;
}

function run(program: string, args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`${program} failed: ${stderr}`);
  return stdout;
}

function readColumns(folder: string): CoinColumns {
  const bytes = (name: string) => readFileSync(join(folder, name)).buffer as ArrayBuffer;
  const words = (name: string) => new Uint32Array(bytes(name));
  const txFirstOutput = words("tx_first_output.u32");
  const inputOutput = words("input_output.u32");
  const outputValue = new Float64Array(bytes("output_value.f64"));
  return {
    transactionCount: transactions,
    outputCount: outputValue.length,
    inputCount: inputOutput.length,
    txFirstOutput,
    txFirstInput: words("tx_first_input.u32"),
    // The yardstick's ledger has a coinbase every 2,000 transactions and no heights of its own.
    txHeight: Uint32Array.from(txFirstOutput.subarray(0, transactions), (_, t) => Math.floor(t / 2000)),
    inputOutput,
    outputValue,
    outputTx: words("output_tx.u32"),
    outputSpender: words("output_spender.u32"),
    wholeBlocks: false,
  };
}
