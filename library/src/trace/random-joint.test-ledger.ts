import { type AccountColumns, nowhere } from "./account-columns.ts";
import { heightNotKnown, spenderMin } from "./columns.ts";
import type {
  AccountPart,
  CoinPart,
  JointLink,
  JointPart,
  JointRequest,
  JointSeed,
  LinkSide,
} from "./joint-request.ts";
import type { JointRuleTrace, LabelAmount } from "./joint-trace.ts";
import { type Draw, draw, type RandomCase, randomCase, rulesFor } from "./random-ledger.test-ledger.ts";
import type { Direction, Rule } from "./rule.ts";

export interface JointWishes {
  direction?: Direction;
  /** One account part; no links, returns, debts or budgets: what the kernels take. */
  plain?: boolean;
  /** Nothing that keeps fifo and lifo from being inverted. */
  feeFree?: boolean;
}

/** Small joint requests in which accounts, days and links collide; the same for the same seed. */
export function randomJoint(seed: number, wishes: JointWishes = {}): JointRequest {
  const by = draw(seed);
  const plain = wishes.plain === true;
  const direction = wishes.direction ?? (by.chance(0.6) ? "forward" : "backward");
  const largest = [6, 40, 1_000_000, 2 ** 46][by.below(4)]!;
  const partCount = plain ? 1 : [1, 1, 1, 2, 2, 3][by.below(6)]!;
  const parts: JointPart[] = [];
  for (let n = 0; n < partCount; n++) {
    const isCoin = !plain && partCount > 1 && by.chance(0.35) && parts.some(({ kind }) => kind === "account");
    parts.push(isCoin ? randomCoinPart(by) : randomAccountPart(by, largest, plain));
  }
  const labels = ["theft", "fraud", "ransom"]
    .slice(0, by.chance(0.5) ? 1 : 2 + by.below(2))
    .map((name) => ({ name, asset: "unit" }));
  const seeds = Array.from({ length: 1 + by.below(4) }, () => randomSeed(by, parts, labels.length, direction));
  const links = plain || by.chance(0.35) ? [] : randomLinks(by, parts);
  seeds.push(...seedsOfNobody(by, parts, links, labels.length, direction));
  return {
    direction,
    rules: ["poison"],
    labels,
    parts,
    seeds: seeds.filter((one) => one !== null),
    links,
    budget: plain
      ? {}
      : {
          ...(by.chance(0.15) ? { movements: by.below(8) } : {}),
          ...(by.chance(0.15) ? { hops: by.below(5) } : {}),
          ...(by.chance(0.15) ? { min: BigInt(by.below(by.chance(0.5) ? 5 : largest)) } : {}),
        },
    followFees: by.chance(0.4),
    openings: by.chance(0.3) ? "unlimited" : "least",
    throughDebt: by.chance(0.4),
  };
}

interface PlannedTransfer {
  from: number;
  to: number;
  amount: number;
  isFee: boolean;
  returnOf: number | null;
}

function randomAccountPart(by: Draw, largest: number, plain: boolean): AccountPart {
  const holdings = 2 + by.below(6);
  const transactions: PlannedTransfer[][] = [];
  const all: PlannedTransfer[] = [];
  const balance = new Array<number>(holdings).fill(0);
  for (let t = 2 + by.below(14); t > 0; t--) {
    const own: PlannedTransfer[] = [];
    for (let x = by.chance(0.5) ? 1 : by.below(4); x > 0; x--) {
      const transfer = randomTransfer(by, holdings, largest, all, balance, plain);
      own.push(transfer);
      all.push(transfer);
      if (transfer.from !== nowhere) balance[transfer.from]! -= transfer.amount;
      if (transfer.to !== nowhere) balance[transfer.to]! += transfer.amount;
    }
    transactions.push(own);
  }
  const stops = by.chance(0.25) ? new Uint32Array(Math.ceil(holdings / 32)) : null;
  if (stops !== null) stops[0]! |= 2 ** by.below(holdings);
  const columns = layOutAccounts(by, transactions, holdings);
  return {
    kind: "account",
    columns: { ...columns, ...randomOpenings(by, columns, largest, plain) },
    stops,
    stopHeight: by.chance(0.15) ? by.below(6) : null,
  };
}

