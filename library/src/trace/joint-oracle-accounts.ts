import { coverages } from "./account-columns.ts";
import { hopsOut, layIn, type OracleHolding, payTarget, putIn, takeOut } from "./joint-oracle-holding.ts";
import type { OracleLinks } from "./joint-oracle-links.ts";
import { type Load, type Loads, larger, smaller, sum } from "./joint-oracle-load.ts";
import {
  type AccountPlan,
  type LinkRole,
  type PlannedTransaction,
  type PlannedTransfer,
  planAccounts,
} from "./joint-oracle-plan.ts";
import type { OracleRecord } from "./joint-oracle-record.ts";
import { OracleReturns } from "./joint-oracle-returns.ts";
import type { AccountPart } from "./joint-request.ts";
import type { JointEndReason, JointPlace } from "./joint-trace.ts";

/** Value on its way, with what is written down of it. `hops` is that of the movement. */
export interface Piece {
  load: Load;
  hops: number;
  link: number | null;
  from: JointPlace[];
}

/** An account ledger, told slowly. Backward it is the mirrored ledger that is told. */
export class OracleAccounts {
  readonly part: AccountPart;
  readonly number: number;
  readonly record: OracleRecord;
  readonly loads: Loads;
  readonly links: OracleLinks;
  readonly plan: AccountPlan;
  readonly isForward: boolean;
  readonly holdings: OracleHolding[];
  readonly returns: OracleReturns;
  /** The transfers that others give back. */
  readonly returned: Set<number>;
  /** By seed of the request: units still to be labelled; null for without end. */
  readonly seedsLeft: (bigint | null)[];

  constructor(number: number, record: OracleRecord, links: OracleLinks, roles: Map<number, LinkRole>) {
    const { request, loads } = record;
    this.part = request.parts[number] as AccountPart;
    this.number = number;
    this.record = record;
    this.loads = loads;
    this.links = links;
    this.plan = planAccounts(this.part, request, roles);
    this.isForward = request.direction === "forward";
    this.returns = new OracleReturns(this);
    const transfers = this.plan.transactions.flatMap((transaction) => transaction.transfers);
    this.returned = new Set(transfers.flatMap(({ returns }) => returns));
    this.seedsLeft = request.seeds.map(({ amount }) => amount);
    this.holdings = this.plan.openings.map(({ amount, isKnown }, h): OracleHolding => {
      const isSeed = request.seeds.some(({ part, at }) => {
        return part === number && at.kind === "holding" && at.holding === h;
      });
      const isEndless = !isKnown && !isSeed && request.openings === "unlimited";
      return {
        balance: amount,
        content: loads.clean(isEndless ? 0n : larger(0n, amount)),
        isEndless,
        canOwe: isKnown,
        arrivals: [],
        debts: amount < 0n ? [{ amount: -amount, to: null }] : [],
      };
    });
  }

  get next(): PlannedTransaction | undefined {
    return this.plan.transactions[0];
  }

  /** Seeds of openings. */
  start(): void {
    this.holdings.forEach((holding, h) => {
      if (holding.content.length === 0n) return;
      const { load, isSeeded } = this.seed(holding.content, null, h);
      holding.content = load;
      if (isSeeded) holding.arrivals.push({ distance: 0, transaction: -1, isSeed: true });
    });
  }

  step(): void {
    const { id, transfers } = this.plan.transactions.shift()!;
    for (const transfer of transfers) this.transfer(id, transfer);
  }

  transfer(t: number, transfer: PlannedTransfer): void {
    const { role, amount, from } = transfer;
    if (role?.isSource === true) {
      this.giveToLink(t, transfer, role);
      return;
    }
    const over = role === null ? null : this.links.take(role);
    if (role === null || over === null) {
      this.arrive(t, transfer, [this.follow(t, transfer, this.take(t, transfer, amount))]);
      return;
    }
    const pieces: Piece[] = [];
    if (amount > role.share) {
      pieces.push(this.follow(t, transfer, this.take(t, transfer, amount - role.share)));
    }
    if (from !== null) payTarget(this.loads, this.holdings[from]!, role.share);
    if (this.loads.isTraced(over.load)) this.record.count(this.number, t);
    pieces.push({ ...over, link: role.link });
    this.arrive(t, transfer, pieces);
  }

  take(t: number, transfer: PlannedTransfer, amount: bigint): Piece {
    const { from, to } = transfer;
    if (from === null) return { load: this.loads.clean(amount), hops: 0, link: null, from: [] };
    const holding = this.holdings[from]!;
    if (this.returns.isReturn(transfer)) return this.returns.take(t, transfer, holding);
    const hops = hopsOut(holding.arrivals, t);
    const { load, borrowed } = takeOut(this.loads, holding, amount);
    if (borrowed > 0n) holding.debts.push({ amount: borrowed, to });
    return { load, hops, link: null, from: [{ part: this.number, id: from }] };
  }

