import { addShare, least, type Share } from "./joint-matter.ts";
import { clean, cut, type Lot, type Lots, noLots, push, setLots } from "./lot-queue.ts";

/** Makes clean units among the first (`last`: the last) `units` traced ones. Gives how many. */
export function seedLots(of: Lots, units: bigint, label: number, last: boolean): bigint {
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

/** Clean value without limit stands in front, so there is room for everything. */
export function layInFront(onto: Lots, what: Lots): Share[] {
  setLots(onto, [...tracedLots(what), ...onto.lots.slice(onto.head)]);
  return [];
}

/** Lays unit on unit. Gives what meets units that are traced already. */
export function layAligned(onto: Lots, what: Lots): Share[] {
  const after: Lot[] = [];
  const over = what.lots.slice(what.head);
  const rejected: Lot[] = [];
  for (const under of onto.lots.slice(onto.head)) {
    while (under.length > 0n) {
      const next = over[0];
      if (next === undefined) {
        after.push({ ...under });
        break;
      }
      const length = least(under.length, next.length);
      const piece = next.length === length ? over.shift()! : cut(next, length);
      const below = under.length === length ? { ...under } : cut(under, length);
      if (below.length === under.length) under.length = 0n;
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
  for (let n = bundle.head; n < bundle.lots.length; n++) {
    const lot = bundle.lots[n]!;
    boundary += lot.length;
    const upTo = (boundary * units) / bundle.length;
    const length = upTo - reached;
    reached = upTo;
    if (length > 0n) push(scaled, { ...lot, length });
    else if (lot.label !== clean) addShare(lost, { label: lot.label, amount: 0n, stolen: lot.stolen });
  }
  return { scaled, lost };
}

function tracedLots({ lots, head }: Lots): Lot[] {
  return lots.slice(head).filter(({ label }) => label !== clean);
}

function shares(lots: readonly Lot[]): Share[] {
  const list: Share[] = [];
  for (const { label, length, stolen } of lots) addShare(list, { label, amount: length, stolen });
  return list;
}
