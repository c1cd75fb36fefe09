import { split } from "../money/split.ts";
import type { LabelAmount } from "./joint-trace.ts";
import type { Rule } from "./rule.ts";

/** What one local unit stands for in stolen units, under poison: `over / under`. */
export interface Rate {
  over: bigint;
  under: bigint;
}

/** Units in a row, under fifo and lifo; label -1 is clean. */
export interface Lot {
  label: number;
  length: bigint;
  stolen: bigint;
  /** The transfers that brought it from holding to holding and that are given back some time, the newest last. */
  by: number[];
  /** In a coin transaction: the place in the queue of what it came from. */
  from: number;
  /** While a return is on its way: it goes back where it was. */
  restored: boolean;
}

export interface Share {
  amount: bigint;
  stolen: bigint;
}

/**
 * Value that moves or stands somewhere. Under fifo and lifo `lots` say all, under the pooled rules `shares` (one a
 * label; the rest of `length` is clean), under poison `rates` (one a label, null without a flag).
 */
export interface Load {
  length: bigint;
  lots: Lot[];
  shares: Share[];
  rates: (Rate | null)[];
}

export const smaller = (a: bigint, b: bigint): bigint => (a < b ? a : b);
export const larger = (a: bigint, b: bigint): bigint => (a > b ? a : b);
export const sum = (values: bigint[]): bigint => values.reduce((a, b) => a + b, 0n);

/** `part` of `whole` units that stand for `stolen`: what the part stands for. */
export const stolenOf = (stolen: bigint, part: bigint, whole: bigint): bigint =>
  part === whole ? stolen : (stolen * part) / whole;

export const cleanLot = (length: bigint): Lot => {
  return { label: -1, length, stolen: 0n, by: [], from: 0, restored: false };
};

/** Cuts lots after `length` units. The piece in front is the one that was asked for: it takes the floor. */
export function cutLots(lots: Lot[], length: bigint): [Lot[], Lot[]] {
  const front: Lot[] = [];
  const behind: Lot[] = [];
  let left = length;
  for (const lot of lots) {
    const taken = smaller(lot.length, left);
    left -= taken;
    const stolen = taken === 0n ? 0n : stolenOf(lot.stolen, taken, lot.length);
    if (taken > 0n) front.push({ ...lot, length: taken, stolen });
    if (taken < lot.length) behind.push({ ...lot, length: lot.length - taken, stolen: lot.stolen - stolen });
  }
  return [front, behind];
}

/** Clean units have no bounds but those that a return asks for. */
export function joinClean(lots: Lot[]): Lot[] {
  const joined: Lot[] = [];
  for (const lot of lots) {
    const last = joined.at(-1);
    const isLike = last !== undefined && last.label === -1 && lot.label === -1 && String(last.by) === String(lot.by);
    if (isLike) joined[joined.length - 1] = { ...last, length: last.length + lot.length };
    else joined.push(lot);
  }
  return joined;
}

/** Units of one label that stand for themselves are alike, wherever they were cut. */
export function joinAlike(lots: Lot[]): Lot[] {
  const joined: Lot[] = [];
  for (const lot of lots) {
    const last = joined.at(-1);
    const isWhole = lot.stolen === lot.length && last?.stolen === last?.length;
    if (last !== undefined && isWhole && last.label !== -1 && last.label === lot.label) {
      const length = last.length + lot.length;
      joined[joined.length - 1] = { ...last, length, stolen: length };
    } else joined.push(lot);
  }
  return joined;
}

/** Labels the clean ones of the first `amount` units. What is traced already stays in one piece. */
export function labelLots(lots: Lot[], amount: bigint, label: number): Lot[] {
  let left = amount;
  return lots.flatMap((lot) => {
    const covered = smaller(lot.length, left);
    left -= covered;
    if (lot.label !== -1 || covered === 0n) return [lot];
    const [front, behind] = cutLots([lot], covered);
    return [...front.map((piece) => ({ ...piece, label, stolen: piece.length })), ...behind];
  });
}

/** What the rule does with loads; written from the rule's definition and from nothing else. */
export class Loads {
  readonly rule: Rule;
  readonly labelCount: number;
  readonly style: "lots" | "pool" | "flags";

  constructor(rule: Rule, labelCount: number) {
    this.rule = rule;
    this.labelCount = labelCount;
    this.style = rule === "poison" ? "flags" : rule === "fifo" || rule === "lifo" ? "lots" : "pool";
  }

  clean(length: bigint): Load {
    return {
      length,
      lots: this.style === "lots" && length > 0n ? [cleanLot(length)] : [],
      shares: Array.from({ length: this.labelCount }, () => ({ amount: 0n, stolen: 0n })),
      rates: Array.from({ length: this.labelCount }, () => null),
    };
  }

  /** One after another. */
  join(...loads: Load[]): Load {
    const joined = this.clean(0n);
    for (const load of loads) {
      joined.length += load.length;
      joined.lots.push(...load.lots);
      load.shares.forEach(({ amount, stolen }, label) => {
        joined.shares[label]!.amount += amount;
        joined.shares[label]!.stolen += stolen;
      });
      joined.rates = joined.rates.map((rate, label) => this.higher(rate, load.rates[label]!));
    }
    return joined;
  }

  higher(a: Rate | null, b: Rate | null): Rate | null {
    if (a === null || b === null) return a ?? b;
    return a.over * b.under >= b.over * a.under ? a : b;
  }

  isTraced({ lots, shares, rates }: Load): boolean {
    if (this.style === "flags") return rates.some((rate) => rate !== null);
    return lots.some(({ label }) => label !== -1) || shares.some(({ amount }) => amount > 0n);
  }

