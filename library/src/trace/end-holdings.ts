import { coverages, nowhere } from "./account-columns.ts";
import type { AccountRun } from "./holding-state.ts";
import type { JointRun } from "./joint-run.ts";
import { endAt } from "./joint-tally.ts";
import type { JointEndReason } from "./joint-trace.ts";
import { isCutOff } from "./order-parts.ts";

const reasonOfCoverage = { covered: "held", partly: "not-covered", outside: "outside" } as const;

/** Ends what still stands in the holdings of an account part when it is over. */
export function endHoldings<Bundle>({ matter, tally, forward }: JointRun<Bundle>, at: AccountRun<Bundle>): void {
  const paysLater = at.part.stopHeight === null || at.states.size === 0 ? null : listLaterPayers(at, forward);
  // Where clean value without limit is paid, what poison counts is the least that stands there.
  const atBalance = (holding: number) => {
    const balance = at.balances[holding]!;
    const all = matter.clean(balance > 0n ? balance : 0n);
    matter.lay(all, at.states.get(holding)!.content, true, true);
    return all;
  };
  for (const [holding, { content }] of at.states) {
    if (!matter.isTraced(content)) continue;
    let reason: JointEndReason = "opening";
    if (paysLater?.has(holding)) reason = "stop-height";
    else if (forward) reason = reasonOfCoverage[coverages[at.columns.holdingCoverage[holding]!]!];
    endAt(tally, at.number, holding, reason, matter.sharesOf(tally.rule === "poison" ? atBalance(holding) : content));
  }
}

/** Holdings that pay in transactions beyond the height at which the part stops. */
function listLaterPayers<Bundle>(at: AccountRun<Bundle>, forward: boolean): Set<number> {
  const { transactionCount, txFirstTransfer, transferAmount } = at.columns;
  const payers = new Set<number>();
  for (let t = 0; t < transactionCount; t++) {
    if (!isCutOff(at.part, t, forward)) continue;
    for (let i = txFirstTransfer[t]!; i < txFirstTransfer[t + 1]!; i++) {
      const payer = at.payer[i]!;
      if (payer !== nowhere && Number(transferAmount[i]!) > 0 && at.states.has(payer)) payers.add(payer);
    }
  }
  return payers;
}
