import { hashText } from "../../sets/hash-text.ts";
import { NumberedTexts } from "../../sets/numbered-texts.ts";
import { parseBic } from "../bic.ts";
import { isInIbans, nationalNumber, withoutZeros } from "../iban.ts";
import type { Agent, Side } from "../record.ts";

/**
 * The accounts that all records of a ledger name, and which names are one account. The rule, which joins only what is
 * certain *within the records given*:
 *
 * 1. An IBAN is the account, whoever is said to hold it.
 * 2. Another id is `ID@BANK`; spaces in it do not count. The bank is its BIC's first eight characters (a branch does
 * not make another bank), else its clearing id, else its name. A clearing id is the bank of a BIC where one agent is
 *    given with both, and neither is ever given with another. An id that is given at one BIC with two clearing ids
 *    (two branches with a sort code each) is two accounts, `ID@CLEARING`.
 * 3. An id that is all of an IBAN but its country and check digits is that IBAN, where one IBAN has it and the bank's
 *    country, where a BIC gives it, is the IBAN's. So is one that is the account's number in an IBAN (leading zeros
 *    aside), at the clearing id that the IBAN holds (a German bank's number, a sort code); else at a BIC that the
 *    records give with the IBAN, where only one IBAN there has it.
 * 4. An id without a bank is the account `ID@BANK` where the records give it at one bank only; else `ID` by itself.
 * 5. A party without an account is `NAME@BANK`, or `NAME` where no bank is given: letters and digits, capitals,
 *    accents dropped. It is never joined with the numbered accounts of a person of that name.
 * 6. No account and no name, or a name that is the bank's: the bank itself, `@BANK`.
 */
export class AccountBook {
  readonly #raws = new NumberedTexts();
  /** By the number of what they say. */
  readonly #sides: Noted[] = [];
  /** The same by object: texts of a million sides are made once, and not for every question. */
  readonly #bySide = new Map<Side, Noted>();
  readonly #agents = new Map<string, Agent>();
  readonly #bicsOfClearing = new Map<string, Set<string>>();
  readonly #clearingsOfBic = new Map<string, Set<string>>();
  readonly #ibanOfBban = new Map<string, string | null>();
  /** By `CLEARING NUMBER` and `BIC8 NUMBER`; null where several have it. */
  readonly #ibanOfNumber = new Map<string, string | null>();
  /** By `ID BIC8`. */
  readonly #clearingsOfId = new Map<string, Set<string>>();
  readonly #keysOfId = new Map<string, Set<string>>();
  readonly #idKeys = new Set<string>();
  #isOpen = true;

