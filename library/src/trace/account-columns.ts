/** In place of a holding: value that is made (mined, minted, issued) or that ceases (burnt). */
export const nowhere = 0xffff_ffff;

/**
 * What the ledger can say of value that still stands in a holding when the ledger ends.
 * `covered`: every transfer of the account is known, so it is there ("unspent"). `partly`: the account may have paid
 * it on in transfers that the ledger does not hold ("unknown"). `outside`: the ledger holds nothing that the account
 * paid and does not claim to; the trail leaves the data here ("exit").
 */
export const coverages = ["covered", "partly", "outside"] as const;
export type Coverage = (typeof coverages)[number];

/** Smallest units. Doubles where every amount and every sum that a holding can reach stays below 2^53, else bigints. */
export type AmountColumn = Float64Array | readonly bigint[];

/**
 * An account ledger as the kernels see it: a column a typed array, everything addressed by dense ids in the ledger's
 * order. A *holding* is an account in one asset: what holds a balance. A transaction makes one or more transfers, which
 * are taken one after another; each moves an amount of one asset from a holding to a holding.
 */
export interface AccountColumns {
  readonly transactionCount: number;
  readonly transferCount: number;
  readonly holdingCount: number;
  /** [transactionCount + 1] The transfers of transaction t are txFirstTransfer[t] to txFirstTransfer[t + 1] - 1. */
  readonly txFirstTransfer: Uint32Array;
  /** [transactionCount] Block heights, never falling; `heightNotKnown` of `columns.ts` where there is none. */
  readonly txHeight: Uint32Array;
  /** [transactionCount] Milliseconds since 1970; NaN where not known. */
  readonly txTime: Float64Array;
  /** [transactionCount] 1 where the time is a day without an hour (its first moment in UTC). */
  readonly txDayOnly: Uint8Array;
  /** [transferCount] The holding that pays, or {@link nowhere}. */
  readonly transferFrom: Uint32Array;
  /** [transferCount] The holding that receives, or {@link nowhere}. */
  readonly transferTo: Uint32Array;
  /** [transferCount] Smallest units of the holdings' asset. */
  readonly transferAmount: AmountColumn;
  /** [transferCount] 1 for a charge: gas, a bank's fee. It ends as a fee unless fees are followed. */
  readonly transferIsFee: Uint8Array;
  /** The transfers that give back an earlier one (a returned payment, a reversed entry), with the one they return. */
  readonly returnOf: ReadonlyMap<number, number>;
  /** Balances before the first transfer, where known. May be negative: an overdraft. */
  readonly openings: ReadonlyMap<number, bigint>;
  /** The opening of a holding that `openings` does not name: 0 for a whole chain; null: not known. */
  readonly openingDefault: 0n | null;
  /** [holdingCount] Index into {@link coverages}. */
  readonly holdingCoverage: Uint8Array;
}
