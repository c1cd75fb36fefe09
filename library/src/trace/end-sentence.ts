import type { EndReason } from "./coin-trace.ts";
import type { TraceRequest } from "./request.ts";
import type { Rule } from "./rule.ts";

/** Says to a person why a coin is an end of the trail. */
export function endSentence(
  request: TraceRequest,
  reason: EndReason,
  coin: { readonly stop?: string; readonly unspendable?: string },
): string {
  const forward = request.direction === "forward";
  const { budget, stopHeight } = request;
  const next = forward ? "the transaction that spends it" : "the transaction that made it";
  switch (reason) {
    case "unspent":
      return coin.unspendable === undefined ? "not spent" : `not spent: ${coin.unspendable}`;
    case "spent-elsewhere":
      return "spent, but the ledger does not hold the transaction that spends it";
    case "spend-not-known":
      return "the ledger does not say whether it is spent";
    case "maker-absent":
      return "the ledger does not hold the transaction that made it";
    case "amounts-not-known":
      return `${next} takes coins whose amounts are not known`;
    case "coinbase":
      return request.followFees ? "new coins of its block" : "mined: new coins and fees of its block";
    case "stop":
      return `stop: ${coin.stop ?? "named in the request"}`;
    case "stop-height":
      return forward ? `stop: spent above height ${stopHeight}` : `stop: made below height ${stopHeight}`;
    case "min":
      return `budget: less than ${budget.min} is traced here, and less is not followed`;
    case "hops":
      return `budget: ${budget.hops} transactions from the nearest seed`;
    case "movements":
      return `budget: ${budget.movements} movements were made before ${next}`;
    case "fee":
    case "unclaimed":
      throw new RangeError(`endSentence: no coin ends for the reason "${reason}"`);
  }
}

/** Says to a person where traced fees went. */
export function feeSentence(request: TraceRequest, reason: EndReason, rule: Rule): string {
  const { budget } = request;
  if (reason === "unclaimed") return "fees that the miner did not claim";
  if (reason === "fee") {
    return rule === "poison" ? "the whole fees of all transactions of the trail" : "fees of transactions of the trail";
  }
  if (reason === "min") return `budget: fees of less than ${budget.min}, which are not followed`;
  if (reason === "hops") return `budget: fees paid ${budget.hops} transactions from the nearest seed`;
  return `budget: fees, ${budget.movements} movements being made before they could be followed`;
}