function randomTransfer(
  by: Draw,
  holdings: number,
  largest: number,
  before: PlannedTransfer[],
  balance: number[],
  plain: boolean,
): PlannedTransfer {
  const returned = by.below(Math.max(1, before.length));
  const earlier = before[returned];
  if (!plain && earlier !== undefined && by.chance(0.2)) {
    const whole = by.chance(0.5) || earlier.amount < 2;
    const amount = whole ? earlier.amount : 1 + by.below(earlier.amount);
    return { from: earlier.to, to: earlier.from, amount, isFee: false, returnOf: returned };
  }
  const place = () => (by.chance(0.07) ? nowhere : by.below(holdings));
  const from = place();
  const has = from === nowhere ? 0 : balance[from]!;
  // Some transfers empty an account exactly, some take a part of it.
  const amount = has > 0 && by.chance(0.6) ? (by.chance(0.3) ? has : 1 + by.below(has)) : by.below(largest);
  return { from, to: place(), amount, isFee: by.chance(0.08), returnOf: null };
}

function layOutAccounts(by: Draw, transactions: PlannedTransfer[][], holdings: number): AccountColumns {
  const transfers = transactions.flat();
  const starts = [0];
  for (const own of transactions) starts.push(starts.at(-1)! + own.length);
  let height = 0;
  let time = by.below(20);
  const heights: number[] = [];
  const times: number[] = [];
  for (const _ of transactions) {
    height += by.below(2);
    // Days with several transactions, and equal times in several ledgers.
    time += by.below(4);
    heights.push(height);
    times.push(by.chance(0.1) ? Number.NaN : time);
  }
  const hasBigints = by.chance(0.3);
  return {
    transactionCount: transactions.length,
    transferCount: transfers.length,
    holdingCount: holdings,
    txFirstTransfer: Uint32Array.from(starts),
    txHeight: by.chance(0.2) ? new Uint32Array(transactions.length).fill(heightNotKnown) : Uint32Array.from(heights),
    txTime: Float64Array.from(times),
    txDayOnly: new Uint8Array(transactions.length),
    transferFrom: Uint32Array.from(transfers, ({ from }) => from),
    transferTo: Uint32Array.from(transfers, ({ to }) => to),
    transferAmount: hasBigints
      ? transfers.map(({ amount }) => BigInt(amount))
      : Float64Array.from(transfers, ({ amount }) => amount),
    transferIsFee: Uint8Array.from(transfers, ({ isFee }) => (isFee ? 1 : 0)),
    returnOf: new Map(transfers.flatMap(({ returnOf }, x) => (returnOf === null ? [] : [[x, returnOf] as const]))),
    openings: new Map(),
    openingDefault: null,
    holdingCoverage: Uint8Array.from({ length: holdings }, () => by.below(3)),
  };
}

function randomOpenings(by: Draw, columns: AccountColumns, largest: number, plain: boolean) {
  const openings = new Map<number, bigint>();
  for (let h = 0; h < columns.holdingCount; h++) {
    if (!by.chance(0.4)) continue;
    const least = plain ? leastOpening(columns, h) : 0n;
    const amount = BigInt(by.below(largest));
    openings.set(h, !plain && by.chance(0.25) ? -amount : least + amount);
  }
  return { openings, openingDefault: !plain && by.chance(0.3) ? (0n as const) : null };
}

/** The least opening with which a holding is never in debt. */
function leastOpening({ transferFrom, transferTo, transferAmount }: AccountColumns, holding: number): bigint {
  let balance = 0n;
  let lowest = 0n;
  for (let x = 0; x < transferFrom.length; x++) {
    if (transferFrom[x] === holding) balance -= BigInt(transferAmount[x]!);
    if (balance < lowest) lowest = balance;
    if (transferTo[x] === holding) balance += BigInt(transferAmount[x]!);
  }
  return -lowest;
}

function randomCoinPart(by: Draw): CoinPart {
  const { columns, request } = randomCase(by.below(2 ** 31), { direction: "forward" });
  let time = by.below(20);
  return {
    kind: "coin",
    columns,
    txTime: Float64Array.from({ length: columns.transactionCount }, () => {
      time += by.below(4);
      return by.chance(0.1) ? Number.NaN : time;
    }),
    stops: request.stopOutputs,
    stopHeight: request.stopHeight,
    subsidyAt: request.subsidyAt,
  };
}

