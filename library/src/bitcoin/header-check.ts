import { HeaderRuleError } from "../errors/bitcoin.ts";
import { displayHash } from "./hash.ts";
import { decodeHeader, type Header, hex, meetsTarget, targetBytes } from "./header.ts";
import type { Network } from "./networks.ts";
import { type Ancestry, isRegular, nextBits, period, warpsTime } from "./retarget.ts";

/**
 * Checks a chain's headers one after the other as they come: the first is the network's genesis block, each has the
 * bits that the retarget rule asks for, and a hash that meets them. What it remembers is one period of 2,016 headers.
 * That each names the one before is the caller's to check.
 *
 * @param before the headers from the first block of a period (or the genesis block) up to the block before the first
 *   one that will be checked
 * @returns a function that takes the next header (80 bytes) and its hash (internal byte order), and throws
 *   HeaderRuleError
 */
export function createHeaderCheck(
  network: Network,
  before: { readonly firstHeight: number; readonly headers: readonly Uint8Array[] },
): (header: Uint8Array, hash: Uint8Array) => void {
  const time = new Uint32Array(period);
  const bits = new Uint32Array(period);
  const rows = Int32Array.from({ length: period }, (_, row) => row);
  const chain: Ancestry = {
    table: { time, bits },
    parent: rows.map((row) => row - 1),
    height: new Int32Array(period),
    regular: new Int32Array(period),
  };
  let height = before.firstHeight;
  let last = -1;

  const remember = (header: Header) => {
    last = height % period === 0 ? 0 : last + 1;
    time[last] = secondsOf(header);
    bits[last] = header.bits;
    chain.height[last] = height;
    chain.regular[last] = last === 0 || isRegular(network, height, header.bits) ? last : chain.regular[last - 1]!;
    height += 1;
  };
  for (const header of before.headers) remember(decodeHeader(header));

  return (bytes, hash) => {
    const fail = (why: string) => new HeaderRuleError({ height, hash: displayHash(hash), network: network.name, why });
    const header = decodeHeader(bytes);
    if (height === 0 && displayHash(hash) !== network.genesisHash) throw fail("it is not the genesis block");
    if (height > 0) {
      const expected = nextBits(network, chain, last, secondsOf(header));
      if (expected !== header.bits) {
        throw fail(`its bits are ${hex(header.bits)}, and the retarget rule asks for ${hex(expected)}`);
      }
      if (warpsTime(network, chain, last, secondsOf(header)))
        throw fail("it begins a period too long before its parent");
    }
    if (!meetsTarget(hash, 0, targetBytes(header.bits)))
      throw fail(`its hash does not meet its bits ${hex(header.bits)}`);
    remember(header);
  };
}

const secondsOf = (header: Header) => header.time / 1000;
