import { doubleSha256 } from "./hash.ts";

let level = new Uint8Array(32 * 4096);

/**
 * Writes the merkle root over hashes to `into`.
 *
 * @param hashes [32 × count] internal byte order
 * @param count ≥ 1
 * @returns whether two hashes side by side in the tree are equal: then leaving one out gives the same root, and a
 *   block with that root may be a forged double of the real one (CVE-2012-2459)
 */
export function merkleRoot(hashes: Uint8Array, count: number, into: Uint8Array): { repeats: boolean } {
  if (level.length < 32 * (count + 1)) level = new Uint8Array(64 * count);
  level.set(hashes.subarray(0, 32 * count));
  let repeats = false;
  let width = count;
  while (width > 1) {
    for (let left = 0; left + 1 < width; left += 2) {
      if (level[32 * left] === level[32 * left + 32] && sameAsNext(32 * left)) repeats = true;
    }
    // The last hash of an odd row is paired with itself.
    if (width % 2 === 1) level.copyWithin(32 * width, 32 * (width - 1), 32 * width);
    width = (width + 1) >>> 1;
    for (let pair = 0; pair < width; pair++) {
      doubleSha256(level.subarray(64 * pair, 64 * pair + 64), level, 32 * pair);
    }
  }
  into.set(level.subarray(0, 32));
  return { repeats };
}

function sameAsNext(at: number): boolean {
  for (let i = at; i < at + 32; i++) if (level[i] !== level[i + 32]) return false;
  return true;
}
