import { Instance, moduleOf, type WasmMemory, type WasmModule } from "../webassembly/webassembly.ts";
import { base64 } from "./kernels/units.wasm.ts";

/**
 * The sweep of fifo and lifo for several labels with nothing to stop at, over columns that lie in one WebAssembly
 * memory. What each function takes and gives stands in kernels/units.as.ts.
 *
 * Measured on the benchmark (10,000 seeds spread over 10 M transactions), as the time of the C++ twin over ours: 0.25
 * by the general kernel, 0.78 by this. Besides what WebAssembly does for haircut: the queue of a transaction is never
 * laid out, eight bytes an output say where its units are without a search, and all arithmetic is that of whole
 * numbers. Reading ahead, as the general kernel does, was not tried here.
 */
export interface UnitsKernel {
  openColumns(firstInputs: number, inputs: number, firstOutputs: number, values: number, spenders: number): void;
  openRoom(blocks: number, pending: number, arena: number, labelCount: number, isLifo: number): number;
  arenaBytes(): number;
  run(from: number, to: number): number;
  seed(coin: number, amount: number, label: number): number;
  sumLabels(coin: number): number;
}

/** A label has the 11 bits that an offset leaves of 64. */
export const unitsLabelsMax = 2048;

let compiled: WasmModule | null = null;

/** The kernel over a memory. It has a state of its own, for one sweep. */
export function unitsKernel(memory: WasmMemory): UnitsKernel {
  compiled ??= moduleOf(base64);
  return new Instance(compiled, { env: { memory } }).exports as unknown as UnitsKernel;
}
