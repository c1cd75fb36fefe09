import type { Movement } from "./flow.ts";

/** Codes of a bank's own charges: camt family and sub-family, MT 61. */
const chargeCode = /(?:^|[/.\s-])(?:CHRG|COMM|COMT|FEES)(?:$|[/.\s-])|^N?(?:CHG|COM)$/u;

/** The entry is what the account's bank took for its services. */
export function isCharge({ remainder, isCredit, records }: Movement): boolean {
  return !isCredit && (remainder === "charges" || records.some(({ code }) => chargeCode.test(code ?? "")));
}
