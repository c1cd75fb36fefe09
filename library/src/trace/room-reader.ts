import type { SharedRoom } from "./share-columns.ts";
import type { Sweep } from "./sweep.ts";

/** What a finished sweep left in its room. */
export interface RoomReader {
  /** [2 * outputCount] A coin's second word is 0 where it holds nothing: a double from 1 on has a bit there too. */
  readonly words: Int32Array;
  /** Satoshi that a coin holds over all labels. */
  totalOf(coin: number): number;
  /** [labels] The same by label; until the next call. Not asked where there is one label. */
  labelsOf(coin: number): Float64Array;
}

/** See {@link RoomReader.words}. */
export function wordsOf({ columns }: Sweep, room: SharedRoom): Int32Array {
  return new Int32Array(room.memory.buffer, room.total, 2 * columns.outputCount);
}
