import { nowhere } from "./account-columns.ts";
import { type Arrival, arrive, seedGiven, seedRest } from "./arrive-transfer.ts";
import { type AccountRun, borrow, hopsOut, isEndless, settleState, stateOf } from "./holding-state.ts";
import { type Brought, type Share, sumOf } from "./joint-matter.ts";
import { countMovement, giveToLink, type JointRun, type LinkRun, takeFromLink, weightOf } from "./joint-run.ts";
import { endAt, endByBudget, resumeFromStop } from "./joint-tally.ts";

/** A transfer as it is taken: backward its payer is who received. */
export interface Transfer {
  readonly id: number;
  readonly transaction: number;
  readonly units: bigint;
  readonly from: number;
  readonly to: number;
}

/** What a holding has paid, and how many hops from a seed that movement is. */
interface Paid<Bundle> {
  bundle: Bundle;
  readonly hops: number;
  /** Whether it goes back where it came from. */
  readonly isReturn: boolean;
}

/** Takes one transaction of an account ledger: its transfers, one after another. */
export function takeAccountTransaction<Bundle>(
  run: JointRun<Bundle>,
  at: AccountRun<Bundle>,
  transaction: number,
): void {
  const { txFirstTransfer } = at.columns;
  const order = run.plans.orders[at.number]!.get(transaction);
  const first = txFirstTransfer[transaction]!;
  const count = txFirstTransfer[transaction + 1]! - first;
  for (let n = 0; n < count; n++) {
    const place = run.forward ? n : count - 1 - n;
    const id = order === undefined ? first + place : order[place]!;
    const units = at.amountOf(id);
    if (units === 0n || moveUntouched(run, at, id, units)) continue;
    takeTransfer(run, at, { id, transaction, units, from: at.payer[id]!, to: at.payee[id]! });
  }
}

/** Most transfers touch nothing that is traced: only the balances change. */
function moveUntouched<Bundle>(run: JointRun<Bundle>, at: AccountRun<Bundle>, id: number, units: bigint): boolean {
  const { balances, isTouched } = at;
  const from = at.payer[id]!;
  const to = at.payee[id]!;
  if ((at.isSpecial[id >>> 5]! >>> (id & 31)) & 1) return false;
  if ((from !== nowhere && isTouched[from] === 1) || (to !== nowhere && isTouched[to] === 1)) return false;
  if (run.request.throughDebt) {
    if (from !== nowhere && balances[from]! < units) return false;
    if (to !== nowhere && balances[to]! < 0n) return false;
  }
  if (from !== nowhere) balances[from] = balanceAfter(at, from, units);
  if (to !== nowhere) balances[to]! += units;
  return true;
}

/** Where the opening is not known, what a debit lacks (after a link's target was paid) had been there before, too. */
function balanceAfter<Bundle>({ balances, start }: AccountRun<Bundle>, holding: number, units: bigint): bigint {
  const after = balances[holding]! - units;
  return after < 0n && !start.isKnown(holding) ? 0n : after;
}

function takeTransfer<Bundle>(run: JointRun<Bundle>, at: AccountRun<Bundle>, transfer: Transfer): void {
  const place = run.plans.places[at.number]!.get(transfer.id);
  const link = place === undefined ? undefined : run.links[place.link];
  if (place !== undefined && link !== undefined) {
    if (place.side === "from") giveTransfer(run, at, transfer, link, place.index);
    else if (!bringTransfer(run, at, transfer, link, place.index)) takeOrdinary(run, at, transfer);
  } else takeOrdinary(run, at, transfer);
}

function takeOrdinary<Bundle>(run: JointRun<Bundle>, at: AccountRun<Bundle>, transfer: Transfer): void {
  const { matter } = run;
  const paid = pay(run, at, transfer, transfer.units);
  follow(run, at, transfer, paid);
  const { bundle, hops } = paid;
  if (transfer.to !== nowhere) {
    arrive(run, at, transfer, { bundle, isReturn: paid.isReturn, arrivals: arrivalOf(run, at, transfer, paid) });
  } else if (matter.isTraced(bundle)) cease(run, at, transfer, matter.sharesOf(bundle), hops);
}

