/** Compares byte by byte, as the store does; JavaScript compares UTF-16 code units, another order beyond the BMP. */
export function compareNames(a: string, b: string): number {
  return a === b ? 0 : Buffer.compare(Buffer.from(a), Buffer.from(b));
}
