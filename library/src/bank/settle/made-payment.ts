import type { Payment } from "../settled.ts";
import type { AboutTexts } from "./payment-about.ts";

/** A payment that settling made: its long text is made when it is asked for. */
export abstract class MadePayment {
  abstract aboutText(texts: AboutTexts): string;
}

/** What a ledger keeps about a payment, see {@link AboutTexts}. */
export function aboutTextOf(payment: Payment, texts: AboutTexts): string {
  if (!(payment instanceof MadePayment)) throw new RangeError("aboutTextOf: a payment that settleRecords did not make");
  return payment.aboutText(texts);
}
