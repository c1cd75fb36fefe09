import { parseBic } from "../bic.ts";
import { looksLikeIban, parseIban } from "../iban.ts";
import type { AccountId, Agent, Party, Side } from "../record.ts";
import { type IsoReading, placeOf, textOf } from "./iso-reading.ts";
import type { XmlNode } from "./xml-node.ts";

type Found = XmlNode | undefined;

/**
 * A bank: `FinInstnId` with BIC, clearing member id and name, in the forms of all versions (`BICFI` and `BIC`;
 * `CmbndId`, `NmAndAdr` and `PrtryId` of the first). A bank that is known by neither is known by its LEI or another
 * id.
 */
export function agentOf(field: string, node: Found, reading: IsoReading): Agent | null {
  const institution = node?.child("FinInstnId") ?? node?.child("Agt")?.child("FinInstnId");
  if (institution === undefined) return null;
  const id = institution.child("CmbndId") ?? institution;
  const bic = bicOf(id.child("BICFI") ?? id.child("BIC"), reading);
  const clearing = clearingOf(id.child("ClrSysMmbId")) ?? (bic === null ? otherIdOf(id) : null);
  const name = textOf(id.child("Nm") ?? id.at("NmAndAdr", "Nm"));
  if (bic === null && clearing === null && name === null) return null;
  reading.places[field] = placeOf(institution);
  return { bic, clearing, name };
}

function bicOf(node: Found, reading: IsoReading): string | null {
  const text = textOf(node);
  if (text === null) return null;
  const bic = parseBic(text);
  if (bic === null) reading.note(node!, `"${text.slice(0, 40)}" is no BIC`);
  return bic;
}

function clearingOf(node: Found): string | null {
  if (node === undefined) return null;
  const system = node.child("ClrSysId");
  const scheme = textOf(system?.child("Cd") ?? system?.child("Prtry") ?? system);
  const member = textOf(node.child("MmbId") ?? node.child("Id"));
  if (member !== null) return scheme === null ? member : `${scheme}:${member}`;
  // The first versions name the clearing system by the element: <USFW>, <GBSC>.
  const own = node.children?.find((child) => child.name !== "ClrSysId");
  const id = textOf(own?.child("Id") ?? own);
  return own === undefined || id === null ? null : `${own.name}:${id}`;
}

function otherIdOf(id: XmlNode): string | null {
  const lei = textOf(id.child("LEI"));
  if (lei !== null) return `LEI:${lei}`;
  const other = id.child("Othr") ?? id.child("PrtryId");
  return other === undefined ? null : schemedId(other);
}

/** `SCHEME:ID` of an `Othr`, `PrtryId` and the like. */
function schemedId(node: XmlNode): string | null {
  const id = textOf(node.child("Id"));
  if (id === null) return null;
  const scheme = node.child("SchmeNm") ?? node.child("IdTp");
  const named = textOf(scheme?.child("Cd") ?? scheme?.child("Prtry") ?? scheme ?? node.child("Issr"));
  return named === null ? id : `${named}:${id}`;
}

/**
 * A person or organisation; where `Pty` wraps it (statements from version 08, returns) and where it is a bank
 * (`Agt`).
 */
export function partyOf(field: string, node: Found, reading: IsoReading): Party | null {
  if (node === undefined) return null;
  const bank = agentOf(field, node, reading);
  if (bank !== null) return bankAsParty(bank);
  const party = node.child("Pty") ?? node;
  const name = textOf(party.child("Nm"));
  const ids = idsOf(party.child("Id"));
  const country = textOf(party.child("CtryOfRes") ?? party.at("PstlAdr", "Ctry"));
  if (name === null && ids.length === 0 && country === null) return null;
  reading.places[field] = placeOf(party);
  return { name, ids, country };
}

function bankAsParty({ bic, clearing, name }: Agent): Party {
  const ids = bic === null ? [] : [`BIC:${bic}`];
  if (clearing !== null) ids.push(clearing);
  return { name: name ?? bic ?? clearing, ids, country: bic?.slice(4, 6) ?? null };
}

const bicNames = new Set(["AnyBIC", "BICOrBEI", "BIC", "BEI", "IBEI"]);

function idsOf(node: Found): string[] {
  const ids: string[] = [];
  const holder = node?.child("OrgId") ?? node;
  for (const child of holder?.children ?? []) {
    // Old versions have several PrvtId, each with one id.
    if (child.name === "PrvtId") for (const own of child.children ?? []) pushId(ids, own);
    else pushId(ids, child);
  }
  return ids;
}

function pushId(ids: string[], child: XmlNode): void {
  if (child.name === "DtAndPlcOfBirth") {
    const parts = ["BirthDt", "CityOfBirth", "CtryOfBirth"].map((name) => textOf(child.child(name)) ?? "");
    ids.push(`BIRTH:${parts.join(",")}`);
    return;
  }
  const id = child.children === null ? textOf(child) : schemedId(child);
  if (id === null || child.name === "Issr") return;
  const scheme = bicNames.has(child.name) ? "BIC" : child.name;
  ids.push(child.children === null ? `${scheme}:${id}` : id);
}

/**
 * An account: its IBAN, or another id (`Othr`; `BBAN`, `UPIC` and `PrtryAcct` of the first versions; a proxy where
 * there is nothing else). What stands where an IBAN does and is none is kept as another id, with a note.
 */
export function accountOf(field: string, node: Found, reading: IsoReading): AccountId | null {
  if (node === undefined) return null;
  const id = node.child("Id");
  const currency = textOf(node.child("Ccy"));
  const leaf =
    id?.child("IBAN") ??
    id?.at("Othr", "Id") ??
    id?.child("BBAN") ??
    id?.child("UPIC") ??
    id?.at("PrtryAcct", "Id") ??
    node.at("Prxy", "Id") ??
    id;
  const text = textOf(leaf);
  if (text === null) return null;
  reading.places[field] = placeOf(leaf!);
  if (leaf!.name !== "IBAN" && !looksLikeIban(text)) return { iban: null, other: text, currency };
  const { iban, problem } = parseIban(text);
  if (problem !== null) reading.note(leaf!, `kept as another id, because as an IBAN ${problem}`);
  return { iban, other: iban === null ? text : null, currency };
}

/** Who pays or is paid, with the account and the bank that holds it. `field`: `debtor`, `creditor`, … */
export function sideOf(
  field: string,
  { party, account, agent }: { party: Found; account: Found; agent: Found },
  reading: IsoReading,
): Side {
  return {
    account: accountOf(field === "account" ? field : `${field}.account`, account, reading),
    party: partyOf(`${field}.party`, party, reading),
    agent: agentOf(`${field}.agent`, agent, reading),
  };
}

/**
 * A bank that pays or is paid in its own name (pacs.009). With an account it stands for the owner, and `agent` holds
 * the account; without one, the bank itself is all that is named.
 */
export function bankSideOf(
  field: string,
  { party, account, agent }: { party: Found; account: Found; agent: Found },
  reading: IsoReading,
): Side {
  const own = accountOf(`${field}.account`, account, reading);
  if (own !== null) {
    return {
      account: own,
      party: partyOf(`${field}.party`, party, reading),
      agent: agentOf(`${field}.agent`, agent, reading),
    };
  }
  const bank = agentOf(`${field}.agent`, party, reading);
  return { account: null, party: null, agent: bank ?? agentOf(`${field}.agent`, agent, reading) };
}