/** What a holding brings to another; nothing where nothing of it is traced. */
function arrivalOf<Bundle>(
  { matter }: JointRun<Bundle>,
  at: AccountRun<Bundle>,
  { from }: Transfer,
  { bundle, hops }: Paid<Bundle>,
): Arrival[] {
  if (!matter.isTraced(bundle)) return [];
  return [{ shares: matter.sharesOf(bundle), hops, link: null, from: [{ part: at.number, id: from }] }];
}

/** Takes units out of the payer. */
function pay<Bundle>(run: JointRun<Bundle>, at: AccountRun<Bundle>, transfer: Transfer, units: bigint): Paid<Bundle> {
  const { matter, request } = run;
  const { from, to, transaction } = transfer;
  const none = Number.POSITIVE_INFINITY;
  if (from === nowhere) return { bundle: matter.clean(units), hops: none, isReturn: false };
  const endless = isEndless(at, from);
  const balance = at.balances[from]!;
  const has = balance > 0n ? balance : 0n;
  if (request.throughDebt && units > has && at.start.isKnown(from)) borrow(at, from, units - has, to);
  const brought = listBrought(run, at, transfer.id);
  // What comes back from a stop needs a holding to come out of, also where that is clean.
  const state = brought.length > 0 ? stateOf(at, matter, from) : at.states.get(from);
  let hops = hopsOut(state, transaction);
  let bundle: Bundle;
  if (state === undefined) bundle = matter.clean(units);
  else if (brought.length === 0) bundle = matter.take(state.content, units, endless);
  else {
    const ends = brought.filter(({ stopped }) => stopped !== null);
    const back = matter.takeBack(state.content, { brought, units, mayReturn: at.returnable.has(transfer.id) }, endless);
    bundle = back.bundle;
    if (back.stopped.length > 0) {
      resumeFromStop(run.tally, at.number, from, back.stopped);
      const isAllOfIt = sumOf(matter.sharesOf(bundle)).amount === sumOf(back.stopped).amount;
      hops = Math.min(isAllOfIt ? Number.POSITIVE_INFINITY : hops, ...ends.map((one) => hopsSince(one, transaction)));
    }
  }
  at.balances[from] = balanceAfter(at, from, units);
  settleState(at, matter, from);
  return { bundle, hops, isReturn: brought.length > 0 };
}

function hopsSince<Bundle>({ hops, transaction }: Brought<Bundle>, now: number): number {
  return transaction === now ? hops : hops + 1;
}

/** What the transfers that this one returns had brought; nothing where it is an ordinary transfer. */
function listBrought<Bundle>(run: JointRun<Bundle>, at: AccountRun<Bundle>, transfer: number): Brought<Bundle>[] {
  if (run.tally.rule === "poison") return [];
  return (at.returns.get(transfer) ?? []).flatMap((first) => at.brought.get(first) ?? []);
}

/** Ends what is a fee, or what a budget holds back, and lets clean units go on in its place. */
function follow<Bundle>(run: JointRun<Bundle>, at: AccountRun<Bundle>, transfer: Transfer, paid: Paid<Bundle>): void {
  const { matter, tally, request } = run;
  if (!matter.isTraced(paid.bundle)) return;
  const shares = matter.sharesOf(paid.bundle);
  if (at.columns.transferIsFee[transfer.id] === 1 && (!request.followFees || transfer.to === nowhere)) {
    endAt(tally, at.number, null, "fee", shares);
    countMovement(run);
    noteMove(run, at, transfer, shares, paid.hops);
  } else {
    const isBurnt = transfer.to === nowhere && !run.plans.places[at.number]!.has(transfer.id);
    const reason = isBurnt ? null : budgetMet(run, shares, paid.hops);
    if (reason === null) {
      countMovement(run);
      return;
    }
    endByBudget(tally, transfer.from, reason, shares, { part: at.number, transfer: transfer.id, output: null });
  }
  paid.bundle = matter.stripped(paid.bundle);
}

/** The budget that holds traced value back; null where it goes on. */
function budgetMet<Bundle>(run: JointRun<Bundle>, shares: readonly Share[], hops: number) {
  if (weightOf(run, shares) < run.min) return "min";
  if (hops > run.hopsMax) return "hops";
  return run.isCounted || run.movements < run.movementsMax ? null : "movements";
}

/** Value that ceases: burnt, or backward not made yet. */
function cease<Bundle>(
  run: JointRun<Bundle>,
  at: AccountRun<Bundle>,
  transfer: Transfer,
  shares: readonly Share[],
  hops: number,
): void {
  endCeased(run, at, transfer, shares);
  noteMove(run, at, transfer, shares, hops);
}

