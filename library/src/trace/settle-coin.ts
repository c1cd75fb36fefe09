import { type CoinRun, faceOf, touch, whyCoinEnds } from "./coin-state.ts";
import { spenderMin } from "./columns.ts";
import { countMovement, giveToLink, type JointRun, type LinkRun, takeFromLink } from "./joint-run.ts";
import { endAt, endByBudget } from "./joint-tally.ts";

/** Seeds of coins that no transaction of the ledger brings in the trail's direction. */
export function startCoins<Bundle>(run: JointRun<Bundle>, at: CoinRun<Bundle>): void {
  const along = run.forward ? at.columns.outputTx : at.columns.outputSpender;
  for (const coin of at.seedsAt.keys()) if (along[coin]! >= spenderMin) seedCoin(run, at, coin);
}

/** Links at coins that no transaction of the ledger makes: at the start forward, at the end backward. */
export function linkStrangers<Bundle>(run: JointRun<Bundle>, at: CoinRun<Bundle>): void {
  const strangers = [...run.plans.places[at.number]!].filter(([coin]) => at.columns.outputTx[coin]! >= spenderMin);
  for (const wanted of ["from", "to"]) {
    for (const [coin, { side }] of strangers) if (side === wanted) linkCoin(run, at, coin);
  }
  for (const coin of [...at.states.keys()]) if (at.columns.outputTx[coin]! >= spenderMin) endSettled(run, at, coin);
}

/** Seeds a coin, in the order given: only what traced value has not reached already. */
export function seedCoin<Bundle>(
  { request, matter, tally }: JointRun<Bundle>,
  at: CoinRun<Bundle>,
  coin: number,
): void {
  const seeds = at.seedsAt.get(coin);
  if (seeds === undefined) return;
  const value = faceOf(at, coin) ?? 0n;
  const state = at.states.get(coin) ?? { content: matter.clean(value), distance: 0 };
  for (const n of seeds) {
    const { amount, label } = request.seeds[n]!;
    const first = amount ?? value;
    const seeded = matter.seed(state.content, first, label, false);
    tally.seeded[label]! += tally.rule === "poison" ? first : seeded;
  }
  if (!matter.isTraced(state.content)) return;
  at.states.set(coin, { content: state.content, distance: 0 });
  touch(at, coin);
}

/** Ends a coin that does not lead on, now that all that it holds is there. */
export function endSettled<Bundle>(run: JointRun<Bundle>, at: CoinRun<Bundle>, coin: number): void {
  const state = at.states.get(coin);
  if (state === undefined) return;
  const reason = whyCoinEnds(run, at, coin, state);
  if (reason === null) return;
  at.states.delete(coin);
  const shares = run.matter.sharesOf(state.content);
  if (reason === "min" || reason === "hops") {
    endByBudget(run.tally, coin, reason, shares, { part: at.number, transfer: null, output: coin });
  } else endAt(run.tally, at.number, coin, reason, shares);
}

/** Takes a coin's units into its link, or lays the link's over them. */
export function linkCoin<Bundle>(run: JointRun<Bundle>, at: CoinRun<Bundle>, coin: number): void {
  const place = run.plans.places[at.number]!.get(coin)!;
  const link = run.links[place.link]!;
  if (place.side === "from") giveCoin(run, at, coin, link, place.index);
  else layOnCoin(run, at, coin, link, place.index);
}

/** What is traced of the coin's first units goes into the link; clean units take its place. */
function giveCoin<Bundle>(
  run: JointRun<Bundle>,
  at: CoinRun<Bundle>,
  coin: number,
  link: LinkRun<Bundle>,
  index: number,
): void {
  const { matter, forward } = run;
  const { units } = link.plan.from[index]!;
  const state = at.states.get(coin);
  const content = state?.content ?? matter.clean(faceOf(at, coin)!);
  const given = matter.takeFirst(content, units);
  giveToLink(run, link, index, {
    // A coin keeps its order backward, and what moves between accounts is turned round.
    bundle: forward ? given : matter.reverse(given),
    place: { part: at.number, id: coin },
    hops: (state?.distance ?? Number.POSITIVE_INFINITY) + 1,
  });
  if (state === undefined) return;
  if (!matter.isTraced(content)) {
    at.states.delete(coin);
    return;
  }
  state.content = matter.clean(units);
  matter.add(state.content, content);
}

function layOnCoin<Bundle>(
  run: JointRun<Bundle>,
  at: CoinRun<Bundle>,
  coin: number,
  link: LinkRun<Bundle>,
  index: number,
): void {
  const { matter, tally, forward } = run;
  const brought = takeFromLink(run, link, link.plan.to[index]!);
  if (brought === null || !matter.isTraced(brought)) return;
  const value = faceOf(at, coin)!;
  const { outputTx, outputSpender, transactionCount } = at.columns;
  const maker = outputTx[coin]! < transactionCount ? outputTx[coin]! : outputSpender[coin]!;
  countMovement(run);
  tally.moves.push({
    part: at.number,
    transaction: maker < transactionCount ? maker : 0,
    transfer: null,
    link: link.plan.number,
    hops: link.hops,
    from: link.givers,
    to: { part: at.number, id: coin },
    value,
    traced: matter.sharesOf(brought),
  });
  const state = at.states.get(coin) ?? { content: matter.clean(value), distance: Number.POSITIVE_INFINITY };
  const left = matter.lay(state.content, forward ? brought : matter.reverse(brought), true, false);
  endAt(tally, at.number, coin, "link-overlap", left);
  if (!matter.isTraced(state.content)) return;
  state.distance = at.seedsAt.has(coin) ? 0 : Math.min(state.distance, link.hops);
  at.states.set(coin, state);
  touch(at, coin);
}
