import { addShare, type Share } from "./joint-matter.ts";

/** The transfers that brought a lot from holding to holding and may be returned, the newest first. */
export interface Origin {
  readonly transfer: number;
  readonly before: Origin | null;
}

/** A stretch of units that are alike. */
export interface Lot {
  length: bigint;
  /** {@link clean}, or an index into the request's labels. */
  label: number;
  stolen: bigint;
  origin: Origin | null;
  /** Inside a coin transaction: the place of the coin that it comes from. */
  source: number;
}

/** Units in their order, front first: what stands before `head` is gone. */
export interface Lots {
  length: bigint;
  traced: bigint;
  /** Lots that know their origin. */
  remembering: number;
  lots: Lot[];
  head: number;
  /** Traced lots that lie in clean value without limit, where no debit reaches them. They have no length here. */
  sunk: readonly Lot[];
}

export const clean = -1;

export function noLots(): Lots {
  return { length: 0n, traced: 0n, remembering: 0, lots: [], head: 0, sunk: [] };
}

export function cleanLot(length: bigint): Lot {
  return { length, label: clean, stolen: 0n, origin: null, source: 0 };
}

export function sharesOfLots({ lots, head, sunk }: Lots): Share[] {
  const shares: Share[] = [];
  for (const { label, length, stolen } of sunk) addShare(shares, { label, amount: length, stolen });
  for (let n = head; n < lots.length; n++) {
    const { label, length, stolen } = lots[n]!;
    if (label !== clean) addShare(shares, { label, amount: length, stolen });
  }
  return shares;
}

/** Appends a lot. Clean ones of one origin are joined; traced ones never, since their parts' floors would change. */
export function push(to: Lots, lot: Lot): void {
  to.length += lot.length;
  const last = to.lots.length > to.head ? to.lots[to.lots.length - 1]! : null;
  if (last !== null && areOneClean(last, lot)) {
    last.length += lot.length;
    return;
  }
  to.lots.push(lot);
  if (lot.label !== clean) to.traced += lot.length;
  if (lot.origin !== null) to.remembering++;
}

function areOneClean(a: Lot, b: Lot): boolean {
  return a.label === clean && b.label === clean && a.source === b.source && areOne(a.origin, b.origin);
}

function areOne(a: Origin | null, b: Origin | null): boolean {
  if (a === b) return true;
  return a !== null && b !== null && a.transfer === b.transfer && areOne(a.before, b.before);
}

/** Clean units have no boundaries: puts together what a coin transaction kept apart. */
export function joinClean(of: Lots): void {
  const lots = of.lots.slice(of.head);
  for (const lot of lots) lot.source = 0;
  setLots(of, lots);
}

/** Cuts units off a lot, fewer than it has. Its stolen units go along by the floor. */
export function cut(lot: Lot, length: bigint): Lot {
  const stolen = (lot.stolen * length) / lot.length;
  lot.length -= length;
  lot.stolen -= stolen;
  return { ...lot, length, stolen };
}

/** Puts other lots in the place of all that there are. */
export function setLots(of: Lots, lots: readonly Lot[]): void {
  const { sunk } = of;
  Object.assign(of, noLots(), { sunk });
  for (const lot of sunk) of.traced += lot.length;
  for (const lot of lots) push(of, lot);
}

export function addLots(to: Lots, more: Lots): void {
  for (let n = more.head; n < more.lots.length; n++) push(to, more.lots[n]!);
}

export function reverseLots(bundle: Lots): Lots {
  return { ...bundle, lots: bundle.lots.slice(bundle.head).reverse(), head: 0 };
}

/** Places before the head are given back once they are more than this and most of the list. */
const headMax = 64;

/** Up to `units` from the front, in their order. */
export function takeFront(from: Lots, units: bigint): Lots {
  const taken = noLots();
  while (taken.length < units && from.head < from.lots.length) {
    const lot = from.lots[from.head]!;
    const wanted = units - taken.length;
    if (lot.length <= wanted) from.head++;
    push(taken, takeOff(from, lot, wanted));
  }
  if (from.head > headMax && from.head * 2 > from.lots.length) {
    from.lots.splice(0, from.head);
    from.head = 0;
  }
  return taken;
}

/** Up to `units` from the back, in the order in which they are taken. */
export function takeBack(from: Lots, units: bigint): Lots {
  const taken = noLots();
  while (taken.length < units && from.head < from.lots.length) {
    const lot = from.lots[from.lots.length - 1]!;
    const wanted = units - taken.length;
    if (lot.length <= wanted) from.lots.pop();
    push(taken, takeOff(from, lot, wanted));
  }
  return taken;
}

function takeOff(from: Lots, lot: Lot, wanted: bigint): Lot {
  const isWhole = lot.length <= wanted;
  const piece = isWhole ? lot : cut(lot, wanted);
  from.length -= piece.length;
  if (piece.label !== clean) from.traced -= piece.length;
  if (isWhole && piece.origin !== null) from.remembering--;
  return piece;
}

/** What a transfer has brought now, if that may be returned; else whatever brought the lots before is forgotten. */
export function rememberOrigin(bundle: Lots, transfer: number | null): void {
  if (transfer === null && bundle.remembering === 0) return;
  const lots = bundle.lots.slice(bundle.head);
  for (const lot of lots) lot.origin = transfer === null ? null : { transfer, before: lot.origin };
  setLots(bundle, lots);
}

/**
 * Takes up to `units` out of the lots that `isWanted` picks, from the front or from the back, in the order in which
 * they are taken.
 */
export function takeWhere(from: Lots, units: bigint, end: "front" | "back", isWanted: (lot: Lot) => boolean): Lots {
  const taken = noLots();
  const kept: Lot[] = [];
  const lots = from.lots.slice(from.head);
  if (end === "back") lots.reverse();
  for (const lot of lots) {
    const wanted = units - taken.length;
    if (wanted === 0n || !isWanted(lot)) kept.push(lot);
    else if (lot.length <= wanted) push(taken, lot);
    else {
      push(taken, cut(lot, wanted));
      kept.push(lot);
    }
  }
  setLots(from, end === "back" ? kept.reverse() : kept);
  return taken;
}
