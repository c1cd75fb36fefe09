import { Instance, moduleOf, type WasmMemory, type WasmModule } from "../webassembly/webassembly.ts";
import { exactFloorShare } from "./floor-share.ts";
import { base64 } from "./kernels/haircut.wasm.ts";

/**
 * The haircut sweep for one label with nothing to stop at, over columns that lie in one WebAssembly memory
 * (kernels/haircut.as.ts).
 *
 * Measured on the 10 M-transaction ledger of the benchmark: the same loops in TypeScript take 1.1 s where this takes
 * 0.48 s, in every form that was tried (32-bit views, one flat loop, gathering by batches). They are bound by random
 * reads, and the processor looks only so many instructions ahead. Loops that run once or twice, as those over
 * inputs do, are where V8's code has most to do besides. WebAssembly's has no bounds checks in it.
 *
 * What makes it fast besides: a bit a transaction says whether traced value leads to it, so that the inputs of the
 * others are never read and no branch waits for a random read; the last output is kept out of the loop, because
 * without a fee its quotient is a whole number, which the others' almost never is. The arithmetic is that of
 * `floorShare`.
 *
 * Byte addresses in the memory, but for the transactions `from` and `to`.
 */
export type HaircutKernel = (
  from: number,
  to: number,
  firstInputs: number,
  inputs: number,
  firstOutputs: number,
  values: number,
  spenders: number,
  total: number,
  pending: number,
) => number;

let compiled: WasmModule | null = null;

/**
 * The kernel over a memory: processes the pending transactions in [from, to), from < to, each with at least one output.
 * Gives the satoshi that went to fees, or -(t + 1) where transaction t pays more than it takes.
 */
export function haircutKernel(memory: WasmMemory): HaircutKernel {
  compiled ??= moduleOf(base64);
  const instance = new Instance(compiled, { env: { memory }, "haircut.as": { exact: exactFloorShare } });
  return instance.exports.run as HaircutKernel;
}
