import { checkJointRequest } from "./check-joint-request.ts";
import { findStartBalances } from "./joint-openings.ts";
import type { JointRequest } from "./joint-request.ts";
import type { JointPlace, JointRuleTrace, JointTrace } from "./joint-trace.ts";
import { planLinks } from "./plan-links.ts";
import type { Rule } from "./rule.ts";
import { sweepAccounts } from "./sweep-accounts.ts";
import { type JointGround, traceJointRule } from "./trace-joint-rule.ts";

/** A faster way for requests of a kind; null where a request is not of that kind. */
export type JointKernel = (request: JointRequest, rule: Rule) => JointRuleTrace | null;

/** Asked in this order before the general engine. */
const kernels: readonly JointKernel[] = [sweepAccounts];

/**
 * Traces value through account ledgers, or through several ledgers at once, under each rule of the request, one after
 * the other. What a rule finds never depends on which others are asked. All amounts are smallest units of the asset at
 * hand; `stolen` counts them in the asset that was stolen, and for every rule but poison those of all ends add up to
 * what was seeded, across links, too.
 *
 * @param request parts are ledgers as columns; ids are those of the columns
 * @throws TraceRequestError, RuleRefusedError (`tiho`), BackwardRuleError, SeedAmountError, SeedOfNobodyError,
 * SeedValueUnknownError
 * @throws AccountColumnsError, CoinColumnsError, SubsidyError where a ledger contradicts itself
 * @throws AccountLotsError where fifo or lifo would tell apart more lots than fit the memory
 */
export function traceJoint(request: JointRequest): JointTrace {
  checkJointRequest(request);
  let ground: JointGround | null = null;
  const rules = request.rules.map((rule): JointRuleTrace => {
    for (const kernel of kernels) {
      const trace = kernel(request, rule);
      if (trace !== null) return trace;
    }
    ground ??= groundOf(request);
    return traceJointRule(ground, rule);
  });
  return { direction: request.direction, rules, openingsNotKnown: listNotKnown(request, rules) };
}

function groundOf(request: JointRequest): JointGround {
  const plans = planLinks(request);
  const starts = request.parts.map((part, number) => {
    return part.kind === "coin" ? null : findStartBalances(part.columns, number, plans, request.direction);
  });
  return { request, plans, starts };
}

/** Holdings that held traced value under any rule, and whose opening no source gives. By part and id. */
function listNotKnown({ parts, seeds }: JointRequest, traces: readonly JointRuleTrace[]): JointPlace[] {
  const held = parts.map(() => new Set<number>());
  const exact = new Set(seeds.map(({ part, at }) => (at.kind === "holding" ? `${part} ${at.holding}` : "")));
  for (const { moves, ends } of traces) {
    for (const { from } of moves) for (const { part, id } of from) held[part]!.add(id);
    for (const { part, place, reason } of ends) {
      if (place !== null && reason !== "stop" && reason !== "debt") held[part]!.add(place);
    }
  }
  return parts.flatMap((of, part) => {
    if (of.kind === "coin" || of.columns.openingDefault !== null) return [];
    return [...held[part]!]
      .filter((id) => !of.columns.openings.has(id) && !exact.has(`${part} ${id}`))
      .sort((a, b) => a - b)
      .map((id) => ({ part, id }));
  });
}
