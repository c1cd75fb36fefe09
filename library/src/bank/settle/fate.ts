import type { OrderRecord } from "../record.ts";
import type { Unsettled } from "../settled.ts";
import { sourcesOf } from "./arrange-records.ts";
import { type Flow, onlyOrderOf, type Problem } from "./flow.ts";

/** What messages say became of a payment: `settled`, or one of the ways in which it did not move; null: nothing. */
export interface Word {
  readonly fate: "settled" | "instructed" | "rejected" | "held" | null;
  readonly why: string;
}

/** ISO 20022 external payment status codes, by what they mean for the money (ExternalPaymentTransactionStatus1Code). */
const settledCodes = new Set(["ACSC", "ACCC", "ACWC"]);
const rejectedCodes = new Set(["RJCT", "CANC"]);

/** The last word on an order: a row's own fate, else the status that was listed last. */
export function lastWord(flow: Flow): Word {
  const row = lastFate([...flow.initiations, ...flow.legs]);
  if (row !== null) return { fate: row, why: `its row says that it was ${row}` };
  // PART says of a message that some of its orders were accepted, and nothing of any of them.
  const status = flow.statuses.findLast((one) => one.status.toUpperCase() !== "PART");
  if (status === undefined) return { fate: null, why: "" };
  const reason = status.reason === null ? "" : ` (${status.reason})`;
  const code = status.status.toUpperCase();
  if (settledCodes.has(code)) return { fate: "settled", why: `the last word on it is ${code}${reason}` };
  if (rejectedCodes.has(code)) return { fate: "rejected", why: `it was rejected: ${code}${reason}` };
  return { fate: "instructed", why: `the last word on it is ${code}${reason}, which is not settlement` };
}

function lastFate(orders: readonly OrderRecord[]): OrderRecord["fate"] {
  let fate: OrderRecord["fate"] = null;
  for (const order of orders) fate = order.fate ?? fate;
  return fate;
}

export type Outcome =
  | { readonly moved: true; readonly problem: Problem | null }
  | { readonly moved: false; readonly fate: Unsettled["fate"]; readonly why: string };

const movedPlainly: Outcome = { moved: true, problem: null };

/**
 * Whether a payment moved. A booked entry of one of its ends says that it did, and so does money that came back;
 * against these a rejection is a problem listed. Else the last word decides. Where nothing is said, an order between
 * banks counts as settled, because such a message moves the money between them (on its settlement date), and a
 * customer's order to its bank (pain.001) does not. An accepted recall ends an order that has not moved, and changes
 * nothing for one that has.
 */
export function outcomeOf(flow: Flow): Outcome {
  const only = onlyOrderOf(flow);
  if (only !== null && only.fate === null) return movedPlainly;
  const isBooked = flow.debit !== null || flow.credit !== null || flow.batch !== null;
  const cameBack = flow.givenBack.length > 0;
  const word = lastWord(flow);
  if (isBooked || cameBack || flow.kind !== "payment") {
    const isDenied = word.fate === "rejected" || word.fate === "held";
    if (!isDenied || cameBack) return { moved: true, problem: null };
    const what = `An entry books a payment of which is said that ${word.why}; it counts as moved`;
    return { moved: true, problem: { what, sources: sourcesOf([...flow.statuses, ...flow.legs]) } };
  }
  if (flow.legs.length === 0 && flow.initiations.length === 0) {
    return { moved: false, fate: "cover-only", why: "it covers a payment that is not in the records" };
  }
  if (word.fate === "settled") return { moved: true, problem: null };
  const answers = flow.recalls.filter((one) => one.kind === "recall-answer");
  const isRecalled = answers.at(-1)?.answer === "accepted";
  if (word.fate !== null) {
    return isRecalled && word.fate === "instructed"
      ? { moved: false, fate: "rejected", why: "it was recalled before it settled, and the recall was accepted" }
      : { moved: false, fate: word.fate, why: word.why };
  }
  if (flow.legs.length > 0) return { moved: true, problem: null };
  return isRecalled
    ? { moved: false, fate: "rejected", why: "it was recalled, and the recall was accepted" }
    : { moved: false, fate: "instructed", why: "a customer's order, and nothing says that the bank carried it out" };
}
