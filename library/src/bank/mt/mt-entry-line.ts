import type { Charge, MoneyText } from "../record.ts";
import { entryDay } from "./mt-date.ts";
import { amountOf, dayOf, type MtField, moneyOf, quoted, refuseField } from "./mt-fields.ts";

/** Field 61, one entry of a statement. */
export interface EntryLine {
  readonly valueDate: string;
  /** The day on which it was booked; null where the field leaves it out. */
  readonly entryDate: string | null;
  readonly isCredit: boolean;
  /** RC, RD: an earlier entry taken back. */
  readonly isReversal: boolean;
  /** EC, ED (MT942): expected, not yet booked. */
  readonly isExpected: boolean;
  readonly money: MoneyText;
  /** `NTRF`, `S103`, `FCHK`. */
  readonly code: string;
  /** The third letter of the currency. */
  readonly fundsCode: string | null;
  readonly ownerReference: string | null;
  readonly servicerReference: string | null;
  readonly supplementary: string | null;
  readonly charges: readonly Charge[];
}

const pattern = /^(\d{6})(\d{4})?(R[CD]|E[CD]|[CD])([A-Z]?)([\d,]+)([NSF][A-Z0-9]{3})([^\n]*)(?:\n([\s\S]*))?$/u;

/**
 * Takes a field 61 apart.
 *
 * @param currency that of the statement's balances
 * @throws MtFieldError
 * @see SWIFT MT940, field 61: `6!n[4!n]2a[1!a]15d1!a3!c16x[//16x]`, and `[34x]` on a line of its own
 */
export function parseEntryLine(field: MtField, currency: string): EntryLine {
  const match = pattern.exec(field.value);
  if (match === null) throw refuseField(field, `${quoted(field.value)} is no statement line`);
  const [, value = "", entry, mark = "", funds = "", amount = "", code = "", references = "", supplementary] = match;
  const valueDate = dayOf(field, value);
  const entryDate = entry === undefined ? null : entryDay(entry, valueDate);
  if (entry !== undefined && entryDate === null) throw refuseField(field, `${quoted(entry)} is no day of a year`);
  const cut = references.indexOf("//");
  const details = supplementary?.trim() ?? "";
  return {
    valueDate,
    entryDate,
    // The reversal of a credit takes the money out again.
    isCredit: mark === "C" || mark === "EC" || mark === "RD",
    isReversal: mark[0] === "R",
    isExpected: mark[0] === "E",
    money: { currency, amount: amountOf(field, amount, currency) },
    code,
    fundsCode: funds === "" ? null : funds,
    ownerReference: referenceOf(cut < 0 ? references : references.slice(0, cut)),
    servicerReference: cut < 0 ? null : referenceOf(references.slice(cut + 2)),
    supplementary: details === "" ? null : details,
    charges: chargesOf(field, details),
  };
}

function referenceOf(text: string): string | null {
  const reference = text.trim();
  return reference === "" || reference === "NONREF" ? null : reference;
}

/** `/CHGS/EUR2,50/`, as banks write charges into the supplementary details. */
function chargesOf(field: MtField, details: string): Charge[] {
  const text = /\/CHGS\/([A-Z]{3}[\d,]+)/u.exec(details)?.[1];
  return text === undefined ? [] : [{ money: moneyOf(field, text), agent: null }];
}
