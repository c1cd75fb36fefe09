import type { Draft } from "../draft.ts";
import type { EntryRecord, StatementRecord } from "../record.ts";
import { mtDate, mtInstant } from "./mt-date.ts";
import { dayOf, findField, findOption, moneyOf, placeOf } from "./mt-fields.ts";
import { type MtMessage, missing } from "./mt-message.ts";
import { customerSide } from "./mt-party.ts";
import { accountSide } from "./mt-statement.ts";

/**
 * An MT900 (the account was debited) or MT910 (it was credited) as a notification with one entry.
 * @throws MtMessageError, MtFieldError
 * @see SWIFT MT900, MT910
 */
export function confirmationOf(message: MtMessage): readonly (StatementRecord | EntryRecord)[] {
  const draft: Draft = { places: {}, notes: [...message.notes] };
  const { fields } = message;
  const isCredit = message.type === "910";
  const own = findField(fields, "20");
  const related = findField(fields, "21");
  const value = findField(fields, "32A");
  if (value === null) throw missing(message, "32A (date and amount)");
  const money = moneyOf(value, value.value.slice(6));
  const account = accountSide(message, draft);
  for (const name of ["money", "valueDate"]) draft.places[name] = placeOf(value);
  if (own !== null) draft.places.servicerReference = placeOf(own);
  if (related !== null) draft.places.references = placeOf(related);
  if (message.uetr !== null) draft.places["references.uetr"] = "block 3 {121:}";
  const payer = isCredit ? findOption(fields, 50) : null;
  const counterparty = customerSide("counterparty", payer, findOption(fields, 52), null, draft);
  const booked = findField(fields, "13D");
  const bookingDate = booked === null ? null : mtDate(booked.value.slice(0, 6));
  const words = findField(fields, "72");
  if (words !== null) draft.notes.push(`${placeOf(words)}: ${words.value}`);
  const reference = related === null || related.value === "NONREF" ? null : related.value;
  const holder = account.account?.iban ?? account.account?.other ?? "";
  const common = {
    source: message.source,
    message: `MT${message.type}`,
    created: message.created,
    level: "notification" as const,
    account,
  };
  const id = [`MT${message.type}`, holder, own?.value ?? "", value.value.slice(0, 6)].join(" ");
  const statement: StatementRecord = {
    ...common,
    kind: "statement",
    places: { account: draft.places.account ?? "" },
    id,
    sequence: null,
    from: null,
    to: null,
    balances: [],
  };
  const entry: EntryRecord = {
    ...common,
    kind: "entry",
    places: draft.places,
    statement: id,
    number: 0,
    detail: null,
    entryMoney: money,
    money,
    isCredit,
    isReversal: false,
    status: "booked",
    bookingDate,
    bookingTime: booked === null ? null : mtInstant(bookingDate, booked.value.slice(6, 10), booked.value.slice(10)),
    valueDate: dayOf(value, value.value.slice(0, 6)),
    entryReference: null,
    servicerReference: own?.value ?? null,
    references: {
      messageId: reference,
      instructionId: reference,
      endToEndId: null,
      transactionId: null,
      uetr: message.uetr,
      clearingReference: null,
      related: reference,
    },
    counterparty,
    charges: [],
    remittance: [],
    code: null,
    returns: null,
    ...(draft.notes.length === 0 ? {} : { notes: draft.notes }),
  };
  return [statement, entry];
}
