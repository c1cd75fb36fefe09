import { type CoinColumns, makerAbsent, spenderMin, spentElsewhere, unspent } from "./columns.ts";
import { fillCoins, partsOfSubsidy } from "./joint-oracle-coin-rules.ts";
import { layUnitOverUnit } from "./joint-oracle-lay.ts";
import type { OracleLinks } from "./joint-oracle-links.ts";
import { type Load, type Loads, sum } from "./joint-oracle-load.ts";
import { blockOf, type LinkRole, orderCoins } from "./joint-oracle-plan.ts";
import type { OracleRecord } from "./joint-oracle-record.ts";
import type { CoinPart } from "./joint-request.ts";
import type { JointEndReason, JointPlace } from "./joint-trace.ts";

type Slot = { coin: number; value: bigint } | { feeOf: number; value: bigint } | { subsidy: true; value: bigint };

/**
 * A coin ledger in a joint trail: what `oracle.ts` tells, with stolen units carried along, and coins in links. A coin
 * in a link is asked for when its maker's transaction is taken, both ways.
 */
export class OracleCoins {
  readonly part: CoinPart;
  readonly columns: CoinColumns;
  readonly number: number;
  readonly record: OracleRecord;
  readonly loads: Loads;
  readonly links: OracleLinks;
  readonly roles: Map<number, LinkRole>;
  readonly isForward: boolean;
  readonly order: number[];
  readonly held = new Map<number, Load>();
  readonly heldByFee = new Map<number, Load>();
  /** Of coins that hold something traced, but for seeds. */
  readonly distances = new Map<number, number>();
  readonly hops = new Map<number, number>();

  constructor(number: number, record: OracleRecord, links: OracleLinks, roles: Map<number, LinkRole>) {
    this.part = record.request.parts[number] as CoinPart;
    this.columns = this.part.columns;
    this.number = number;
    this.record = record;
    this.loads = record.loads;
    this.links = links;
    this.roles = roles;
    this.isForward = record.request.direction === "forward";
    this.order = orderCoins(this.part, record.request);
  }

  all(): number[] {
    return Array.from({ length: this.columns.outputCount }, (_, coin) => coin);
  }

  strangers(): number[] {
    return this.all().filter((coin) => this.columns.outputTx[coin] === makerAbsent);
  }

  /** Coins that no transaction of the ledger brings in this direction. */
  start(): void {
    const along = this.isForward ? this.columns.outputTx : this.columns.outputSpender;
    for (const coin of this.all()) if (along[coin]! >= spenderMin) this.seed(coin);
    if (this.isForward) this.linkSources(this.strangers());
  }

  linkStrangers(): void {
    if (!this.isForward) this.linkSources(this.strangers());
    this.linkTargets(this.strangers());
  }

  step(): void {
    const t = this.order.shift()!;
    const made = this.outputsOf(t);
    if (!this.isForward) {
      this.linkSources(made);
      this.linkTargets(made);
    }
    this.fill(t);
    if (!this.isForward) {
      for (const coin of this.inputsOf(t)) this.seed(coin);
      return;
    }
    const sources = made.filter((coin) => this.roles.get(coin)?.isSource === true);
    for (const coin of sources) this.seed(coin);
    this.linkSources(sources);
    this.linkTargets(made);
    for (const coin of made) if (!sources.includes(coin)) this.seed(coin);
  }

  inputsOf(t: number): number[] {
    const { txFirstInput, inputOutput } = this.columns;
    return Array.from(inputOutput.slice(txFirstInput[t]!, txFirstInput[t + 1]!));
  }

  outputsOf(t: number): number[] {
    const { txFirstOutput } = this.columns;
    return this.all().filter((coin) => coin >= txFirstOutput[t]! && coin < txFirstOutput[t + 1]!);
  }

  valueOf(coin: number): bigint | null {
    const value = this.columns.outputValue[coin]!;
    return value === -1 ? null : BigInt(value);
  }

  sumOf(coins: number[]): bigint | null {
    const values = coins.map((coin) => this.valueOf(coin));
    return values.includes(null) ? null : sum(values.map((value) => value!));
  }

  feeOf(t: number): bigint {
    const taken = this.sumOf(this.inputsOf(t));
    return taken === null ? 0n : taken - this.sumOf(this.outputsOf(t))!;
  }

  coinbaseOf(t: number): number {
    if (!this.record.request.followFees || !this.columns.wholeBlocks) return -1;
    const block = blockOf(this.columns.txHeight, t);
    return block.isKnown ? block.ids[0]! : -1;
  }

  isSeed(coin: number): boolean {
    return this.record.request.seeds.some(({ part, at }) => {
      return part === this.number && at.kind === "coin" && at.output === coin;
    });
  }

  distance(coin: number): number {
    return this.isSeed(coin) ? 0 : this.distances.get(coin)!;
  }

  place(coin: number): JointPlace {
    return { part: this.number, id: coin };
  }

