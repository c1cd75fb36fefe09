import type { Instant } from "../../money/instant.ts";
import type { Draft } from "../draft.ts";
import type { Agent, Charge, MoneyText, OrderRecord, References, ReturnRecord, Side } from "../record.ts";
import { mtInstant } from "./mt-date.ts";
import { dayOf, findField, findOption, lineAt, type MtField, moneyOf, placeOf, refuseField } from "./mt-fields.ts";
import { type MtMessage, missing } from "./mt-message.ts";
import { agentOf, bankSide, customerSide } from "./mt-party.ts";
import { isReturn, returnOf } from "./mt-return.ts";
import { coverFrom } from "./mt-type.ts";

/** ISO 20022's codes for who bears the charges. */
const bearers: Readonly<Record<string, string>> = { OUR: "DEBT", BEN: "CRED", SHA: "SHAR" };
/** Who sent it in truth, and the banks over which sender and receiver settle: kept as words. */
const settlingBanks = [51, 53, 54, 55] as const;
/** Fields that are kept as words. */
const words = new Set(["23E", "72", "77B"]);

/**
 * An MT103 (also REMIT, STP), MT202, MT205, or a cover of these, as an order; one whose field 72 begins with /RETN/ or
 * /REJT/ as a return. Field 20 is both the message's and the instruction's reference, as ISO 20022 has two.
 *
 * @throws MtMessageError where a field that the type must have is missing
 * @throws MtFieldError where a field does not hold what its format says
 * @see SWIFT MT103, MT202, MT202 COV
 */
export function orderOf(message: MtMessage): OrderRecord | ReturnRecord {
  const { fields } = message;
  const isCustomer = message.type === "103";
  // A cover says so in its header; without one, by its sequence B.
  const from = isCustomer ? 0 : coverFrom(fields);
  const isCover = !isCustomer && (message.flavour === "COV" || from > 0);
  const to = from > 0 ? from : fields.length;
  const draft: Draft = { places: {}, notes: [...message.notes] };
  const sides = isCustomer ? customerSides(message, draft) : bankSides(message, to, draft);
  const value = settledOf(message, to, draft);
  const reason = findField(fields, "72", 0, to);
  if (reason !== null && isReturn(reason)) return returnOf(message, { ...sides, ...value, reason }, draft);
  for (const field of fields) if (words.has(field.tag)) draft.notes.push(`${placeOf(field)}: ${field.value}`);
  const instructed = instructedOf(fields, to, draft);
  const remittance = remittanceOf(fields, draft);
  return {
    kind: "order",
    source: message.source,
    places: draft.places,
    message: nameOf(message, isCover),
    created: message.created,
    level: isCustomer ? "customer" : isCover ? "cover" : "bank",
    references: referencesOf(message, to, remittance, draft),
    settled: value.settled,
    instructed,
    exchangeRate: rateOf(fields, draft),
    settlementDate: value.settlementDate,
    settlementTime: timeOf(fields, value.settlementDate, draft),
    debtor: sides.debtor,
    creditor: sides.creditor,
    ultimateDebtor: null,
    ultimateCreditor: null,
    instructing: message.sender,
    instructedAgent: message.receiver,
    intermediaries: intermediariesOf(fields, to, draft),
    chargeBearer: bearerOf(fields, draft),
    charges: chargesOf(message, draft),
    remittance,
    purpose: findField(fields, "26T")?.value ?? null,
    underlying: from > 0 ? underlyingOf(fields, from, draft) : null,
    fate: null,
    ...(draft.notes.length === 0 ? {} : { notes: draft.notes }),
  };
}

/** `MT103`, `MT103 REMIT`, `MT202COV`. */
function nameOf({ type, flavour }: MtMessage, isCover: boolean): string {
  if (isCover) return `MT${type}COV`;
  return flavour === null ? `MT${type}` : `MT${type} ${flavour.slice(0, 8)}`;
}

function customerSides(message: MtMessage, draft: Draft): { debtor: Side; creditor: Side } {
  const { fields } = message;
  const payer = findOption(fields, 50);
  const payee = findOption(fields, 59);
  if (payer === null || payee === null) throw missing(message, payer === null ? "50a (who pays)" : "59a (who is paid)");
  const sender = { agent: message.sender, place: message.senderPlace };
  const receiver = { agent: message.receiver, place: message.receiverPlace };
  return {
    debtor: customerSide("debtor", payer, findOption(fields, 52), sender, draft),
    creditor: customerSide("creditor", payee, findOption(fields, 57), receiver, draft),
  };
}

function bankSides(message: MtMessage, to: number, draft: Draft): { debtor: Side; creditor: Side } {
  const { fields } = message;
  const payee = findOption(fields, 58, 0, to);
  if (payee === null) throw missing(message, "58a (the bank that is paid)");
  const sender = { agent: message.sender, place: message.senderPlace };
  const receiver = { agent: message.receiver, place: message.receiverPlace };
  return {
    debtor: bankSide("debtor", findOption(fields, 52, 0, to), null, sender, draft),
    creditor: bankSide("creditor", payee, findOption(fields, 57, 0, to), receiver, draft),
  };
}

/** Field 32A: day, currency and amount that the banks settle. */
function settledOf(message: MtMessage, to: number, draft: Draft): { settled: MoneyText; settlementDate: string } {
  const at = message.fields.findIndex(({ tag }) => tag === "32A");
  const field = message.fields[at];
  if (field === undefined || at >= to) throw missing(message, "32A (date and amount)");
  const second = findField(message.fields, "32A", at + 1, to);
  if (second !== null) throw refuseField(second, "this is the second field 32A, and the message can settle one amount");
  const place = placeOf(field);
  draft.places.settlementDate = place;
  draft.places.settled = place;
  return { settlementDate: dayOf(field, field.value.slice(0, 6)), settled: moneyOf(field, field.value.slice(6)) };
}

