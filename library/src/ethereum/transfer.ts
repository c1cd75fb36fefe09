import type { Instant } from "../money/instant.ts";

/**
 * Which telling of a transaction a transfer belongs to. `fee`: gas, split into what was burnt and paid; `call`: value
 * moved by calls, the outermost included; `log`: tokens, by their logs. Of a block: `withdrawal`, `reward`, `genesis`,
 * and `fork` (the state that the DAO fork moved). `listed`: rows of a list of transfers. The others tell the same with
 * less, see {@link supersedes}.
 */
export const layers = [
  ...(["fee", "call", "log", "withdrawal", "reward", "genesis", "fork", "listed"] as const),
  ...(["whole-fee", "top", "internal", "token"] as const),
] as const;
export type Layer = (typeof layers)[number];

/**
 * What counts in place of what, in a transaction that has both. `top`: a transaction's own value, for where there are
 * no traces. Explorers list calls below the outermost (`internal`), tokens without the log's place (`token`), and a fee
 * as a whole (`whole-fee`, as do files without blocks).
 */
export const supersedes: readonly { readonly layer: Layer; readonly of: Layer }[] = [
  { layer: "call", of: "top" },
  { layer: "call", of: "internal" },
  { layer: "log", of: "token" },
  { layer: "fee", of: "whole-fee" },
];

/** What the transfers of one transaction share. */
export interface Place {
  /** The transaction's hash; for a block's own `withdrawal:INDEX`, `block:N:rewards`, `block:0:genesis`. */
  readonly transaction: string;
  readonly height: number | null;
  /** Index in the block; {@link blockEnd} for what happens after its transactions. */
  readonly position: number | null;
  readonly time: Instant | null;
  readonly dayOnly: boolean;
}

/** One movement of value, as a ledger of accounts takes it (compare ledger/account-contract.ts). */
export interface EthereumTransfer extends Place {
  readonly layer: Layer;
  /** Order within the transaction over all layers; unique within the layer. */
  readonly index: number;
  /** Addresses in lower case; null: nobody (mined, minted; burnt). */
  readonly from: string | null;
  readonly to: string | null;
  /** `ETH`, or a token's contract in lower case. */
  readonly asset: string;
  /** Smallest units, above 0. */
  readonly amount: bigint;
  readonly isFee: boolean;
  readonly returns: null;
}

/** Position of what a block does after its transactions: rewards and withdrawals. */
export const blockEnd = 1_000_000;

/** Indices: fees first, then calls as they were executed, then logs as they are numbered in the block. */
export const feeIndex = { burnt: 0, paid: 1, blob: 2 } as const;
export const callIndex = 10;
export const logIndex = 1_000_000;
/** More calls than any block's gas allows on Ethereum; keeps a call's index below those of logs. */
export const callsPerTransactionMax = logIndex - callIndex - 1;

/** One way of making the object, so that all have one shape. */
export function transferOf(
  place: Place,
  layer: Layer,
  index: number,
  from: string | null,
  to: string | null,
  asset: string,
  amount: bigint,
  isFee: boolean,
): EthereumTransfer {
  return {
    transaction: place.transaction,
    height: place.height,
    position: place.position,
    time: place.time,
    dayOnly: place.dayOnly,
    layer,
    index,
    from,
    to,
    asset,
    amount,
    isFee,
    returns: null,
  };
}
