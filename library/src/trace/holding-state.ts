import { type AccountColumns, nowhere } from "./account-columns.ts";
import type { Brought, Matter } from "./joint-matter.ts";
import { readAmounts, type StartBalances } from "./joint-openings.ts";
import type { AccountPart, JointRequest } from "./joint-request.ts";
import type { Rule } from "./rule.ts";

/** A holding that is traced, or that remembers what may be returned. All others are a balance and nothing more. */
export interface HoldingState<Bundle> {
  readonly content: Bundle;
  /** The least hops of what arrived in earlier transactions since the holding last held nothing traced. */
  hopsBefore: number;
  /** The same of what arrived in transaction {@link arrivedIn}. */
  hopsNow: number;
  arrivedIn: number;
}

/** What was paid beyond a balance and is not repaid. */
export interface Debt {
  /** Who received it; null where that is not known. */
  readonly receiver: number | null;
  units: bigint;
}

/** A seed as transfers meet it. */
export interface ArrivalSeed {
  readonly label: number;
  /** Units still to be seeded; null for all that comes. A seed of one transfer is not used up. */
  left: bigint | null;
  readonly isHolding: boolean;
}

/** One account ledger under one rule. Backward, payers and payees are swapped. */
export interface AccountRun<Bundle> {
  readonly number: number;
  readonly request: JointRequest;
  readonly rule: Rule;
  readonly part: AccountPart;
  readonly columns: AccountColumns;
  readonly payer: Uint32Array;
  readonly payee: Uint32Array;
  readonly amountOf: (transfer: number) => bigint;
  /** [holdingCount] */
  readonly balances: bigint[];
  readonly start: StartBalances;
  readonly states: Map<number, HoldingState<Bundle>>;
  /** [holdingCount] 1 where a holding has a state or is a seed: transfers among all others only move balances. */
  readonly isTouched: Uint8Array;
  /** [ceil(transferCount / 32)] Transfers with a part in a link, a return or a seed. */
  readonly isSpecial: Uint32Array;
  /** Seeds of a transfer alone, by transfer; in the request's order with those of its payee. */
  readonly seedsAt: ReadonlyMap<number, readonly number[]>;
  readonly seedsOf: ReadonlyMap<number, readonly number[]>;
  readonly seeds: readonly ArrivalSeed[];
  /** What each transfer gives back. */
  readonly returns: ReadonlyMap<number, readonly number[]>;
  /** What was brought by transfers that may be returned. */
  readonly brought: Map<number, Brought<Bundle>>;
  readonly returnable: ReadonlySet<number>;
  readonly debts: Map<number, Debt[]>;
}

export function createAccountRun<Bundle>(
  request: JointRequest,
  number: number,
  { start, linked, rule }: { start: StartBalances; linked: ReadonlyMap<number, unknown>; rule: Rule },
): AccountRun<Bundle> {
  const part = request.parts[number]!;
  if (part.kind !== "account") throw new RangeError(`part ${number} is not an account ledger`);
  const { columns } = part;
  const forward = request.direction === "forward";
  const returns = listReturns(columns, forward, linked);
  const returnable = new Set([...returns.values()].flat());
  const isSpecial = new Uint32Array(Math.ceil(columns.transferCount / 32));
  const seedsAt = new Map<number, number[]>();
  const seedsOf = new Map<number, number[]>();
  const isTouched = new Uint8Array(columns.holdingCount);
  request.seeds.forEach(({ part: of, at }, n) => {
    if (of !== number) return;
    if (at.kind === "transfer") seedsAt.set(at.transfer, [...(seedsAt.get(at.transfer) ?? []), n]);
    if (at.kind !== "holding") return;
    seedsOf.set(at.holding, [...(seedsOf.get(at.holding) ?? []), n]);
    isTouched[at.holding] = 1;
  });
  for (const ids of [linked, returns, seedsAt]) for (const id of ids.keys()) isSpecial[id >>> 5]! |= 1 << (id & 31);
  for (const id of returnable) isSpecial[id >>> 5]! |= 1 << (id & 31);
  return {
    number,
    request,
    rule,
    part,
    columns,
    payer: forward ? columns.transferFrom : columns.transferTo,
    payee: forward ? columns.transferTo : columns.transferFrom,
    amountOf: readAmounts(columns.transferAmount),
    balances: [...start.balances],
    start,
    states: new Map(),
    isTouched,
    isSpecial,
    seedsAt,
    seedsOf,
    seeds: request.seeds.map(({ amount, label, at }) => ({ left: amount, label, isHolding: at.kind === "holding" })),
    returns,
    returnable,
    brought: new Map(),
    debts: new Map(),
  };
}

