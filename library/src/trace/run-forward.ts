import { CoinColumnsError, SubsidyError } from "../errors/trace.ts";
import { spenderMin } from "./columns.ts";
import {
  addSubsidyAndFees,
  blockEndOf,
  coinbaseOf,
  endFee,
  feeIdOf,
  feeLeft,
  feeOf,
  findNext,
  findPlaces,
  gatherInputs,
  gatherOutputs,
  hopsFromSources,
  inputValueOf,
  markTouched,
  readAhead,
  settleFee,
  settleTargets,
  transfer,
} from "./run-sweep.ts";
import { applySeeds, groupSeeds, makerOf } from "./seed-coins.ts";
import { addToSide, hasBit, type Sweep } from "./sweep.ts";

/** Sweeps through the ledger in its order. Only transactions that a traced coin leads to are read. */
export function runForward(sweep: Sweep): void {
  const { columns } = sweep;
  const availableAfter = (coin: number) => {
    const maker = makerOf(columns, coin);
    if (maker < 0) return -1;
    // A coinbase gets its fees only when its block is through.
    const isCoinbase = columns.txFirstInput[maker] === columns.txFirstInput[maker + 1];
    return isCoinbase && coinbaseOf(sweep, maker) === maker ? blockEndOf(sweep, maker) - 1 : maker;
  };
  let position = 0;
  for (const group of groupSeeds(sweep, availableAfter)) {
    if (group.after >= position) advance(sweep, position, group.after + 1);
    position = Math.max(position, group.after + 1);
    applySeeds(sweep, group);
  }
  advance(sweep, position, columns.transactionCount);
  if (sweep.followFees && sweep.touchedCount >= sweep.movementsMax) endUnreachedFees(sweep);
}

/** Processes what is pending in [from, to), and the coinbase of each block that ends there. */
function advance(sweep: Sweep, from: number, to: number): void {
  const { pending } = sweep;
  let position = from;
  let readTo = from;
  while (sweep.touchedCount < sweep.movementsMax) {
    if (position >= readTo) readTo = Math.max(position + 1, readAhead(sweep, position, to));
    const next = findNext(pending, position, to);
    // Fees lead back to the first transaction of the block, so it is looked for behind the position.
    const open = sweep.followFees && position > 0 ? openCoinbase(sweep, position - 1) : -1;
    const blockEnd = open >= 0 ? blockEndOf(sweep, open) : 0;
    if (open >= 0 && (next < 0 ? to >= blockEnd : next >= blockEnd)) {
      processCoinbase(sweep, open, blockEnd);
      position = blockEnd;
    } else if (next >= 0) {
      processTransaction(sweep, next);
      position = next + 1;
    } else return;
  }
}

/** The coinbase of the block that `transaction` is in, where traced fees wait for it; else -1. */
function openCoinbase(sweep: Sweep, transaction: number): number {
  const coinbase = coinbaseOf(sweep, transaction);
  return coinbase >= 0 && hasBit(sweep.pending, coinbase) ? coinbase : -1;
}

function processTransaction(sweep: Sweep, transaction: number): void {
  const { sources, targets } = sweep;
  sweep.whole = gatherInputs(sweep, transaction, sources);
  const hops = findPlaces(sweep, sources);
  markTouched(sweep, transaction, hops);
  const paid = gatherOutputs(sweep, transaction, targets);
  const outputs = targets.count;
  const feeValue = feeLeft(sweep, transaction, paid);
  const fee = feeIdOf(sweep, transaction);
  addToSide(targets, fee, 0, feeValue);
  transfer(sweep);
  settleTargets(sweep, outputs, hops);
  if (targets.place[outputs] === 0) return;
  const coinbase = coinbaseOf(sweep, transaction);
  if (coinbase < 0) endFee(sweep, { id: fee, value: feeValue, beyond: sweep.feeBase }, "fee");
  else settleFee(sweep, { id: fee, value: feeValue, beyond: sweep.columns.txFirstOutput[coinbase]! }, hops, coinbase);
}

function processCoinbase(sweep: Sweep, coinbase: number, blockEnd: number): void {
  const { columns, sources, targets } = sweep;
  const { txFirstOutput, outputValue, outputSpender, txHeight } = columns;
  sources.count = 0;
  targets.count = 0;
  sweep.whole = addSubsidyAndFees(sweep, coinbase, blockEnd, sources);
  const hops = hopsFromSources(sweep);
  markTouched(sweep, coinbase, hops);
  let unclaimed = sweep.whole;
  const endOutput = txFirstOutput[coinbase + 1]!;
  for (let o = txFirstOutput[coinbase]!; o < endOutput; o++) {
    addToSide(targets, o, 0, outputValue[o]!);
    unclaimed -= outputValue[o]!;
    const spender = outputSpender[o]!;
    if (spender < spenderMin && spender < blockEnd) {
      throw new CoinColumnsError({ transaction: spender, why: "it spends the coinbase of its own block" });
    }
  }
  if (unclaimed < 0) {
    const height = txHeight[coinbase]!;
    const why = `the coinbase pays ${-unclaimed} more than subsidy and fees`;
    throw new SubsidyError({ height, subsidy: sources.value[0]!, why });
  }
  const rest = sweep.feeBase + coinbase;
  addToSide(targets, rest, 0, unclaimed);
  transfer(sweep);
  settleTargets(sweep, endOutput - txFirstOutput[coinbase]!, hops);
  endFee(sweep, { id: rest, value: unclaimed, beyond: sweep.feeBase }, "unclaimed");
}

function endUnreachedFees(sweep: Sweep): void {
  const { columns, touched } = sweep;
  for (let t = findNext(touched, 0, columns.transactionCount); t >= 0; ) {
    const coinbase = coinbaseOf(sweep, t);
    if (coinbase >= 0 && !hasBit(touched, coinbase)) {
      const value = feeOf(sweep, t, inputValueOf(sweep, t));
      endFee(sweep, { id: sweep.feeBase + t, value, beyond: columns.txFirstOutput[coinbase]! }, "movements");
    }
    t = findNext(touched, t + 1, columns.transactionCount);
  }
}