function randomSeed(by: Draw, parts: JointPart[], labels: number, direction: Direction): JointSeed | null {
  const part = by.below(parts.length);
  const ledger = parts[part]!;
  const label = by.below(labels);
  const forward = direction === "forward";
  // Early movements lead on forward, late ones backward.
  const near = (count: number) => {
    const id = by.below(1 + by.below(count));
    return forward ? id : count - 1 - id;
  };
  const some = (value: number) => (value < 1 || by.chance(0.6) ? null : BigInt(1 + by.below(value)));
  if (ledger.kind === "coin") {
    const output = near(ledger.columns.outputCount);
    const value = ledger.columns.outputValue[output]!;
    return value === -1 ? null : { part, at: { kind: "coin", output }, amount: some(value), label };
  }
  const { columns } = ledger;
  if (by.chance(0.25)) {
    const holding = by.below(columns.holdingCount);
    return { part, at: { kind: "holding", holding }, amount: some(1000), label };
  }
  const transfer = columns.transferCount === 0 ? 0 : near(columns.transferCount);
  const place = (forward ? columns.transferTo : columns.transferFrom)[transfer];
  const amount = columns.transferAmount[transfer];
  if (amount === undefined || place === nowhere || BigInt(amount) === 0n) return null;
  return { part, at: { kind: "transfer", transfer }, amount: some(Number(amount)), label };
}

/**
 * Seeds of what a link takes from a transfer that brings nothing to anybody: burnt, or backward made. Sometimes two at
 * one, and sometimes of more than goes over.
 */
function seedsOfNobody(
  by: Draw,
  parts: JointPart[],
  links: JointLink[],
  labels: number,
  direction: Direction,
): JointSeed[] {
  const seeds: JointSeed[] = [];
  for (const { from, to, amount } of links) {
    const { part, ids } = direction === "forward" ? from : to;
    const ledger = parts[part]!;
    if (ledger.kind === "coin") continue;
    const { transferFrom, transferTo } = ledger.columns;
    let left = amount === null || direction === "backward" ? Number.POSITIVE_INFINITY : Number(amount);
    for (const transfer of ids) {
      const units = unitsOf(ledger, transfer);
      const isOver = left > 0;
      left -= units;
      if (!isOver || (direction === "forward" ? transferTo : transferFrom)[transfer] !== nowhere) continue;
      for (let n = by.below(3); n > 0; n--) {
        const some = by.chance(0.5) ? null : BigInt(1 + by.below(units));
        seeds.push({ part, at: { kind: "transfer", transfer }, amount: some, label: by.below(labels) });
      }
    }
  }
  return seeds;
}

function randomLinks(by: Draw, parts: JointPart[]): JointLink[] {
  const used = parts.map(() => new Set<number>());
  const links: JointLink[] = [];
  for (let n = 1 + by.below(3); n > 0; n--) {
    const from = randomSide(by, parts, used, "from");
    if (from === null) continue;
    const to = randomSide(by, parts, used, "to");
    if (to === null) continue;
    const whole = from.ids.reduce((sum, id) => sum + unitsOf(parts[from.part]!, id), 0);
    links.push({ from, to, amount: by.chance(0.7) ? null : BigInt(1 + by.below(whole)) });
  }
  return links;
}

function unitsOf(part: JointPart, id: number): number {
  return Number(part.kind === "account" ? part.columns.transferAmount[id]! : part.columns.outputValue[id]!);
}

function hasNobody(part: JointPart, id: number): boolean {
  if (part.kind === "coin") return false;
  return part.columns.transferFrom[id] === nowhere || part.columns.transferTo[id] === nowhere;
}

