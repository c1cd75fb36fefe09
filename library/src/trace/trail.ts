import type { Instant } from "../money/instant.ts";
import type { Link } from "./link.ts";
import type { Direction, Rule } from "./rule.ts";

/** What tracing returns. All amounts are whole smallest units of their asset. */
export interface Trail {
  /** SHA-256 (hex) over the RFC 8785 JSON of everything that the trail is a function of. */
  readonly id: string;
  readonly direction: Direction;
  readonly rules: readonly Rule[];
  readonly ledgers: readonly TrailLedger[];
  readonly seeds: readonly TrailSeed[];
  /** `bounded` where a budget was met; then `bounds` is not empty. */
  readonly status: "complete" | "bounded";
  readonly bounds: readonly Bound[];
  /** One a label, asset and rule. For every rule but poison: seeded = the sum of the other six, in stolen units. */
  readonly totals: readonly Total[];
  readonly ends: readonly End[];
  /** In the order of the ledgers. */
  readonly movements: Movements;
  /** The links that the trail met: those it crossed, and those it did not follow, with the reason. */
  readonly links: readonly TrailLink[];
  /** What the ends would be under another assumption, where one had to be made. Empty where nothing would change. */
  readonly alternatives: readonly Alternative[];
}

/**
 * Movements as they are gone through, any number of times. A trail that was traced makes them on the way, because as
 * objects a hundred thousand take more room than all that they are made of; a list does as well.
 */
export interface Movements extends Iterable<Movement> {
  readonly length: number;
}

/** A trail whose movements are at hand all at once. */
export interface ListedTrail extends Trail {
  readonly movements: readonly Movement[];
}

export interface TrailLink extends Link {
  readonly followed: boolean;
  /** Why it was not followed; null where it was. */
  readonly why: string | null;
  /** What went over it. */
  readonly traced: readonly Traced[];
}

/** The same trail under another assumption: how much hangs on it. */
export interface Alternative {
  readonly assumption: "openings-unlimited" | "credits-first" | "debits-first" | "as-listed" | "other-report";
  /** A sentence for a person. */
  readonly what: string;
  readonly totals: readonly Total[];
  /** Ends that differ. */
  readonly differences: readonly Difference[];
}

export interface Difference extends Place {
  readonly kind: EndKind;
  readonly ledger: string;
  readonly asset: string;
  readonly rule: Rule;
  readonly label: string;
  /** Stolen units at this end in the trail, and under the other assumption. */
  readonly stolen: bigint;
  readonly otherwise: bigint;
}

export interface TrailLedger {
  readonly name: string;
  readonly kind: "coin" | "account";
  readonly network: string;
  /** The state that was traced: the tip, or for a partial ledger its highest height and the hash of what it holds. */
  readonly snapshot: { readonly height: number | null; readonly hash: string };
  readonly partial: boolean;
}

/** Where value stands: a coin (`TXID:VOUT`) with its address, or an account alone. */
export interface Place {
  readonly coin: string | null;
  readonly account: string | null;
}

/** Where a movement took value from. */
export interface MovedFrom extends Place {
  /** Only where it is not the movement's own ledger: value that a link brought from another one. */
  readonly ledger?: string;
  /** Only where it is known to differ from that of what arrives: value that a link changed. */
  readonly asset?: string;
}

export interface TrailSeed extends Place {
  readonly ledger: string;
  readonly asset: string;
  readonly amount: bigint;
  readonly label: string;
  /** In an account ledger the transfer that the theft begins with (`TRANSACTION:N`), where it is one. */
  readonly transfer?: string;
}

export interface Traced {
  readonly rule: Rule;
  readonly label: string;
  readonly amount: bigint;
  /** The same in units of the stolen asset; differs from `amount` once a trail crosses assets. */
  readonly stolen: bigint;
}

export type EndKind = "unspent" | "exit" | "fee" | "unknown" | "notFollowed" | "mined";

export interface End extends Place {
  readonly kind: EndKind;
  readonly ledger: string;
  readonly asset: string;
  /** Face value of the coin; null for fees, which are one end a rule. */
  readonly value: bigint | null;
  /** A sentence for a person. */
  readonly why: string;
  readonly traced: readonly Traced[];
}

export interface Total {
  readonly label: string;
  readonly asset: string;
  readonly rule: Rule;
  readonly seeded: bigint;
  readonly unspent: bigint;
  readonly exits: bigint;
  readonly fees: bigint;
  readonly unknown: bigint;
  readonly notFollowed: bigint;
  readonly mined: bigint;
}

export interface Bound {
  /** The budget that was met. */
  readonly reason: "movements" | "hops" | "min";
  readonly label: string;
  readonly rule: Rule;
  /** What was not followed because of it, in stolen units. */
  readonly amount: bigint;
  /** The first coin (in the ledger's order) that was not followed: seed it, or raise the budget, to go on. */
  readonly next: string;
}

export interface Movement {
  readonly ledger: string;
  readonly transaction: string;
  readonly height: number | null;
  readonly time: Instant | null;
  /** The time is a day without an hour, given as its first moment in UTC. */
  readonly dayOnly?: true;
  /** The fewest transactions from a seed to here under any of the rules; 1 for a seed's spender. */
  readonly hops: number;
  /**
   * The places that traced value came from (backward: the places it was found to come from). A backward trail through
   * account ledgers is told in the order of the search: `from` is who was paid, `to` who paid.
   */
  readonly from: readonly MovedFrom[];
  readonly to: readonly MovedTo[];
}

export interface MovedTo extends Place {
  readonly asset: string;
  readonly value: bigint;
  /** What the movement brings here; forward that is without what is seeded at this coin. */
  readonly traced: readonly Traced[];
}
