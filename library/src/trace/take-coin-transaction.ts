import { CoinColumnsError, SubsidyError } from "../errors/trace.ts";
import {
  type CoinRun,
  coinbaseOf,
  faceOf,
  feeOf,
  firstFrom,
  isCoinbase,
  isTouched,
  sumOfInputs,
  sumOfOutputs,
  touch,
  whyHeldBack,
} from "./coin-state.ts";
import type { Share } from "./joint-matter.ts";
import { countMovement, type JointRun } from "./joint-run.ts";
import { endAt, endByBudget } from "./joint-tally.ts";
import type { JointPlace } from "./joint-trace.ts";
import { endSettled, linkCoin, seedCoin } from "./settle-coin.ts";

/** One place in the queue of inputs or outputs: a coin, the fee of a transaction, or the subsidy. */
type Slot =
  | { readonly kind: "coin"; readonly coin: number; readonly value: bigint }
  | { readonly kind: "fee"; readonly of: number; readonly value: bigint }
  | { readonly kind: "subsidy"; readonly value: bigint };

/** A transaction on its way. */
interface Moving {
  readonly transaction: number;
  readonly coinbase: number | null;
  readonly hops: number;
  readonly from: readonly JointPlace[];
}

/** Takes one transaction of a coin ledger, by the physics of `request.ts`. */
export function takeCoinTransaction<Bundle>(run: JointRun<Bundle>, at: CoinRun<Bundle>, transaction: number): void {
  const { txFirstInput, inputOutput } = at.columns;
  const places = run.plans.places[at.number]!;
  const sideOf = (coin: number) => places.get(coin)?.side;
  if (run.forward) {
    move(run, at, transaction);
    const made = listTouched(at, transaction);
    for (const coin of made) {
      if (sideOf(coin) === "to") continue;
      seedCoin(run, at, coin);
      if (sideOf(coin) === "from") linkCoin(run, at, coin);
    }
    for (const coin of made) {
      if (sideOf(coin) !== "to") continue;
      linkCoin(run, at, coin);
      seedCoin(run, at, coin);
    }
    for (const coin of made) endSettled(run, at, coin);
    return;
  }
  const made = listTouched(at, transaction);
  for (const side of ["from", "to"]) for (const coin of made) if (sideOf(coin) === side) linkCoin(run, at, coin);
  for (const coin of made) endSettled(run, at, coin);
  move(run, at, transaction);
  for (let i = txFirstInput[transaction]!; i < txFirstInput[transaction + 1]!; i++) {
    seedCoin(run, at, inputOutput[i]!);
  }
}

function listTouched<Bundle>(at: CoinRun<Bundle>, transaction: number): number[] {
  const { txFirstOutput } = at.columns;
  const touched: number[] = [];
  for (let o = txFirstOutput[transaction]!; o < txFirstOutput[transaction + 1]!; o++) {
    if (isTouched(at, o)) touched.push(o);
  }
  return touched;
}

