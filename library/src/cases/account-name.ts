import type { AccountLedger, AccountRecord } from "../ledger/account-contract.ts";

/**
 * The spellings under which an account ledger may hold what a person wrote: as written; an Ethereum address or hash in
 * lower case (EIP-55's capitals are a checksum), as a UETR; an IBAN without spaces, in capitals.
 */
export function spellingsOf(text: string): string[] {
  const spellings = [text];
  if (/^0x[0-9a-f]+$|^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/iu.test(text)) spellings.push(text.toLowerCase());
  const packed = text.replaceAll(/\s+/gu, "").toUpperCase();
  if (/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/u.test(packed)) spellings.push(packed);
  return [...new Set(spellings)];
}

/** The account that a person means; null where the ledger holds none of that name. */
export async function accountWritten(ledger: AccountLedger, text: string): Promise<AccountRecord | null> {
  const found = await ledger.accountsNamed(spellingsOf(text));
  return found[0] ?? null;
}