/** One movement, mostly; several at times. Rising ids, amounts above zero, never used before. */
function randomSide(by: Draw, parts: JointPart[], used: Set<number>[], side: "from" | "to"): LinkSide | null {
  const part = by.below(parts.length);
  const ledger = parts[part]!;
  const fits = (id: number) => {
    if (used[part]!.has(id) || unitsOf(ledger, id) <= 0) return false;
    if (ledger.kind === "coin") return ledger.columns.outputTx[id]! < spenderMin;
    return (side === "from" ? ledger.columns.transferFrom : ledger.columns.transferTo)[id] !== nowhere;
  };
  const count = ledger.kind === "coin" ? ledger.columns.outputCount : ledger.columns.transferCount;
  const all = Array.from({ length: count }, (_, id) => id).filter(fits);
  // What a bridge burns or makes is a transfer with nobody on its other side.
  const ofNobody = by.chance(0.3) ? all.filter((id) => hasNobody(ledger, id)) : [];
  const free = ofNobody.length > 0 ? ofNobody : all;
  if (free.length === 0) return null;
  // Sources early and targets late, mostly, so that links are in order.
  const early = (side === "from") === by.chance(0.85);
  const at = by.below(1 + by.below(free.length));
  const first = early ? at : free.length - 1 - at;
  const ids = free.slice(first, first + (by.chance(0.6) ? 1 : 1 + by.below(3)));
  for (const id of ids) used[part]!.add(id);
  return { part, ids };
}

/** Whether a seed's transfer brings its value to nobody, so that only a link can take it on. */
export function isOfNobody({ parts, direction }: JointRequest, { part, at }: JointSeed): boolean {
  const ledger = parts[part]!;
  if (at.kind !== "transfer" || ledger.kind !== "account") return false;
  const { transferFrom, transferTo } = ledger.columns;
  return (direction === "forward" ? transferTo : transferFrom)[at.transfer] === nowhere;
}

/** The rules that a joint request can run. */
export function jointRulesFor({ direction }: JointRequest): Rule[] {
  const both: Rule[] = ["poison", "haircut", "fifo", "lifo"];
  return direction === "backward" ? both : [...both, "dirty-first", "clean-first"];
}

/** A coin request as a joint one; the rules that both can run. */
export function jointOfCoins({ columns, request }: RandomCase): { joint: JointRequest; rules: Rule[] } {
  const part: CoinPart = {
    kind: "coin",
    columns,
    txTime: new Float64Array(columns.transactionCount),
    stops: request.stopOutputs,
    stopHeight: request.stopHeight,
    subsidyAt: request.subsidyAt,
  };
  const joint: JointRequest = {
    direction: request.direction,
    rules: request.rules,
    labels: request.labels.map((name) => ({ name, asset: "unit" })),
    parts: [part],
    seeds: request.seeds.map(({ output, amount, label }) => ({ part: 0, at: { kind: "coin", output }, amount, label })),
    links: [],
    budget: request.budget,
    followFees: request.followFees,
    openings: "least",
    throughDebt: false,
  };
  return { joint, rules: rulesFor({ columns, request }).filter((rule) => rule !== "tiho") };
}

const isSomething = ({ amount, stolen }: LabelAmount) => amount !== 0n || stolen !== 0n;

/** A trace with all that has no order of its own in one, and without what counts for nothing. */
export function plainJoint(trace: JointRuleTrace) {
  const labels = (traced: readonly LabelAmount[]) =>
    traced
      .filter(isSomething)
      .map(({ label, amount, stolen }) => `${label}: ${amount} (${stolen})`)
      .sort();
  const lines = (values: object[]) => values.map((value) => JSON.stringify(value, writeBigint)).sort();
  const place = (at: { part: number; id: number } | null) => (at === null ? "-" : `${at.part}/${at.id}`);
  return {
    moves: lines(
      trace.moves
        .filter(({ traced }) => traced.some(isSomething))
        .map(({ part, transaction, transfer, link, hops, from, to, value, traced }) => {
          const places = from.map(place).sort();
          return {
            part,
            transaction,
            transfer,
            link,
            hops,
            from: places,
            to: place(to),
            value,
            traced: labels(traced),
          };
        }),
    ),
    ends: lines(
      trace.ends
        .filter(({ traced }) => traced.some(isSomething))
        .map(({ part, place, reason, value, traced }) => ({ part, place, reason, value, traced: labels(traced) })),
    ),
    totals: trace.totals.map((total) => JSON.stringify(total, writeBigint)),
    bounds: lines(
      trace.bounds.map(({ reason, label, amount, next: { part, transfer, output } }) => {
        return { reason, label, amount, part, transfer, output };
      }),
    ),
    carried: trace.carried.map(labels),
  };
}

const writeBigint = (_: string, value: unknown) => (typeof value === "bigint" ? String(value) : value);
