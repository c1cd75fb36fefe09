import { split } from "../money/split.ts";
import type { OracleAccounts, Piece } from "./joint-oracle-accounts.ts";
import { type Arrival, cleanIn, hopsOut, type OracleHolding, takeClean, takeOut } from "./joint-oracle-holding.ts";
import { layOverClean } from "./joint-oracle-lay.ts";
import { cutLots, type Load, type Loads, type Lot, larger, smaller, sum } from "./joint-oracle-load.ts";
import type { PlannedTransfer } from "./joint-oracle-plan.ts";

interface Stopped {
  load: Load;
  hops: number;
  transaction: number;
}

/** What transfers left where they arrived, so that a return can give it back. Not asked under poison. */
export class OracleReturns {
  readonly accounts: OracleAccounts;
  readonly loads: Loads;
  readonly left = new Map<number, { amount: bigint; labels: bigint[] }>();
  readonly stopped = new Map<number, Stopped>();

  constructor(accounts: OracleAccounts) {
    this.accounts = accounts;
    this.loads = accounts.loads;
  }

  /** What arrived for good, and what had ended there as it arrived. */
  noteLeft(transfer: number, amount: bigint, { shares }: Load): void {
    const stopped = this.stopped.get(transfer)?.load.shares ?? [];
    const labels = shares.map((share, label) => share.amount + (stopped[label]?.amount ?? 0n));
    this.left.set(transfer, { amount, labels });
  }

  noteStopped(transfer: number, load: Load, hops: number, transaction: number): void {
    const known = this.stopped.get(transfer);
    const only = { ...load, lots: load.lots.filter(({ label }) => label !== -1) };
    const joined = known === undefined ? only : this.loads.join(known.load, only);
    this.stopped.set(transfer, { load: joined, hops: Math.min(hops, known?.hops ?? Infinity), transaction });
  }

  isReturn({ returns }: PlannedTransfer): boolean {
    return returns.length > 0 && this.loads.style !== "flags";
  }

  /** Takes back what the returned transfers had brought: to where it was, as far as it is still there. */
  take(transaction: number, transfer: PlannedTransfer, holding: OracleHolding): Piece {
    const { loads, accounts } = this;
    const own = [...holding.arrivals];
    const stopped = transfer.returns.flatMap((id) => this.stopped.get(id) ?? []);
    // What the holder has not got is clean, too.
    const missing = larger(0n, transfer.amount - holding.content.length);
    const clean = holding.isEndless ? transfer.amount : cleanIn(loads, holding, transfer.amount) + missing;
    const { load, fromStop } =
      loads.style === "lots"
        ? this.takeLots(transfer, holding, stopped, clean)
        : this.takePooled(transfer, holding, stopped, clean);
    accounts.record.takeBack(accounts.number, transfer.from!, "stop", loads.traced(fromStop));
    const used: Arrival[] = [];
    if (loads.tracedAmount(load) > loads.tracedAmount(fromStop)) used.push(...own);
    if (loads.isTraced(fromStop)) {
      used.push(...stopped.map(({ hops, transaction }) => ({ distance: hops, transaction, isSeed: false })));
    }
    const by = accounts.returned.has(transfer.id) ? [transfer.id] : [];
    const lots = load.lots.map((lot) => {
      // What the rule takes goes on like any other; what is given back is where it was.
      return { ...lot, by: lot.restored || by.length > 0 ? [...lot.by, ...by] : [], restored: true };
    });
    const from = [{ part: accounts.number, id: transfer.from! }];
    const hops = hopsOut(used, transaction);
    return { load: { ...load, lots }, hops, link: null, from };
  }

