import { parseBic } from "./bic.ts";
import { looksLikeIban, parseIban } from "./iban.ts";
import { type MtField, placeOf } from "./mt-fields.ts";
import type { AccountId, Agent, Party, Side } from "./record.ts";

/** What is gathered beside a record's values while its message is read. */
export interface Draft {
  readonly places: Record<string, string>;
  readonly notes: string[];
}

/** FIN's codes for clearing systems and ISO 20022's external codes for the same ones. */
const clearingSystems: Readonly<Record<string, string>> = {
  AT: "ATBLZ",
  AU: "AUBSB",
  BL: "DEBLZ",
  CC: "CACPA",
  CH: "USPID",
  CN: "CNAPS",
  CP: "USPID",
  ES: "ESNCC",
  FW: "USABA",
  GR: "GRBIC",
  HK: "HKNCC",
  IE: "IENCC",
  IN: "INFSC",
  IT: "ITNCC",
  NZ: "NZNCC",
  PL: "PLKNR",
  PT: "PTNCC",
  RU: "RUCBC",
  SC: "GBDSC",
  SW: "CHBCC",
  ZA: "ZANCC",
};

/** Kinds of ids that field 50F has in place of an account. */
const idCodes = /^(?:ARNU|CCPT|CUST|DRLC|EMPL|NIDN|SOSE|TXID|LEIC)\/[A-Z]{2}\//u;

/** An account's id as written: an IBAN, or another id, with a note where it only looks like an IBAN. */
export function accountOf(
  text: string,
  place: string,
  notes: string[],
  currency: string | null = null,
): AccountId | null {
  const id = text.trim();
  if (id === "") return null;
  if (!looksLikeIban(id)) return { iban: null, other: id, currency };
  const { iban, problem } = parseIban(id);
  if (problem !== null) notes.push(`${place}: kept as another id, because as an IBAN ${problem}`);
  return { iban, other: iban === null ? id : null, currency };
}

/**
 * A customer: fields 50A, F, K and 59, A, F.
 * @see SWIFT MT103, fields 50a and 59a
 */
