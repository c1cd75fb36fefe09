/** How much of one label: units of the asset at hand, and what they stand for in the stolen asset. */
export interface Share {
  label: number;
  amount: bigint;
  stolen: bigint;
}

/** What a transfer that may be returned brought to its holder. */
export interface Brought<Bundle> {
  readonly transfer: number;
  /** The transfer's amount. */
  readonly units: bigint;
  /** All traced value that it put there, with what ended there at a stop. */
  readonly put: readonly Share[];
  /** What ended there at a stop, as far as no return has fetched it; null where nothing did. */
  stopped: Bundle | null;
  readonly hops: number;
  /** When it did. */
  readonly transaction: number;
}

/** A transfer that gives back others. */
export interface Returned<Bundle> {
  readonly brought: readonly Brought<Bundle>[];
  readonly units: bigint;
  /** Whether another gives it back in turn. */
  readonly mayReturn: boolean;
}

/** What a return takes. */
export interface TakenBack<Bundle> {
  readonly bundle: Bundle;
  /** The part of it that had ended at a stop. */
  readonly stopped: Share[];
}

/**
 * How one family of rules keeps value: ordered lots (`fifo`, `lifo`), an amount by label in a pool (`haircut`,
 * `dirty-first`, `clean-first`), or flags (`poison`). A bundle is what stands in a holding, what moves in a transfer
 * and what a coin is made of: a number of units, some of them traced. Functions that take something out of a bundle
 * change it; a bundle that is passed to be added somewhere belongs to that place afterwards.
 *
 * `endless` says that clean value without limit stands before (under `lifo`: below) what the bundle holds.
 */
export interface Matter<Bundle> {
  clean(units: bigint): Bundle;
  /** As many clean units, which remember what these do. */
  stripped(bundle: Bundle): Bundle;
  lengthOf(bundle: Bundle): bigint;
  /** Units that are traced; under poison all of a flagged bundle. */
  tracedOf(bundle: Bundle): bigint;
  isTraced(bundle: Bundle): boolean;
  /** Whether the bundle must be kept: it is traced, or remembers what brought its lots. */
  isWorthKeeping(bundle: Bundle): boolean;
  /** By rising label. */
  sharesOf(bundle: Bundle): Share[];
  /** The value of a debit, in the rule's order. Where the bundle has less it gives all, then borrowed clean units. */
  take(from: Bundle, units: bigint, endless: boolean): Bundle;
  /** The first units of what moves; without an order, what the rule would take. */
  takeFirst(from: Bundle, units: bigint): Bundle;
  /** The units of what arrives that repay a debt. */
  takeRepaying(from: Bundle, units: bigint): Bundle;
  /** What a return takes from the holder of what was brought. */
  takeBack(from: Bundle, returned: Returned<Bundle>, endless: boolean): TakenBack<Bundle>;
  /** Clean units, as far as there are; gives nothing, since what moves is clean. */
  payClean(from: Bundle, units: bigint, endless: boolean): void;
  /** Makes one of two stretches of what moves. */
  join(first: Bundle, then: Bundle): Bundle;
  /** Adds what arrives to what stands in a holding. */
  add(to: Bundle, more: Bundle): void;
  /** Puts what is returned back where it was. */
  addBack(to: Bundle, more: Bundle): void;
  /**
   * Marks what a transfer that may be returned has brought; null: forgets what brought it before, since what brings it
   * now is not returned.
   */
  remember(bundle: Bundle, transfer: number | null): void;
  /**
   * Makes clean ones of the first `units` (`last`: of the last) traced under `label`. Gives how many it seeded.
   */
  seed(bundle: Bundle, units: bigint, label: number, last: boolean): bigint;
  /**
   * Lays traced value over clean units: `aligned` unit on unit, else over the first clean ones. Gives what found none.
   */
  lay(onto: Bundle, what: Bundle, aligned: boolean, endless: boolean): Share[];
  /** The same value as a pool of `units` of another asset, and what was rounded away. */
  scale(bundle: Bundle, units: bigint): { scaled: Bundle; lost: Share[] };
  /** Turns the order of units round, where there is one. */
  reverse(bundle: Bundle): Bundle;
  /** Coins: fills `values` in order from the queue of `sources`, which it uses up. */
  fill(sources: readonly Bundle[], values: readonly bigint[]): Bundle[];
  /** Backward, after {@link fill}: which source the first target (the subsidy) has its traced value from. */
  sourcesOfFirst(held: readonly Share[][], values: readonly bigint[], first: Bundle): Share[][];
}

/** Adds to a list that is kept by rising label. */
export function addShare(shares: Share[], { label, amount, stolen }: Share): void {
  let at = 0;
  while (at < shares.length && shares[at]!.label < label) at++;
  const known = shares[at];
  if (known?.label === label) {
    known.amount += amount;
    known.stolen += stolen;
  } else shares.splice(at, 0, { label, amount, stolen });
}

export function sumOf(shares: readonly Share[]): { amount: bigint; stolen: bigint } {
  let amount = 0n;
  let stolen = 0n;
  for (const share of shares) {
    amount += share.amount;
    stolen += share.stolen;
  }
  return { amount, stolen };
}

/** Takes part of a share out of it; the stolen units go along by the floor, all of them with all of it. */
export function takeShare(share: Share, amount: bigint): Share {
  const stolen = amount === share.amount ? share.stolen : (share.stolen * amount) / share.amount;
  share.amount -= amount;
  share.stolen -= stolen;
  return { label: share.label, amount, stolen };
}

export const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);