  /** The lots that the returned transfers had brought, then the rest by the rule. */
  takeLots(transfer: PlannedTransfer, holding: OracleHolding, stopped: Stopped[], clean: bigint) {
    const { loads } = this;
    const brought = this.takeBrought(transfer, holding);
    holding.balance -= brought.length;
    const rest = this.takeRest(holding, transfer.amount - brought.length, transfer.to);
    let load = loads.join(brought, rest);
    let room = clean;
    const lots: Lot[] = [];
    for (const entry of stopped) {
      // No more than what is clean of what goes back.
      const [over, later] = cutLots(entry.load.lots, smaller(room, cleanLength(load.lots)));
      const laid = layOverClean(loads, load, { ...loads.clean(0n), lots: over });
      load = laid.load;
      room -= lengthOf(over);
      lots.push(...over);
      entry.load = { ...entry.load, lots: later };
    }
    return { load, fromStop: { ...loads.clean(0n), lots } };
  }

  takeBrought({ returns, amount }: PlannedTransfer, holding: OracleHolding): Load {
    const { loads } = this;
    const { content } = holding;
    const inOrder = loads.rule === "lifo" ? [...content.lots].reverse() : content.lots;
    const taken: Lot[] = [];
    const stay: Lot[] = [];
    let left = amount;
    for (const lot of inOrder) {
      const isBrought = returns.includes(lot.by.at(-1) ?? -1);
      const [piece, rest] = isBrought ? cutLots([lot], left) : [[], [lot]];
      left -= lengthOf(piece);
      taken.push(...piece.map((back) => ({ ...back, by: back.by.slice(0, -1), restored: true })));
      stay.push(...rest);
    }
    const length = amount - left;
    const lots = loads.rule === "lifo" ? stay.reverse() : stay;
    holding.content = { ...content, length: content.length - length, lots };
    return { ...loads.clean(0n), length, lots: taken };
  }

  /** Of each label what the returned transfers had put there: out of stops first, then from the holding. */
  takePooled(transfer: PlannedTransfer, holding: OracleHolding, stopped: Stopped[], clean: bigint) {
    const { loads } = this;
    const { amount, returns, to } = transfer;
    const left = returns.flatMap((id) => this.left.get(id) ?? []);
    const before = sum(left.map((entry) => entry.amount));
    const labels = loads.clean(0n).shares.map((_, label) => sum(left.map((entry) => entry.labels[label]!)));
    const whole = sum(labels);
    const part = amount >= before ? whole : (whole * amount) / before;
    let room = clean;
    let fromStop = loads.clean(0n);
    const wanted = split(smaller(part, amount), labels);
    for (const entry of stopped) {
      const parts = wanted.map((want, label) => {
        const back = smaller(smaller(want, entry.load.shares[label]!.amount), room);
        room -= back;
        wanted[label]! -= back;
        return back;
      });
      const { taken, rest } = loads.payParts(entry.load, sum(parts), parts);
      fromStop = loads.join(fromStop, taken);
      entry.load = rest;
    }
    const parts = wanted.map((want, label) => smaller(want, holding.content.shares[label]!.amount));
    const { taken, rest } = loads.payParts(holding.content, sum(parts), parts);
    holding.content = rest;
    holding.balance -= taken.length;
    const others = this.takeRest(holding, amount - taken.length, to);
    return { load: loads.join(taken, others, { ...fromStop, length: 0n }), fromStop };
  }

  /** What the returned transfers do not account for: clean units where the rule is pooled, then by the rule. */
  takeRest(holding: OracleHolding, wanted: bigint, to: number | null): Load {
    const { loads } = this;
    const clean = loads.style === "pool" ? cleanIn(loads, holding, wanted) : 0n;
    takeClean(loads, holding, clean, () => true);
    holding.balance -= clean;
    const { load, borrowed } = takeOut(loads, holding, wanted - clean);
    if (borrowed > 0n) holding.debts.push({ amount: borrowed, to });
    return loads.join(loads.clean(clean), load);
  }
}

const lengthOf = (lots: Lot[]) => sum(lots.map(({ length }) => length));
const cleanLength = (lots: Lot[]) => lengthOf(lots.filter(({ label }) => label === -1));
