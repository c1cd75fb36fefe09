// AssemblyScript: where the commas, line ends and quotes of CSV stand, sixteen bytes at a time. Built by
// tools/build-kernels.ts.

const comma: u8 = 0x2c;
const newline: u8 = 0x0a;
const quote: u8 = 0x22;

/**
 * Looks at the bytes with addresses in [from, to) and writes how far from `base` each delimiter stands, as 32-bit
 * numbers from the address `into` on, where there must be room for one a byte. Gives how many there are.
 */
export function findDelimiters(from: u32, to: u32, base: u32, into: u32): u32 {
  const first = into;
  let at = from;
  for (; at + 16 <= to; at += 16) {
    const bytes = v128.load(at);
    const separators = v128.or(i8x16.eq(bytes, i8x16.splat(comma)), i8x16.eq(bytes, i8x16.splat(newline)));
    let bits = i8x16.bitmask(v128.or(separators, i8x16.eq(bytes, i8x16.splat(quote))));
    for (; bits !== 0; bits &= bits - 1) {
      store<u32>(into, at - base + ctz(bits));
      into += 4;
    }
  }
  for (; at < to; at++) {
    const byte = load<u8>(at);
    if (byte === comma || byte === newline || byte === quote) {
      store<u32>(into, at - base);
      into += 4;
    }
  }
  return (into - first) / 4;
}
