import { assembleWasm } from "./assemble-wasm.ts";
import { doubtFactor, exactFloorShare } from "./floor-share.ts";
import { Instance, Module, type WasmMemory, type WasmModule } from "./webassembly.ts";

/**
 * The haircut sweep for one label with nothing to stop at, over columns that lie in one WebAssembly memory.
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
 */
const computeFloor = `
  local.get upTo local.get ratio f64.mul local.tee x
  f64.floor local.set floor
  local.get x local.get floor f64.sub local.set fraction
  local.get x f64.const ${doubtFactor} f64.mul local.set doubt
  local.get fraction local.get doubt f64.lt
  local.get fraction f64.const 1 local.get doubt f64.sub f64.gt
  i32.or if doubtful
    local.get traced local.get upTo local.get whole local.get x call exact local.set floor
  end`;

const giveOutput = `
  ; total[output] = floor - given
  local.get total local.get output i32.const 3 i32.shl i32.add
  local.get floor local.get given f64.sub local.tee part f64.store
  local.get floor local.set given
  ; its spender is pending where it got anything
  local.get spenders local.get output i32.const 2 i32.shl i32.add i32.load local.tee spender
  i32.const -3 i32.lt_u if spent
    local.get pending local.get spender i32.const 5 i32.shr_u i32.const 2 i32.shl i32.add local.tee at
    local.get at i32.load
    local.get part f64.const 0 f64.gt local.get spender i32.const 31 i32.and i32.shl
    i32.or i32.store
  end`;

const addValue = `
  local.get upTo local.get values local.get output i32.const 3 i32.shl i32.add f64.load f64.add local.set upTo`;

const code = `
  local.get from i32.const 5 i32.shr_u local.set word
  local.get pending local.get word i32.const 2 i32.shl i32.add i32.load
  i32.const -1 local.get from i32.const 31 i32.and i32.shl i32.and local.set bits
  loop next
    block found loop scan
      local.get bits br_if found
      local.get word i32.const 1 i32.add local.tee word
      i32.const 5 i32.shl local.get to i32.ge_u if over local.get fees return end
      local.get pending local.get word i32.const 2 i32.shl i32.add i32.load local.set bits
      br scan
    end end
    local.get word i32.const 5 i32.shl local.get bits i32.ctz i32.or local.tee tx
    local.get to i32.ge_u if over local.get fees return end

    f64.const 0 local.set whole
    f64.const 0 local.set traced
    local.get firstInputs local.get tx i32.const 2 i32.shl i32.add local.tee at
    i32.load i32.const 2 i32.shl local.get inputs i32.add local.set input
    local.get at i32.load+4 i32.const 2 i32.shl local.get inputs i32.add local.set inputEnd
    loop input
      local.get input i32.load i32.const 3 i32.shl local.set at
      local.get whole local.get values local.get at i32.add f64.load f64.add local.set whole
      local.get traced local.get total local.get at i32.add f64.load f64.add local.set traced
      local.get input i32.const 4 i32.add local.tee input
      local.get inputEnd i32.lt_u br_if input
    end

    local.get traced local.get whole f64.div local.set ratio
    f64.const 0 local.set upTo
    f64.const 0 local.set given
    local.get firstOutputs local.get tx i32.const 2 i32.shl i32.add local.tee at
    i32.load local.set output
    local.get at i32.load+4 i32.const 1 i32.sub local.set last
    block outputs loop output
      local.get output local.get last i32.ge_u br_if outputs
      ${addValue}
      ${computeFloor}
      ${giveOutput}
      local.get output i32.const 1 i32.add local.set output
      br output
    end end
    ${addValue}
    local.get upTo local.get whole f64.eq if all
      local.get traced local.set floor
    else
      local.get upTo local.get whole f64.gt if overdrawn
        local.get tx i32.const 1 i32.add f64.convert_i32_u f64.neg return
      end
      ${computeFloor}
      local.get fees local.get traced local.get floor f64.sub f64.add local.set fees
    end
    ${giveOutput}

    ; the bits above this one, read again: an output may be spent by a transaction of the same word
    local.get pending local.get word i32.const 2 i32.shl i32.add i32.load
    i32.const -2 local.get tx i32.const 31 i32.and i32.shl i32.and local.set bits
    br next
  end
  unreachable`;

/** Byte addresses in the memory, but for the transactions `from` and `to`. */
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
  const i32 = "i32" as const;
  const f64 = "f64" as const;
  compiled ??= new Module(
    assembleWasm({
      params: ["from", "to", "firstInputs", "inputs", "firstOutputs", "values", "spenders", "total", "pending"],
      locals: {
        ...{ word: i32, bits: i32, tx: i32, at: i32, input: i32, inputEnd: i32 },
        ...{ output: i32, last: i32, spender: i32 },
        ...{ whole: f64, traced: f64, ratio: f64, upTo: f64, given: f64, fees: f64 },
        ...{ x: f64, floor: f64, fraction: f64, doubt: f64, part: f64 },
      },
      imports: { exact: 4 },
      code,
    }),
  );
  const instance = new Instance(compiled, { host: { memory, exact: exactFloorShare } });
  return instance.exports.run as HaircutKernel;
}
