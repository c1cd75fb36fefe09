// AssemblyScript: the sweep of fifo and lifo for any number of labels with nothing to stop at, over columns that lie in
// one memory. Built by tools/build-kernels.ts.
//
// The traced units of a coin are a block of runs in an arena that only grows: 16 bytes a run, its first unit's offset
// in the coin (53 bits) with its label above it, and the offset behind its last unit. No run touches another of
// its label. Eight bytes an output say where its block is: address, and number of runs above it.
//
// The queue of a transaction is never laid out: its runs are cut into the outputs' blocks as they are read, and
// joined there.

const labelShift: u64 = 53;
const offsetMask: u64 = (1 << labelShift) - 1;
const noEnd: u64 = u64.MAX_VALUE;
/** Spenders from here on say that no transaction is known. */
const noTransactionFrom: u32 = 0xffff_fffd;
const growPages: i32 = 256;
/** The last page is never used, so that no address passes 32 bits. */
const pagesMax: i32 = 65535;

let firstInputs: usize = 0;
let inputs: usize = 0;
let firstOutputs: usize = 0;
let values: usize = 0;
let spenders: usize = 0;
let blocks: usize = 0;
let pending: usize = 0;
let labelCount: u32 = 0;
let isLifo: bool = false;
/** By label, units: what went to fees (64-bit whole number), then what {@link sumLabels} found (double). */
let sums: usize = 0;
let top: usize = 0;
let arenaEnd: usize = 0;

/** Byte addresses. */
export function openColumns(
  firstInputsAt: usize,
  inputsAt: usize,
  firstOutputsAt: usize,
  valuesAt: usize,
  spendersAt: usize,
): void {
  firstInputs = firstInputsAt;
  inputs = inputsAt;
  firstOutputs = firstOutputsAt;
  values = valuesAt;
  spenders = spendersAt;
}

/**
 * Byte addresses. `blocks` and `pending` are all zero; from `arena` on all is ours. `labels` is at most 2,048. Gives 0
 * where memory is full.
 */
export function openRoom(blocksAt: usize, pendingAt: usize, arena: usize, labels: u32, lifo: bool): u32 {
  blocks = blocksAt;
  pending = pendingAt;
  labelCount = labels;
  isLifo = lifo;
  sums = arena;
  top = arena;
  arenaEnd = min<i32>(memory.size(), pagesMax) << 16;
  if (!reserve(labels << 4)) return 0;
  memory.fill(sums, 0, labels << 4);
  top += labels << 4;
  return 1;
}

/** Bytes of the arena in use. */
export function arenaBytes(): usize {
  return top - sums;
}

/** Makes room for `bytes` more at the top; false where there is none. */
function reserve(bytes: usize): bool {
  const end = <u64>top + bytes;
  if (end <= arenaEnd) return true;
  const pages = min<i32>(memory.size(), pagesMax);
  const wanted = <i32>((end - arenaEnd + 0xffff) >> 16);
  const more = min<i32>(max<i32>(wanted, growPages), pagesMax - pages);
  if (more < wanted) return false;
  // Near the memory's own end there may be room for what is wanted and no more.
  if (memory.grow(more) >= 0) arenaEnd = (pages + more) << 16;
  else if (memory.grow(wanted) >= 0) arenaEnd = (pages + wanted) << 16;
  else return false;
  return true;
}

/** Takes note that a traced coin leads to its spender. */
function follow(coin: u32): void {
  const spender = load<u32>(spenders + (coin << 2));
  if (spender >= noTransactionFrom) return;
  const at = pending + ((spender >> 5) << 2);
  store<u32>(at, load<u32>(at) | (1 << (spender & 31)));
}

/**
 * Processes the pending transactions in [from, to), from < to. Gives 0, or -1 where memory is full, or t + 1 where
 * transaction t pays more than it takes.
 */
export function run(from: u32, to: u32): f64 {
  let word = from >> 5;
  let bits = load<u32>(pending + (word << 2)) & (-1 << (from & 31));
  while (true) {
    while (bits === 0) {
      if (++word << 5 >= to) return 0;
      bits = load<u32>(pending + (word << 2));
    }
    const transaction = (word << 5) | ctz(bits);
    if (transaction >= to) return 0;
    const wrong = move(transaction);
    if (wrong !== 0) return wrong;
    // Read again: an output may be spent by a transaction of the same word.
    bits = load<u32>(pending + (word << 2)) & (-2 << (transaction & 31));
  }
}

/**
 * Cuts the queue of a transaction into its outputs, and what is behind them into its fee. Under lifo the queue is read
 * from its back, inputs and units.
 */