function referencesOf(message: MtMessage, to: number, remittance: readonly string[], draft: Draft): References {
  const own = findField(message.fields, "20", 0, to);
  const related = findField(message.fields, "21", 0, to);
  if (own !== null) draft.places.references = placeOf(own);
  if (related !== null) draft.places["references.related"] = placeOf(related);
  if (message.uetr !== null) draft.places["references.uetr"] = "block 3 {121:}";
  if (message.created !== null) draft.places.created = "block 2, the sender's local time, taken as UTC";
  const endToEnd = remittance.find((line) => line.startsWith("/ROC/"));
  return {
    messageId: own?.value ?? null,
    instructionId: own?.value ?? null,
    endToEndId: endToEnd?.slice(5).split("/", 1)[0]?.trim() || null,
    transactionId: null,
    uetr: message.uetr,
    clearingReference: null,
    related: related === null || related.value === "NONREF" ? null : related.value,
  };
}

/** Field 33B: what the customer ordered, before charges and exchange; of a cover, that of its sequence B. */
function instructedOf(fields: readonly MtField[], to: number, draft: Draft): MoneyText | null {
  const field = findField(fields, "33B", 0, to);
  if (field === null) return null;
  draft.places.instructed = placeOf(field);
  return moneyOf(field, field.value);
}

function rateOf(fields: readonly MtField[], draft: Draft): string | null {
  const field = findField(fields, "36");
  if (field === null) return null;
  if (!/^\d{1,12}(?:,\d{0,12})?$/u.test(field.value)) throw refuseField(field, "it holds no exchange rate");
  draft.places.exchangeRate = placeOf(field);
  return field.value.replace(",", ".").replace(/\.$/u, "");
}

/** Field 13C: when the central bank took the money from the sender (SNDTIME), or gave it to the receiver (RNCTIME). */
function timeOf(fields: readonly MtField[], day: string, draft: Draft): Instant | null {
  for (const code of ["/SNDTIME/", "/RNCTIME/"]) {
    const field = fields.find(({ tag, value }) => tag === "13C" && value.startsWith(code));
    if (field === undefined) continue;
    const time = mtInstant(day, field.value.slice(9, 13), field.value.slice(13, 18));
    if (time === null) throw refuseField(field, "it holds no time with its offset from UTC");
    draft.places.settlementTime = placeOf(field);
    return time;
  }
  return null;
}

/** The bank between the receiver and the payee's bank. The banks over which the two settle are noted. */
function intermediariesOf(fields: readonly MtField[], to: number, draft: Draft): Agent[] {
  for (const number of settlingBanks) {
    const field = findOption(fields, number, 0, to);
    if (field !== null) draft.notes.push(`${placeOf(field)}: ${field.value}`);
  }
  const field = findOption(fields, 56, 0, to);
  if (field === null) return [];
  const { agent, account } = agentOf(field);
  if (account !== null) draft.notes.push(`${placeOf(field)}: account ${account}`);
  if (agent === null) return [];
  draft.places["intermediaries.0"] = placeOf(field);
  return [agent];
}

function bearerOf(fields: readonly MtField[], draft: Draft): string | null {
  const field = findField(fields, "71A");
  if (field === null) return null;
  draft.places.chargeBearer = placeOf(field);
  return bearers[field.value] ?? field.value.slice(0, 4);
}

/**
 * Fields 71F, what the sender and the banks before it took, and 71G, what the receiver is paid for its own charges. A
 * 71F does not say whose it is: it is the sender's where it is the only one and the sender is the payer's own bank.
 */
function chargesOf(message: MtMessage, draft: Draft): Charge[] {
  const charges: Charge[] = [];
  const { fields } = message;
  const taken = fields.filter(({ tag }) => tag === "71F");
  const isOwn = taken.length === 1 && findOption(fields, 52) === null;
  for (const field of fields) {
    if (field.tag !== "71F" && field.tag !== "71G") continue;
    draft.places[`charges.${charges.length}`] = placeOf(field);
    const sender = isOwn ? message.sender : null;
    charges.push({ money: moneyOf(field, field.value), agent: field.tag === "71G" ? message.receiver : sender });
  }
  return charges;
}

/** Field 70, and the envelope 77T of MT103 REMIT, line by line. */
function remittanceOf(fields: readonly MtField[], draft: Draft): string[] {
  const lines: string[] = [];
  for (const field of fields) {
    if (field.tag !== "70" && field.tag !== "77T") continue;
    draft.places.remittance = placeOf(field);
    for (let at = 0; at < field.value.length; ) {
      const line = lineAt(field.value, at);
      if (line.trim() !== "") lines.push(line);
      at += line.length + 1;
    }
  }
  return lines;
}

/** Sequence B of a cover. */
function underlyingOf(fields: readonly MtField[], from: number, draft: Draft): OrderRecord["underlying"] {
  const option = (number: number) => findOption(fields, number, from);
  const money = findField(fields, "33B", from);
  if (money !== null) draft.places["underlying.instructed"] = placeOf(money);
  return {
    debtor: customerSide("underlyingDebtor", option(50), option(52), null, draft),
    creditor: customerSide("underlyingCreditor", option(59), option(57), null, draft),
    instructed: money === null ? null : moneyOf(money, money.value),
  };
}
