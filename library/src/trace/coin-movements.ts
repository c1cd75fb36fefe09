import type { NamedCoin, TrailNames, TrailParts } from "./assemble-trail.ts";
import { endReasons, type RuleTrace } from "./coin-trace.ts";
import type { Rule } from "./rule.ts";
import type { MovedFrom, MovedTo, Movement, Movements, Traced } from "./trail.ts";

/**
 * The movements of a trail through a coin ledger. What the rules found stands in columns in the ledger's order, so
 * that one walk over all of them makes each movement when its turn comes. The ledger's own columns are not held.
 */
export function coinMovements(parts: TrailParts): Movements {
  const { trace, columns, request, ledger, asset, names } = parts;
  const transactions = ascendingOnce(trace.rules.map((rule) => rule.transactions));
  const found = trace.rules.map((rule) => ({ rule, seeded: rowsOfSeeds(rule), ended: readEnded(rule) }));
  const told: Told = {
    ledger: ledger.name,
    asset,
    labels: request.labels,
    forward: trace.direction === "forward",
    names,
    transactions,
    firstOutput: transactions.map((transaction) => columns.txFirstOutput[transaction]!),
    endOutput: transactions.map((transaction) => columns.txFirstOutput[transaction + 1]!),
    from: listMovedFrom(parts, transactions, found),
  };
  return {
    length: transactions.length,
    *[Symbol.iterator]() {
      const walks = found.map((ofRule) => ({ ...ofRule, transactionAt: 0, coinAt: 0 }));
      for (let n = 0; n < transactions.length; n++) yield movementOf(told, walks, n);
    },
  };
}

/** What movements are made of, beside what the rules found. */
interface Told {
  readonly ledger: string;
  readonly asset: string;
  readonly labels: readonly string[];
  readonly forward: boolean;
  readonly names: TrailNames;
  readonly transactions: Uint32Array;
  /** [transactions] The outputs of the n-th transaction: from the first on, before the end. */
  readonly firstOutput: Uint32Array;
  readonly endOutput: Uint32Array;
  /** The coins that value was moved from: those of the n-th transaction from `start[n]` on, before `start[n + 1]`. */
  readonly from: { readonly start: Uint32Array; readonly coin: Uint32Array };
}

/** The ids of all lists, rising, each once. */
export function ascendingOnce(lists: readonly Uint32Array[]): Uint32Array {
  const all = new Uint32Array(lists.reduce((sum, { length }) => sum + length, 0));
  let count = 0;
  for (const list of lists) {
    all.set(list, count);
    count += list.length;
  }
  all.sort();
  let kept = 0;
  for (const id of all) if (kept === 0 || id !== all[kept - 1]) all[kept++] = id;
  return all.slice(0, kept);
}

export function nameOf({ coins }: TrailNames, coin: number): NamedCoin {
  const name = coins.get(coin);
  if (name === undefined) throw new RangeError(`assembleTrail: coin ${coin} has no name`);
  return name;
}

export function tracedOf(rule: Rule, label: string, amount: bigint): Traced {
  // Nothing crosses assets inside one coin ledger.
  return { rule, label, amount, stolen: amount };
}

interface RuleFound {
  readonly rule: RuleTrace;
  /** By coin, its row in `rule.seeded`. */
  readonly seeded: ReadonlyMap<number, number>;
  readonly ended: ReadonlySet<number>;
}

/** What one rule found, as far as it was gone through. */
interface RuleWalk extends RuleFound {
  transactionAt: number;
  coinAt: number;
}

function rowsOfSeeds({ seeded }: RuleTrace): Map<number, number> {
  const rows = new Map<number, number>();
  seeded.coin.forEach((coin, row) => {
    rows.set(coin, row);
  });
  return rows;
}

/** The coins that a rule does not follow at all. A coin that is partly mined may be followed for the rest. */
function readEnded({ ends }: RuleTrace): Set<number> {
  const mined = endReasons.indexOf("coinbase");
  const ended = new Set<number>();
  for (let row = 0; row < ends.coin.length; row++) {
    if (ends.reason[row] !== mined) ended.add(ends.coin[row]!);
  }
  return ended;
}