export function customerOf(field: MtField, draft: Draft): { account: AccountId | null; party: Party | null } {
  const lines = field.value.split("\n");
  const option = field.tag[2] ?? "";
  const ids: string[] = [];
  let account: AccountId | null = null;
  if (lines[0]!.startsWith("/")) {
    account = accountOf(lines.shift()!.slice(1).replace(/^\//u, ""), placeOf(field), draft.notes);
  } else if (option === "F" && idCodes.test(lines[0]!)) {
    ids.push(idOf(lines.shift()!));
  }
  if (option === "F") return { account, party: structuredParty(lines, ids) };
  const [first = ""] = lines;
  const bic = option === "A" || option === "G" ? parseBic(first) : null;
  if (bic !== null) return { account, party: { name: null, ids: [...ids, `BIC:${bic}`], country: bic.slice(4, 6) } };
  const name = first.trim();
  return {
    account,
    party: name === "" && ids.length === 0 ? null : { name: name === "" ? null : name, ids, country: null },
  };
}

/** `CCPT/DE/123` as `CCPT:DE/123`: its scheme first, as ids have it everywhere. */
const idOf = (line: string): string => line.replace("/", ":");

/** Lines of 50F and 59F: 1 name, 2 address, 3 country and town, 4 and 5 birth, 6, 7 and 8 ids and what belongs to them. */
function structuredParty(lines: readonly string[], ids: string[]): Party {
  const names: string[] = [];
  let country: string | null = null;
  for (const line of lines) {
    const text = line.slice(2).trim();
    if (line.startsWith("1/")) names.push(text);
    else if (line.startsWith("3/")) country ??= /^[A-Z]{2}(?=\/|$)/u.exec(text)?.[0] ?? null;
    else if (line.startsWith("6/")) ids.push(`CUST:${text}`);
    else if (line.startsWith("7/")) ids.push(`NIDN:${text}`);
    else if (line.startsWith("8/") && ids.length > 0) ids[ids.length - 1] += text;
  }
  // Some write names and addresses without the numbers.
  if (names.length === 0 && lines[0] !== undefined && !/^\d\//u.test(lines[0])) names.push(lines[0].trim());
  return { name: names.length === 0 ? null : names.join(" "), ids, country };
}

/** A bank as a field names it, and the account that stands beside it. */
export interface NamedAgent {
  readonly agent: Agent | null;
  readonly account: string | null;
}

/**
 * A bank: options A (BIC), B (place), C (account or clearing id), D (name and address) of 51 to 58; before it an
 * account (`/123`, `/C/123`, `/D/123`) or a clearing system's id (`//FW021000021`).
 * @see SWIFT MT103, fields 52a to 57a
 */
export function agentOf(field: MtField): NamedAgent {
  const lines = field.value.split("\n");
  let clearing: string | null = null;
  let account: string | null = null;
  for (
    let first = lines[0];
    first?.startsWith("/") === true && account === null && clearing === null;
    first = lines[0]
  ) {
    lines.shift();
    if (first.startsWith("//")) clearing = clearingOf(first.slice(2));
    else account = first.replace(/^\/(?:[CD]\/)?/u, "").trim() || null;
    // Both may stand in one line (`//CH123456` below an account in two); a third is the name.
  }
  const option = field.tag[2] ?? "";
  const text = (lines[0] ?? "").trim();
  const bic = option === "B" || option === "C" ? null : parseBic(text);
  const isNamed = option !== "C" && bic === null && text !== "";
  if (bic === null && clearing === null && !isNamed) return { agent: null, account };
  return { agent: { bic, clearing, name: isNamed ? text : null }, account };
}

/** `FW021000021` as `USABA:021000021`; of a system that is not known, as written. Null for `RT`, which names none. */
function clearingOf(text: string): string | null {
  const system = clearingSystems[text.slice(0, 2)];
  const id = text.slice(2).trim();
  if (text.startsWith("RT") && id === "") return null;
  return system === undefined ? text.trim() || null : `${system}:${id}`;
}

/**
 * Who pays or gets: a customer's field and the bank's. Without a field for the bank, the message's own sender (or
 * receiver) holds the account.
 */
export function customerSide(
  name: "debtor" | "creditor" | "underlying.debtor" | "underlying.creditor" | "counterparty",
  customer: MtField | null,
  bank: MtField | null,
  own: { readonly agent: Agent | null; readonly place: string } | null,
  draft: Draft,
): Side {
  const { account, party } = customer === null ? { account: null, party: null } : customerOf(customer, draft);
  if (customer !== null) {
    const place = placeOf(customer);
    if (account !== null) draft.places[`${name}.account`] = place;
    if (party !== null) draft.places[`${name}.party`] = place;
  }
  return { account, party, agent: sideAgent(name, bank, own, draft) };
}

function sideAgent(
  name: string,
  bank: MtField | null,
  own: { readonly agent: Agent | null; readonly place: string } | null,
  draft: Draft,
): Agent | null {
  if (bank !== null) {
    const named = agentOf(bank);
    if (named.account !== null) draft.notes.push(`${placeOf(bank)}: account ${named.account}`);
    if (named.agent !== null) {
      draft.places[`${name}.agent`] = placeOf(bank);
      return named.agent;
    }
  }
  if (own === null || own.agent === null) return null;
  draft.places[`${name}.agent`] = own.place;
  return own.agent;
}

/**
 * A bank that pays or gets in its own name (52a and 58a of MT202). With an account it stands for the owner, and the
 * bank that holds the account is another; without one, the bank itself is all that is named.
 */
export function bankSide(
  name: "debtor" | "creditor",
  owner: MtField | null,
  holder: MtField | null,
  own: { readonly agent: Agent | null; readonly place: string },
  draft: Draft,
): Side {
  if (owner === null) return { account: null, party: null, agent: sideAgent(name, null, own, draft) };
  const { agent, account } = agentOf(owner);
  const place = placeOf(owner);
  if (account === null) {
    if (agent !== null) draft.places[`${name}.agent`] = place;
    return { account: null, party: null, agent };
  }
  const ids: string[] = [];
  if (agent?.bic != null) ids.push(`BIC:${agent.bic}`);
  if (agent?.clearing != null) ids.push(agent.clearing);
  const party = agent === null ? null : { name: agent.name, ids, country: agent.bic?.slice(4, 6) ?? null };
  if (party !== null) draft.places[`${name}.party`] = place;
  draft.places[`${name}.account`] = place;
  return { account: accountOf(account, place, draft.notes), party, agent: sideAgent(name, holder, own, draft) };
}
