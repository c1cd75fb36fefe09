/**
 * 32 bits of a text, the same for the same text and seldom for another: FNV-1a (Fowler, Noll and Vo) over UTF-16 code
 * units. Not for what an adversary chooses and everything hangs on: two texts of one hash are easily made.
 * @returns 0 to 2^32 - 1
 */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}
