import type { JointEndReason } from "./joint-trace.ts";
import type { TraceBudget } from "./request.ts";
import type { Direction, Rule } from "./rule.ts";

export interface EndCircumstances {
  readonly direction: Direction;
  readonly budget: TraceBudget;
  readonly stopHeight: number | null;
  /** Why the request stops at this place. */
  readonly stop?: string;
  /** What there is to say of a coin that is not spent, such as that nobody can spend it. */
  readonly unspendable?: string;
  /** Who holds an account that the ledger says nothing more of. */
  readonly agent?: string;
  /** The ledger does not say whose account it is. */
  readonly isUnnamed?: boolean;
}

/** Says to a person why traced value ends at a place, in a trail through account ledgers. */
export function jointEndSentence(reason: JointEndReason, at: EndCircumstances): string {
  const forward = at.direction === "forward";
  const { budget, stopHeight } = at;
  const held = at.agent === undefined ? "" : ` at ${at.agent}`;
  const sentences: Readonly<Record<JointEndReason, string>> = {
    stop: `stop: ${at.stop ?? "named in the request"}`,
    unspent: at.unspendable === undefined ? "not spent" : `not spent: ${at.unspendable}`,
    "spent-elsewhere": "spent, but the ledger does not hold the transaction that spends it",
    "spend-not-known": "the ledger does not say whether it is spent",
    "maker-absent": "the ledger does not hold the transaction that made it",
    "amounts-not-known": "the next transaction takes coins whose amounts are not known",
    coinbase: "mined: new coins and fees of its block",
    "stop-height": forward ? `stop: moved on above height ${stopHeight}` : `stop: came in below height ${stopHeight}`,
    min: `budget: less than ${budget.min} would move on, and less is not followed`,
    hops: `budget: ${budget.hops} transactions from the nearest seed`,
    movements: `budget: ${budget.movements} movements were made before it moved on`,
    fee: "charges: gas, banks' fees",
    unclaimed: "fees that the miner did not claim",
    held: "still in the account when the ledger ends",
    "not-covered":
      at.isUnnamed === true
        ? "was paid to somebody whom the ledger does not name"
        : "in the account as far as the ledger knows; it does not hold all that the account paid",
    outside: `leaves the data: the ledger holds nothing that this account${held} paid`,
    debt: forward ? "repaid a debt of the account" : "was paid out of a debt of the account",
    burnt: "given to nobody: burnt",
    opening:
      at.isUnnamed === true
        ? "was paid by somebody whom the ledger does not name"
        : "was in the account before the ledger begins",
    minted: "made here: mined, minted or paid in from outside",
    "link-rounding": "less than the smallest unit of what it was changed into",
    "link-overlap": "went over a link into value that already carries traced value",
    "link-order": "went into a link whose other side the ledgers do not reach after it",
  };
  return sentences[reason];
}

/** Says to a person where traced charges went. */
export function jointFeeSentence(reason: JointEndReason, rule: Rule): string {
  if (reason === "link-rounding") return "less than the smallest unit of what it was changed into";
  if (reason === "unclaimed") return "fees that the miner did not claim";
  return rule === "poison" ? "the whole charges of all transactions of the trail" : "charges of the trail's movements";
}