/** Takes what is traced from one side of a transaction to the other. */
function move<Bundle>(run: JointRun<Bundle>, at: CoinRun<Bundle>, transaction: number): void {
  if (!isReached(run, at, transaction)) return;
  const { matter, forward } = run;
  const coinbase = coinbaseOf(run.request, at, transaction);
  const [inputs, outputs] = listSlots(at, transaction, coinbase);
  const [sources, targets] = forward ? [inputs, outputs] : [outputs, inputs];
  let hops = Number.POSITIVE_INFINITY;
  const from: JointPlace[] = [];
  const leading: Slot[] = [];
  const queue = sources.map((slot): Bundle => {
    const state =
      slot.kind === "coin" ? at.states.get(slot.coin) : slot.kind === "fee" ? at.fees.get(slot.of) : undefined;
    if (state === undefined) return matter.clean(slot.value);
    leading.push(slot);
    hops = Math.min(hops, state.distance + 1);
    if (slot.kind === "coin") from.push({ part: at.number, id: slot.coin });
    return state.content;
  });
  const isOverBudget = !run.isCounted && run.movements >= run.movementsMax;
  if (isOverBudget) endLeading(run, at, transaction, leading);
  for (const slot of leading) {
    if (slot.kind === "coin") at.states.delete(slot.coin);
    else if (slot.kind === "fee") at.fees.delete(slot.of);
  }
  if (isOverBudget || leading.length === 0) return;
  countMovement(run);
  const held = queue.map((bundle) => (matter.isTraced(bundle) ? matter.sharesOf(bundle) : []));
  const filled = matter.fill(
    queue,
    targets.map(({ value }) => value),
  );
  const moving: Moving = { transaction, coinbase, hops, from };
  // Before the targets hold what may share its shape with it.
  if (!forward && coinbase === transaction) mine(run, at, sources, held, filled[0]!);
  if (!forward && coinbase !== transaction && run.tally.rule === "poison") {
    // Nobody could say that a fee came from it, so this is no movement; but an upper bound counts it.
    const [fee] = matter.fill(queue, [feeOf(at, transaction)]);
    if (matter.lengthOf(fee!) > 0n) endAt(run.tally, at.number, null, "fee", matter.sharesOf(fee!));
  }
  targets.forEach((slot, n) => {
    const bundle = filled[n]!;
    if (!matter.isTraced(bundle)) return;
    if (slot.kind === "coin") putCoin(run, at, moving, slot.coin, bundle);
    else if (slot.kind === "fee" && slot.value > 0n) putFee(run, at, moving, slot.of, bundle);
  });
}

/** Whether anything that leads on stands at the beginning of a transaction. */
function isReached<Bundle>({ forward, request }: JointRun<Bundle>, at: CoinRun<Bundle>, transaction: number): boolean {
  const { txFirstInput, txFirstOutput, inputOutput } = at.columns;
  if (at.fees.size > 0 && (forward ? coinbaseOf(request, at, transaction) === transaction : at.fees.has(transaction))) {
    return true;
  }
  if (at.states.size === 0) return false;
  if (forward) {
    for (let i = txFirstInput[transaction]!; i < txFirstInput[transaction + 1]!; i++) {
      const coin = inputOutput[i]!;
      if (isTouched(at, coin) && at.states.has(coin)) return true;
    }
    return false;
  }
  for (let o = txFirstOutput[transaction]!; o < txFirstOutput[transaction + 1]!; o++) {
    if (isTouched(at, o) && at.states.has(o)) return true;
  }
  return false;
}

/** Input and output side of a transaction, as queues. */
function listSlots<Bundle>(at: CoinRun<Bundle>, transaction: number, coinbase: number | null): [Slot[], Slot[]] {
  const { txFirstOutput, txFirstInput, inputOutput, txHeight } = at.columns;
  const coin = (id: number): Slot => ({ kind: "coin", coin: id, value: faceOf(at, id) ?? 0n });
  const outputs: Slot[] = [];
  for (let o = txFirstOutput[transaction]!; o < txFirstOutput[transaction + 1]!; o++) outputs.push(coin(o));
  const inputs: Slot[] = [];
  const paid = sumOfOutputs(at, transaction);
  let fee: bigint;
  if (coinbase === transaction) {
    if (!isCoinbase(at.columns, transaction)) {
      throw new CoinColumnsError({ transaction, why: "it is the first of its block and not a coinbase" });
    }
    const height = txHeight[transaction]!;
    const subsidy = at.part.subsidyAt(height);
    if (!(Number.isSafeInteger(subsidy) && subsidy >= 0)) {
      throw new SubsidyError({ height, subsidy, why: "it is not a whole number from 0 on" });
    }
    inputs.push({ kind: "subsidy", value: BigInt(subsidy) });
    let claimable = BigInt(subsidy);
    for (let t = coinbase + 1; t < firstFrom(txHeight, height + 1); t++) {
      const value = feeOf(at, t);
      claimable += value;
      inputs.push({ kind: "fee", of: t, value });
    }
    fee = claimable - paid;
    if (fee < 0n) throw new SubsidyError({ height, subsidy, why: "the coinbase pays out more than that and the fees" });
  } else {
    for (let i = txFirstInput[transaction]!; i < txFirstInput[transaction + 1]!; i++)
      inputs.push(coin(inputOutput[i]!));
    const taken = sumOfInputs(at, transaction);
    fee = taken === null ? 0n : taken - paid;
    if (fee < 0n) throw new CoinColumnsError({ transaction, why: "it pays more than it takes" });
  }
  outputs.push({ kind: "fee", of: transaction, value: fee });
  return [inputs, outputs];
}