  /** Amounts by label, in the order of labels; only what is there. */
  traced(load: Load): LabelAmount[] {
    const all = Array.from({ length: this.labelCount }, (_, label): LabelAmount & { is: boolean } => {
      if (this.style === "flags") {
        const rate = load.rates[label]!;
        if (rate === null) return { label, amount: 0n, stolen: 0n, is: false };
        return { label, amount: load.length, stolen: (load.length * rate.over) / rate.under, is: true };
      }
      const lots = load.lots.filter((lot) => lot.label === label);
      const amount = sum(lots.map(({ length }) => length)) + load.shares[label]!.amount;
      const stolen = sum(lots.map((lot) => lot.stolen)) + load.shares[label]!.stolen;
      return { label, amount, stolen, is: amount > 0n };
    });
    return all.filter(({ is }) => is).map(({ label, amount, stolen }) => ({ label, amount, stolen }));
  }

  tracedAmount(load: Load): bigint {
    return sum(this.traced(load).map(({ amount }) => amount));
  }

  /** The same units without what is traced. */
  stripped(load: Load): Load {
    const clean = this.clean(load.length);
    return { ...clean, lots: load.lots.map((lot) => ({ ...lot, label: -1, stolen: 0n })) };
  }

  /** How much of what is traced the rule pays out in `length` units of a pool. */
  pooledOf(traced: bigint, length: bigint, whole: bigint): bigint {
    if (whole === 0n) return 0n;
    if (this.rule === "haircut") return (traced * length) / whole;
    if (this.rule === "dirty-first") return smaller(traced, length);
    return larger(0n, length - (whole - traced));
  }

  /** Takes `moved` traced units and the rest of `length` clean. */
  pay(load: Load, length: bigint, moved: bigint): { taken: Load; rest: Load } {
    const parts = split(
      moved,
      load.shares.map(({ amount }) => amount),
    );
    return this.payParts(load, length, parts);
  }

  payParts(load: Load, length: bigint, parts: bigint[]): { taken: Load; rest: Load } {
    const taken = this.clean(length);
    const rest = this.clean(load.length - length);
    load.shares.forEach(({ amount, stolen }, label) => {
      const part = parts[label]!;
      const gone = part === 0n ? 0n : stolenOf(stolen, part, amount);
      taken.shares[label] = { amount: part, stolen: gone };
      rest.shares[label] = { amount: amount - part, stolen: stolen - gone };
    });
    return { taken, rest };
  }

  /** The first units of what is on its way; pooled: what the rule pays for them. */
  first(load: Load, length: bigint): { taken: Load; rest: Load } {
    if (this.style === "pool") {
      return this.pay(load, length, this.pooledOf(this.tracedAmount(load), length, load.length));
    }
    const rest = { ...this.clean(0n), length: load.length - length };
    const taken = { ...this.clean(0n), length };
    if (this.style === "flags") {
      if (length > 0n) taken.rates = load.rates;
      if (length < load.length) rest.rates = load.rates;
    } else [taken.lots, rest.lots] = cutLots(load.lots, length);
    return { taken, rest };
  }

  /** What the rule pays out of what stands somewhere: fifo from the front, lifo from the back, in the order taken. */
  payFrom(load: Load, length: bigint): { taken: Load; rest: Load } {
    if (this.rule !== "lifo") return this.first(load, length);
    const [behind, front] = cutLots([...load.lots].reverse(), length);
    const taken = { ...this.clean(0n), length, lots: behind };
    return { taken, rest: { ...this.clean(0n), length: load.length - length, lots: front.reverse() } };
  }

  /** Pays clean units only, as far as there are any; fifo from the front on, lifo from the back on. */
  payClean(load: Load, length: bigint, isPreferred: (lot: Lot) => boolean = () => true): { rest: Load; paid: bigint } {
    const cleanLots = load.lots.filter(({ label }) => label === -1);
    const traced = this.style === "flags" ? 0n : this.tracedAmount(load);
    const clean = this.style === "lots" ? sum(cleanLots.map((lot) => lot.length)) : load.length - traced;
    const paid = smaller(length, clean);
    const rest = { ...load, length: load.length - paid };
    if (this.style !== "lots") return { rest, paid };
    let left = paid;
    let lots = this.rule === "lifo" ? [...load.lots].reverse() : load.lots;
    for (const wanted of [isPreferred, () => true]) {
      lots = lots.flatMap((lot) => {
        if (lot.label !== -1 || !wanted(lot)) return [lot];
        const gone = smaller(lot.length, left);
        left -= gone;
        return gone === lot.length ? [] : [{ ...lot, length: lot.length - gone }];
      });
    }
    return { rest: { ...rest, lots: this.rule === "lifo" ? [...lots].reverse() : lots }, paid };
  }

  /** Labels the clean ones of the first units (`fromBack`: of the last). Gives how many were labelled anew. */
  seed(load: Load, amount: bigint, label: number, fromBack: boolean): { load: Load; fresh: bigint } {
    if (this.style === "flags") {
      const one = { over: 1n, under: 1n };
      const rates = load.rates.map((rate, l) => (l === label ? this.higher(rate, one) : rate));
      return { load: { ...load, rates }, fresh: load.length };
    }
    if (this.style === "lots") {
      const lots = fromBack
        ? labelLots([...load.lots].reverse(), amount, label).reverse()
        : labelLots(load.lots, amount, label);
      const after = { ...load, lots };
      return { load: after, fresh: this.tracedAmount(after) - this.tracedAmount(load) };
    }
    const fresh = larger(0n, amount - this.tracedAmount(load));
    const shares = load.shares.map((share, l) => {
      return l === label ? { amount: share.amount + fresh, stolen: share.stolen + fresh } : share;
    });
    return { load: { ...load, shares }, fresh };
  }
}
