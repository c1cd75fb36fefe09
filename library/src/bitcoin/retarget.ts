import { bitsOfTarget, targetOfBits } from "./header.ts";
import type { HeaderTable } from "./header-table.ts";
import type { Network } from "./networks.ts";

/** Blocks of a period, at the end of which the target is set anew. */
export const period = 2016;
/** Seconds: two weeks. */
const periodTime = 1_209_600;
/** Seconds after which a test network's block may have the lowest difficulty. */
const slowBlock = 1200;
/** Seconds by which the first block of a period may be older than its parent (BIP 94). */
const timeWarpMax = 600;

/** What the rule needs of the headers before: the table, and for each visited one its height and parent. */
export interface Ancestry {
  readonly table: Pick<HeaderTable, "time" | "bits">;
  readonly parent: Int32Array;
  readonly height: Int32Array;
  /**
   * The header itself or its nearest ancestor that begins a period or has bits above the network's lowest difficulty:
   * where a test network goes back to after slow blocks.
   */
  readonly regular: Int32Array;
}

/**
 * The bits that a child of `last` with this time must have (Bitcoin Core, GetNextWorkRequired).
 *
 * @param time seconds since 1970
 */
export function nextBits(
  network: Network,
  { table, parent, height, regular }: Ancestry,
  last: number,
  time: number,
): number {
  if (network.retarget === "fixed") return network.powLimitBits;
  if ((height[last]! + 1) % period !== 0) {
    if (network.retarget === "every-2016") return table.bits[last]!;
    return time > table.time[last]! + slowBlock ? network.powLimitBits : table.bits[regular[last]!]!;
  }
  let first = last;
  for (let step = 1; step < period; step++) first = parent[first]!;
  const taken = Math.min(Math.max(table.time[last]! - table.time[first]!, periodTime / 4), periodTime * 4);
  const base = network.retarget === "bip94" ? table.bits[first]! : table.bits[last]!;
  const target = (targetOfBits(base) * BigInt(taken)) / BigInt(periodTime);
  const limit = targetOfBits(network.powLimitBits);
  return bitsOfTarget(target > limit ? limit : target);
}

/** Whether a header at this height may go back to by {@link Ancestry.regular}. */
export function isRegular(network: Network, height: number, bits: number): boolean {
  return height % period === 0 || bits !== network.powLimitBits;
}

/** Whether the time of a child of `last` goes back further than BIP 94 lets the first block of a period. */
export function warpsTime(network: Network, { table, height }: Ancestry, last: number, time: number): boolean {
  if (network.retarget !== "bip94" || (height[last]! + 1) % period !== 0) return false;
  return time < table.time[last]! - timeWarpMax;
}
