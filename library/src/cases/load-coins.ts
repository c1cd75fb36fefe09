import { totalmem } from "node:os";
import { LedgerTooLargeError } from "../errors/cases.ts";
import type { CoinLedger, LoadedCoins } from "../ledger/contract.ts";
import { placeIn } from "../ledger/place-in.ts";
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

/** A trail this deep takes longer to follow by queries than the whole ledger takes to load, where it fits. */
const reachRoundsMax = 300;
/** Columns, and what a sweep over all of them takes (docs/figures.md). */
const bytesPerOutput = 40;
/** The rest is the engine's and the trail's. */
const memoryShare = 0.75;

/**
 * Loads what a trail needs of a ledger: of a large one the part that its seeds reach, unless that is large too. Which
 * of the two it was never changes the trail. Fees lead into blocks that no coin leads to, so following them takes all.
 * @throws LedgerTooLargeError where all of it is needed and the machine has not the memory
 */
export async function loadCoins(
  ledger: CoinLedger,
  request: LoadRequest,
  memoryBytes: number = totalmem(),
): Promise<LoadedCoins> {
  const { name, outputs } = await ledger.summary();
  const bytes = outputs * bytesPerOutput;
  const fits = bytes <= memoryBytes * memoryShare;
  if (outputs > wholeCoinsMax && !request.followFees) {
    const { seeds: coins, stops, direction } = request;
    const rounds = fits ? { roundsMax: reachRoundsMax } : {};
    const bound = { transactionsMax: reachTransactionsMax, ...rounds };
    const reach = await ledger.loadReach({ coins, direction, stops, ...bound });
    if (reach !== null) return reach;
  }
  if (!fits) throw new LedgerTooLargeError({ ledger: name, outputs, bytes, memoryBytes });
  return ledger.loadAll();
}

/** Where ids of the ledger stand in the loaded columns; ids that are not loaded are left out. */
export function placesOf({ outputIds, columns }: LoadedCoins, ids: readonly number[]): Map<number, number> {
  if (outputIds === null) return new Map(ids.map((id) => [id, id]));
  // Two ascending runs: the coins that loaded transactions made, and the others.
  const made = columns.txFirstOutput[columns.transactionCount]!;
  const placeOf = (id: number) => Math.max(placeIn(outputIds, id, 0, made), placeIn(outputIds, id, made));
  return new Map(ids.map((id): [number, number] => [id, placeOf(id)]).filter(([, place]) => place >= 0));
}

/** A bit a loaded coin: whether it is at a stop. Stops at services can be more coins than a Set holds. */
export function stopBits({ outputIds, columns }: LoadedCoins, stops: Float64Array): Uint32Array | null {
  if (stops.length === 0) return null;
  const bits = new Uint32Array(new SharedArrayBuffer(4 * Math.ceil(columns.outputCount / 32)));
  const set = (place: number) => {
    bits[place >>> 5]! |= 1 << (place & 31);
  };
  if (outputIds === null) for (const stop of stops) set(stop);
  else for (let place = 0; place < outputIds.length; place++) if (placeIn(stops, outputIds[place]!) >= 0) set(place);
  return bits;
}