/** The inputs that value was moved from under any rule, in the order of inputs. */
function listMovedFrom(
  { trace, columns }: TrailParts,
  transactions: Uint32Array,
  found: readonly RuleFound[],
): Told["from"] {
  const moved = new Uint8Array(columns.outputCount);
  for (const ofRule of found) {
    const { coins, transactions: through } = ofRule.rule;
    const touched = new Set(through);
    coins.coin.forEach((coin, row) => {
      if (!touched.has(columns.outputSpender[coin]!)) return;
      // Forward those that were followed, backward those that it came to.
      const isMoved = trace.direction === "forward" ? !ofRule.ended.has(coin) : isReceived(ofRule, row);
      if (isMoved) moved[coin] = 1;
    });
  }
  const start = new Uint32Array(transactions.length + 1);
  const list: number[] = [];
  transactions.forEach((transaction, n) => {
    const [first, end] = [columns.txFirstInput[transaction]!, columns.txFirstInput[transaction + 1]!];
    for (const coin of columns.inputOutput.subarray(first, end)) if (moved[coin] === 1) list.push(coin);
    start[n + 1] = list.length;
  });
  return { start, coin: Uint32Array.from(list) };
}

/** Whether a coin holds more than what is seeded at it. */
function isReceived(found: RuleFound, row: number): boolean {
  const { start } = found.rule.coins;
  for (let i = start[row]!; i < start[row + 1]!; i++) if (receivedAt(found, row, i) !== null) return true;
  return false;
}

/** What a coin holds of a label but for what is seeded at it; null where that is all. */
function receivedAt({ rule: { coins, seeded }, seeded: rows }: RuleFound, row: number, i: number): number | null {
  const amount = coins.amount[i]!;
  const seed = rows.get(coins.coin[row]!);
  if (seed === undefined) return amount;
  for (let s = seeded.start[seed]!; s < seeded.start[seed + 1]!; s++) {
    if (seeded.label[s] === coins.label[i]) return amount > seeded.amount[s]! ? amount - seeded.amount[s]! : null;
  }
  return amount;
}

function movementOf(told: Told, walks: readonly RuleWalk[], n: number): Movement {
  const { ledger, names, transactions, from } = told;
  const transaction = transactions[n]!;
  const name = names.transactions.get(transaction);
  if (name === undefined) throw new RangeError(`assembleTrail: transaction ${transaction} has no name`);
  const touching = walks.filter(({ rule, transactionAt }) => rule.transactions[transactionAt] === transaction);
  const hops = touching.map((walk) => walk.rule.hops[walk.transactionAt++]!);
  const coins = from.coin.subarray(from.start[n], from.start[n + 1]);
  return {
    ledger,
    transaction: name.txid,
    height: name.height,
    time: name.time,
    hops: Math.min(...hops),
    from: Array.from(coins, (id): MovedFrom => {
      const { coin, account } = nameOf(names, id);
      return { coin, account };
    }),
    to: arrivals(told, touching, n),
  };
}

/** The outputs of a transaction that value came to (backward: that it is traced on from), with how much. */
function arrivals(told: Told, touching: readonly RuleWalk[], n: number): MovedTo[] {
  const { asset, names } = told;
  const first = told.firstOutput[n]!;
  for (const walk of touching) while (walk.rule.coins.coin[walk.coinAt]! < first) walk.coinAt++;
  const to: MovedTo[] = [];
  for (let id = first; id < told.endOutput[n]!; id++) {
    const traced: Traced[] = [];
    for (const walk of touching) if (walk.rule.coins.coin[walk.coinAt] === id) addTraced(told, walk, traced);
    if (traced.length === 0) continue;
    const { coin, account, value } = nameOf(names, id);
    to.push({ coin, account, asset, value: value ?? 0n, traced });
  }
  return to;
}

/** Adds what a rule traced to the coin that its walk stands at, and goes on to the next. */
function addTraced({ forward, labels }: Told, walk: RuleWalk, traced: Traced[]): void {
  const { coins, rule } = walk.rule;
  const row = walk.coinAt++;
  if (!forward && walk.ended.has(coins.coin[row]!)) return;
  for (let i = coins.start[row]!; i < coins.start[row + 1]!; i++) {
    const amount = forward ? receivedAt(walk, row, i) : coins.amount[i]!;
    if (amount !== null) traced.push(tracedOf(rule, labels[coins.label[i]!]!, BigInt(amount)));
  }
}
