import type { EndReason } from "./coin-trace.ts";
import { type CoinColumns, heightNotKnown, makerAbsent, spenderMin, spentElsewhere, unspent } from "./columns.ts";
import { type Held, heldOfUnits, oracleRules, type Queued, type Unit } from "./oracle-rules.ts";
import type { TraceRequest, TraceSeed } from "./request.ts";
import type { Rule } from "./rule.ts";

/** A result as plain as it can be: amounts by label, in the order of coins. */
export interface OracleTrace {
  transactions: { id: number; hops: number }[];
  coins: { coin: number; labels: bigint[] }[];
  seeded: bigint[];
  ends: { coin: number; reason: EndReason; labels: bigint[] }[];
  fees: { reason: EndReason; labels: bigint[] }[];
  bounds: { reason: EndReason; label: number; amount: bigint; next: number }[];
}

type Slot = { coin: number; value: bigint } | { feeOf: number; value: bigint } | { subsidy: true; value: bigint };

/**
 * What the kernels must give, told slowly: every transaction is looked at, every unit is a bigint, nothing is clever.
 * Shares no arithmetic with the kernels. For a request that `checkRequest` has accepted.
 */
export function traceByOracle(columns: CoinColumns, request: TraceRequest, rule: Rule): OracleTrace {
  return new Oracle(columns, request, rule).run();
}

class Oracle {
  readonly columns: CoinColumns;
  readonly request: TraceRequest;
  readonly rule: Rule;
  readonly forward: boolean;
  readonly held = new Map<number, Held>();
  readonly heldByFee = new Map<number, Held>();
  readonly hops = new Map<number, number>();
  readonly seeded: bigint[];
  readonly mined: OracleTrace["ends"] = [];
  readonly ends: OracleTrace["ends"] = [];
  readonly fees: { reason: EndReason; labels: bigint[]; next: number }[] = [];

  constructor(columns: CoinColumns, request: TraceRequest, rule: Rule) {
    this.columns = columns;
    this.request = request;
    this.rule = rule;
    this.forward = request.direction === "forward";
    this.seeded = request.labels.map(() => 0n);
  }

  run(): OracleTrace {
    const { columns, forward } = this;
    const along = forward ? columns.outputTx : columns.outputSpender;
    for (let coin = 0; coin < columns.outputCount; coin++) if (along[coin]! >= spenderMin) this.seed(coin);
    for (const transaction of this.order()) {
      this.step(transaction);
      for (const coin of forward ? this.outputsOf(transaction) : this.inputsOf(transaction)) this.seed(coin);
    }
    return this.result();
  }

  /** The ledger's order, but a followed coinbase after the rest of its block; backward the reverse of that. */
  order(): number[] {
    const order: number[] = [];
    for (let t = 0; t < this.columns.transactionCount; ) {
      const block = this.blockOf(t);
      if (this.coinbaseOf(t) === t) order.push(...block.slice(1), t);
      else order.push(...block);
      t += block.length;
    }
    return this.forward ? order : order.reverse();
  }

  blockOf(transaction: number): number[] {
    const { txHeight, transactionCount } = this.columns;
    const all = Array.from({ length: transactionCount }, (_, t) => t);
    if (txHeight[transaction] === heightNotKnown) return [transaction];
    return all.filter((t) => txHeight[t] === txHeight[transaction]);
  }

  coinbaseOf(transaction: number): number {
    const { followFees } = this.request;
    if (!followFees || !this.columns.wholeBlocks || this.columns.txHeight[transaction] === heightNotKnown) return -1;
    return this.blockOf(transaction)[0]!;
  }

  inputsOf(t: number): number[] {
    const { txFirstInput, inputOutput } = this.columns;
    return Array.from(inputOutput.slice(txFirstInput[t]!, txFirstInput[t + 1]!));
  }

  outputsOf(t: number): number[] {
    const { txFirstOutput } = this.columns;
    return Array.from({ length: txFirstOutput[t + 1]! - txFirstOutput[t]! }, (_, j) => txFirstOutput[t]! + j);
  }

  valueOf(coin: number): bigint | null {
    const value = this.columns.outputValue[coin]!;
    return value === -1 ? null : BigInt(value);
  }

  sumOf(coins: number[]): bigint | null {
    let sum = 0n;
    for (const coin of coins) {
      const value = this.valueOf(coin);
      if (value === null) return null;
      sum += value;
    }
    return sum;
  }