  giveToLink(t: number, transfer: PlannedTransfer, role: LinkRole): void {
    const { from, to, amount, id } = transfer;
    const piece = this.follow(t, transfer, this.take(t, transfer, amount), true);
    const { taken, rest } = this.loads.first(piece.load, role.share);
    const { load, isSeeded } = this.seedSource(transfer, role, taken, true);
    const payer = { part: this.number, id: from! };
    const stood = [
      ...(this.loads.isTraced(taken) ? [payer] : []),
      ...(isSeeded ? [{ part: this.number, id: to ?? from! }] : []),
    ];
    this.links.give(role, this.number, id, load, payer, isSeeded ? 1 : piece.hops, stood);
    if (to === null) {
      // What is seeded of a burn and does not go over has not moved: it ends where it was burnt.
      if (this.loads.isTraced(rest)) this.move(t, transfer, { ...piece, load: rest }, null);
      const left = this.loads.traced(this.seedSource(transfer, role, rest, false).load);
      this.record.end(this.number, from, this.isForward ? "burnt" : "minted", left);
      return;
    }
    this.arrive(t, transfer, [{ ...piece, load: rest }], role);
  }

  /**
   * The seeds of a link's source, in what goes over (`isOver`) or in what does not. Units that are counted from the
   * front go over first; backward they are counted from the back, and go over last.
   */
  seedSource(transfer: PlannedTransfer, { share }: LinkRole, units: Load, isOver: boolean) {
    const { id, amount: whole } = transfer;
    let load = units;
    let isSeeded = false;
    for (const { part, at, amount, label } of this.record.request.seeds) {
      if (part !== this.number || at.kind !== "transfer" || at.transfer !== id || load.length === 0n) continue;
      const asked = amount ?? whole;
      const inFront = smaller(asked, this.isForward ? share : whole - share);
      const isAll = this.loads.style === "flags";
      const wanted = isAll ? load.length : isOver === this.isForward ? inFront : asked - inFront;
      if (wanted === 0n) continue;
      const seeded = this.loads.seed(load, wanted, label, !this.isForward);
      this.record.seeded[label]! += seeded.fresh;
      load = seeded.load;
      isSeeded = true;
    }
    return { load, isSeeded };
  }

  /** Whether what was taken is followed. Where not, it ends here, and goes on as clean units. */
  follow(t: number, transfer: PlannedTransfer, piece: Piece, isSource = false): Piece {
    const { loads, record, number } = this;
    if (!loads.isTraced(piece.load)) return piece;
    const traced = loads.traced(piece.load);
    const stripped = { ...piece, load: loads.stripped(piece.load) };
    if (transfer.isFee && (!record.request.followFees || transfer.to === null)) {
      record.count(number, t);
      record.end(number, null, "fee", traced);
      this.move(t, transfer, piece, null);
      return stripped;
    }
    if (transfer.to === null && !isSource) {
      this.burn(t, transfer, piece);
      return stripped;
    }
    const reason = this.whyNotFollowed(t, piece);
    if (reason === null) {
      record.count(number, t);
      return piece;
    }
    record.end(number, transfer.from!, reason, traced);
    record.bound(reason, traced, { part: number, transfer: transfer.id, output: null });
    return stripped;
  }

  whyNotFollowed(t: number, { load, hops }: Piece): "min" | "hops" | "movements" | null {
    if (this.record.isBelowMin(load)) return "min";
    if (hops > (this.record.request.budget.hops ?? Infinity)) return "hops";
    return this.record.hasRoom(this.number, t) ? null : "movements";
  }

  burn(t: number, transfer: PlannedTransfer, piece: Piece): void {
    this.record.count(this.number, t);
    const reason = this.isForward ? "burnt" : "minted";
    this.record.end(this.number, transfer.from, reason, this.loads.traced(piece.load));
    this.move(t, transfer, piece, null);
  }

  move(t: number, transfer: PlannedTransfer, piece: Piece, to: number | null): void {
    this.record.moves.push({
      part: this.number,
      transaction: t,
      transfer: transfer.id,
      link: piece.link,
      hops: piece.hops,
      from: piece.from,
      to: to === null ? null : { part: this.number, id: to },
      value: transfer.amount,
      traced: this.loads.traced(piece.load),
    });
  }

  /** `source`: what the link took of the transfer comes first, as clean units. */
  arrive(t: number, transfer: PlannedTransfer, pieces: Piece[], source: LinkRole | null = null): void {
    const { loads, record, number } = this;
    const { to, id, amount } = transfer;
    const brought = pieces.filter(({ load }) => loads.isTraced(load));
    if (to === null) {
      for (const piece of brought) this.burn(t, transfer, piece);
      return;
    }
    const holding = this.holdings[to]!;
    for (const piece of brought) this.move(t, transfer, piece, to);
    const before = loads.clean(source?.share ?? 0n);
    let moving = loads.join(...pieces.map(({ load }) => load));
    let hops = Math.min(...brought.map((piece) => piece.hops));
    if (brought.length > 0 && this.isStop(to) && !this.returns.isReturn(transfer)) {
      for (const { load } of brought) record.end(number, to, "stop", loads.traced(load));
      this.returns.noteStopped(id, loads.join(before, moving), hops, t);
      moving = loads.stripped(moving);
    }
    const rested =
      source === null ? { load: moving, isSeeded: false } : this.seedSource(transfer, source, moving, false);
    const came = rested.isSeeded ? [rested.load] : brought.map((piece) => piece.load);
    const arrived = this.seed(loads.join(before, rested.load), source === null ? id : null, to);
    const { load } = arrived;
    const isSeeded = rested.isSeeded || arrived.isSeeded;
    const owed = smaller(amount, larger(0n, -holding.balance));
    const { taken, rest } = loads.first(load, owed);
    if (isSeeded) hops = 1;
    if (owed > 0n) this.repay(t, transfer, holding, taken, this.flagged(owed, came, arrived.isSeeded), hops);
    holding.balance += amount;
    putIn(loads, holding, rest, this.returned.has(id) ? id : null);
    this.returns.noteLeft(id, amount, rest);
    if (loads.isTraced(rest))
      holding.arrivals.push({ distance: isSeeded ? 0 : hops, transaction: t, isSeed: isSeeded });
  }

