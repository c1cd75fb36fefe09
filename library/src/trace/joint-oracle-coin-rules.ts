import { split } from "../money/split.ts";
import { cutLots, type Load, type Loads, type Lot, smaller, sum } from "./joint-oracle-load.ts";

/** Fills `values`, the last of which is the fee of a forward transaction, from what is queued, in a coin ledger. */
export function fillCoins(loads: Loads, queue: Load[], values: bigint[]): Load[] {
  if (loads.style === "flags") {
    const { rates } = loads.join(...queue);
    return values.map((length) => ({ ...loads.clean(length), rates }));
  }
  return loads.style === "lots" ? fillInOrder(loads, queue, values) : fillFromPool(loads, queue, values);
}

function fillInOrder(loads: Loads, queue: Load[], values: bigint[]): Load[] {
  let lots: Lot[] = queue.flatMap((load, from) => load.lots.map((lot) => ({ ...lot, from, by: [] })));
  if (loads.rule === "lifo") lots.reverse();
  return values.map((length) => {
    const [taken, rest] = cutLots(lots, length);
    lots = rest;
    return { ...loads.clean(0n), length, lots: taken };
  });
}

function fillFromPool(loads: Loads, queue: Load[], values: bigint[]): Load[] {
  let pool = loads.join(...queue);
  return amountsOf(loads, loads.tracedAmount(pool), values).map((amount, j) => {
    const parts = split(
      amount,
      pool.shares.map((share) => share.amount),
    );
    const { taken, rest } = loads.payParts(pool, values[j]!, parts);
    pool = rest;
    return taken;
  });
}

/** How much of what is traced each value gets. */
function amountsOf(loads: Loads, traced: bigint, values: bigint[]): bigint[] {
  if (loads.rule === "haircut") return split(traced, values);
  let stolen = traced;
  let clean = sum(values) - traced;
  return values.map((value) => {
    if (loads.rule === "dirty-first") {
      const amount = smaller(stolen, value);
      stolen -= amount;
      return amount;
    }
    const paid = smaller(clean, value);
    clean -= paid;
    return value - paid;
  });
}

/** Of what a coinbase's subsidy was found to be: which of the coinbase's coins it was, by their place in the queue. */
export function partsOfSubsidy(loads: Loads, queue: Load[], subsidy: Load): Load[] {
  if (loads.style === "flags") {
    return queue.map((load) => (subsidy.length > 0n ? load : loads.clean(load.length)));
  }
  const parts = queue.map(() => loads.clean(0n));
  for (const lot of subsidy.lots) if (lot.label !== -1) parts[lot.from]!.lots.push(lot);
  subsidy.shares.forEach((share, label) => {
    let left = share;
    const amounts = split(
      share.amount,
      queue.map(({ shares }) => shares[label]!.amount),
    );
    amounts.forEach((amount, s) => {
      if (amount === 0n) return;
      const stolen = amount === left.amount ? left.stolen : (left.stolen * amount) / left.amount;
      parts[s]!.shares[label] = { amount, stolen };
      left = { amount: left.amount - amount, stolen: left.stolen - stolen };
    });
  });
  return parts;
}