  feeOf(t: number): bigint {
    const taken = this.sumOf(this.inputsOf(t));
    return taken === null ? 0n : taken - this.sumOf(this.outputsOf(t))!;
  }

  distance(coin: number): number {
    if (this.request.seeds.some((seed) => seed.output === coin)) return 0;
    return this.hops.get((this.forward ? this.columns.outputTx : this.columns.outputSpender)[coin]!)!;
  }

  isBelowMin(labels: bigint[], value: bigint): boolean {
    const weight = this.rule === "poison" ? value : labels.reduce((a, b) => a + b, 0n);
    return weight < (this.request.budget.min ?? 0n);
  }

  /** Why a traced coin is not followed; null where it leads on, if the budget of movements lets it. */
  whyNotFollowed(coin: number): EndReason | null {
    const { columns, request } = this;
    const next = this.forward ? columns.outputSpender[coin]! : columns.outputTx[coin]!;
    const isSeed = request.seeds.some((seed) => seed.output === coin);
    const stops = request.stopOutputs ?? new Uint32Array(columns.outputCount);
    if (!isSeed && (stops[coin >> 5]! & (2 ** (coin % 32))) !== 0) return "stop";
    if (this.forward && next === unspent) return "unspent";
    if (this.forward && next === spentElsewhere) return "spent-elsewhere";
    if (this.forward && next >= spenderMin) return "spend-not-known";
    if (!this.forward && next === makerAbsent) return "maker-absent";
    if (!this.forward && this.inputsOf(next).length === 0 && this.coinbaseOf(next) < 0) return "coinbase";
    if (this.rule !== "poison" && this.sumOf(this.inputsOf(next)) === null) return "amounts-not-known";
    if (request.stopHeight !== null) {
      const height = columns.txHeight[next]!;
      if (this.forward ? height > request.stopHeight : height < request.stopHeight) return "stop-height";
    }
    if (this.isBelowMin(this.held.get(coin)!.labels, this.valueOf(coin) ?? 0n)) return "min";
    return this.distance(coin) >= (request.budget.hops ?? Infinity) ? "hops" : null;
  }

  whyFeeNotFollowed(paidBy: number, coinbase: number): EndReason | null {
    if (this.isBelowMin(this.heldByFee.get(paidBy)!.labels, this.feeOf(paidBy))) return "min";
    return this.hops.get(this.forward ? paidBy : coinbase)! >= (this.request.budget.hops ?? Infinity) ? "hops" : null;
  }

  /** Input and output side of a transaction, as queues. Null where an amount is not known. */
  sidesOf(t: number): { inputs: Slot[]; outputs: Slot[] } | null {
    const slot = (coin: number): Slot => ({ coin, value: this.valueOf(coin)! });
    const outputs: Slot[] = this.outputsOf(t).map(slot);
    const paid = this.sumOf(this.outputsOf(t))!;
    if (this.coinbaseOf(t) === t) {
      const subsidy = BigInt(this.request.subsidyAt(this.columns.txHeight[t]!));
      const fees = this.blockOf(t)
        .slice(1)
        .map((feeOf): Slot => ({ feeOf, value: this.feeOf(feeOf) }));
      const claimable = subsidy + fees.reduce((sum, fee) => sum + fee.value, 0n);
      return {
        inputs: [{ subsidy: true, value: subsidy }, ...fees],
        outputs: [...outputs, { feeOf: t, value: claimable - paid }],
      };
    }
    const taken = this.sumOf(this.inputsOf(t));
    if (taken === null && this.rule !== "poison") return null;
    return {
      inputs: this.inputsOf(t).map(slot),
      outputs: [...outputs, { feeOf: t, value: taken === null ? 0n : taken - paid }],
    };
  }

  heldIn(slot: Slot, coinbase: number): Held {
    const nothing = { labels: this.request.labels.map(() => 0n), units: [] };
    if ("coin" in slot) {
      const held = this.held.get(slot.coin);
      return held === undefined || this.whyNotFollowed(slot.coin) !== null ? nothing : held;
    }
    if ("subsidy" in slot || slot.feeOf === coinbase) return nothing;
    const held = this.heldByFee.get(slot.feeOf);
    if (held === undefined || coinbase < 0) return nothing;
    return this.whyFeeNotFollowed(slot.feeOf, coinbase) === null ? held : nothing;
  }

