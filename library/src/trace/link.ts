/** How value changed its asset or its ledger. */
export const linkKinds = ["swap", "wrap", "bridge", "fx", "cash", "otc"] as const;
export type LinkKind = (typeof linkKinds)[number];

/** What a link rests on. */
export const linkBases = ["same-transaction", "event", "memo", "declared", "amount-and-time"] as const;
export type LinkBasis = (typeof linkBases)[number];

/** One side of a link, as the trail names it. */
export interface TrailLinkSide {
  readonly ledger: string;
  readonly transactions: readonly string[];
  readonly coins: readonly string[];
  /** Who gave it (`from`) or who got it (`to`); null where several did. */
  readonly account: string | null;
  readonly asset: string;
  /** Smallest units. */
  readonly amount: bigint;
}

/** Movements that are one movement of value, across assets or ledgers, and who says so. */
export interface Link {
  readonly id: string;
  readonly kind: LinkKind;
  readonly basis: LinkBasis;
  /** 0 to 1. */
  readonly confidence: number;
  /** Who says so: a file, a person, or the rule that found it with its version. */
  readonly source: string;
  readonly from: TrailLinkSide;
  readonly to: TrailLinkSide;
}
