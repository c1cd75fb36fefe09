import type { Words } from "./words.ts";

/** Words in a shingle. */
export const shingleWords = 5;
/** Of so many shingles in a row one at least is kept. */
export const windowShingles = 4;
/** A run of so many words that two texts share is always found. */
export const runWordsFound = shingleWords + windowShingles - 1;

export interface Fingerprints {
  readonly count: number;
  readonly hashes: Uint32Array;
  /** The word at which the shingle begins. */
  readonly words: Uint32Array;
}

/**
 * Chooses few of a text's shingles so that two texts which share {@link runWordsFound} words in a row choose one in
 * common: the least hash of each window, the rightmost of equals (winnowing; Schleimer, Wilkerson and Aiken, SIGMOD
 * 2003).
 */
export function fingerprintsOf({ count, hashes }: Pick<Words, "count" | "hashes">): Fingerprints {
  const shingles = Math.max(0, count - shingleWords + 1);
  const all = new Uint32Array(shingles);
  for (let i = 0; i < shingles; i++) {
    let hash = 0;
    for (let k = 0; k < shingleWords; k++) hash = Math.imul(hash ^ hashes[i + k]!, 0x9e3779b1) ^ (hash >>> 15);
    all[i] = hash >>> 0;
  }
  const chosenHashes = new Uint32Array(shingles);
  const chosenWords = new Uint32Array(shingles);
  let chosen = 0;
  let last = -1;
  // A text shorter than a window is one window.
  const windows = shingles === 0 ? 0 : Math.max(1, shingles - windowShingles + 1);
  for (let from = 0; from < windows; from++) {
    const to = Math.min(from + windowShingles, shingles);
    let least = from;
    for (let i = from + 1; i < to; i++) if (all[i]! <= all[least]!) least = i;
    if (least === last) continue;
    last = least;
    chosenHashes[chosen] = all[least]!;
    chosenWords[chosen++] = least;
  }
  return { count: chosen, hashes: chosenHashes.subarray(0, chosen), words: chosenWords.subarray(0, chosen) };
}
