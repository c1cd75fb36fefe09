/** From here on UTF-16 code units are halves of a pair, or come after pairs byte by byte. */
const surrogatesFrom = 0xd800;

/** Compares byte by byte, as the store does; JavaScript compares UTF-16 code units, another order beyond the BMP. */
export function compareNames(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at++) {
    const [one, other] = [a.charCodeAt(at), b.charCodeAt(at)];
    if (one === other) continue;
    // Below, both orders are the same, and no bytes have to be made.
    if (one < surrogatesFrom && other < surrogatesFrom) return one - other;
    return Buffer.compare(Buffer.from(a), Buffer.from(b));
  }
  return a.length - b.length;
}
