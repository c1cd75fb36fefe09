import { addShare, least, type Share } from "./joint-matter.ts";
import { clean, cut, joinClean, type Lot, type Lots, noLots, push, setLots } from "./lot-queue.ts";

/** Makes clean units among the first (`last`: the last) `units` traced ones. Gives how many. */
export function seedLots(of: Lots, units: bigint, label: number, last: boolean): bigint {
  joinClean(of);
  const lots = of.lots.slice(of.head);
  if (last) lots.reverse();
  const after: Lot[] = [];
  let left = units;
  let seeded = 0n;
  for (const lot of lots) {
    const inside = least(left, lot.length);
    left -= inside;
    if (lot.label !== clean || inside === 0n) {
      after.push(lot);
      continue;
    }
    seeded += inside;
    const rest = lot.length - inside;
    after.push({ ...lot, length: inside, label, stolen: inside });
    if (rest > 0n) after.push({ ...lot, length: rest });
  }
  setLots(of, last ? after.reverse() : after);
  return seeded;
}

/** Lays traced lots over the first clean units, in their order. Gives what found none, and leaves it in `what`. */
export function layOverClean(onto: Lots, what: Lots): Share[] {
  const pieces = tracedLots(what);
  const after: Lot[] = [];
  joinClean(onto);
  for (const lot of onto.lots.slice(onto.head)) {
    if (lot.label !== clean) {
      after.push(lot);
      continue;
    }
    let left = lot.length;
    while (left > 0n && pieces.length > 0) {
      const next = pieces[0]!;
      const piece = next.length <= left ? pieces.shift()! : cut(next, left);
      after.push({ ...piece, origin: lot.origin });
      left -= piece.length;
    }
    if (left > 0n) after.push({ ...lot, length: left });
  }
  setLots(onto, after);
  setLots(what, pieces);
  return shares(pieces);
}

/** Clean value without limit comes first, and what is laid over it is never reached. */
export function sinkLots(onto: Lots, what: Lots): Share[] {
  onto.sunk = [...onto.sunk, ...tracedLots(what)];
  setLots(onto, onto.lots.slice(onto.head));
  return [];
}

/** Lays unit on unit. Gives what meets units that are traced already. */
export function layAligned(onto: Lots, what: Lots): Share[] {
  const after: Lot[] = [];
  const over = what.lots.slice(what.head);
  const rejected: Lot[] = [];
  joinClean(onto);
  for (const under of onto.lots.slice(onto.head)) {
    while (under.length > 0n) {
      const next = over[0];
      if (next === undefined) {
        after.push({ ...under });
        break;
      }
      const length = least(under.length, next.length);
      const piece = next.length === length ? over.shift()! : cut(next, length);
      const isWhole = under.length === length;
      const below = isWhole ? { ...under } : cut(under, length);
      if (isWhole) under.length = 0n;
      if (piece.label === clean) after.push(below);
      else if (below.label === clean) after.push({ ...piece, origin: below.origin });
      else {
        after.push(below);
        rejected.push(piece);
      }
    }
  }
  setLots(onto, after);
  return shares(rejected);
}

/** Unit b becomes unit floor(b * units / length): every lot keeps what it stands for in the stolen asset. */
export function scaleLots(bundle: Lots, units: bigint): { scaled: Lots; lost: Share[] } {
  const scaled = noLots();
  const lost: Share[] = [];
  let boundary = 0n;
  let reached = 0n;
  for (const { length, label, stolen } of joinAlike(bundle)) {
    boundary += length;
    const upTo = (boundary * units) / bundle.length;
    if (upTo > reached) push(scaled, { length: upTo - reached, label, stolen, origin: null, source: 0 });
    else if (label !== clean) addShare(lost, { label, amount: 0n, stolen });
    reached = upTo;
  }
  return { scaled, lost };
}

/** Lots of one label that stand for themselves are alike unit for unit, however they were cut before. */
function joinAlike({ lots, head }: Lots): Lot[] {
  const joined: Lot[] = [];
  for (const lot of lots.slice(head)) {
    const last = joined.at(-1);
    const isSelf = (one: Lot) => one.label === clean || one.stolen === one.length;
    if (last !== undefined && last.label === lot.label && isSelf(last) && isSelf(lot)) {
      last.length += lot.length;
      last.stolen += lot.stolen;
    } else joined.push({ ...lot });
  }
  return joined;
}

function tracedLots({ lots, head }: Lots): Lot[] {
  return lots.slice(head).filter(({ label }) => label !== clean);
}

function shares(lots: readonly Lot[]): Share[] {
  const list: Share[] = [];
  for (const { label, length, stolen } of lots) addShare(list, { label, amount: length, stolen });
  return list;
}
