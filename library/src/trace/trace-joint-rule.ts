import { seedOpenings } from "./arrive-transfer.ts";
import { type CoinRun, createCoinRun, faceOf } from "./coin-state.ts";
import { endHoldings } from "./end-holdings.ts";
import { type AccountRun, createAccountRun } from "./holding-state.ts";
import { matterOfFlags } from "./joint-flags.ts";
import { matterOfLots } from "./joint-lots.ts";
import type { Matter } from "./joint-matter.ts";
import type { StartBalances } from "./joint-openings.ts";
import { matterOfPool } from "./joint-pool.ts";
import type { JointRequest } from "./joint-request.ts";
import { createLink, flushLink, type JointRun } from "./joint-run.ts";
import { createTally, listEnds, listTotals } from "./joint-tally.ts";
import type { JointRuleTrace } from "./joint-trace.ts";
import { createCursor, nextPart } from "./order-parts.ts";
import type { LinkPlans } from "./plan-links.ts";
import type { Rule } from "./rule.ts";
import { linkStrangers, startCoins } from "./settle-coin.ts";
import { takeCoinTransaction } from "./take-coin-transaction.ts";
import { takeAccountTransaction } from "./take-transfer.ts";

/** What all rules of a request need to know of it. */
export interface JointGround {
  readonly request: JointRequest;
  readonly plans: LinkPlans;
  /** [parts] Null for coin ledgers. */
  readonly starts: readonly (StartBalances | null)[];
}

/** Traces one rule through all parts of a checked request. */
export function traceJointRule(ground: JointGround, rule: Rule): JointRuleTrace {
  if (rule === "fifo" || rule === "lifo") return trace(ground, rule, matterOfLots(rule));
  if (rule === "poison") return trace(ground, rule, matterOfFlags);
  if (rule === "tiho") throw new RangeError("traceJointRule: tiho is refused before");
  return trace(ground, rule, matterOfPool(rule));
}

type PartRun<Bundle> = AccountRun<Bundle> | CoinRun<Bundle>;

function trace<Bundle>(ground: JointGround, rule: Rule, matter: Matter<Bundle>): JointRuleTrace {
  const { request, plans, starts } = ground;
  const { budget, direction, labels } = request;
  const run: JointRun<Bundle> = {
    request,
    forward: direction === "forward",
    matter,
    tally: createTally(rule, labels, request.parts.length),
    plans,
    links: plans.plans.map((plan) => createLink<Bundle>(plan)),
    min: budget.min ?? 0n,
    hopsMax: budget.hops ?? Number.POSITIVE_INFINITY,
    movementsMax: budget.movements ?? Number.POSITIVE_INFINITY,
    movements: 0,
    isCounted: false,
  };
  const parts = request.parts.map((_, number): PartRun<Bundle> => {
    const start = starts[number]!;
    const linked = plans.places[number]!;
    return start === null
      ? createCoinRun<Bundle>(request, number, linked)
      : createAccountRun<Bundle>(request, number, { start, linked, rule });
  });
  runParts(run, parts);
  const { tally } = run;
  return {
    rule,
    moves: tally.moves,
    ends: listEnds(tally, (number, place) => {
      const part = parts[number]!;
      return "balances" in part ? part.balances[place]! : faceOf(part, place);
    }),
    totals: listTotals(tally),
    bounds: [...tally.bounds.values()],
    carried: run.links.map(({ carried }) => carried),
  };
}

function runParts<Bundle>(run: JointRun<Bundle>, parts: readonly PartRun<Bundle>[]): void {
  for (const part of parts) {
    if ("balances" in part) seedOpenings(run, part);
    else startCoins(run, part);
  }
  const strangers = () => {
    run.isCounted = false;
    for (const part of parts) if (!("balances" in part)) linkStrangers(run, part);
  };
  if (run.forward) strangers();
  const cursors = parts.map(({ number }) => createCursor(run, number));
  for (let next = nextPart(cursors); next !== null; next = nextPart(cursors)) {
    const part = parts[next]!;
    const cursor = cursors[next]!;
    run.isCounted = false;
    if ("balances" in part) takeAccountTransaction(run, part, cursor.next!);
    else takeCoinTransaction(run, part, cursor.next!);
    cursor.advance();
  }
  if (!run.forward) strangers();
  for (const part of parts) if ("balances" in part) endHoldings(run, part);
  for (const link of run.links) flushLink(run, link);
}
