import type { Word } from "./sentence-words.ts";

const tricked = /^(?:tricked|duped|conned|deceived|fooled|lured|talked|scammed|defrauded|swindled)$/u;
const fraudsters = /^(?:fraudsters?|scammers?|swindlers?|impostors?|imposters?|conmen|con-?artists?)$/u;
const reach = 14;

/** A word for a payment, which is a loss only where somebody was led to make it. */
export const isPaying = /^(?:pay(?:s|ing)?|paid|send(?:s|ing)?|sent|wir(?:es?|ed|ing)|transfer(?:s|red|ring)?)$/u;

/** "tricked", "duped", "conned" … */
export const isTricked = (lower: string): boolean => tricked.test(lower);

/** "wired $5m to fraudsters": a payment to those who are called so, in the same clause. A ransom is none. */
export function paysFraudsters(words: readonly Word[], verb: number): boolean {
  for (let at = verb + 1; at < Math.min(words.length, verb + reach); at++) {
    const { lower, text } = words[at] as Word;
    if (/^[;:.!?]$/u.test(text) || lower === "ransom") return false;
    if (fraudsters.test(lower)) return /^(?:to|the|a|by)$/u.test(words[at - 1]?.lower ?? "");
  }
  return false;
}
