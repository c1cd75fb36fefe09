import { addShare, type Matter, type Share } from "./joint-matter.ts";
import type { JointRequest } from "./joint-request.ts";
import { endAt, type Tally } from "./joint-tally.ts";
import type { JointPlace } from "./joint-trace.ts";
import type { LinkMember, LinkPlan, LinkPlans } from "./plan-links.ts";

/** One rule on its way through all parts of a request. */
export interface JointRun<Bundle> {
  readonly request: JointRequest;
  readonly forward: boolean;
  readonly matter: Matter<Bundle>;
  readonly tally: Tally;
  readonly plans: LinkPlans;
  readonly links: readonly LinkRun<Bundle>[];
  readonly min: bigint;
  readonly hopsMax: number;
  readonly movementsMax: number;
  movements: number;
  /** Whether the transaction that is taken is one of {@link movements}. */
  isCounted: boolean;
}

/** What a link has taken in and not given out. */
export interface LinkRun<Bundle> {
  readonly plan: LinkPlan;
  /** [from] What each source gave. */
  readonly buffer: (Bundle | null)[];
  /** Sources that were not taken yet. */
  waiting: number;
  /** Sources before this place are taken. */
  taken: number;
  /** What the targets take from, once the first has come. */
  pool: Bundle | null;
  /** A target came before a source of another transaction: nothing goes over it any more. */
  isOutOfOrder: boolean;
  hops: number;
  /** Who gave traced value. */
  readonly givers: JointPlace[];
  readonly carried: Share[];
}

export function createLink<Bundle>(plan: LinkPlan): LinkRun<Bundle> {
  return {
    plan,
    buffer: plan.from.map(() => null),
    waiting: plan.from.length,
    taken: 0,
    pool: null,
    isOutOfOrder: false,
    hops: Number.POSITIVE_INFINITY,
    givers: [],
    carried: [],
  };
}

/** Counts the transaction that is taken as a movement. */
export function countMovement(run: { movements: number; isCounted: boolean }): void {
  if (run.isCounted) return;
  run.isCounted = true;
  run.movements++;
}

/** What is moved, in stolen units: poison counts the same units once, whatever flags they bear. */
export function weightOf<Bundle>({ tally }: JointRun<Bundle>, shares: readonly Share[]): bigint {
  let weight = 0n;
  for (const { stolen } of shares) {
    if (tally.rule !== "poison") weight += stolen;
    else if (stolen > weight) weight = stolen;
  }
  return weight;
}

/** Whether the link's sources are all taken but those of the same transaction. */
export function isReady<Bundle>(link: LinkRun<Bundle>, part: number, transaction: number): boolean {
  if (link.waiting === 0 || link.isOutOfOrder) return true;
  const { from } = link.plan;
  while (link.buffer[link.taken] !== null) link.taken++;
  for (let n = link.taken; n < from.length; n++) {
    const source = from[n]!;
    if (link.buffer[n] === null && (source.part !== part || source.transaction !== transaction)) return false;
  }
  return true;
}

/**
 * One source's units go into the link; `place` gave them, and a move from there would have `hops`. What is traced of
 * them stood at the places `from`.
 */
export function giveToLink<Bundle>(
  run: JointRun<Bundle>,
  link: LinkRun<Bundle>,
  index: number,
  given: { bundle: Bundle; place: JointPlace; from?: readonly JointPlace[]; hops: number },
): void {
  const { matter, tally } = run;
  const { bundle, place, hops } = given;
  link.waiting--;
  const shares = matter.isTraced(bundle) ? matter.sharesOf(bundle) : [];
  if (link.isOutOfOrder) {
    endAt(tally, place.part, place.id, "link-order", shares);
    return;
  }
  link.buffer[index] = bundle;
  if (shares.length === 0) return;
  for (const share of shares) addShare(link.carried, { ...share });
  link.hops = Math.min(link.hops, hops);
  for (const giver of given.from ?? [place]) {
    if (!link.givers.some(({ part, id }) => part === giver.part && id === giver.id)) link.givers.push(giver);
  }
}

/**
 * What the link gives to one of its targets; null where it came out of order, so that it is an ordinary movement.
 */
export function takeFromLink<Bundle>(run: JointRun<Bundle>, link: LinkRun<Bundle>, to: LinkMember): Bundle | null {
  if (link.isOutOfOrder) return null;
  if (link.waiting > 0) {
    flushLink(run, link);
    link.isOutOfOrder = true;
    return null;
  }
  const pool = link.pool ?? openPool(run, link);
  link.pool = pool;
  return run.matter.take(pool, to.units, false);
}

function openPool<Bundle>({ matter, tally }: JointRun<Bundle>, link: LinkRun<Bundle>): Bundle {
  const { plan, buffer } = link;
  let all = matter.clean(0n);
  buffer.forEach((bundle, n) => {
    if (bundle !== null) all = matter.join(all, bundle);
    buffer[n] = null;
  });
  if (!matter.isTraced(all)) return matter.clean(plan.unitsOut);
  const { scaled, lost } = matter.scale(all, plan.unitsOut);
  endAt(tally, plan.to[0]!.part, null, "link-rounding", lost);
  return scaled;
}

/** Ends what stands in a link and no target will take. */
export function flushLink<Bundle>(run: JointRun<Bundle>, link: LinkRun<Bundle>): void {
  const { matter, tally } = run;
  const { plan, pool, buffer } = link;
  const shares: Share[] = [];
  // The first that gave anything; once there is a pool, all have.
  const first =
    plan.from[
      Math.max(
        0,
        buffer.findIndex((bundle) => bundle !== null),
      )
    ];
  buffer.forEach((bundle, n) => {
    if (bundle !== null) for (const share of matter.sharesOf(bundle)) addShare(shares, share);
    buffer[n] = null;
  });
  // Poison copies: what stands in a pool that a target was reached from has gone on.
  if (pool !== null && tally.rule !== "poison") {
    for (const { label, amount, stolen } of matter.sharesOf(pool)) {
      addShare(shares, { label, amount: (amount * plan.unitsIn) / plan.unitsOut, stolen });
    }
  }
  if (first === undefined || shares.length === 0) return;
  endAt(tally, first.part, giverOf(run, first), "link-order", shares);
}

/** The holding or coin that gives a source. */
export function giverOf<Bundle>({ request, forward }: JointRun<Bundle>, { part, id }: LinkMember): number {
  const of = request.parts[part]!;
  if (of.kind === "coin") return id;
  return (forward ? of.columns.transferFrom : of.columns.transferTo)[id]!;
}