function move(transaction: u32): f64 {
  const lifo = isLifo;
  const inputStep: i32 = lifo ? -4 : 4;
  const runStep: i32 = lifo ? -16 : 16;
  const inputAt = firstInputs + (transaction << 2);
  const firstInput = load<u32>(inputAt);
  const endInput = load<u32>(inputAt, 4);
  const outputAt = firstOutputs + (transaction << 2);
  let output = load<u32>(outputAt);
  const endOutput = load<u32>(outputAt, 4);
  let input = inputs + ((lifo ? endInput - 1 : firstInput) << 2);
  let whole: u64 = 0;
  let begin: u64 = 0;
  let end = output < endOutput ? worthOf(output) : noEnd;
  let to = top;
  let block = to;
  for (let left = endInput - firstInput; left > 0; left--) {
    const coin = load<u32>(input);
    input += inputStep;
    const value = <u64>load<f64>(values + (coin << 3));
    const held = load<u64>(blocks + (coin << 3));
    let runs = <u32>(held >> 32);
    let at: usize = <u32>held;
    if (lifo) at += (runs - 1) << 4;
    for (; runs > 0; runs--) {
      const head = load<u64>(at);
      const first = head & offsetMask;
      const last = load<u64>(at, 8);
      at += runStep;
      const label = head & ~offsetMask;
      let from = whole + (lifo ? value - last : first);
      const behind = whole + (lifo ? value - first : last);
      do {
        while (from >= end) {
          if (to > block) {
            close(output, block, to);
            block = to;
          }
          begin = end;
          end = ++output < endOutput ? end + worthOf(output) : noEnd;
        }
        if (end === noEnd) {
          const sum = sums + ((<usize>(label >> labelShift)) << 4);
          store<u64>(sum, load<u64>(sum) + behind - from);
          break;
        }
        const part = min(behind, end);
        if (to > block && load<u64>(to - 8) === from - begin && (load<u64>(to - 16) & ~offsetMask) === label) {
          store<u64>(to - 8, part - begin);
        } else {
          if (to + 16 > arenaEnd) {
            top = to;
            if (!reserve(16)) return -1;
          }
          store<u64>(to, label | (from - begin));
          store<u64>(to, part - begin, 8);
          to += 16;
        }
        from = part;
      } while (from < behind);
    }
    whole += value;
  }
  if (to > block) close(output, block, to);
  top = to;
  if (end === noEnd) return begin > whole ? <f64>transaction + 1 : 0;
  for (output++; output < endOutput; output++) end += worthOf(output);
  return end > whole ? <f64>transaction + 1 : 0;
}

function worthOf(output: u32): u64 {
  return <u64>load<f64>(values + (output << 3));
}

function close(output: u32, from: usize, to: usize): void {
  store<u64>(blocks + (output << 3), ((<u64>((to - from) >> 4)) << 32) | from);
  follow(output);
}

/** Gives the clean ones of a coin's first `amount` units a label. Returns how many; -1 where memory is full. */
export function seed(coin: u32, amount: f64, label: u32): f64 {
  const wanted = <u64>amount;
  const own = (<u64>label) << labelShift;
  const held = load<u64>(blocks + (coin << 3));
  let at: usize = <u32>held;
  const behind = at + ((<usize>(held >> 32)) << 4);
  if (!reserve(((behind - at) << 1) + 16)) return -1;
  const block = top;
  let fresh: u64 = 0;
  let clean: u64 = 0;
  for (; at < behind; at += 16) {
    const head = load<u64>(at);
    const gapEnd = min(head & offsetMask, wanted);
    if (gapEnd > clean) {
      append(block, own | clean, gapEnd);
      fresh += gapEnd - clean;
    }
    clean = load<u64>(at, 8);
    append(block, head, clean);
  }
  if (wanted > clean) {
    append(block, own | clean, wanted);
    fresh += wanted - clean;
  }
  if (top > block) close(coin, block, top);
  return <f64>fresh;
}

/** Adds a run at the top, to a block that begins at `block`. */
function append(block: usize, head: u64, last: u64): void {
  if (top > block && ((load<u64>(top - 16) & ~offsetMask) | load<u64>(top - 8)) === head) {
    store<u64>(top - 8, last);
    return;
  }
  store<u64>(top, head);
  store<u64>(top, last, 8);
  top += 16;
}

/** Adds up what a coin holds, and by label in the room for sums. */
export function sumLabels(coin: u32): f64 {
  for (let label: u32 = 0; label < labelCount; label++) store<f64>(sums + (label << 4), 0, 8);
  const held = load<u64>(blocks + (coin << 3));
  let at: usize = <u32>held;
  let total: u64 = 0;
  for (let runs = <u32>(held >> 32); runs > 0; runs--, at += 16) {
    const head = load<u64>(at);
    const length = load<u64>(at, 8) - (head & offsetMask);
    const sum = sums + ((<usize>(head >> labelShift)) << 4);
    store<f64>(sum, load<f64>(sum, 8) + <f64>length, 8);
    total += length;
  }
  return <f64>total;
}