/** The budget of movements is used up: what would have led through this transaction ends before it. */
function endLeading<Bundle>(
  run: JointRun<Bundle>,
  at: CoinRun<Bundle>,
  transaction: number,
  leading: readonly Slot[],
): void {
  for (const slot of leading) {
    const state = slot.kind === "coin" ? at.states.get(slot.coin)! : at.fees.get(slot.kind === "fee" ? slot.of : -1)!;
    const place = slot.kind === "coin" ? slot.coin : null;
    const output = slot.kind === "coin" ? slot.coin : beyond(run, at, transaction);
    const next = { part: at.number, transfer: null, output };
    endByBudget(run.tally, place, "movements", run.matter.sharesOf(state.content), next);
  }
}

/** The first coin beyond a fee that leads to a transaction: forward of the coinbase, backward of who paid it. */
function beyond<Bundle>({ forward }: JointRun<Bundle>, { columns }: CoinRun<Bundle>, transaction: number): number {
  if (forward) return columns.txFirstOutput[transaction]!;
  return columns.inputOutput[columns.txFirstInput[transaction]!]!;
}

function putCoin<Bundle>(
  run: JointRun<Bundle>,
  at: CoinRun<Bundle>,
  { transaction, hops, from }: Moving,
  coin: number,
  content: Bundle,
): void {
  at.states.set(coin, { content, distance: at.seedsAt.has(coin) ? 0 : hops });
  touch(at, coin);
  run.tally.moves.push({
    part: at.number,
    transaction,
    transfer: null,
    link: null,
    hops,
    from,
    to: { part: at.number, id: coin },
    value: faceOf(at, coin) ?? 0n,
    traced: run.matter.sharesOf(content),
  });
}

/** A fee ends where it is paid, or leads on to its coinbase (backward: to who paid it). */
function putFee<Bundle>(run: JointRun<Bundle>, at: CoinRun<Bundle>, moving: Moving, of: number, content: Bundle): void {
  const { transaction, coinbase, hops } = moving;
  if (run.forward && (coinbase === null || coinbase === transaction)) {
    endFee(run, at, moving, content, coinbase === null ? "fee" : "unclaimed");
    return;
  }
  const state = { content, distance: hops };
  const why = whyHeldBack(run, state);
  if (why === null) {
    at.fees.set(of, state);
    return;
  }
  const next = { part: at.number, transfer: null, output: beyond(run, at, run.forward ? coinbase! : of) };
  endByBudget(run.tally, null, why, run.matter.sharesOf(content), next);
}

function endFee<Bundle>(
  { matter, tally }: JointRun<Bundle>,
  { number: part }: CoinRun<Bundle>,
  { transaction, hops, from }: Moving,
  content: Bundle,
  reason: "fee" | "unclaimed",
): void {
  const value = matter.lengthOf(content);
  if (value === 0n) return;
  const traced = matter.sharesOf(content);
  endAt(tally, part, null, reason, traced);
  tally.moves.push({ part, transaction, transfer: null, link: null, hops, from, to: null, value, traced });
}

/** Backward: the subsidy's part of a coinbase was made there. */
function mine<Bundle>(
  { matter, tally }: JointRun<Bundle>,
  at: CoinRun<Bundle>,
  sources: readonly Slot[],
  held: readonly Share[][],
  subsidy: Bundle,
): void {
  const values = sources.map(({ value }) => value);
  matter.sourcesOfFirst(held, values, subsidy).forEach((shares, n) => {
    const slot = sources[n]!;
    if (slot.kind === "coin") endAt(tally, at.number, slot.coin, "coinbase", shares);
  });
}