  step(t: number): void {
    const sides = this.sidesOf(t);
    if (sides === null) return;
    const coinbase = this.coinbaseOf(t);
    const [sources, targets] = this.forward ? [sides.inputs, sides.outputs] : [sides.outputs, sides.inputs];
    const queue = sources.map((slot): Queued => ({ value: slot.value, held: this.heldIn(slot, coinbase) }));
    const leading = sources.filter((_, s) => queue[s]!.held.labels.some((amount) => amount > 0n));
    if (leading.length === 0 || this.hops.size >= (this.request.budget.movements ?? Infinity)) return;
    const hopsTo = (slot: Slot) => ("coin" in slot ? this.distance(slot.coin) : this.hopsOfFee(slot, coinbase));
    this.hops.set(t, 1 + Math.min(...leading.map(hopsTo)));
    const values = targets.map((slot) => slot.value);
    const moved = oracleRules[this.rule](queue, values, this.request.labels.length);
    targets.forEach((slot, j) => {
      this.put(slot, moved[j]!, t, coinbase);
    });
    if (!this.forward && coinbase === t) this.mine(sources, queue, targets[0]!.value, moved[0]!);
    if (this.forward || this.rule !== "poison" || coinbase === t) return;
    const fee = this.feeOf(t);
    const flagged = this.request.labels.map((_, label) => queue.some(({ held }) => held.labels[label] === 1n));
    this.fees.push({ reason: "fee", labels: flagged.map((is) => (is ? fee : 0n)), next: -1 });
  }

  hopsOfFee(slot: Slot, coinbase: number): number {
    if (!("feeOf" in slot)) throw new RangeError("a subsidy holds nothing that is traced");
    return this.hops.get(this.forward ? slot.feeOf : coinbase)!;
  }

  put(slot: Slot, held: Held, t: number, coinbase: number): void {
    if (held.labels.every((amount) => amount === 0n)) return;
    if ("coin" in slot) this.held.set(slot.coin, held);
    else if ("feeOf" in slot && slot.value > 0n) {
      if (this.forward && (coinbase < 0 || coinbase === t)) {
        const labels = this.rule === "poison" ? held.labels.map((flag) => flag * slot.value) : held.labels;
        this.fees.push({ reason: coinbase < 0 ? "fee" : "unclaimed", labels, next: -1 });
      } else this.heldByFee.set(slot.feeOf, held);
    }
  }

  /** Which coins of a coinbase the subsidy's part is of. */
  mine(sources: Slot[], queue: Queued[], subsidy: bigint, held: Held): void {
    const byCoin = queue.map(() => this.request.labels.map(() => 0n));
    if (this.rule === "fifo" || this.rule === "lifo") {
      for (const unit of held.units) if (unit.label >= 0) byCoin[unit.from]![unit.label]! += unit.length;
    }
    this.request.labels.forEach((_, label) => {
      const whole = queue.reduce((sum, { held }) => sum + held.labels[label]!, 0n);
      let upTo = 0n;
      queue.forEach((source, s) => {
        const amount = source.held.labels[label]!;
        if (this.rule === "poison" && subsidy > 0n) byCoin[s]![label] = amount * source.value;
        if (this.rule === "haircut" && whole > 0n) {
          const share = held.labels[label]!;
          byCoin[s]![label] = (share * (upTo + amount)) / whole - (share * upTo) / whole;
        }
        upTo += amount;
      });
    });
    sources.forEach((slot, s) => {
      const isFlagged = this.rule === "poison" && subsidy > 0n && queue[s]!.held.labels.some((flag) => flag > 0n);
      if (!("coin" in slot) || (!isFlagged && byCoin[s]!.every((amount) => amount === 0n))) return;
      this.mined.push({ coin: slot.coin, reason: "coinbase", labels: byCoin[s]! });
    });
  }

  seed(coin: number): void {
    for (const seed of this.request.seeds) if (seed.output === coin) this.seedOnce(seed);
  }

