import { accountOf } from "../account-of.ts";
import { parseBic } from "../bic.ts";
import type { Draft } from "../draft.ts";
import type { Side } from "../record.ts";
import type { MtField } from "./mt-fields.ts";
import { placeOf } from "./mt-fields.ts";

/** What an entry's field 86 says, in whichever of the structures that banks use. */
export interface EntryText {
  readonly counterparty: Side;
  readonly remittance: readonly string[];
  readonly endToEndId: string | null;
  readonly messageId: string | null;
  readonly instructionId: string | null;
  readonly transactionId: string | null;
  readonly uetr: string | null;
  readonly purpose: string | null;
  /** It says that a payment comes back (/RTRN/, /RETN/). */
  readonly returns: { readonly reason: string | null } | null;
}

/** Values by name, before they are put in their places. Names are those of the slash codes. */
type Values = Map<string, string>;

const emptySide: Side = { account: null, party: null, agent: null };

export const noEntryText: EntryText = {
  counterparty: emptySide,
  remittance: [],
  endToEndId: null,
  messageId: null,
  instructionId: null,
  transactionId: null,
  uetr: null,
  purpose: null,
  returns: null,
};

/**
 * Reads a field 86. Three structures are known: subfields `?20` as German banks have them, with SEPA's `EREF+`, `SVWZ+`
 * in them; codes between slashes (`/EREF/…/REMI/…`); and words, which are the remittance text as they are.
 *
 * @see SWIFT MT940, field 86; Deutsche Kreditwirtschaft, DFÜ-Abkommen, annex 3, chapter 8
 */
export function readEntryText(field: MtField, draft: Draft): EntryText {
  const { value } = field;
  const subfields = /^(\d{3})([^A-Z0-9a-z\s/])\d\d/u.exec(value.replaceAll("\n", ""));
  if (subfields !== null) return readSubfields(value, subfields[1]!, subfields[2]!, field, draft);
  if (slashCode.test(value)) return entryTextOf(slashValues(value), field, draft);
  draft.places.remittance = placeOf(field);
  return { ...noEntryText, remittance: value.split("\n").filter((line) => line.trim() !== "") };
}

/** Subfields: 00 kind, 10 batch, 20-29 and 60-63 text, 30 bank, 31 account, 32 and 33 name, 34 return code. */
function readSubfields(text: string, kind: string, mark: string, field: MtField, draft: Draft): EntryText {
  const values: Values = new Map();
  let details = "";
  for (const part of text.replaceAll("\n", "").slice(3).split(mark)) {
    const number = Number(part.slice(0, 2));
    const value = part.slice(2);
    // A mark within a text begins no subfield: it belongs to the one before.
    if (!/^\d\d/u.test(part)) details += part === "" ? "" : mark + part;
    else if ((number >= 20 && number <= 29) || (number >= 60 && number <= 63)) details += value;
    else if (number === 30) values.set(parseBic(value) === null ? "BLZ" : "BIC", value);
    else if (number === 31) values.set("IBAN", value);
    else if (number === 32 || number === 33) values.set("NAME", `${values.get("NAME") ?? ""}${value}`);
    else if (value !== "") draft.notes.push(`${placeOf(field)}: ?${part.slice(0, 2)} ${value}`);
  }
  draft.notes.push(`${placeOf(field)}: business transaction code ${kind}`);
  for (const [name, value] of plusValues(details)) if (!values.has(name)) values.set(name, value);
  return entryTextOf(values, field, draft);
}

const plusCode = /(EREF|KREF|MREF|CRED|DEBT|COAM|OAMT|SVWZ|ABWA|ABWE|IBAN|BIC|PURP|RCUR|SQTP)\+/u;
const plusNames: Readonly<Record<string, string>> = { SVWZ: "REMI", KREF: "MSGID", PURP: "PURP" };

/** SEPA's codes within the text: `EREF+…SVWZ+…`. What stands before the first is remittance. */
function plusValues(details: string): Values {
  const values: Values = new Map();
  const parts = details.split(plusCode);
  if (parts[0]!.trim() !== "") values.set("REMI", parts[0]!.trim());
  for (let at = 1; at + 1 < parts.length; at += 2) {
    const name = plusNames[parts[at]!] ?? parts[at]!;
    const value = parts[at + 1]!.trim();
    if (value !== "") values.set(name, values.has(name) ? `${values.get(name)} ${value}` : value);
  }
  return values;
}

