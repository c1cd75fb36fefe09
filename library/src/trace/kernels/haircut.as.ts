// AssemblyScript: the haircut sweep for one label with nothing to stop at, over columns that lie in one memory. Built
// by tools/build-kernels.ts. Why it is as it is, and what was measured: ../haircut-kernel.ts.

/** 2^-51, see `floorShare`. */
const doubtFactor: f64 = 4.440892098500626e-16;
/** Spenders from here on say that no transaction is known. */
const noTransactionFrom: u32 = 0xffff_fffd;

/** `exactFloorShare`. */
declare function exact(traced: f64, part: f64, whole: f64, estimate: f64): f64;

/** `floorShare` with the ratio at hand. */
function share(traced: f64, part: f64, whole: f64, ratio: f64): f64 {
  const x = part * ratio;
  const lower = floor<f64>(x);
  const fraction = x - lower;
  const doubt = x * doubtFactor;
  return u32(fraction < doubt) | u32(fraction > 1 - doubt) ? exact(traced, part, whole, x) : lower;
}

/**
 * Byte addresses, but for the transactions `from` and `to`. Processes the pending transactions in [from, to), from <
 * to, each with at least one output. Gives the units that went to fees, or -(t + 1) where transaction t pays more
 * than it takes.
 */
export function run(
  from: u32,
  to: u32,
  firstInputs: usize,
  inputs: usize,
  firstOutputs: usize,
  values: usize,
  spenders: usize,
  total: usize,
  pending: usize,
): f64 {
  let fees: f64 = 0;
  let word = from >> 5;
  let bits = load<u32>(pending + (word << 2)) & (-1 << (from & 31));
  while (true) {
    while (bits === 0) {
      if (++word << 5 >= to) return fees;
      bits = load<u32>(pending + (word << 2));
    }
    const transaction = (word << 5) | ctz(bits);
    if (transaction >= to) return fees;

    let whole: f64 = 0;
    let traced: f64 = 0;
    const inputAt = firstInputs + (transaction << 2);
    let input = inputs + (load<u32>(inputAt) << 2);
    const inputEnd = inputs + (load<u32>(inputAt, 4) << 2);
    do {
      const coin = load<u32>(input) << 3;
      whole += load<f64>(values + coin);
      traced += load<f64>(total + coin);
      input += 4;
    } while (input < inputEnd);

    const ratio = traced / whole;
    let upTo: f64 = 0;
    let given: f64 = 0;
    const outputAt = firstOutputs + (transaction << 2);
    let output = load<u32>(outputAt);
    const last = load<u32>(outputAt, 4) - 1;
    for (; output < last; output++) {
      upTo += load<f64>(values + (output << 3));
      // `share` again: a call here costs a tenth of the sweep.
      const x = upTo * ratio;
      let lower = floor<f64>(x);
      const fraction = x - lower;
      const doubt = x * doubtFactor;
      if (u32(fraction < doubt) | u32(fraction > 1 - doubt)) lower = exact(traced, upTo, whole, x);
      give(output, lower - given, spenders, total, pending);
      given = lower;
    }
    // Without a fee the last quotient is a whole number, which the others' almost never is.
    upTo += load<f64>(values + (output << 3));
    let lower = traced;
    if (upTo !== whole) {
      if (upTo > whole) return -(<f64>transaction + 1);
      lower = share(traced, upTo, whole, ratio);
      fees += traced - lower;
    }
    give(output, lower - given, spenders, total, pending);
    // Read again: an output may be spent by a transaction of the same word.
    bits = load<u32>(pending + (word << 2)) & (-2 << (transaction & 31));
  }
}

/** Gives an output its part; its spender is pending where it got anything. */
function give(output: u32, part: f64, spenders: usize, total: usize, pending: usize): void {
  store<f64>(total + (output << 3), part);
  const spender = load<u32>(spenders + (output << 2));
  if (spender >= noTransactionFrom) return;
  const at = pending + ((spender >> 5) << 2);
  store<u32>(at, load<u32>(at) | (u32(part > 0) << (spender & 31)));
}