  /** Why a traced coin is not followed; null where it leads on, if the budget of movements lets it. */
  whyNotFollowed(coin: number): JointEndReason | null {
    const { columns, part } = this;
    const next = this.isForward ? columns.outputSpender[coin]! : columns.outputTx[coin]!;
    const isStop = part.stops !== null && (part.stops[coin >> 5]! & (2 ** (coin % 32))) !== 0;
    if (isStop && !this.isSeed(coin)) return "stop";
    if (this.isForward && next === unspent) return "unspent";
    if (this.isForward && next === spentElsewhere) return "spent-elsewhere";
    if (this.isForward && next >= spenderMin) return "spend-not-known";
    if (!this.isForward && next === makerAbsent) return "maker-absent";
    if (!this.isForward && this.inputsOf(next).length === 0 && this.coinbaseOf(next) < 0) return "coinbase";
    if (this.loads.style !== "flags" && this.sumOf(this.inputsOf(next)) === null) return "amounts-not-known";
    if (part.stopHeight !== null) {
      const height = columns.txHeight[next]!;
      if (this.isForward ? height > part.stopHeight : height < part.stopHeight) return "stop-height";
    }
    if (this.record.isBelowMin(this.held.get(coin)!)) return "min";
    return this.distance(coin) >= (this.record.request.budget.hops ?? Infinity) ? "hops" : null;
  }

  whyFeeNotFollowed(paidBy: number, coinbase: number): "min" | "hops" | null {
    if (this.record.isBelowMin(this.heldByFee.get(paidBy)!)) return "min";
    const hops = this.hops.get(this.isForward ? paidBy : coinbase)!;
    return hops >= (this.record.request.budget.hops ?? Infinity) ? "hops" : null;
  }

  /** Input and output side of a transaction, as queues. Null where an amount is not known. */
  sidesOf(t: number): { inputs: Slot[]; outputs: Slot[] } | null {
    const slot = (coin: number): Slot => ({ coin, value: this.valueOf(coin) ?? 0n });
    const outputs: Slot[] = this.outputsOf(t).map(slot);
    const paid = this.sumOf(this.outputsOf(t))!;
    if (this.coinbaseOf(t) === t) {
      const subsidy = BigInt(this.part.subsidyAt(this.columns.txHeight[t]!));
      const block = blockOf(this.columns.txHeight, t).ids.slice(1);
      const fees = block.map((feeOf): Slot => ({ feeOf, value: this.feeOf(feeOf) }));
      const claimable = subsidy + sum(fees.map(({ value }) => value));
      return {
        inputs: [{ subsidy: true, value: subsidy }, ...fees],
        outputs: [...outputs, { feeOf: t, value: claimable - paid }],
      };
    }
    const taken = this.sumOf(this.inputsOf(t));
    if (taken === null && this.loads.style !== "flags") return null;
    const fee = taken === null ? 0n : taken - paid;
    return { inputs: this.inputsOf(t).map(slot), outputs: [...outputs, { feeOf: t, value: fee }] };
  }

  heldIn(slot: Slot, coinbase: number): Load {
    const nothing = this.loads.clean(slot.value);
    if ("coin" in slot) {
      const held = this.held.get(slot.coin);
      return held === undefined || this.whyNotFollowed(slot.coin) !== null ? nothing : held;
    }
    if ("subsidy" in slot || slot.feeOf === coinbase) return nothing;
    const held = this.heldByFee.get(slot.feeOf);
    if (held === undefined || coinbase < 0) return nothing;
    return this.whyFeeNotFollowed(slot.feeOf, coinbase) === null ? held : nothing;
  }

  fill(t: number): void {
    const { loads, record, isForward } = this;
    const sides = this.sidesOf(t);
    if (sides === null) return;
    const coinbase = this.coinbaseOf(t);
    const [sources, targets] = isForward ? [sides.inputs, sides.outputs] : [sides.outputs, sides.inputs];
    const queue = sources.map((slot) => this.heldIn(slot, coinbase));
    const leading = sources.filter((_, s) => loads.isTraced(queue[s]!));
    if (leading.length === 0 || !record.hasRoom(this.number, t)) return;
    const hopsTo = (slot: Slot) => ("coin" in slot ? this.distance(slot.coin) : this.hopsOfFee(slot, coinbase));
    const hops = 1 + Math.min(...leading.map(hopsTo));
    this.hops.set(t, hops);
    record.count(this.number, t);
    const from = leading.flatMap((slot) => ("coin" in slot ? [this.place(slot.coin)] : []));
    const values = targets.map(({ value }) => value);
    const filled = fillCoins(loads, queue, values);
    targets.forEach((slot, j) => {
      this.put(slot, filled[j]!, t, coinbase, from);
    });
    if (!isForward && coinbase === t) this.mine(sources, queue, filled[0]!);
    if (isForward || loads.style !== "flags" || coinbase === t) return;
    record.end(this.number, null, "fee", loads.traced({ ...loads.join(...queue), length: this.feeOf(t) }));
  }

  hopsOfFee(slot: Slot, coinbase: number): number {
    if (!("feeOf" in slot)) throw new RangeError("a subsidy holds nothing that is traced");
    return this.hops.get(this.isForward ? slot.feeOf : coinbase)!;
  }

