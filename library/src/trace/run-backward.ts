import { SubsidyError } from "../errors/trace.ts";
import { spenderMin } from "./columns.ts";
import { addTo } from "./exact-sum.ts";
import { floorShare } from "./floor-share.ts";
import { placeOf } from "./places.ts";
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
  findPrevious,
  gatherInputs,
  gatherOutputs,
  hopsFromSources,
  inputValueOf,
  markTouched,
  settleFee,
  settleTargets,
  transfer,
} from "./run-sweep.ts";
import { applySeeds, groupSeeds } from "./seed-coins.ts";
import { addToSide, hasBit, heldAt, type Sweep, weightAt } from "./sweep.ts";
import { unitsInFront } from "./transfer-units.ts";
import { dropUnits } from "./units.ts";

/** Sweeps through the ledger in reverse order, from what a transaction made to what it took. */
export function runBackward(sweep: Sweep): void {
  const { columns } = sweep;
  const availableAfter = (coin: number) => {
    const spender = columns.outputSpender[coin]!;
    return spender < spenderMin ? spender : columns.transactionCount;
  };
  let position = columns.transactionCount - 1;
  for (const group of groupSeeds(sweep, availableAfter)) {
    if (group.after <= position) retreat(sweep, position, group.after);
    position = Math.min(position, group.after - 1);
    applySeeds(sweep, group);
  }
  if (position >= 0) retreat(sweep, position, 0);
  if (sweep.followFees && sweep.touchedCount >= sweep.movementsMax) endUnreachedFees(sweep);
}

/** Processes what is pending from `from` down to `to`, a block's coinbase before its other transactions. */
function retreat(sweep: Sweep, from: number, to: number): void {
  let position = from;
  while (sweep.touchedCount < sweep.movementsMax) {
    const next = findPrevious(sweep.pending, position, to);
    // Where the way ends inside a block, that block's fees may still lead to a place between here and there.
    const coinbase = coinbaseOf(sweep, next < 0 ? to : next);
    if (coinbase >= 0 && hasBit(sweep.pending, coinbase)) {
      const blockEnd = blockEndOf(sweep, coinbase);
      processCoinbase(sweep, coinbase, blockEnd);
      // Its fees lead to transactions of the block that the position may have passed.
      position = blockEnd - 1;
    } else if (next >= 0) {
      processTransaction(sweep, next);
      position = next - 1;
    } else return;
  }
}

function processTransaction(sweep: Sweep, transaction: number): void {
  const { sources, targets, places } = sweep;
  const paid = gatherOutputs(sweep, transaction, sources);
  findPlaces(sweep, sources);
  sweep.whole = gatherInputs(sweep, transaction, targets);
  const fee = feeLeft(sweep, transaction, paid);
  const feeId = feeIdOf(sweep, transaction);
  addToSide(sources, feeId, sweep.followFees ? placeOf(places, feeId) : 0, fee);
  const hops = hopsFromSources(sweep);
  markTouched(sweep, transaction, hops);
  const labels = sweep.rule === "poison" ? flaggedLabels(sweep) : [];
  transfer(sweep);
  // An ancestor's fee was paid from what is traced: an upper bound, like all that poison says.
  for (const label of labels) addTo(sweep.feeSums.fee[label]!, fee);
  settleTargets(sweep, targets.count, hops);
}

function flaggedLabels(sweep: Sweep): number[] {
  const { sources, labelCount } = sweep;
  return Array.from({ length: labelCount }, (_, label) => label).filter((label) => {
    for (let s = 0; s < sources.count; s++) {
      const place = sources.place[s]!;
      if (sweep.total[place]! > 0 && heldAt(sweep, place, label) > 0) return true;
    }
    return false;
  });
}

function processCoinbase(sweep: Sweep, coinbase: number, blockEnd: number): void {
  const { columns, sources, targets } = sweep;
  const { txFirstOutput, outputValue, txHeight, txFirstInput, inputOutput } = columns;
  sources.count = 0;
  targets.count = 0;
  sweep.whole = addSubsidyAndFees(sweep, coinbase, blockEnd, targets);
  let unclaimed = sweep.whole;
  for (let o = txFirstOutput[coinbase]!; o < txFirstOutput[coinbase + 1]!; o++) {
    addToSide(sources, o, placeOf(sweep.places, o), outputValue[o]!);
    unclaimed -= outputValue[o]!;
  }
  const subsidy = targets.value[0]!;
  if (unclaimed < 0) {
    const why = `the coinbase pays ${-unclaimed} more than subsidy and fees`;
    throw new SubsidyError({ height: txHeight[coinbase]!, subsidy, why });
  }
  addToSide(sources, sweep.feeBase + coinbase, 0, unclaimed);
  const hops = hopsFromSources(sweep);
  markTouched(sweep, coinbase, hops);
  if (sweep.units !== null) {
    unitsInFront(sweep, subsidy, (coin, label, amount) => sweep.mined.push({ coin, label, amount }));
  }
  transfer(sweep);
  if (sweep.units === null && subsidy > 0) mineFromPool(sweep);
  const mined = placeOf(sweep.places, sweep.subsidy);
  sweep.total[mined] = 0;
  if (sweep.units !== null) dropUnits(sweep.units, mined);
  for (let t = coinbase + 1; t < blockEnd; t++) {
    const value = targets.value[t - coinbase]!;
    const beyond = inputOutput[txFirstInput[t]!]!;
    settleFee(sweep, { id: sweep.feeBase + t, value, beyond }, hops, t);
  }
}

/** Says which coins of the coinbase the subsidy's share is of: by label, in proportion to what each holds of it. */
function mineFromPool(sweep: Sweep): void {
  const { sources, labelCount } = sweep;
  const subsidy = placeOf(sweep.places, sweep.subsidy);
  for (let label = 0; label < labelCount; label++) {
    const held = (s: number) => (sweep.total[sources.place[s]!]! > 0 ? heldAt(sweep, sources.place[s]!, label) : 0);
    let whole = 0;
    for (let s = 0; s < sources.count; s++) whole += held(s);
    if (whole === 0) continue;
    const share = heldAt(sweep, subsidy, label);
    let upTo = 0;
    let given = 0;
    for (let s = 0; s < sources.count; s++) {
      if (held(s) === 0) continue;
      upTo += held(s);
      const part = sweep.rule === "poison" ? 0 : floorShare(share, upTo, whole);
      const amount = sweep.rule === "poison" ? weightAt(sweep, sources.place[s]!) : part - given;
      given = part;
      if (amount > 0 || sweep.rule === "poison") sweep.mined.push({ coin: sources.id[s]!, label, amount });
    }
  }
}

function endUnreachedFees(sweep: Sweep): void {
  const { columns, touched } = sweep;
  const { txFirstInput, inputOutput, transactionCount } = columns;
  for (let c = findNext(touched, 0, transactionCount); c >= 0; c = findNext(touched, c + 1, transactionCount)) {
    if (coinbaseOf(sweep, c) !== c) continue;
    const end = blockEndOf(sweep, c);
    for (let t = c + 1; t < end; t++) {
      if (hasBit(touched, t)) continue;
      const value = feeOf(sweep, t, inputValueOf(sweep, t));
      endFee(sweep, { id: sweep.feeBase + t, value, beyond: inputOutput[txFirstInput[t]!]! }, "movements");
    }
  }
}
