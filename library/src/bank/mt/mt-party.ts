import { accountOf } from "../account-of.ts";
import { parseBic } from "../bic.ts";
import type { Draft } from "../draft.ts";
import type { AccountId, Agent, Party, Side } from "../record.ts";
import { lineAt, type MtField, placeOf } from "./mt-fields.ts";

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

/** Names in places. Put together once: a record of a message is made in some microseconds. */
const sideNames = (name: string) => ({ account: `${name}.account`, party: `${name}.party`, agent: `${name}.agent` });
const names = {
  debtor: sideNames("debtor"),
  creditor: sideNames("creditor"),
  underlyingDebtor: sideNames("underlying.debtor"),
  underlyingCreditor: sideNames("underlying.creditor"),
  counterparty: sideNames("counterparty"),
} as const;
export type SideName = keyof typeof names;

/** Kinds of ids that field 50F has in place of an account. */
const idCodes = /^(?:ARNU|CCPT|CUST|DRLC|EMPL|NIDN|SOSE|TXID|LEIC)\/[A-Z]{2}\//u;

/**
 * A customer: fields 50A, F, K and 59, A, F.
 * @see SWIFT MT103, fields 50a and 59a
 */
export function customerOf(field: MtField, draft: Draft): { account: AccountId | null; party: Party | null } {
  const { value, tag } = field;
  const option = tag[2] ?? "";
  const first = lineAt(value, 0);
  const ids: string[] = [];
  let account: AccountId | null = null;
  let at = 0;
  if (first.startsWith("/")) {
    account = accountOf(first.slice(first.startsWith("//") ? 2 : 1), placeOf(field), draft.notes);
    at = first.length + 1;
  } else if (option === "F" && idCodes.test(first)) {
    ids.push(idOf(first));
    at = first.length + 1;
  }
  if (option === "F") return { account, party: structuredParty(value.slice(at).split("\n"), ids) };
  const name = lineAt(value, at).trim();
  const bic = option === "A" || option === "G" ? parseBic(name) : null;
  if (bic !== null) return { account, party: { name: null, ids: [`BIC:${bic}`], country: bic.slice(4, 6) } };
  return { account, party: name === "" ? null : { name, ids, country: null } };
}

/** `CCPT/DE/123` as `CCPT:DE/123`: its scheme first, as ids have it everywhere. */
const idOf = (line: string): string => line.replace("/", ":");

/** Lines of 50F and 59F: 1 name, 2 address, 3 country and town, 4 and 5 birth, 6 and 7 ids, 8 more of the last id. */
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
  const { value, tag } = field;
  let clearing: string | null = null;
  let account: string | null = null;
  let line = lineAt(value, 0);
  // An account in one line, a clearing system's id in the next; another line is the name.
  for (let at = 0; line.startsWith("/") && (account === null || clearing === null); line = lineAt(value, at)) {
    at += line.length + 1;
    if (line.startsWith("//")) clearing ??= clearingOf(line.slice(2));
    else account ??= line.replace(/^\/(?:[CD]\/)?/u, "").trim() || null;
  }
  const option = tag[2] ?? "";
  const text = line.trim();
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
  name: SideName,
  customer: MtField | null,
  bank: MtField | null,
  own: { readonly agent: Agent | null; readonly place: string } | null,
  draft: Draft,
): Side {
  const { account, party } = customer === null ? { account: null, party: null } : customerOf(customer, draft);
  if (customer !== null) {
    const place = placeOf(customer);
    if (account !== null) draft.places[names[name].account] = place;
    if (party !== null) draft.places[names[name].party] = place;
  }
  return { account, party, agent: sideAgent(name, bank, own, draft) };
}

function sideAgent(
  name: SideName,
  bank: MtField | null,
  own: { readonly agent: Agent | null; readonly place: string } | null,
  draft: Draft,
): Agent | null {
  if (bank !== null) {
    const named = agentOf(bank);
    if (named.account !== null) draft.notes.push(`${placeOf(bank)}: account ${named.account}`);
    if (named.agent !== null) {
      draft.places[names[name].agent] = placeOf(bank);
      return named.agent;
    }
  }
  if (own === null || own.agent === null) return null;
  draft.places[names[name].agent] = own.place;
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
    if (agent !== null) draft.places[names[name].agent] = place;
    return { account: null, party: null, agent };
  }
  const ids: string[] = [];
  if (agent?.bic != null) ids.push(`BIC:${agent.bic}`);
  if (agent?.clearing != null) ids.push(agent.clearing);
  const party =
    agent === null
      ? null
      : { name: agent.name ?? agent.bic ?? agent.clearing, ids, country: agent.bic?.slice(4, 6) ?? null };
  if (party !== null) draft.places[names[name].party] = place;
  draft.places[names[name].account] = place;
  return { account: accountOf(account, place, draft.notes), party, agent: sideAgent(name, holder, own, draft) };
}
