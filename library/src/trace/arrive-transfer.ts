import { type AccountRun, isEndless, isStop, listDebts, noteArrival, settleState, stateOf } from "./holding-state.ts";
import { addShare, least, type Share } from "./joint-matter.ts";
import type { JointRun } from "./joint-run.ts";
import { endAt } from "./joint-tally.ts";
import type { JointPlace } from "./joint-trace.ts";
import type { Transfer } from "./take-transfer.ts";

/** Traced value that a transfer brings from one side: its payer, or a link. */
export interface Arrival {
  readonly shares: readonly Share[];
  readonly hops: number;
  readonly link: number | null;
  readonly from: readonly JointPlace[];
}

/** What comes to a holding. */
export interface Coming<Bundle> {
  readonly bundle: Bundle;
  /** Units of the transfer that a link took: as many clean ones come in front of the bundle. */
  readonly gone?: bigint;
  readonly isReturn: boolean;
  readonly arrivals: readonly Arrival[];
}

/** Lets what moves arrive: at a stop, as a seed, against a debt; and the rest stands there. */
export function arrive<Bundle>(
  run: JointRun<Bundle>,
  at: AccountRun<Bundle>,
  transfer: Transfer,
  { bundle: coming, gone = 0n, isReturn, arrivals }: Coming<Bundle>,
): void {
  const { matter, tally } = run;
  const { id, transaction, to, units } = transfer;
  for (const { shares, hops, link, from } of arrivals) {
    const place = { part: at.number, id: to };
    const move = { part: at.number, transaction, transfer: id, link, hops, from, to: place, value: units };
    tally.moves.push({ ...move, traced: shares });
  }
  let bundle = coming;
  let stopped: Bundle | null = null;
  if (!isReturn && isStop(at, to) && matter.isTraced(bundle)) {
    for (const { shares } of arrivals) endAt(tally, at.number, to, "stop", shares);
    stopped = bundle;
    bundle = matter.stripped(bundle);
  }
  let isSeed = false;
  if (gone > 0n) {
    isSeed = seedRest(run, at, transfer, bundle);
    bundle = matter.join(matter.clean(gone), bundle);
    if (stopped !== null) stopped = matter.join(matter.clean(gone), stopped);
  }
  const seeds = [...(gone > 0n ? [] : (at.seedsAt.get(id) ?? [])), ...(at.seedsOf.get(to) ?? [])];
  isSeed = seedArrival(run, at, seeds, bundle) || isSeed;
  const hops = Math.min(Number.POSITIVE_INFINITY, ...arrivals.map((one) => one.hops));
  const balance = at.balances[to]!;
  if (balance < 0n && !isEndless(at, to)) {
    const repaying = matter.takeRepaying(bundle, least(units, -balance));
    repay(run, at, transfer, repaying, isSeed ? 1 : hops);
  }
  const mayReturn = at.returnable.has(id);
  if (mayReturn || !isReturn) matter.remember(bundle, mayReturn ? id : null);
  if (mayReturn) {
    const put = matter.sharesOf(bundle);
    if (stopped !== null) for (const share of matter.sharesOf(stopped)) addShare(put, share);
    at.brought.set(id, { transfer: id, units, put, stopped, hops, transaction });
  }
  if (at.states.has(to) || matter.isWorthKeeping(bundle)) {
    const state = stateOf(at, matter, to);
    if (matter.isTraced(bundle))
      noteArrival(state, transaction, stopped === null ? hops : Number.POSITIVE_INFINITY, isSeed);
    if (isReturn) matter.addBack(state.content, bundle);
    else matter.add(state.content, bundle);
  }
  at.balances[to] = balance + units;
  settleState(at, matter, to);
}

/** Seeds at the transfer and of its payee, in the request's order. Whether there is one for any unit. */
function seedArrival<Bundle>(
  { matter, tally, forward }: JointRun<Bundle>,
  at: AccountRun<Bundle>,
  seeds: number[],
  bundle: Bundle,
): boolean {
  const units = matter.lengthOf(bundle);
  let isSeed = false;
  for (const n of seeds.sort((a, b) => a - b)) {
    const seed = at.seeds[n]!;
    const first = seed.left === null ? units : least(seed.left, units);
    if (first === 0n) continue;
    // Backward, what is first in the ledger's order comes last.
    const seeded = matter.seed(bundle, first, seed.label, !forward);
    tally.seeded[seed.label]! += seeded;
    // Also where all of it is traced already: as a seed's coin is no transaction away from itself.
    isSeed = true;
    if (seed.isHolding && seed.left !== null) seed.left -= first;
  }
  return isSeed;
}

/** Seeds at a transfer, in the units of it that a link takes. Whether there is one for any of them. */
export function seedGiven<Bundle>(
  run: JointRun<Bundle>,
  at: AccountRun<Bundle>,
  transfer: Transfer,
  given: Bundle,
): boolean {
  const { matter, forward } = run;
  const units = matter.lengthOf(given);
  // Forward its first units go over a link, backward its last ones.
  return seedPart(run, at, transfer, given, (amount) => (forward ? amount : amount - (transfer.units - units)));
}

