import { shorten, visibleText } from "./text-safety.ts";

const hexName = /^0x[0-9a-fA-F]{40}(?:[0-9a-fA-F]{24})?$/u;
const ibanForm = /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/u;
/** `ID@BIC`, `NAME@BIC`: a bank's BIC has 8 or 11 characters (ISO 9362). */
const atAgent = /^(.+)@([A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}(?:[A-Z0-9]{3})?)$/u;

/** Of a text without a form of its own nobody knows which part tells it apart. */
const plainMax = 20;

/** So much of a name, with its bank, says more than all of the name without it. */
const nameMin = 12;

/** An IBAN in groups of four, as ISO 13616 prints it; every other account as it is. The result is not yet escaped. */
export function accountText(account: string): string {
  return ibanForm.test(account) ? account.replace(/.{4}(?=.)/gu, "$& ") : account;
}

/**
 * An account for a person, in about `max` characters: `0x1234…abcd`, an IBAN in groups of four, the whole bank of
 * `NAME@BIC`. Whoever needs the whole finds it in the tables, the title, the JSON and the CSV.
 */
export function shortAccount(account: string, max = 27): string {
  const text = visibleText(account);
  if (hexName.test(text)) return `${text.slice(0, 6)}…${text.slice(-4)}`;
  if (ibanForm.test(text)) {
    const grouped = accountText(text);
    return grouped.length <= max ? grouped : `${grouped.slice(0, 9)}…${text.slice(-4)}`;
  }
  const [, name, agent] = atAgent.exec(text) ?? [];
  if (name === undefined || agent === undefined) return shorten(text, Math.min(max, plainMax));
  const room = max - agent.length - 1;
  if (name.length > room && room >= nameMin) return `${shorten(name, room)}@${agent}`;
  // Where there is no room for both, the account is told apart by its own name rather than by its bank's.
  return name.length > room ? shorten(name, max) : `${name}@${agent}`;
}