  seedOnce({ output: coin, amount, label }: TraceSeed): void {
    const labelCount = this.request.labels.length;
    const value = this.valueOf(coin);
    const first = amount ?? value ?? 0n;
    const held = this.held.get(coin) ?? { labels: this.request.labels.map(() => 0n), units: [] };
    if (this.rule === "poison") {
      const labels = held.labels.map((flag, l) => (l === label ? 1n : flag));
      this.held.set(coin, { labels, units: [] });
      this.seeded[label]! += first;
      return;
    }
    if (this.rule === "fifo" || this.rule === "lifo") {
      const units = held.units.length > 0 ? held.units : [{ label: -1, length: value!, from: 0 }];
      const after = heldOfUnits(labelFirst(units, first, label), labelCount);
      this.seeded[label]! += after.labels[label]! - held.labels[label]!;
      if (after.labels.some((units) => units > 0n)) this.held.set(coin, after);
      return;
    }
    const already = held.labels.reduce((a, b) => a + b, 0n);
    const fresh = first > already ? first - already : 0n;
    if (fresh === 0n) return;
    this.held.set(coin, { labels: held.labels.map((part, l) => (l === label ? part + fresh : part)), units: [] });
    this.seeded[label]! += fresh;
  }

  /** What a coin counts for by label: under poison its face value. */
  counted(coin: number): bigint[] {
    const { labels } = this.held.get(coin)!;
    return this.rule === "poison" ? labels.map((flag) => flag * (this.valueOf(coin) ?? 0n)) : labels;
  }

  endFees(): void {
    for (const [paidBy, { labels }] of this.heldByFee) {
      const coinbase = this.coinbaseOf(paidBy);
      const next = this.forward ? coinbase : paidBy;
      const reason = this.whyFeeNotFollowed(paidBy, coinbase) ?? (this.hops.has(next) ? null : "movements");
      if (reason === null) continue;
      const counted = this.rule === "poison" ? labels.map((flag) => flag * this.feeOf(paidBy)) : labels;
      const beyond = this.forward ? this.outputsOf(coinbase)[0]! : this.inputsOf(paidBy)[0]!;
      this.fees.push({ reason, labels: counted, next: beyond });
    }
  }

  result(): OracleTrace {
    const ids = [...this.held.keys()].sort((a, b) => a - b);
    const bounds: OracleTrace["bounds"] = [];
    const bound = (reason: EndReason, label: number, amount: bigint, next: number) => {
      const known = bounds.find((entry) => entry.reason === reason && entry.label === label);
      if (known === undefined) bounds.push({ reason, label, amount, next });
      else {
        known.amount += amount;
        known.next = Math.min(known.next, next);
      }
    };
    for (const coin of ids) {
      const next = this.forward ? this.columns.outputSpender[coin]! : this.columns.outputTx[coin]!;
      const reason = this.whyNotFollowed(coin) ?? (this.hops.has(next) ? null : "movements");
      if (reason !== null) this.ends.push({ coin, reason, labels: this.counted(coin) });
      if (reason === "min" || reason === "hops" || reason === "movements") {
        this.held.get(coin)!.labels.forEach((part, label) => {
          if (part > 0n) bound(reason, label, this.counted(coin)[label]!, coin);
        });
      }
    }
    this.endFees();
    const fees = new Map<EndReason, bigint[]>();
    for (const { reason, labels, next } of this.fees) {
      const before = fees.get(reason) ?? labels.map(() => 0n);
      fees.set(
        reason,
        before.map((part, label) => part + labels[label]!),
      );
      if (next < 0) continue;
      labels.forEach((part, label) => {
        if (part > 0n) bound(reason, label, part, next);
      });
    }
    return {
      transactions: [...this.hops].map(([id, hops]) => ({ id, hops })).sort((a, b) => a.id - b.id),
      coins: ids.map((coin) => ({ coin, labels: this.counted(coin) })),
      seeded: this.seeded,
      ends: [...this.ends, ...this.mined],
      fees: [...fees].map(([reason, labels]) => ({ reason, labels })),
      bounds,
    };
  }
}

/** Labels the clean ones of the first `amount` units. */
function labelFirst(units: Unit[], amount: bigint, label: number): Unit[] {
  const after: Unit[] = [];
  let left = amount;
  for (const unit of units) {
    const inFront = unit.length < left ? unit.length : left;
    if (inFront > 0n) after.push({ ...unit, length: inFront, label: unit.label === -1 ? label : unit.label });
    if (unit.length > inFront) after.push({ ...unit, length: unit.length - inFront });
    left -= inFront;
  }
  return after;
}