const slashNames =
  "EREF|PREF|IREF|KREF|MREF|MARF|RREF|REMI|NAME|IBAN|BIC|ADDR|TRTP|CSID|CNTP|ORDP|BENM|ULTD|ULTB|ULTC|PURP|RTRN|RETN|" +
  "OCMT|CHGS|EXCH|UETR|TXID|ACCW|ISDT|SVCL|TRCD|ID|CPID|INFO|ACCT|BANK|SVC";
const slashCode = new RegExp(`(?:^|/|\\n)/?(?:${slashNames})/`, "u");
const slashSplit = new RegExp(`/(${slashNames})/`, "u");

function slashValues(text: string): Values {
  const values: Values = new Map();
  // Lines break anywhere, also within a code.
  const parts = text.replaceAll("\n", "").split(slashSplit);
  if (withoutSlashes(parts[0]!) !== "") values.set("INFO", parts[0]!.trim());
  for (let at = 1; at + 1 < parts.length; at += 2) {
    const name = parts[at]!;
    const value = withoutSlashes(parts[at + 1]!);
    if (value === "") continue;
    if (name === "CNTP") readCounterparty(value, values);
    else values.set(name, values.has(name) ? `${values.get(name)} ${value}` : value);
  }
  return values;
}

/** Without the slashes at its end, of which there may be thousands in a damaged text. */
function withoutSlashes(text: string): string {
  let end = text.length;
  while (end > 0 && text[end - 1] === "/") end--;
  return text.slice(0, end).trim();
}

/** `/CNTP/account/BIC/name/city//`. */
function readCounterparty(text: string, values: Values): void {
  const [account = "", bic = "", name = ""] = text.split("/");
  if (account !== "") values.set("IBAN", account);
  if (bic !== "") values.set("BIC", bic);
  if (name !== "") values.set("NAME", name);
}

/** Codes of a remittance before its words: unstructured, structured with the issuer of the creditor's reference. */
const remittancePrefix = /^(?:USTD\/\/|STRD\/CUR\/|STRD\/)/u;

function entryTextOf(values: Values, field: MtField, draft: Draft): EntryText {
  const place = placeOf(field);
  const take = (...names: readonly string[]): string | null => {
    for (const name of names) {
      const value = values.get(name);
      if (value === undefined) continue;
      values.delete(name);
      return value;
    }
    return null;
  };
  const returned = take("RTRN", "RETN");
  const text = take("REMI");
  const uetr = take("UETR")?.toLowerCase() ?? null;
  const counterparty = counterpartyOf(take, place, draft);
  const result: EntryText = {
    counterparty,
    remittance: text === null ? [] : [text.replace(remittancePrefix, "")],
    endToEndId: take("EREF"),
    messageId: take("MSGID", "KREF"),
    instructionId: take("IREF", "PREF"),
    transactionId: take("TXID"),
    uetr,
    purpose: take("PURP"),
    returns: returned === null ? null : { reason: /^[A-Z]{2}\d{2}/u.exec(returned)?.[0] ?? null },
  };
  if (text !== null) draft.places.remittance = place;
  if (counterparty !== emptySide) draft.places.counterparty = place;
  for (const [name, value] of values) draft.notes.push(`${place}: ${name} ${value}`);
  return result;
}

function counterpartyOf(take: (...names: readonly string[]) => string | null, place: string, draft: Draft): Side {
  const account = take("IBAN", "ACCT");
  const given = take("BIC", "BANK");
  const code = take("BLZ");
  const named = take("NAME");
  // Whoever ordered stands on credits, whoever is paid on debits; both codes may have `//NAME/` of their own.
  const other = take("ORDP", "BENM");
  const name = named ?? other;
  const bic = given === null ? null : parseBic(given);
  const clearing = code === null ? null : /^\d{8}$/u.test(code) ? `DEBLZ:${code}` : code;
  if (given !== null && bic === null) draft.notes.push(`${place}: bank ${given}`);
  if (account === null && bic === null && clearing === null && name === null) return emptySide;
  return {
    account: account === null ? null : accountOf(account, place, draft.notes),
    party: name === null ? null : { name: name.replace(/\s+/gu, " ").trim(), ids: [], country: null },
    agent: bic === null && clearing === null ? null : { bic, clearing, name: null },
  };
}
