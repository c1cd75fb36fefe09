import { split } from "../money/split.ts";
import type { OracleAccounts, Piece } from "./joint-oracle-accounts.ts";
import {
  type Arrival,
  cleanIn,
  distanceOf,
  hopsOut,
  type OracleHolding,
  takeClean,
  takeOut,
} from "./joint-oracle-holding.ts";
import { cutLots, type Load, type Loads, type Lot, smaller, sum } from "./joint-oracle-load.ts";
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

  noteLeft(transfer: number, amount: bigint, { shares }: Load): void {
    this.left.set(transfer, { amount, labels: shares.map((share) => share.amount) });
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

  /** Takes back what the returned transfers had brought, then by the rule. */
  take(transaction: number, transfer: PlannedTransfer, holding: OracleHolding): Piece {
    const own = [...holding.arrivals];
    const used: Arrival[] = [];
    const parts: Load[] = [];
    let wanted = transfer.amount;
    for (const id of transfer.returns) {
      const stopped = this.takeStopped(id, transfer.from!, holding, wanted);
      if (stopped !== null) {
        parts.push(stopped.load);
        wanted -= stopped.load.length;
        used.push({ distance: stopped.hops, transaction: stopped.transaction, isSeed: false });
      }
      const brought = this.takeBrought(id, transfer.amount, holding, wanted);
      parts.push(brought);
      wanted -= brought.length;
      if (this.loads.isTraced(brought)) used.push(...own);
    }
    holding.balance -= transfer.amount - wanted;
    const restored = this.loads.join(...parts);
    const lots = restored.lots.map((lot) => ({ ...lot, restored: true }));
    const rest = this.takeRest(holding, wanted, transfer.to);
    if (this.loads.isTraced(rest)) used.push(...own);
    const load = this.loads.join({ ...restored, lots }, rest);
    const from = [{ part: this.accounts.number, id: transfer.from! }];
    return { load, hops: hopsOut(used, transaction), distance: distanceOf(used), link: null, from };
  }

  /** What had ended at a stop, on clean units of the holding. */
  takeStopped(id: number, place: number, holding: OracleHolding, wanted: bigint): Stopped | null {
    const { loads, accounts } = this;
    const stopped = this.stopped.get(id);
    if (stopped === undefined) return null;
    const length = smaller(cleanIn(loads, holding, wanted), loads.tracedAmount(stopped.load));
    if (length === 0n) return null;
    let load: Load;
    if (loads.style === "lots") {
      const [taken, rest] = cutLots(stopped.load.lots, length);
      load = { ...loads.clean(0n), length, lots: taken };
      stopped.load = { ...stopped.load, lots: rest };
    } else {
      const { taken, rest } = loads.pay(stopped.load, length, length);
      load = taken;
      stopped.load = rest;
    }
    accounts.record.takeBack(accounts.number, place, "stop", loads.traced(load));
    takeClean(loads, holding, length, (lot) => lot.by.at(-1) === id);
    return { ...stopped, load };
  }

  /** What the returned transfer had brought and is still there. */
  takeBrought(id: number, amount: bigint, holding: OracleHolding, wanted: bigint): Load {
    const { loads } = this;
    if (loads.style === "lots") return this.takeLots(id, holding, wanted);
    const left = this.left.get(id);
    if (left === undefined) return loads.clean(0n);
    const whole = sum(left.labels);
    const part = amount >= left.amount ? whole : (whole * amount) / left.amount;
    const { content } = holding;
    const parts = split(smaller(part, wanted), left.labels).map((label, l) =>
      smaller(label, content.shares[l]!.amount),
    );
    const { taken, rest } = loads.payParts(content, sum(parts), parts);
    holding.content = rest;
    return taken;
  }

  takeLots(id: number, holding: OracleHolding, wanted: bigint): Load {
    const { loads } = this;
    const { content } = holding;
    const inOrder = loads.rule === "lifo" ? [...content.lots].reverse() : content.lots;
    const taken: Lot[] = [];
    const stay: Lot[] = [];
    let left = wanted;
    for (const lot of inOrder) {
      const [piece, rest] = lot.by.at(-1) === id ? cutLots([lot], left) : [[], [lot]];
      left -= sum(piece.map(({ length }) => length));
      taken.push(...piece.map((back) => ({ ...back, by: back.by.slice(0, -1) })));
      stay.push(...rest);
    }
    const length = wanted - left;
    const lots = loads.rule === "lifo" ? stay.reverse() : stay;
    holding.content = { ...content, length: content.length - length, lots };
    return { ...loads.clean(0n), length, lots: taken };
  }

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