  /** Takes note of a side before any key is asked for. */
  note(side: Side | null): void {
    if (!this.#isOpen) throw new RangeError("AccountBook.note: keys were given already");
    if (side === null) return;
    if (this.#bySide.has(side)) return;
    const raw = rawOf(side);
    const number = this.#raws.give(raw);
    const known = this.#sides[number];
    const noted = known ?? { side, key: null, keyHash: 0 };
    this.#bySide.set(side, noted);
    if (known !== undefined) return;
    this.#sides[number] = noted;
    this.noteAgent(side.agent);
    const iban = side.account?.iban ?? null;
    const bic = bic8(side.agent);
    if (iban !== null) this.#noteIban(iban, bic);
    const id = idOf(side);
    if (id !== null && bic !== null && side.agent?.clearing) {
      setOf(this.#clearingsOfId, `${id} ${bic}`).add(side.agent.clearing);
    }
  }

  #noteIban(iban: string, bic: string | null): void {
    setOnly(this.#ibanOfBban, iban.slice(4), iban);
    const number = nationalNumber(iban);
    if (number === null) return;
    if (number.clearing !== null) setOnly(this.#ibanOfNumber, `${number.clearing} ${number.account}`, iban);
    if (bic?.slice(4, 6) === iban.slice(0, 2)) setOnly(this.#ibanOfNumber, `${bic} ${number.account}`, iban);
  }

  noteAgent(agent: Agent | null): void {
    if (agent === null) return;
    const raw = `${agent.bic}|${agent.clearing}|${agent.name}`;
    if (this.#agents.has(raw)) return;
    this.#agents.set(raw, agent);
    const bic = bic8(agent);
    if (bic !== null && agent.clearing) {
      setOf(this.#bicsOfClearing, agent.clearing).add(bic);
      setOf(this.#clearingsOfBic, bic).add(agent.clearing);
    }
  }

  /** Decides what is one; from here on keys may be asked for. */
  close(): void {
    this.#isOpen = false;
    const unsure: Noted[] = [];
    for (const noted of this.#sides) {
      const id = idOf(noted.side);
      if (id !== null && this.#bank(noted.side.agent) === null) {
        unsure.push(noted);
        continue;
      }
      if (id === null && noted.side.account?.iban == null) continue;
      noted.key = this.#decide(noted.side);
      this.#idKeys.add(noted.key!);
      if (id !== null) setOf(this.#keysOfId, id).add(noted.key!);
    }
    for (const noted of unsure) noted.key = this.#decide(noted.side);
    for (const noted of unsure) this.#idKeys.add(noted.key!);
    for (const noted of this.#sides) noted.key ??= this.#decide(noted.side);
  }

  /** The account's key; null where the side names nobody. The side must have been noted. */
  keyOf(side: Side | null): string | null {
    if (side === null) return null;
    const noted = this.#bySide.get(side) ?? this.#sides[this.#raws.find(rawOf(side))];
    if (noted === undefined || this.#isOpen) throw new RangeError("AccountBook.keyOf: this side was not noted");
    return noted.key;
  }

  /** A number that is the same for sides of one key. */
  keyHashOf(side: Side): number {
    const noted = this.#bySide.get(side);
    if (noted === undefined) return smallHash(this.keyOf(side) ?? "");
    if (noted.keyHash === 0) noted.keyHash = smallHash(noted.key ?? "");
    return noted.keyHash;
  }

  /** The bank itself, `@BANK`; null where nothing is said of it. */
  agentKey(agent: Agent | null): string | null {
    const bank = this.#bank(agent);
    return bank === null ? null : `@${bank}`;
  }

  /** Ids that are given without a bank and at several banks, so that nobody can say which of them is meant. */
  unsureIds(): string[] {
    const unsure = new Set<string>();
    for (const { side } of this.#sides) {
      const id = idOf(side);
      if (id !== null && this.#bank(side.agent) === null && (this.#keysOfId.get(id)?.size ?? 0) > 1) unsure.add(id);
    }
    return [...unsure].sort();
  }

  /** Every noted side with its key, and every agent as the bank's own account. */
  *described(): Generator<{ key: string; side: Side }> {
    for (const { side, key } of this.#sides) if (key !== null) yield { key, side };
    for (const agent of this.#agents.values()) {
      const key = this.agentKey(agent);
      if (key !== null) yield { key, side: { account: null, party: null, agent } };
    }
  }

  #bank(agent: Agent | null): string | null {
    if (agent === null) return null;
    const bic = bic8(agent);
    if (bic !== null) return bic;
    if (agent.clearing) {
      const [only, ...others] = this.#bicsOfClearing.get(agent.clearing) ?? [];
      const isCertain = only !== undefined && others.length === 0 && this.#clearingsOfBic.get(only)!.size === 1;
      return isCertain ? only : escapeAt(agent.clearing);
    }
    return agent.name === null ? null : normaliseName(agent.name) || null;
  }

  #decide(side: Side): string | null {
    if (side.account?.iban != null) return side.account.iban;
    const bank = this.#bank(side.agent);
    const id = idOf(side);
    if (id !== null) return this.#decideId(id, side.agent, bank);
    const name = normaliseName(side.party?.name ?? side.party?.ids[0] ?? "");
    if (name === "" || (bank !== null && name === normaliseName(side.agent?.name ?? ""))) {
      return bank === null ? null : `@${bank}`;
    }
    const key = bank === null ? name : `${name}@${bank}`;
    return this.#idKeys.has(key) ? `name:${key}` : key;
  }

  #ibanOf(id: string, agent: Agent | null): string | null {
    const whole = this.#ibanOfBban.get(id) ?? null;
    if (whole !== null || agent === null) return whole;
    // A clearing id says which bank is meant; a BIC may be that of several.
    const bank = agent.clearing && isInIbans(agent.clearing) ? agent.clearing : bic8(agent);
    return this.#ibanOfNumber.get(`${bank} ${withoutZeros(id)}`) ?? null;
  }

  #decideId(id: string, agent: Agent | null, bank: string | null): string {
    const bic = bic8(agent);
    const iban = this.#ibanOf(id, agent);
    if (iban !== null && (bic === null || bic.slice(4, 6) === iban.slice(0, 2))) return iban;
    if (bank === null) {
      const [only, ...others] = this.#keysOfId.get(id) ?? [];
      return only !== undefined && others.length === 0 ? only : escapeAt(id);
    }
    const branches = bic === null ? undefined : this.#clearingsOfId.get(`${id} ${bic}`);
    const isTwo = branches !== undefined && branches.size > 1 && agent?.clearing;
    return `${escapeAt(id)}@${isTwo ? escapeAt(agent.clearing!) : bank}`;
  }
}

interface Noted {
  readonly side: Side;
  key: string | null;
  /** Of the key, once it was asked for; 0 before. */
  keyHash: number;
}

/** 31 bits, which need no object; not 0. */
const smallHash = (text: string) => hashText(text) >>> 1 || 1;

/** How well a side is described, from 0: an account counts for more than a name, and a name for more than a bank. */
export function describedWell(side: Side | null): number {
  if (side === null) return 0;
  const account = side.account?.iban != null ? 16 : idOf(side) !== null ? 8 : 0;
  return (
    account + (side.party?.name ? 4 : 0) + (side.agent?.bic ? 2 : side.agent?.clearing || side.agent?.name ? 1 : 0)
  );
}

/** The side names an account, by IBAN or another id. */
export function hasAccount(side: Side | null): boolean {
  return side !== null && (side.account?.iban != null || idOf(side) !== null);
}

/** Letters and digits in capitals, without accents, one space between words; empty where there are none. */
export function normaliseName(name: string): string {
  const known = normalised.get(name);
  if (known !== undefined) return known;
  const plain = name
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
  if (normalised.size >= namesKeptMax) normalised.clear();
  normalised.set(name, plain);
  return plain;
}

/** Names repeat; a ledger of a million payments has far fewer of them. Full, it begins anew. */
const namesKeptMax = 100_000;
const normalised = new Map<string, string>();

function idOf(side: Side): string | null {
  const other = side.account?.other ?? null;
  if (other === null) return null;
  const id = /\s/u.test(other) ? other.replace(/\s+/gu, "") : other;
  return id === "" ? null : id;
}

function bic8(agent: Agent | null): string | null {
  if (!agent?.bic) return null;
  return (parseBic(agent.bic) ?? agent.bic.trim().toUpperCase()).slice(0, 8) || null;
}

/** `@` stands between an account and its bank, and nowhere else in a key. */
function escapeAt(text: string): string {
  return text.replaceAll("@", "%40");
}

function rawOf({ account, party, agent }: Side): string {
  const who = party === null ? "" : `${party.name}|${party.ids[0] ?? ""}`;
  const bank = agent === null ? "" : `${agent.bic}|${agent.clearing}|${agent.name}`;
  return `${account?.iban ?? ""}|${account?.other ?? ""}|${who}|${bank}`;
}

/** Keeps the only value that a key was given; null where there were several. */
function setOnly(map: Map<string, string | null>, key: string, value: string): void {
  const known = map.get(key);
  map.set(key, known === undefined || known === value ? value : null);
}

function setOf<Key>(map: Map<Key, Set<string>>, key: Key): Set<string> {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = new Set<string>();
  map.set(key, made);
  return made;
}
