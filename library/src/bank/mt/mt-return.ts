import type { Draft } from "../draft.ts";
import type { Charge, MoneyText, ReturnRecord, Side } from "../record.ts";
import { type MtField, moneyOf, placeOf } from "./mt-fields.ts";
import type { MtMessage } from "./mt-message.ts";

/** Whether a field 72 says that this payment gives another one back. */
export const isReturn = ({ value }: MtField): boolean => value.startsWith("/RETN/") || value.startsWith("/REJT/");

/**
 * A payment that gives another one back, by the lines of its field 72: /RETN/ or /REJT/ with the field that was wrong,
 * the reason (`/AC01/`), the original's reference (/MREF/) and its transaction's (/TREF/), charges (/CHGS/), words.
 * @see SWIFT Payments Reject/Return Guidelines
 */
export function returnOf(
  message: MtMessage,
  parts: { debtor: Side; creditor: Side; settled: MoneyText; settlementDate: string; reason: MtField },
  draft: Draft,
): ReturnRecord {
  const { reason } = parts;
  const place = placeOf(reason);
  const code = (name: string) => new RegExp(`^/${name}/([^\\n]*)`, "mu").exec(reason.value)?.[1]?.trim() ?? null;
  const own = message.fields.find(({ tag }) => tag === "20");
  const related = message.fields.find(({ tag }) => tag === "21");
  const original = code("MREF") ?? (related?.value === "NONREF" ? null : (related?.value ?? null));
  draft.places.returned = draft.places.settled ?? "";
  draft.places.original = code("MREF") === null && related !== undefined ? placeOf(related) : place;
  draft.places.reason = place;
  if (own !== undefined) draft.places.references = placeOf(own);
  if (message.uetr !== null) draft.places["references.uetr"] = "block 3 {121:}";
  delete draft.places.settled;
  draft.notes.push(`${place}: ${reason.value}`);
  return {
    kind: "return",
    source: message.source,
    places: draft.places,
    message: `MT${message.type}`,
    created: message.created,
    references: {
      messageId: own?.value ?? null,
      instructionId: own?.value ?? null,
      endToEndId: null,
      transactionId: null,
      uetr: message.uetr,
      clearingReference: null,
      related: related?.value ?? null,
    },
    original: {
      messageId: original,
      messageName: null,
      instructionId: original,
      endToEndId: null,
      transactionId: code("TREF"),
      uetr: message.uetr,
      money: null,
      settlementDate: null,
    },
    returned: parts.settled,
    charges: chargesOf(reason, draft),
    settlementDate: parts.settlementDate,
    settlementTime: null,
    reason: reasonOf(reason.value),
    debtor: parts.debtor,
    creditor: parts.creditor,
    notes: draft.notes,
  };
}

/** The code of the reason, `AC01`: the first line's own code that is none of the guidelines' key words. */
function reasonOf(text: string): string | null {
  for (const [, code] of text.matchAll(/^\/([A-Z]{2}\d{2}|X[A-Z]\d{2}|[A-Z]{4})\//gmu)) {
    if (code !== undefined && !["RETN", "REJT", "MREF", "TREF", "CHGS", "TEXT"].includes(code)) return code;
  }
  return null;
}

function chargesOf(field: MtField, draft: Draft): Charge[] {
  const text = /^\/CHGS\/([A-Z]{3}[\d,]+)/mu.exec(field.value)?.[1];
  if (text === undefined) return [];
  draft.places["charges.0"] = placeOf(field);
  return [{ money: moneyOf(field, text), agent: null }];
}
