import type { AccountColumns } from "./account-columns.ts";
import type { CoinColumns, SubsidyAt } from "./columns.ts";
import type { TraceBudget } from "./request.ts";
import type { Direction, Rule } from "./rule.ts";

/** One ledger of a trail that may run through several. Its place in {@link JointRequest.parts} is its number. */
export type JointPart = AccountPart | CoinPart;

export interface AccountPart {
  readonly kind: "account";
  readonly columns: AccountColumns;
  /** [ceil(holdingCount / 32)] Bit h % 32 of word h / 32: traced value that arrives in holding h is an exit. */
  readonly stops: Uint32Array | null;
  /** Forward: what is still held where a later transfer is above this height is an exit. Backward: below. */
  readonly stopHeight: number | null;
}

export interface CoinPart {
  readonly kind: "coin";
  readonly columns: CoinColumns;
  /** [transactionCount] Milliseconds since 1970; NaN where not known. */
  readonly txTime: Float64Array;
  /** [ceil(outputCount / 32)] As {@link AccountPart.stops}, for coins. */
  readonly stops: Uint32Array | null;
  readonly stopHeight: number | null;
  readonly subsidyAt: SubsidyAt;
}

/** Where a theft begins. Backward: what is asked about. */
export interface JointSeed {
  readonly part: number;
  /**
   * `transfer`: the value that a transfer brings (backward: that it took). `holding`: the opening balance of a holding
   * and all that it receives (backward: its closing balance and all that it paid). `coin`: a coin.
   */
  readonly at:
    | { readonly kind: "transfer"; readonly transfer: number }
    | { readonly kind: "holding"; readonly holding: number }
    | { readonly kind: "coin"; readonly output: number };
  /** Its first units; null for all. */
  readonly amount: bigint | null;
  /** Index into {@link JointRequest.labels}. */
  readonly label: number;
}

/** Movements on either side of a change of asset or ledger: transfers of an account ledger, coins of a coin ledger. */
export interface LinkSide {
  readonly part: number;
  /** Transfers or outputs, in the order in which their units are counted. */
  readonly ids: readonly number[];
}

/** A link that is followed. No movement stands in two of them. */
export interface JointLink {
  readonly from: LinkSide;
  readonly to: LinkSide;
  /** How much of the `from` side goes over, its first units; null for all. The rest goes where the transfers say. */
  readonly amount: bigint | null;
}

/** A theft's name and the asset that its stolen units are counted in. One name with two assets is two labels. */
export interface JointLabel {
  readonly name: string;
  readonly asset: string;
}

/** What to trace through account ledgers, or through several ledgers at once. Semantics: `joint-oracle.ts`. */
export interface JointRequest {
  readonly direction: Direction;
  /** Without `tiho`, which account ledgers have no meaning for. */
  readonly rules: readonly Rule[];
  readonly labels: readonly JointLabel[];
  readonly parts: readonly JointPart[];
  readonly seeds: readonly JointSeed[];
  readonly links: readonly JointLink[];
  readonly budget: TraceBudget;
  readonly followFees: boolean;
  /** What an opening that is not known is taken to be: the least that keeps the balance from 0 on, or without limit. */
  readonly openings: "least" | "unlimited";
  /** Trace a credit that repays a debt into what the debt had bought (Brazil v Durant, 2015); else it ends there. */
  readonly throughDebt: boolean;
}
