import { type Laid, layOverClean } from "./joint-oracle-lay.ts";
import { joinClean, type Load, type Loads, type Lot, larger, smaller } from "./joint-oracle-load.ts";

/** Traced value that reached a holding since it last held none. */
export interface Arrival {
  distance: number;
  transaction: number;
  isSeed: boolean;
}

export interface OracleHolding {
  /** Where the opening is without limit: as with the least opening. */
  balance: bigint;
  /** Its length is the balance, 0 in debt; without limit: what stands apart from the endless clean value. */
  content: Load;
  isEndless: boolean;
  /** Only where the opening is known. */
  canOwe: boolean;
  arrivals: Arrival[];
  /** What was borrowed and not repaid, the oldest first, with who received it (null: no holding, or not known). */
  debts: { amount: bigint; to: number | null }[];
}

/** Between a holding's arrivals and a transaction: the hops of what leaves it there. */
export function hopsOut(arrivals: Arrival[], transaction: number): number {
  const hops = arrivals.map((arrival) => {
    return arrival.distance + (arrival.transaction === transaction && !arrival.isSeed ? 0 : 1);
  });
  return Math.min(...hops);
}

function lower(holding: OracleHolding, amount: bigint): void {
  holding.balance -= amount;
  if (!holding.canOwe) holding.balance = larger(0n, holding.balance);
}

/** Where nothing traced is left there is nothing to count hops from. */
function settle(loads: Loads, holding: OracleHolding): void {
  if (loads.style === "flags" && !holding.isEndless && holding.content.length === 0n) holding.content = loads.clean(0n);
  if (!loads.isTraced(holding.content)) holding.arrivals = [];
}

/** What the rule takes for a debit. What the holding has not got is borrowed, or was there before. */
export function takeOut(loads: Loads, holding: OracleHolding, amount: bigint): { load: Load; borrowed: bigint } {
  const { content } = holding;
  lower(holding, amount);
  if (holding.isEndless) {
    const { taken, rest } = takeEndless(loads, content, amount);
    holding.content = rest;
    settle(loads, holding);
    return { load: taken, borrowed: 0n };
  }
  const there = smaller(amount, content.length);
  const { taken, rest } = loads.payFrom(content, there);
  holding.content = rest;
  settle(loads, holding);
  const borrowed = amount - there;
  const load = borrowed === 0n ? taken : loads.join(taken, loads.clean(borrowed));
  return { load, borrowed: holding.canOwe ? borrowed : 0n };
}

function takeEndless(loads: Loads, content: Load, amount: bigint): { taken: Load; rest: Load } {
  if (loads.rule === "poison") return { taken: { ...content, length: amount }, rest: content };
  if (loads.rule === "dirty-first") {
    const moved = smaller(amount, loads.tracedAmount(content));
    const { taken, rest } = loads.pay(content, moved, moved);
    return { taken: { ...taken, length: amount }, rest };
  }
  if (loads.rule === "lifo") {
    const there = smaller(amount, content.length);
    const { taken, rest } = loads.payFrom(content, there);
    return { taken: loads.join(taken, loads.clean(amount - there)), rest };
  }
  return { taken: loads.clean(amount), rest: content };
}

/** What can be paid without anything traced. */
export function cleanIn(loads: Loads, holding: OracleHolding, wanted: bigint): bigint {
  if (holding.isEndless) return wanted;
  return smaller(wanted, holding.content.length - loads.tracedAmount(holding.content));
}

/** Takes clean units that `cleanIn` allows, those that are preferred first; the balance is left to the caller. */
export function takeClean(
  loads: Loads,
  holding: OracleHolding,
  amount: bigint,
  isPreferred: (lot: Lot) => boolean,
): void {
  const { content } = holding;
  if (!holding.isEndless) {
    holding.content = loads.payClean(content, amount, isPreferred).rest;
    return;
  }
  if (loads.style !== "lots") return;
  // Endless clean value lies in front under fifo, and below everything under lifo.
  const own = content.lots.filter((lot) => lot.label === -1 && isPreferred(lot));
  const ownLength = own.reduce((length, lot) => length + lot.length, 0n);
  const apart = loads.rule === "lifo" ? amount : smaller(amount, ownLength);
  holding.content = loads.payClean(content, apart, isPreferred).rest;
}

/** A link's target is paid in clean units as far as there are any; the rest was there before. */
export function payTarget(loads: Loads, holding: OracleHolding, amount: bigint): void {
  // Under poison all that a flagged holding has is traced.
  if (loads.style === "flags" && loads.isTraced(holding.content)) return;
  const traced = loads.tracedAmount(holding.content);
  if (holding.isEndless) {
    if (loads.rule === "lifo") takeClean(loads, holding, amount, () => true);
    lower(holding, smaller(amount, larger(0n, holding.balance - traced)));
    return;
  }
  const { rest, paid } = loads.payClean(holding.content, amount);
  holding.content = rest;
  holding.balance -= paid;
  settle(loads, holding);
}

/** Appends what a transfer brings, with the balance raised already. What a return restores goes where it was. */
export function putIn(loads: Loads, holding: OracleHolding, load: Load, by: number | null): void {
  // Where nothing gives a transfer back, nothing asks again for what its units remember.
  const marked = load.lots.map((lot) => {
    return lot.restored ? lot : { ...lot, by: by === null ? [] : [...lot.by, by] };
  });
  const front = loads.rule === "fifo" ? marked.filter(({ restored }) => restored) : [];
  const back = loads.rule === "fifo" ? marked.filter(({ restored }) => !restored) : marked;
  const joined = loads.join(holding.content, { ...load, lots: [] });
  const lots = [...front, ...holding.content.lots, ...back];
  holding.content = { ...joined, lots: joinClean(lots.map((lot) => ({ ...lot, restored: false }))) };
}

/** Lays traced units over the clean ones of a holding. */
export function layIn(loads: Loads, holding: OracleHolding, above: Load): Laid {
  const { content } = holding;
  const nothing = loads.clean(0n);
  if (holding.isEndless && loads.style === "lots") {
    // Over the endless clean value, which lies in front of what stands apart: no length of that, and never reached.
    const lots = above.lots.filter(({ label }) => label !== -1).map((lot) => ({ ...lot, by: [] }));
    return { load: loads.join({ ...nothing, lots }, content), fitting: above, left: nothing };
  }
  if (holding.isEndless) {
    return { load: loads.join(content, { ...above, length: 0n }), fitting: above, left: nothing };
  }
  if (loads.style === "flags" && content.length === 0n) return { load: content, fitting: nothing, left: above };
  return layOverClean(loads, content, above);
}