/**
 * By transfer that gives something back, what it returns. Backward it is the first payment that gives back, and all
 * that had returned it at once. What a link replaces, what does not run the other way, and what was made or burnt
 * is an ordinary transfer.
 */
function listReturns(
  columns: AccountColumns,
  forward: boolean,
  linked: ReadonlyMap<number, unknown>,
): Map<number, number[]> {
  const { returnOf, transferFrom, transferTo } = columns;
  const returns = new Map<number, number[]>();
  for (const [back, first] of returnOf) {
    if (first >= back || linked.has(back) || linked.has(first)) continue;
    if (transferFrom[back] !== transferTo[first] || transferTo[back] !== transferFrom[first]) continue;
    if (transferFrom[back] === nowhere || transferTo[back] === nowhere) continue;
    const [by, what] = forward ? [back, first] : [first, back];
    returns.set(by, [...(returns.get(by) ?? []), what]);
  }
  return returns;
}

/** Whether clean value without limit stands in a holding: its opening is not known, and that is what is asked for. */
export function isEndless<Bundle>({ request, start, seedsOf }: AccountRun<Bundle>, holding: number): boolean {
  return request.openings === "unlimited" && !start.isKnown(holding) && !seedsOf.has(holding);
}

export function isStop({ part }: { part: AccountPart }, holding: number): boolean {
  return part.stops !== null && ((part.stops[holding >>> 5]! >>> (holding & 31)) & 1) === 1;
}

/** The state of a holding; makes one, with the clean value that stands there now. */
export function stateOf<Bundle>(
  run: AccountRun<Bundle>,
  matter: Matter<Bundle>,
  holding: number,
): HoldingState<Bundle> {
  const known = run.states.get(holding);
  if (known !== undefined) return known;
  const balance = run.balances[holding]!;
  // Only poison asks how much stands there where there is clean value without limit.
  const standing = balance > 0n && (run.rule === "poison" || !isEndless(run, holding)) ? balance : 0n;
  const state: HoldingState<Bundle> = {
    content: matter.clean(standing),
    hopsBefore: Number.POSITIVE_INFINITY,
    hopsNow: Number.POSITIVE_INFINITY,
    arrivedIn: -1,
  };
  run.states.set(holding, state);
  run.isTouched[holding] = 1;
  return state;
}

/** Forgets what is nothing more than a balance again. */
export function settleState<Bundle>(run: AccountRun<Bundle>, matter: Matter<Bundle>, holding: number): void {
  const state = run.states.get(holding);
  if (state === undefined) return;
  if (!matter.isTraced(state.content)) {
    state.hopsBefore = Number.POSITIVE_INFINITY;
    state.hopsNow = Number.POSITIVE_INFINITY;
  }
  if (matter.isWorthKeeping(state.content)) return;
  run.states.delete(holding);
  run.isTouched[holding] = run.seedsOf.has(holding) ? 1 : 0;
}

/** Notes an arrival; seeds are their own beginning, whatever transaction they came in. */
export function noteArrival<Bundle>(
  state: HoldingState<Bundle>,
  transaction: number,
  hops: number,
  isSeed: boolean,
): void {
  if (isSeed) state.hopsBefore = 0;
  if (hops === Number.POSITIVE_INFINITY) return;
  if (state.arrivedIn !== transaction) {
    state.hopsBefore = Math.min(state.hopsBefore, state.hopsNow);
    state.hopsNow = Number.POSITIVE_INFINITY;
    state.arrivedIn = transaction;
  }
  state.hopsNow = Math.min(state.hopsNow, hops);
}

/** The fewest transactions from a seed to what stands in a holding, and to a movement out of it. */
export function hopsOut<Bundle>(state: HoldingState<Bundle> | undefined, transaction: number): number {
  if (state === undefined) return Number.POSITIVE_INFINITY;
  const { hopsBefore, hopsNow, arrivedIn } = state;
  return arrivedIn === transaction ? Math.min(hopsBefore + 1, hopsNow) : Math.min(hopsBefore, hopsNow) + 1;
}

/** Remembers what a debit took beyond the balance, for {@link JointRequest.throughDebt}. */
export function borrow<Bundle>(run: AccountRun<Bundle>, holding: number, units: bigint, receiver: number): void {
  listDebts(run, holding).push({ receiver: receiver === nowhere ? null : receiver, units });
}

/** The debts of a holding, oldest first; the oldest may be an opening below 0. Before its balance changes. */
export function listDebts<Bundle>(run: AccountRun<Bundle>, holding: number): Debt[] {
  const known = run.debts.get(holding);
  if (known !== undefined) return known;
  const balance = run.balances[holding]!;
  const debts: Debt[] = balance < 0n ? [{ receiver: null, units: -balance }] : [];
  run.debts.set(holding, debts);
  return debts;
}
