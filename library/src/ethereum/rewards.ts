import type { Reward } from "./chain-record.ts";

const ether = 10n ** 18n;
/** EIP-649 (Byzantium) and EIP-1234 (Constantinople) on Ethereum's main chain. */
const byzantiumHeight = 4_370_000;
const constantinopleHeight = 7_280_000;

/**
 * What a block of Ethereum's main chain mined by proof of work made, for sources without reward traces: 5, 3 or 2 ETH,
 * a 32nd more for each uncle, and for an uncle's miner (8 - distance) eighths (Yellow Paper, section 11.3).
 */
export function minedRewards(
  block: { readonly number: number; readonly miner: string },
  uncles: readonly { readonly number: number; readonly miner: string }[],
): Reward[] {
  if (block.number === 0) return [];
  const whole =
    block.number < byzantiumHeight ? 5n * ether : block.number < constantinopleHeight ? 3n * ether : 2n * ether;
  const own = { to: block.miner, amount: whole + (whole / 32n) * BigInt(uncles.length) };
  return [
    own,
    ...uncles.map(({ number, miner }) => ({
      to: miner,
      amount: (whole * BigInt(number + 8 - block.number)) / 8n,
    })),
  ];
}
