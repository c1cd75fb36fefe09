import type { NamedTransaction } from "./assemble-trail.ts";
import type { JointRequest } from "./joint-request.ts";
import type { JointPlace, JointTrace } from "./joint-trace.ts";
import type { Link } from "./link.ts";
import { transactionOfTransfer } from "./plan-links.ts";
import type { TrailLedger } from "./trail.ts";

/** A holding or a coin, as a person names it. */
export interface NamedPlace {
  readonly coin: string | null;
  readonly account: string | null;
  readonly asset: string;
  /** Why the request stops here. */
  readonly stop?: string;
  readonly unspendable?: string;
  /** The bank that holds the account. */
  readonly agent?: string;
  /** The ledger does not say whose account it is. */
  readonly isUnnamed?: boolean;
}

/** The names of one ledger's part of a trail. */
export interface PartNames {
  readonly ledger: TrailLedger;
  readonly transactions: ReadonlyMap<number, NamedTransaction>;
  readonly places: ReadonlyMap<number, NamedPlace>;
}

/** A link of the request or one that was not followed, with what to call it. */
export interface NamedLink {
  readonly link: Link;
  /** Its number in the request; null where it is not followed. */
  readonly followed: number | null;
  /** Why it is not followed. */
  readonly why: string | null;
  /** The movements of its giving side: it is met where traced value moved in one of them, or went over a rival's. */
  readonly from: { readonly part: number; readonly ids: readonly number[] };
  readonly to: { readonly part: number; readonly ids: readonly number[] };
}

export interface JointTrailParts {
  /** From `trailId`. */
  readonly id: string;
  readonly request: JointRequest;
  readonly trace: JointTrace;
  /** [parts] */
  readonly parts: readonly PartNames[];
  readonly links: readonly NamedLink[];
}

/** What movements are named from: without the ledgers' columns, which need not be held as long. */
export interface JointNames extends Pick<JointTrailParts, "parts"> {
  readonly request: Pick<JointRequest, "labels">;
}

export function transactionOf({ parts }: JointRequest, part: number, transfer: number): number {
  const of = parts[part]!;
  if (of.kind !== "account") throw new RangeError(`part ${part} has no transfers`);
  return transactionOfTransfer(of.columns.txFirstTransfer, transfer);
}

/** The holding that the value of a seeded transfer stands in: who received it, and of what was burnt, who burnt it. */
export function holdingOfSeed({ parts, direction }: JointRequest, part: number, transfer: number): number {
  const of = parts[part]!;
  if (of.kind !== "account") throw new RangeError(`part ${part} has no transfers`);
  const { transferFrom, transferTo, holdingCount } = of.columns;
  const [to, from] = direction === "forward" ? [transferTo, transferFrom] : [transferFrom, transferTo];
  return to[transfer]! < holdingCount ? to[transfer]! : from[transfer]!;
}

export function placeOf(parts: JointNames, { part, id }: JointPlace): NamedPlace {
  const named = parts.parts[part]!.places.get(id);
  if (named === undefined) throw new RangeError(`assembleJointTrail: place ${id} of part ${part} has no name`);
  return named;
}

export function coinName(parts: JointTrailParts, { part, output }: { part: number; output: number | null }): string {
  return placeOf(parts, { part, id: output ?? 0 }).coin ?? "";
}

export function transactionNamed(parts: JointNames, part: number, transaction: number): NamedTransaction {
  const named = parts.parts[part]!.transactions.get(transaction);
  if (named === undefined) throw new RangeError(`assembleJointTrail: transaction ${transaction} has no name`);
  return named;
}

/** `TRANSACTION:N`, the n-th transfer of its transaction from 0. */
export function transferName(parts: JointTrailParts, part: number, transfer: number): string {
  const of = parts.request.parts[part]!;
  if (of.kind !== "account") throw new RangeError(`part ${part} has no transfers`);
  const transaction = transactionOf(parts.request, part, transfer);
  const { txid } = transactionNamed(parts, part, transaction);
  return `${txid}:${transfer - of.columns.txFirstTransfer[transaction]!}`;
}
