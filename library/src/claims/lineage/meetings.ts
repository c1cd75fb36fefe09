import type { Meeting } from "./align-words.ts";
import type { Fingerprints } from "./fingerprints.ts";

/**
 * With how many of the documents before it a document is compared for one wording: half of them the first that had it,
 * half the latest. What a thousand outlets print is then linear work, and its first holders are still found.
 */
export const earlierMax = 8;
/** A wording in more documents than this is a form of words (a legal notice, a menu), and leads nowhere. */
export const holdersMax = 5_000;
/** With how many documents before it one is compared at most: those that it shares most fingerprints with. */
export const partnersMax = 32;

/** Where a document meets those before it. */
export interface DocumentMeetings {
  readonly later: number;
  /** In the order of the documents. */
  readonly partners: readonly {
    readonly earlier: number;
    /** `a` is the word in the later one. */
    readonly meetings: readonly Meeting[];
  }[];
}

/** Where each document meets those before it, one document at a time: no more than that is held. */
export function* meetingsOf(prints: readonly Fingerprints[]): Generator<DocumentMeetings> {
  const { owners, places, order, ranks, firsts } = sortedPrints(prints);
  let from = 0;
  for (let later = 0; later < prints.length; later++) {
    const found = new Map<number, Meeting[]>();
    const to = from + prints[later]!.count;
    for (let print = from; print < to; print++) {
      const rank = ranks[print]!;
      for (const earlier of chosenBefore(firsts[rank]!, rank)) {
        const other = order[earlier]!;
        if (owners[other] === later) continue;
        const meeting = { a: places[print]!, b: places[other]! };
        const known = found.get(owners[other]!);
        if (known === undefined) found.set(owners[other]!, [meeting]);
        else known.push(meeting);
      }
    }
    from = to;
    if (found.size === 0) continue;
    const most = [...found].sort(([x, ofX], [y, ofY]) => ofY.length - ofX.length || x - y).slice(0, partnersMax);
    most.sort(([x], [y]) => x - y);
    yield { later, partners: most.map(([earlier, meetings]) => ({ earlier, meetings })) };
  }
}

/** Of the places from `first` to before `end`: all, or {@link earlierMax} of them, half the first and half the last. */
export function chosenBefore(first: number, end: number): number[] {
  const chosen: number[] = [];
  const count = end - first;
  for (let k = 0; k < Math.min(count, earlierMax); k++) {
    chosen.push(k < earlierMax / 2 || count <= earlierMax ? first + k : end - (earlierMax - k));
  }
  return chosen;
}

/** All fingerprints in columns, in the order of the documents, and by hash. */
function sortedPrints(prints: readonly Fingerprints[]) {
  const total = prints.reduce((sum, { count }) => sum + count, 0);
  const hashes = new Uint32Array(total);
  const owners = new Uint32Array(total);
  const places = new Uint32Array(total);
  let at = 0;
  prints.forEach((one, owner) => {
    hashes.set(one.hashes, at);
    places.set(one.words, at);
    owners.fill(owner, at, at + one.count);
    at += one.count;
  });
  const order = radixOrder(hashes);
  const ranks = new Uint32Array(total);
  // Of each rank the first of those with the same hash that count: itself where the wording is a form of words.
  const firsts = new Uint32Array(total);
  for (let from = 0, to = 0; from < total; from = to) {
    const hash = hashes[order[from]!]!;
    while (to < total && hashes[order[to]!] === hash) to++;
    for (let rank = from; rank < to; rank++) {
      ranks[order[rank]!] = rank;
      firsts[rank] = to - from > holdersMax ? rank : from;
    }
  }
  return { owners, places, order, ranks, firsts };
}

/** The places of `keys` in their order, equal ones as they stand: four passes over bytes. */
function radixOrder(keys: Uint32Array): Uint32Array {
  let order = Uint32Array.from(keys, (_, i) => i);
  let next = new Uint32Array(keys.length);
  for (let shift = 0; shift < 32; shift += 8) {
    const starts = new Uint32Array(257);
    for (const key of keys) starts[((key >>> shift) & 255) + 1]!++;
    for (let i = 0; i < 256; i++) starts[i + 1]! += starts[i]!;
    for (const i of order) next[starts[(keys[i]! >>> shift) & 255]!++] = i;
    [order, next] = [next, order];
  }
  return order;
}