  /** How many of the units that repay a debt may count as traced: under poison what came flagged, and no more. */
  flagged(owed: bigint, came: Load[], isSeeded: boolean): bigint {
    if (this.loads.style !== "flags" || isSeeded) return owed;
    return smaller(owed, sum(came.map(({ length }) => length)));
  }

  isStop(holding: number): boolean {
    return this.part.stops !== null && (this.part.stops[holding >> 5]! & (2 ** (holding % 32))) !== 0;
  }

  /** The seeds of a transfer and of a holding label units on their way. */
  seed(units: Load, transfer: number | null, holding: number): { load: Load; isSeeded: boolean } {
    let load = units;
    let isSeeded = false;
    this.record.request.seeds.forEach(({ part, at, label }, s) => {
      if (part !== this.number || at.kind === "coin") return;
      if (at.kind === "transfer" ? at.transfer !== transfer : at.holding !== holding) return;
      const left = this.seedsLeft[s]!;
      const wanted = left === null ? load.length : smaller(left, load.length);
      if (wanted === 0n) return;
      if (at.kind === "holding" && left !== null) this.seedsLeft[s] = left - wanted;
      const seeded = this.loads.seed(load, wanted, label, !this.isForward);
      this.record.seeded[label]! += seeded.fresh;
      load = seeded.load;
      isSeeded = true;
    });
    return { load, isSeeded };
  }

  /** Units that repay a debt: what is traced among them ends, or goes on to who got what was borrowed. */
  repay(
    t: number,
    transfer: PlannedTransfer,
    holding: OracleHolding,
    units: Load,
    counted: bigint,
    hops: number,
  ): void {
    const { loads, record, number } = this;
    const debtor = transfer.to!;
    if (!record.request.throughDebt) {
      const ended = loads.style === "flags" ? { ...units, length: counted } : units;
      record.end(number, debtor, "debt", loads.traced(ended));
      return;
    }
    for (let left = units; left.length > 0n; ) {
      const debt = holding.debts[0]!;
      const length = smaller(debt.amount, left.length);
      const { taken, rest } = loads.first(left, length);
      left = rest;
      debt.amount -= length;
      if (debt.amount === 0n) holding.debts.shift();
      if (!loads.isTraced(taken)) continue;
      if (debt.to === null) {
        record.end(number, debtor, "debt", loads.traced(taken));
        continue;
      }
      this.passOn(t, { ...transfer, amount: length }, taken, hops, debt.to);
    }
  }

  /** Lays what repaid a debt over the clean units of who had got what was borrowed. */
  passOn(t: number, transfer: PlannedTransfer, units: Load, hops: number, to: number): void {
    const { loads, record, number } = this;
    const debtor = transfer.to!;
    const from = [{ part: number, id: debtor }];
    const piece = { hops, link: null, from };
    if (this.isStop(to)) {
      record.end(number, to, "stop", loads.traced(units));
      this.move(t, transfer, { ...piece, load: units }, to);
      return;
    }
    const receiver = this.holdings[to]!;
    const { load, fitting, left } = layIn(loads, receiver, units);
    receiver.content = load;
    record.end(number, debtor, "debt", loads.traced(left));
    if (!loads.isTraced(fitting)) return;
    receiver.arrivals.push({ distance: hops, transaction: t, isSeed: false });
    this.move(t, transfer, { ...piece, load: fitting }, to);
  }

  /** When the part is over. */
  finish(): void {
    this.holdings.forEach(({ content, balance, isEndless }, h) => {
      const load = isEndless || this.loads.style === "flags" ? { ...content, length: balance } : content;
      this.record.end(this.number, h, this.whyHeld(h), this.loads.traced(load));
    });
  }

  whyHeld(holding: number): JointEndReason {
    const cutOff = this.plan.leftOut.some(({ transfers }) => transfers.some(({ from }) => from === holding));
    if (cutOff) return "stop-height";
    if (!this.isForward) return "opening";
    const coverage = coverages[this.part.columns.holdingCoverage[holding]!]!;
    return coverage === "covered" ? "held" : coverage === "partly" ? "not-covered" : "outside";
  }
}
