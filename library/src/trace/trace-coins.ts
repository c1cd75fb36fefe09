import type { CoinTrace, RuleTrace } from "./coin-trace.ts";
import { collect } from "./collect.ts";
import type { CoinColumns } from "./columns.ts";
import { releasePlaces } from "./places.ts";
import { checkRequest, type TraceRequest } from "./request.ts";
import type { Rule } from "./rule.ts";
import { runBackward } from "./run-backward.ts";
import { runForward } from "./run-forward.ts";
import { runRoom } from "./run-room.ts";
import { createSweep } from "./sweep.ts";

/**
 * Traces value through a coin ledger under each rule of the request, one after the other. What a rule finds never
 * depends on which others are asked. All amounts are satoshi.
 * @throws TraceRequestError, BackwardRuleError, SeedUnknownError, SeedAmountError, SeedValueUnknownError
 * @throws CoinColumnsError, SubsidyError where the ledger or the subsidy schedule contradicts itself
 */
export function traceCoins(columns: CoinColumns, request: TraceRequest): CoinTrace {
  checkRequest(columns, request);
  return { direction: request.direction, rules: request.rules.map((rule) => traceRule(columns, request, rule)) };
}

/** One rule of a checked request. */
export function traceRule(columns: CoinColumns, request: TraceRequest, rule: Rule): RuleTrace {
  const sweep = createSweep(columns, request, rule);
  try {
    const swept = runRoom(sweep);
    if (swept !== null) return swept;
    if (sweep.forward) runForward(sweep);
    else runBackward(sweep);
    return collect(sweep);
  } finally {
    releasePlaces(sweep.places);
  }
}
