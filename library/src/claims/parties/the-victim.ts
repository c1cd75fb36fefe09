import { kinds } from "./described-name.ts";

const isKind = new RegExp(`^(?:${kinds}|team)$`, "u");

/**
 * Whether "the bank" can mean nobody but the victim: the document gives no other name to a bank, and brings in none
 * without a name.
 * @param noun in the singular and small letters
 */
export function isOnlyOne(text: string, noun: string, victim: string): boolean {
  if (!isKind.test(noun)) return false;
  const isVictim = (name: string) => victim.includes(name) || name.includes(victim);
  const named = new RegExp(String.raw`(?<!\p{L})${noun}s?\s+(\p{Lu}[\p{L}\p{N}'’-]*)`, "giu");
  for (const [, name = ""] of text.matchAll(named)) if (/^\p{Lu}/u.test(name) && !isVictim(bare(name))) return false;
  const described = new RegExp(
    String.raw`(\p{Lu}[\p{L}\p{N}'’-]*),\s+(?:an?|the|one of|another)\s(?:[\p{L}\p{N}'’-]+\s+){0,6}${noun}s?(?!\p{L})`,
    "gu",
  );
  const behindName = new Set<number>();
  for (const { 0: found, 1: name = "", index } of text.matchAll(described)) {
    if (!isVictim(bare(name))) return false;
    behindName.add(index + found.length);
  }
  const introduced = new RegExp(
    String.raw`(?<!\p{L})(?:an?|another|two|three|several|some|other)\s+(?:[\p{L}\p{N}'’-]+\s+){0,4}${noun}s?(?!\p{L})`,
    "giu",
  );
  for (const { 0: found, index } of text.matchAll(introduced)) {
    const end = index + found.length;
    const next = /^\s+(\p{Lu}[\p{L}\p{N}'’-]*)/u.exec(text.slice(end, end + 40))?.[1];
    if (!behindName.has(end) && (next === undefined || !isVictim(bare(next)))) return false;
  }
  return true;
}

const bare = (name: string): string => name.replace(/['’]s$/u, "");

const ofVictim = new RegExp(
  String.raw`^its\s+(?:[\p{L}-]+\s+){0,2}(?:spokes\p{L}+|head|director|chief|executive|chair\p{L}*|president|` +
    "founders?|lawyers?|developers|team|management|board)$",
  "iu",
);
const sentenceMax = 200;

/** "Thieves robbed Acme, its founder said": the one victim, whom the same sentence names before. */
export function isOwnOf(text: string, words: string, victim: string): boolean {
  if (!ofVictim.test(words)) return false;
  const at = text.indexOf(victim);
  const own = at < 0 ? -1 : text.indexOf(words, at);
  const isNear = own > at && own - at < sentenceMax && !/[.!?]\s/u.test(text.slice(at, own));
  return isNear && text.indexOf(words, own + words.length) < 0;
}
