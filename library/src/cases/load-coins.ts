import type { CoinLedger, LoadedCoins } from "../ledger/contract.ts";
import type { Direction } from "../trace/rule.ts";

/** A ledger of up to this many coins is loaded whole: that takes about a second, and every trail fits in it. */
const wholeCoinsMax = 2_000_000;
/** A trail that reaches more transactions than this is cheaper to trace in the whole ledger. */
const reachTransactionsMax = 100_000;

export interface LoadRequest {
  readonly seeds: readonly number[];
  /** Ledger ids, ascending. */
  readonly stops: Float64Array;
  readonly direction: Direction;
  readonly followFees: boolean;
}

/**
 * Loads what a trail needs of a ledger: of a large one the part that its seeds reach, unless that is large too. Which
 * of the two it was never changes the trail. Fees lead into blocks that no coin leads to, so following them takes all.
 */
export async function loadCoins(ledger: CoinLedger, request: LoadRequest): Promise<LoadedCoins> {
  const { outputs } = await ledger.summary();
  if (outputs <= wholeCoinsMax || request.followFees) return ledger.loadAll();
  const { seeds: coins, stops, direction } = request;
  const reach = await ledger.loadReach({ coins, direction, stops, transactionsMax: reachTransactionsMax });
  return reach ?? ledger.loadAll();
}

/** Where ids of the ledger stand in the loaded columns; ids that are not loaded are left out. */
export function placesOf(loadedIds: Float64Array | null, ids: Iterable<number>): Map<number, number> {
  const places = new Map<number, number>();
  if (loadedIds === null) {
    for (const id of ids) places.set(id, id);
    return places;
  }
  const wanted = new Set(ids);
  for (let place = 0; place < loadedIds.length; place++) {
    const id = loadedIds[place]!;
    if (wanted.has(id)) places.set(id, place);
  }
  return places;
}