function endCeased<Bundle>(
  { tally, forward }: JointRun<Bundle>,
  { number }: AccountRun<Bundle>,
  { from }: Transfer,
  shares: readonly Share[],
): void {
  endAt(tally, number, from, forward ? "burnt" : "minted", shares);
}

function noteMove<Bundle>(
  { tally }: JointRun<Bundle>,
  { number: part }: AccountRun<Bundle>,
  { id, transaction, from, units }: Transfer,
  traced: readonly Share[],
  hops: number,
): void {
  const places = [{ part, id: from }];
  tally.moves.push({ part, transaction, transfer: id, link: null, hops, from: places, to: null, value: units, traced });
}

/**
 * A source of a link: its first units go into the link, and as many clean ones to the payee; the rest as ever. What is
 * seeded at the transfer is labelled before the link takes it.
 */
function giveTransfer<Bundle>(
  run: JointRun<Bundle>,
  at: AccountRun<Bundle>,
  transfer: Transfer,
  link: LinkRun<Bundle>,
  index: number,
): void {
  const { matter } = run;
  const units = link.plan.from[index]!.units;
  const paid = pay(run, at, transfer, transfer.units);
  follow(run, at, transfer, paid);
  const { hops } = paid;
  const given = matter.takeFirst(paid.bundle, units);
  const place = { part: at.number, id: transfer.from };
  const from = matter.isTraced(given) ? [place] : [];
  const isSeed = seedGiven(run, at, transfer, given);
  // A seed stands where its transfer brings it, also where a link takes it on at once; what is burnt, where it was.
  if (isSeed) from.push({ part: at.number, id: transfer.to === nowhere ? transfer.from : transfer.to });
  giveToLink(run, link, index, { bundle: given, hops: isSeed ? 1 : hops, place, from });
  if (transfer.to !== nowhere) {
    const arrivals = arrivalOf(run, at, transfer, paid);
    arrive(run, at, transfer, { bundle: paid.bundle, gone: units, isReturn: false, arrivals });
    return;
  }
  // A seed moves nothing, also where it ceases.
  if (matter.isTraced(paid.bundle)) noteMove(run, at, transfer, matter.sharesOf(paid.bundle), hops);
  seedRest(run, at, transfer, paid.bundle);
  if (matter.isTraced(paid.bundle)) endCeased(run, at, transfer, matter.sharesOf(paid.bundle));
}

/**
 * A target of a link: its payee gets what the link brings, its payer pays clean value as far as there is any. Backward
 * a part of it may be an ordinary transfer. False where the link is out of order.
 */
function bringTransfer<Bundle>(
  run: JointRun<Bundle>,
  at: AccountRun<Bundle>,
  transfer: Transfer,
  link: LinkRun<Bundle>,
  index: number,
): boolean {
  const { matter } = run;
  const to = link.plan.to[index]!;
  const brought = takeFromLink(run, link, to);
  if (brought === null) return false;
  const arrivals: Arrival[] = [];
  let bundle: Bundle = brought;
  if (matter.isTraced(brought)) {
    const { hops, plan, givers } = link;
    arrivals.push({ shares: matter.sharesOf(brought), hops, link: plan.number, from: givers });
  }
  if (transfer.units > to.units) {
    const rest = pay(run, at, transfer, transfer.units - to.units);
    follow(run, at, transfer, rest);
    arrivals.unshift(...arrivalOf(run, at, transfer, rest));
    bundle = matter.join(rest.bundle, brought);
  }
  if (transfer.from !== nowhere) payClean(run, at, transfer.from, to.units);
  if (arrivals.length > 0) countMovement(run);
  arrive(run, at, transfer, { bundle, isReturn: false, arrivals });
  return true;
}

/** What a link's target takes from its payer: clean units. What is missing had been there before. */
function payClean<Bundle>(run: JointRun<Bundle>, at: AccountRun<Bundle>, holding: number, units: bigint): void {
  const { matter } = run;
  const state = at.states.get(holding);
  const balance = at.balances[holding]!;
  const free = balance - (state === undefined ? 0n : matter.tracedOf(state.content));
  const paid = free > 0n ? (free < units ? free : units) : 0n;
  const endless = isEndless(at, holding);
  if (state !== undefined) matter.payClean(state.content, endless ? units : paid, endless);
  at.balances[holding] = balance - paid;
}
