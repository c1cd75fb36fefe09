import { codePoints } from "../code-points.ts";
import type { Span } from "../span.ts";
import { type Alignment, alignWords, type Meeting } from "./align-words.ts";
import { type Fingerprints, fingerprintsOf, runWordsFound } from "./fingerprints.ts";
import { spanOfWords, type Words, wordsOf } from "./words.ts";

export interface LineageText {
  readonly id: string;
  /** The kept text. */
  readonly text: string;
}

/** What two documents have in the same words. */
export interface SharedPassages {
  /** The one that was given first. */
  readonly earlier: string;
  readonly later: string;
  /** In the order of the later document. */
  readonly passages: readonly {
    readonly earlier: Span;
    readonly later: Span;
    /** Words that are the same, and those of them that are neither names nor words like "of". */
    readonly words: number;
    readonly content: number;
  }[];
}

/**
 * With how many of the documents before it a document is compared for one wording: half of them the first that had it,
 * half the latest. What a thousand outlets print is then linear work, and its first holders are still found.
 */
const earlierMax = 8;
/** A wording in more documents than this is a form of words (a legal notice, a menu), and leads nowhere. */
const holdersMax = 5_000;
/** Fewer words that say something are no evidence: titles and names of offices are alike without being copied. */
export const contentWordsMin = 4;

/**
 * Finds what documents have in the same words. Two that share a run of at least {@link runWordsFound} words of which
 * {@link contentWordsMin} are content are compared, as far as `earlierMax` and `holdersMax` go.
 *
 * Memory is about 12 bytes a word and 12 a fingerprint (every second or third word); time is linear but for a sort.
 * @param documents in the order of their publication, as far as it is known: what stands first counts as earlier
 */
export function sharedPassages(documents: readonly LineageText[]): SharedPassages[] {
  const words = documents.map(({ text }) => wordsOf(text));
  const meetings = meetingsOf(words.map(fingerprintsOf));
  const shared: SharedPassages[] = [];
  for (const [pair, places] of meetings) {
    const [earlier, later] = [Math.floor(pair / documents.length), pair % documents.length];
    // Of the later one first, so that its wording is told once.
    const alignments = alignWords(words[later]!, words[earlier]!, places).filter(isEvidence);
    if (alignments.length === 0) continue;
    shared.push(passagesOf(documents, words, { earlier, later }, alignments));
  }
  return shared;
}

const isEvidence = ({ same, content }: Alignment): boolean => same >= runWordsFound && content >= contentWordsMin;

/** Where each pair of documents meets, by `earlier * count + later`, in that order. */
function meetingsOf(prints: readonly Fingerprints[]): [number, Meeting[]][] {
  const { hashes, owners, places, order } = sortedPrints(prints);
  const meetings = new Map<number, Meeting[]>();
  const total = order.length;
  for (let from = 0, to = 0; from < total; from = to) {
    const hash = hashes[order[from]!]!;
    while (to < total && hashes[order[to]!] === hash) to++;
    if (to - from < 2 || to - from > holdersMax) continue;
    for (let later = from + 1; later < to; later++) {
      const n = later - from;
      for (let k = 0; k < Math.min(n, earlierMax); k++) {
        const earlier = k < earlierMax / 2 || n <= earlierMax ? from + k : later - (earlierMax - k);
        const [x, y] = [order[earlier]!, order[later]!];
        if (owners[x] === owners[y]) continue;
        const pair = owners[x]! * prints.length + owners[y]!;
        const meeting = { a: places[y]!, b: places[x]! };
        const known = meetings.get(pair);
        if (known === undefined) meetings.set(pair, [meeting]);
        else known.push(meeting);
      }
    }
  }
  return [...meetings].sort(([x], [y]) => x - y);
}

/** All fingerprints in columns, and their order by hash, then as given. */
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
  return { hashes, owners, places, order: radixOrder(hashes) };
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

function passagesOf(
  documents: readonly LineageText[],
  words: readonly Words[],
  { earlier, later }: { readonly earlier: number; readonly later: number },
  alignments: readonly Alignment[],
): SharedPassages {
  const pointsOf = (at: number) => codePoints(documents[at]!.text);
  const [ofEarlier, ofLater] = [pointsOf(earlier), pointsOf(later)];
  return {
    earlier: documents[earlier]!.id,
    later: documents[later]!.id,
    passages: alignments.map(({ a, b, same, content }) => ({
      earlier: spanOfWords(ofEarlier, words[earlier]!, b.from, b.to),
      later: spanOfWords(ofLater, words[later]!, a.from, a.to),
      words: same,
      content,
    })),
  };
}
