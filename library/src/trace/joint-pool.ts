import { split } from "../money/split.ts";
import {
  addShare,
  type Brought,
  least,
  type Matter,
  type Returned,
  type Share,
  sumOf,
  type TakenBack,
  takeShare,
} from "./joint-matter.ts";

/** A number of units, and how many of them are traced; which ones has no meaning. */
export interface Pool {
  length: bigint;
  traced: bigint;
  shares: Share[];
}

export type PoolRule = "haircut" | "dirty-first" | "clean-first";

/**
 * The rules that say how much traced value a debit takes and no more. The sum over the labels is decided first, then
 * split over them by what is left of each, so that no total depends on how thefts are labelled.
 */
export function matterOfPool(rule: PoolRule): Matter<Pool> {
  const take = (from: Pool, units: bigint, endless: boolean) => takeByRule(rule, from, units, endless);
  const takeFirst = (from: Pool, units: bigint) => takeByRule(rule, from, units, false);
  return {
    clean: cleanPool,
    stripped: ({ length }) => cleanPool(length),
    lengthOf: ({ length }) => length,
    tracedOf: ({ traced }) => traced,
    isTraced: ({ traced }) => traced > 0n,
    isWorthKeeping: ({ traced }) => traced > 0n,
    sharesOf: ({ shares }) => shares.map((share) => ({ ...share })),
    take,
    takeFirst,
    takeRepaying: takeFirst,
    takeBack: takeReturned,
    payClean: (from, units, endless) => {
      if (!endless) from.length -= least(units, from.length - from.traced);
    },
    join: (first, then) => {
      add(first, then);
      return first;
    },
    add,
    addBack: add,
    remember: () => {},
    seed: (bundle, units, label) => {
      const seeded = units > bundle.traced ? units - bundle.traced : 0n;
      if (seeded > 0n) addTo(bundle, { label, amount: seeded, stolen: seeded });
      return seeded;
    },
    lay: (onto, what, _aligned, endless) => {
      const room = onto.length - onto.traced;
      const laid = endless ? what.traced : least(what.traced, room);
      if (endless) onto.length += laid;
      for (const share of takeTraced(what, laid)) addTo(onto, share);
      return what.shares;
    },
    scale,
    reverse: (bundle) => bundle,
    fill: (sources, values) => fill(rule, sources, values),
    sourcesOfFirst: (held, _values, first) => shareFirst(held, first),
  };
}

function cleanPool(length: bigint): Pool {
  return { length, traced: 0n, shares: [] };
}

function addTo(pool: Pool, share: Share): void {
  pool.traced += share.amount;
  addShare(pool.shares, share);
}

function add(to: Pool, more: Pool): void {
  to.length += more.length;
  for (const share of more.shares) addTo(to, share);
}

/** Takes a number of traced units, whatever their label. */
function takeTraced(from: Pool, units: bigint): Share[] {
  const parts = split(
    units,
    from.shares.map(({ amount }) => amount),
  );
  const taken: Share[] = [];
  from.shares.forEach((share, n) => {
    if (parts[n]! > 0n) taken.push(takeShare(share, parts[n]!));
  });
  from.shares = from.shares.filter(({ amount }) => amount > 0n);
  from.traced -= units;
  return taken;
}

function takeByRule(rule: PoolRule, from: Pool, units: bigint, endless: boolean): Pool {
  const taken = cleanPool(units);
  const moved = endless ? movedOfEndless(rule, from, units) : movedBy(rule, from, units);
  from.length -= least(units, from.length);
  if (moved > 0n) {
    taken.shares = takeTraced(from, moved);
    taken.traced = moved;
  }
  if (endless && from.length < from.traced) from.length = from.traced;
  return taken;
}

function movedBy(rule: PoolRule, { length, traced }: Pool, units: bigint): bigint {
  if (units >= length) return traced;
  if (rule === "haircut") return (traced * units) / length;
  if (rule === "dirty-first") return least(traced, units);
  const cleanUnits = length - traced;
  return units > cleanUnits ? units - cleanUnits : 0n;
}

/** Against clean value without limit a share is nothing, and what is paid last is never paid. */
function movedOfEndless(rule: PoolRule, { traced }: Pool, units: bigint): bigint {
  return rule === "dirty-first" ? least(traced, units) : 0n;
}