/** Seeds at a transfer, in the units of it that its link leaves. Whether there is one for any of them. */
export function seedRest<Bundle>(
  run: JointRun<Bundle>,
  at: AccountRun<Bundle>,
  transfer: Transfer,
  rest: Bundle,
): boolean {
  const { matter, forward } = run;
  const units = matter.lengthOf(rest);
  return seedPart(run, at, transfer, rest, (amount) => (forward ? amount - (transfer.units - units) : amount));
}

/** `wantedOf`: how many units of the part a seed's amount comes to; below zero none, above the part all of it. */
function seedPart<Bundle>(
  { matter, tally, forward }: JointRun<Bundle>,
  at: AccountRun<Bundle>,
  { id, units }: Transfer,
  part: Bundle,
  wantedOf: (amount: bigint) => bigint,
): boolean {
  const length = matter.lengthOf(part);
  if (length === 0n) return false;
  let isSeed = false;
  for (const n of at.seedsAt.get(id) ?? []) {
    const { left, label } = at.seeds[n]!;
    // Poison knows no first units: all of a movement is flagged.
    const wanted = tally.rule === "poison" ? length : least(wantedOf(left ?? units), length);
    if (wanted <= 0n) continue;
    tally.seeded[label]! += matter.seed(part, wanted, label, !forward);
    isSeed = true;
  }
  return isSeed;
}

/** Seeds of kind `holding` begin with what stands there. */
export function seedOpenings<Bundle>({ matter, tally, forward }: JointRun<Bundle>, at: AccountRun<Bundle>): void {
  for (const [holding, seeds] of at.seedsOf) {
    const balance = at.balances[holding]!;
    if (balance <= 0n) continue;
    const state = stateOf(at, matter, holding);
    for (const n of seeds) {
      const seed = at.seeds[n]!;
      const first = seed.left === null ? balance : least(seed.left, balance);
      if (first === 0n) continue;
      tally.seeded[seed.label]! += matter.seed(state.content, first, seed.label, !forward);
      if (seed.left !== null) seed.left -= first;
    }
    state.hopsBefore = 0;
  }
}

/**
 * What repays a debt ends there: the holder has nothing for it that could be followed (Bishopsgate v Homan, 1995). On
 * request it is laid over what the debt had bought (Brazil v Durant, 2015), oldest debit first.
 */
function repay<Bundle>(
  run: JointRun<Bundle>,
  at: AccountRun<Bundle>,
  transfer: Transfer,
  repaying: Bundle,
  hops: number,
): void {
  const { matter, tally, request } = run;
  const { to } = transfer;
  if (!request.throughDebt) {
    if (matter.isTraced(repaying)) endAt(tally, at.number, to, "debt", matter.sharesOf(repaying));
    return;
  }
  const debts = listDebts(at, to);
  while (matter.lengthOf(repaying) > 0n && debts.length > 0) {
    const debt = debts[0]!;
    const units = least(debt.units, matter.lengthOf(repaying));
    const piece = matter.takeFirst(repaying, units);
    debt.units -= units;
    if (debt.units === 0n) debts.shift();
    if (matter.isTraced(piece)) layThrough(run, at, transfer, { piece, units, receiver: debt.receiver, hops });
  }
}

function layThrough<Bundle>(
  run: JointRun<Bundle>,
  at: AccountRun<Bundle>,
  { id, transaction, to }: Transfer,
  { piece, units, receiver, hops }: { piece: Bundle; units: bigint; receiver: number | null; hops: number },
): void {
  const { matter, tally } = run;
  const part = at.number;
  const shares = matter.sharesOf(piece);
  let left: Share[] = shares;
  let laid: Share[] = [];
  if (receiver !== null && isStop(at, receiver)) {
    endAt(tally, part, receiver, "stop", shares);
    laid = shares;
    left = [];
  } else if (receiver !== null) {
    const state = stateOf(at, matter, receiver);
    left = matter.lay(state.content, piece, false, isEndless(at, receiver));
    laid = without(shares, left);
    if (laid.length > 0) noteArrival(state, transaction, hops, false);
    settleState(at, matter, receiver);
  }
  endAt(tally, part, to, "debt", left);
  if (laid.length === 0) return;
  const places = { from: [{ part, id: to }], to: { part, id: receiver! } };
  tally.moves.push({ part, transaction, transfer: id, link: null, hops, ...places, value: units, traced: laid });
}

function without(shares: readonly Share[], left: readonly Share[]): Share[] {
  return shares
    .map((share) => {
      const rest = left.find(({ label }) => label === share.label);
      if (rest === undefined) return share;
      return { label: share.label, amount: share.amount - rest.amount, stolen: share.stolen - rest.stolen };
    })
    .filter(({ amount, stolen }) => amount > 0n || stolen > 0n);
}