  put(slot: Slot, load: Load, t: number, coinbase: number, from: JointPlace[]): void {
    if (!this.loads.isTraced(load)) return;
    const traced = this.loads.traced(load);
    const hops = this.hops.get(t)!;
    const common = {
      part: this.number,
      transaction: t,
      transfer: null,
      link: null,
      hops,
      from,
      value: slot.value,
      traced,
    };
    if ("coin" in slot) {
      this.held.set(slot.coin, load);
      this.distances.set(slot.coin, hops);
      this.record.moves.push({ ...common, to: this.place(slot.coin) });
    } else if ("feeOf" in slot && slot.value > 0n) {
      if (!this.isForward || (coinbase >= 0 && coinbase !== t)) {
        this.heldByFee.set(slot.feeOf, load);
        return;
      }
      this.record.end(this.number, null, coinbase < 0 ? "fee" : "unclaimed", traced);
      this.record.moves.push({ ...common, to: null });
    }
  }

  /** Which coins of a coinbase the subsidy's part is of. */
  mine(sources: Slot[], queue: Load[], subsidy: Load): void {
    partsOfSubsidy(this.loads, queue, subsidy).forEach((part, s) => {
      const slot = sources[s]!;
      if ("coin" in slot) this.record.end(this.number, slot.coin, "coinbase", this.loads.traced(part));
    });
  }

  seed(coin: number): void {
    for (const { part, at, amount, label } of this.record.request.seeds) {
      if (part !== this.number || at.kind !== "coin" || at.output !== coin) continue;
      const value = this.valueOf(coin) ?? 0n;
      const held = this.held.get(coin) ?? this.loads.clean(value);
      const { load, fresh } = this.loads.seed(held, amount ?? value, label, false);
      this.record.seeded[label]! += this.loads.style === "flags" ? (amount ?? value) : fresh;
      if (this.loads.isTraced(load)) this.held.set(coin, load);
    }
  }

  linkSources(coins: number[]): void {
    for (const coin of coins) {
      const role = this.roles.get(coin);
      if (role?.isSource !== true) continue;
      const held = this.held.get(coin) ?? this.loads.clean(this.valueOf(coin) ?? 0n);
      const hops = this.loads.isTraced(held) ? this.distance(coin) + 1 : Infinity;
      const { taken, rest } = this.loads.first(held, role.share);
      const after = this.loads.join(this.loads.clean(role.share), rest);
      if (this.loads.isTraced(after)) this.held.set(coin, after);
      else this.held.delete(coin);
      this.links.give(role, this.number, coin, this.turned(taken), this.place(coin), hops);
    }
  }

  linkTargets(coins: number[]): void {
    for (const coin of coins) {
      const role = this.roles.get(coin);
      if (role === undefined || role.isSource) continue;
      const over = this.links.take(role);
      if (over === null || !this.loads.isTraced(over.load)) continue;
      const transaction = this.columns.outputTx[coin]!;
      const value = this.valueOf(coin) ?? 0n;
      const laid = layUnitOverUnit(this.loads, this.held.get(coin) ?? this.loads.clean(value), this.turned(over.load));
      this.held.set(coin, laid.load);
      this.distances.set(coin, Math.min(this.distances.get(coin) ?? Infinity, over.hops));
      this.record.count(this.number, transaction);
      this.record.end(this.number, coin, "link-overlap", this.loads.traced(laid.left));
      const traced = this.loads.traced(over.load);
      const { hops, from } = over;
      const common = { part: this.number, transaction, transfer: null, link: role.link, hops, from, value, traced };
      this.record.moves.push({ ...common, to: this.place(coin) });
    }
  }

  /** Backward the units of a coin keep their order, where those of accounts and links are told in reverse. */
  turned(load: Load): Load {
    return this.isForward ? load : { ...load, lots: [...load.lots].reverse() };
  }

  /** When the part is over. */
  finish(): void {
    for (const coin of [...this.held.keys()].sort((a, b) => a - b)) {
      const next = this.isForward ? this.columns.outputSpender[coin]! : this.columns.outputTx[coin]!;
      const reason = this.whyNotFollowed(coin) ?? (this.hops.has(next) ? null : "movements");
      this.endFor(reason, coin, this.held.get(coin)!, coin);
    }
    for (const [paidBy, load] of this.heldByFee) {
      const coinbase = this.coinbaseOf(paidBy);
      const next = this.isForward ? coinbase : paidBy;
      const reason = this.whyFeeNotFollowed(paidBy, coinbase) ?? (this.hops.has(next) ? null : "movements");
      const beyond = this.isForward ? this.outputsOf(coinbase)[0]! : this.inputsOf(paidBy)[0]!;
      this.endFor(reason, null, load, beyond);
    }
  }

  endFor(reason: JointEndReason | null, place: number | null, load: Load, next: number): void {
    if (reason === null) return;
    const traced = this.loads.traced(load);
    this.record.end(this.number, place, reason, traced);
    if (reason !== "min" && reason !== "hops" && reason !== "movements") return;
    this.record.bound(reason, traced, { part: this.number, transfer: null, output: next });
  }
}
