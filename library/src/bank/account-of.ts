import { looksLikeIban, parseIban } from "./iban.ts";
import type { AccountId } from "./record.ts";

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