/** Labels' amounts by the floors of their running sums. */
function scale(bundle: Pool, units: bigint): { scaled: Pool; lost: Share[] } {
  const scaled = cleanPool(units);
  const lost: Share[] = [];
  let sum = 0n;
  let reached = 0n;
  for (const { label, amount, stolen } of bundle.shares) {
    sum += amount;
    const upTo = (sum * units) / bundle.length;
    const share = { label, amount: upTo - reached, stolen };
    reached = upTo;
    if (share.amount > 0n) addTo(scaled, share);
    else addShare(lost, share);
  }
  return { scaled, lost };
}

/**
 * Of each label the part that the returned transfers put here: first what ended here at a stop, then what the holder
 * still has of it. Clean value makes up the rest, and only where that does not suffice the rule takes more.
 */
function takeReturned(from: Pool, { brought, units }: Returned<Pool>, endless: boolean): TakenBack<Pool> {
  const bundle = cleanPool(units);
  const lengthAfter = units < from.length ? from.length - units : 0n;
  // Units that are not traced: clean ones of the holder, and what it pays beyond its balance.
  let room = from.length - from.traced;
  if (endless) room = units;
  else if (units > from.length) room += units - from.length;
  const wanted = wantedBack(brought, units);
  const stopped = takeStopped(brought, wanted, room);
  for (const share of stopped) {
    addTo(bundle, { ...share });
    room -= share.amount;
  }
  for (const { label, amount } of wanted) {
    const held = from.shares.find((one) => one.label === label);
    if (held === undefined) continue;
    const fetched = takeShare(held, least(amount, held.amount));
    from.traced -= fetched.amount;
    if (fetched.amount > 0n) addTo(bundle, fetched);
  }
  from.shares = from.shares.filter(({ amount }) => amount > 0n);
  const rest = units - bundle.traced;
  if (rest > room) for (const share of takeTraced(from, rest - room)) addTo(bundle, share);
  from.length = lengthAfter > from.traced ? lengthAfter : from.traced;
  return { bundle, stopped };
}

function wantedBack(brought: readonly Brought<Pool>[], units: bigint): Share[] {
  const put: Share[] = [];
  let whole = 0n;
  for (const one of brought) {
    whole += one.units;
    for (const share of one.put) addShare(put, share);
  }
  const { amount } = sumOf(put);
  const part = units >= whole ? amount : (amount * units) / whole;
  // What ended at a stop may have been seeded there anew, and then both stand for the same units.
  const parts = split(
    least(part, units),
    put.map((share) => share.amount),
  );
  return put.map((share, n) => ({ ...share, amount: parts[n]! }));
}

/** Fetches what ended at a stop, at most `room` of it, and lessens what is wanted still. */
function takeStopped(brought: readonly Brought<Pool>[], wanted: Share[], room: bigint): Share[] {
  const taken: Share[] = [];
  let left = room;
  for (const want of wanted) {
    for (const { stopped } of brought) {
      const share = stopped?.shares.find(({ label, amount }) => label === want.label && amount > 0n);
      if (stopped === null || share === undefined) continue;
      const fetched = takeShare(share, least(least(want.amount, share.amount), left));
      if (fetched.amount === 0n) continue;
      stopped.traced -= fetched.amount;
      want.amount -= fetched.amount;
      left -= fetched.amount;
      addShare(taken, fetched);
    }
  }
  return taken;
}

/** A coin transaction: one pool, of which the targets' running sums take their floors. */
function fill(rule: PoolRule, sources: readonly Pool[], values: readonly bigint[]): Pool[] {
  const queue = cleanPool(0n);
  for (const { length, shares } of sources)
    add(queue, { length, traced: 0n, shares: shares.map((one) => ({ ...one })) });
  const { length: whole, traced } = queue;
  let reached = 0n;
  let given = 0n;
  return values.map((value) => {
    if (rule !== "haircut") return takeByRule(rule, queue, value, false);
    reached += value;
    const upTo = whole === 0n ? 0n : (traced * reached) / whole;
    const amount = upTo - given;
    given = upTo;
    return { length: value, traced: amount, shares: amount > 0n ? takeTraced(queue, amount) : [] };
  });
}

/** A pool does not say which source a part is of: each label's is divided over them by what they brought of it. */
function shareFirst(held: readonly Share[][], first: Pool): Share[][] {
  const bySource: Share[][] = held.map(() => []);
  for (const share of first.shares) {
    const left = { ...share };
    const brought = held.map((shares) => shares.find(({ label }) => label === share.label)?.amount ?? 0n);
    split(share.amount, brought).forEach((amount, n) => {
      if (amount > 0n) addShare(bySource[n]!, takeShare(left, amount));
    });
  }
  return bySource;
}
