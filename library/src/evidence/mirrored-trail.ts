import type { Trail } from "../trace/trail.ts";

/**
 * Whether a trail tells its movements as the way back: `from` who was paid, `to` who paid. So it is backward through
 * accounts or several ledgers; backward through one ledger of coins, `from` and `to` are as the ledger has them.
 */
export function isMirrored({ direction, ledgers, links }: Trail): boolean {
  const isOneOfCoins = ledgers.length < 2 && ledgers.every(({ kind }) => kind === "coin") && links.length === 0;
  return direction === "backward" && !isOneOfCoins;
}
