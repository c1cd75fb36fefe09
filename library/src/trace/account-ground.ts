import type { AmountColumn } from "./account-columns.ts";
import { openDoubles, openWide } from "./account-openings.ts";
import { type OrderedAccounts, orderAccounts } from "./account-order.ts";
import { type WideColumn, widen } from "./account-wide.ts";
import type { AccountPart, JointRequest } from "./joint-request.ts";

/** A ledger in the order taken with its opening balances, in one of two arithmetics. */
export interface SweepGround<Amounts extends Float64Array | WideColumn> {
  readonly order: OrderedAccounts;
  readonly amount: Amounts;
  /** [holdingCount] */
  readonly openings: Amounts;
}

/** What all rules of a request start from. Null: does not apply. */
export interface SweepGrounds {
  /** Where every sum fits doubles. */
  readonly doubles: SweepGround<Float64Array> | null;
  /** Made when it is asked for. */
  readonly wide: () => SweepGround<WideColumn> | null;
}

/** Flags are the bits of one word. */
const labelsMax = 32;
/** Records are addressed sixteen times over by 31-bit numbers. */
const holdingsMax = 2 ** 26;

const grounds = new WeakMap<JointRequest, SweepGrounds | "none">();

/** The ledger in its order with its openings; null where the sweeps do not apply. Kept as long as the request is. */
export function groundsOf(request: JointRequest): SweepGrounds | null {
  let known = grounds.get(request);
  if (known === undefined) {
    known = layGrounds(request) ?? "none";
    grounds.set(request, known);
  }
  return known === "none" ? null : known;
}

function layGrounds(request: JointRequest): SweepGrounds | null {
  const [part, ...others] = request.parts;
  if (part === undefined || others.length > 0 || part.kind !== "account" || !isPlain(request, part)) return null;
  const order = orderAccounts(part, request);
  if (order === null) return null;
  let wide: SweepGround<WideColumn> | null | undefined;
  return {
    doubles: layDoubles(part, order),
    wide: () => {
      if (wide === undefined) wide = layWide(part, order);
      return wide;
    },
  };
}

function isPlain({ links, budget, openings, labels }: JointRequest, { columns }: AccountPart): boolean {
  const { movements, hops, min } = budget;
  if (movements !== undefined || hops !== undefined || (min !== undefined && min > 0n)) return false;
  if (links.length > 0 || columns.returnOf.size > 0) return false;
  if (labels.length === 0 || labels.length > labelsMax || columns.holdingCount > holdingsMax) return false;
  // Without limit is another physics; where every opening is known there is nothing to take so.
  return openings === "least" || columns.openingDefault !== null || columns.openings.size >= columns.holdingCount;
}

function layDoubles(part: AccountPart, order: OrderedAccounts): SweepGround<Float64Array> | null {
  const amount = doublesOf(order.amount);
  if (amount === null) return null;
  const openings = openDoubles(part.columns, order, amount);
  return openings === null ? null : { order, amount, openings };
}

function doublesOf(amount: AmountColumn): Float64Array | null {
  if (amount instanceof Float64Array) return amount;
  const doubles = new Float64Array(amount.length);
  for (let x = 0; x < amount.length; x++) {
    if (amount[x]! > BigInt(Number.MAX_SAFE_INTEGER)) return null;
    doubles[x] = Number(amount[x]!);
  }
  return doubles;
}

function layWide(part: AccountPart, order: OrderedAccounts): SweepGround<WideColumn> | null {
  const amount = widen(order.amount);
  if (amount === null) return null;
  const openings = openWide(part.columns, order, amount);
  return openings === null ? null : { order, amount, openings };
}
