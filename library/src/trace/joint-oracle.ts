import { OracleAccounts } from "./joint-oracle-accounts.ts";
import { OracleCoins } from "./joint-oracle-coins.ts";
import { OracleLinks } from "./joint-oracle-links.ts";
import { Loads } from "./joint-oracle-load.ts";
import { rolesOf } from "./joint-oracle-plan.ts";
import { OracleRecord } from "./joint-oracle-record.ts";
import type { JointRequest } from "./joint-request.ts";
import type { JointRuleTrace } from "./joint-trace.ts";
import type { Rule } from "./rule.ts";

/** A part on its way, by the time of its next transaction. */
interface Runner {
  readonly ledger: OracleAccounts | OracleCoins;
  time: number;
}

/**
 * What a trail through account ledgers, or through several ledgers, means: told slowly, unit by unit in bigints, with
 * nothing clever, and without any arithmetic of the engine's. For a request that the engine accepts.
 */
export function traceByJointOracle(request: JointRequest, rule: Rule): JointRuleTrace {
  const record = new OracleRecord(request, new Loads(rule, request.labels.length));
  const roles = rolesOf(request);
  const links = new OracleLinks(record, roles);
  const ledgers = request.parts.map((part, number) => {
    const Ledger = part.kind === "account" ? OracleAccounts : OracleCoins;
    return new Ledger(number, record, links, roles[number]!);
  });
  for (const ledger of ledgers) ledger.start();
  if (request.direction === "forward") for (const ledger of ledgers) linkStrangers(ledger);
  run(ledgers, request.direction === "forward");
  if (request.direction === "backward") for (const ledger of ledgers) linkStrangers(ledger);
  for (const ledger of ledgers) ledger.finish();
  links.finish();
  const valueAt = (part: number, place: number) => {
    const ledger = ledgers[part]!;
    return ledger instanceof OracleAccounts ? ledger.holdings[place]!.balance : ledger.valueOf(place);
  };
  return record.result(
    valueAt,
    links.links.map(({ carried }) => carried),
  );
}

function linkStrangers(ledger: OracleAccounts | OracleCoins): void {
  if (ledger instanceof OracleCoins) ledger.linkStrangers();
}

function run(ledgers: (OracleAccounts | OracleCoins)[], isForward: boolean): void {
  const runners = ledgers.map((ledger): Runner => ({ ledger, time: -Infinity }));
  const look = (runner: Runner) => {
    const time = nextTime(runner.ledger);
    // A time that is not known is that of the transaction before it.
    if (time !== null && !Number.isNaN(time)) runner.time = isForward ? time : -time;
  };
  runners.forEach(look);
  for (;;) {
    const waiting = runners.filter(({ ledger }) => nextTime(ledger) !== null);
    if (waiting.length === 0) return;
    const ready = waiting.filter(({ ledger }) => !mustWait(ledger));
    const among = ready.length > 0 ? ready : waiting;
    const next = among.reduce((first, runner) => (runner.time < first.time ? runner : first));
    next.ledger.step();
    look(next);
  }
}

/** Null where the part is over. */
function nextTime(ledger: OracleAccounts | OracleCoins): number | null {
  if (ledger instanceof OracleAccounts) return ledger.next?.time ?? null;
  const [next] = ledger.order;
  return next === undefined ? null : ledger.part.txTime[next]!;
}

function mustWait(ledger: OracleAccounts | OracleCoins): boolean {
  const { number, links } = ledger;
  const next =
    ledger instanceof OracleAccounts
      ? ledger.next!.transfers.map(({ id, role }) => ({ id, role }))
      : ledger.outputsOf(ledger.order[0]!).map((id) => ({ id, role: ledger.roles.get(id) ?? null }));
  const own = next.map(({ id }) => `${number}:${id}`);
  return next.some(({ role }) => role !== null && links.mustWait(role, own));
}
