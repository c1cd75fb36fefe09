import { type CoinColumns, heightNotKnown, spenderMin, spentElsewhere, unspent, valueNotKnown } from "./columns.ts";
import type { CoinPart, JointRequest } from "./joint-request.ts";
import { type JointRun, weightOf } from "./joint-run.ts";
import type { JointEndReason } from "./joint-trace.ts";

/** A coin that holds traced value. */
export interface CoinState<Bundle> {
  content: Bundle;
  /** The fewest transactions from a seed; 0 for a seed. */
  distance: number;
}

/** A fee that is followed into its coinbase (backward: out of it). */
export interface FeeState<Bundle> {
  readonly content: Bundle;
  readonly distance: number;
}

/** One coin ledger under one rule. */
export interface CoinRun<Bundle> {
  readonly number: number;
  readonly part: CoinPart;
  readonly columns: CoinColumns;
  readonly states: Map<number, CoinState<Bundle>>;
  /** [ceil(outputCount / 32)] Coins with a state or a part in a link: all others cost a bit each. */
  readonly isTouched: Uint32Array;
  readonly fees: Map<number, FeeState<Bundle>>;
  readonly seedsAt: ReadonlyMap<number, readonly number[]>;
  /** Whether the amounts that a transaction takes are known, where that was asked. */
  readonly areInputsKnown: Map<number, boolean>;
}

export function createCoinRun<Bundle>(
  request: JointRequest,
  number: number,
  linked: ReadonlyMap<number, unknown>,
): CoinRun<Bundle> {
  const part = request.parts[number]!;
  if (part.kind !== "coin") throw new RangeError(`part ${number} is not a coin ledger`);
  const { columns } = part;
  const isTouched = new Uint32Array(Math.ceil(columns.outputCount / 32));
  for (const id of linked.keys()) isTouched[id >>> 5]! |= 1 << (id & 31);
  const seedsAt = new Map<number, number[]>();
  request.seeds.forEach(({ part: of, at }, n) => {
    if (of !== number || at.kind !== "coin") return;
    seedsAt.set(at.output, [...(seedsAt.get(at.output) ?? []), n]);
    isTouched[at.output >>> 5]! |= 1 << (at.output & 31);
  });
  const areInputsKnown = new Map<number, boolean>();
  return { number, part, columns, states: new Map(), isTouched, fees: new Map(), seedsAt, areInputsKnown };
}

export function touch<Bundle>({ isTouched }: CoinRun<Bundle>, coin: number): void {
  isTouched[coin >>> 5]! |= 1 << (coin & 31);
}

export function isTouched<Bundle>(at: CoinRun<Bundle>, coin: number): boolean {
  return ((at.isTouched[coin >>> 5]! >>> (coin & 31)) & 1) === 1;
}

/** Satoshi; null where not known. */
export function faceOf<Bundle>({ columns }: CoinRun<Bundle>, coin: number): bigint | null {
  const value = columns.outputValue[coin]!;
  return value === valueNotKnown ? null : BigInt(value);
}

export function sumOfInputs<Bundle>({ columns }: CoinRun<Bundle>, transaction: number): bigint | null {
  const { txFirstInput, inputOutput, outputValue } = columns;
  let sum = 0n;
  for (let i = txFirstInput[transaction]!; i < txFirstInput[transaction + 1]!; i++) {
    const value = outputValue[inputOutput[i]!]!;
    if (value === valueNotKnown) return null;
    sum += BigInt(value);
  }
  return sum;
}

export function sumOfOutputs<Bundle>({ columns }: CoinRun<Bundle>, transaction: number): bigint {
  const { txFirstOutput, outputValue } = columns;
  let sum = 0n;
  for (let o = txFirstOutput[transaction]!; o < txFirstOutput[transaction + 1]!; o++) sum += BigInt(outputValue[o]!);
  return sum;
}

/** What a transaction leaves to the miner; 0 where not known. */
export function feeOf<Bundle>(at: CoinRun<Bundle>, transaction: number): bigint {
  const taken = sumOfInputs(at, transaction);
  return taken === null ? 0n : taken - sumOfOutputs(at, transaction);
}

/** The coinbase that the fees of a transaction's block go to; null where they are not followed from here. */
export function coinbaseOf<Bundle>(request: JointRequest, { columns }: CoinRun<Bundle>, transaction: number) {
  const { txHeight, wholeBlocks } = columns;
  const height = txHeight[transaction]!;
  if (!request.followFees || !wholeBlocks || height === heightNotKnown) return null;
  return firstFrom(txHeight, height);
}

/** The first transaction of a height or a higher one. */
export function firstFrom(txHeight: Uint32Array, height: number): number {
  let low = 0;
  let high = txHeight.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (txHeight[middle]! < height) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Why a traced coin is not followed, asked in the order of `trace/request.ts`; null where it leads on. */
export function whyCoinEnds<Bundle>(
  run: JointRun<Bundle>,
  at: CoinRun<Bundle>,
  coin: number,
  state: CoinState<Bundle>,
): JointEndReason | null {
  const { columns, part } = at;
  const next = run.forward ? columns.outputSpender[coin]! : columns.outputTx[coin]!;
  const isStop = part.stops !== null && ((part.stops[coin >>> 5]! >>> (coin & 31)) & 1) === 1;
  if (isStop && !at.seedsAt.has(coin)) return "stop";
  if (run.forward && next === unspent) return "unspent";
  if (run.forward && next === spentElsewhere) return "spent-elsewhere";
  if (run.forward && next >= spenderMin) return "spend-not-known";
  if (!run.forward && next >= columns.transactionCount) return "maker-absent";
  if (!run.forward && isCoinbase(columns, next) && coinbaseOf(run.request, at, next) === null) return "coinbase";
  if (run.tally.rule !== "poison" && !knowsInputs(at, next)) return "amounts-not-known";
  const { stopHeight } = part;
  const height = columns.txHeight[next]!;
  if (stopHeight !== null && (run.forward ? height > stopHeight : height < stopHeight)) return "stop-height";
  return whyHeldBack(run, state);
}

/** Of the budgets that can be asked of one coin or fee. */
export function whyHeldBack<Bundle>(run: JointRun<Bundle>, { content, distance }: FeeState<Bundle>) {
  if (weightOf(run, run.matter.sharesOf(content)) < run.min) return "min";
  return distance >= run.hopsMax ? "hops" : null;
}

export function isCoinbase({ txFirstInput }: CoinColumns, transaction: number): boolean {
  return txFirstInput[transaction] === txFirstInput[transaction + 1];
}

function knowsInputs<Bundle>(at: CoinRun<Bundle>, transaction: number): boolean {
  const known = at.areInputsKnown.get(transaction) ?? sumOfInputs(at, transaction) !== null;
  at.areInputsKnown.set(transaction, known);
  return known;
}
