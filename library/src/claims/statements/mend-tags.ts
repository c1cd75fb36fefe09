import type { Item } from "./frames.ts";
import { doubtfulForms, verbForms } from "./reporting-verbs.ts";

const plurals = /(?:[^s]s|people|police|men|women|children|staff|media)$/;
/** What claims and charges are of: "fraud claims that …" are no fraud that claims. */
const ofWhat = /^(?:fraud|theft|media|press|news|abuse|corruption|hacking|bribery|murder|assault|damage|insurance)$/;
const nameLinks = /^(?:d[aeiou]|d[ao]s|del|della|van|von|der)$/;
const possessives = /^(?:his|her|its|their|my|our|your)$/;

/**
 * Mends what the tagger takes for a noun or an adjective where its place makes a verb of it ("Prosecutors alleged
 * that", "documents show that", ", Reuters reports."), and the other way round ("according to police").
 */
export function mendTags(items: readonly Item[]): Item[] {
  const mended: Item[] = [...items];
  for (const [at, item] of items.entries()) {
    const tag = mendedTag(mended, at);
    if (tag !== item.tag) mended[at] = { ...item, tag };
  }
  return mended;
}

function mendedTag(items: readonly Item[], at: number): string {
  const item = items[at] as Item;
  const { tag, lower, quoted } = item;
  const [before, next] = [items[at - 1], items[at + 1]];
  // "an earlier version"
  if (tag === "ADV" && lower === "earlier" && before?.tag === "DET" && isNominal(next)) return "ADJ";
  if (quoted || before === undefined) return tag;
  // "Diário do Douro": what links the parts of a name is of it, whatever the word is in English.
  if (nameLinks.test(item.text) && before.tag === "PROPN" && isCapital(next)) return "PROPN";
  // "its founder has alleged"
  if (tag !== "VERB" && /^(?:has|have|had)$/.test(before.lower) && verbForms.get(lower)?.form === "past") return "VERB";
  if (tag === "VERB") {
    // "according to leaked papers", "according to people close to it"
    if (before.lower === "to" && items[at - 2]?.lower === "according")
      return /^(?:NOUN|PROPN)$/.test(next?.tag ?? "") || (next?.tag === "ADJ" && lower.endsWith("ed")) ? "ADJ" : "NOUN";
    // "said its research lead, Ana Cole": an office between a noun and a name
    if (/^(?:lead|head|chair)$/.test(lower) && before.tag === "NOUN" && next?.text === ",") return "NOUN";
    // "rejected claims of theft", "denied reports that …"
    const object = /^(?:claims|charges|reports)$/.test(lower) && before.tag === "VERB" && !before.lower.endsWith("ing");
    return object && verbForms.has(before.lower) ? "NOUN" : tag;
  }
  if ((tag !== "NOUN" && tag !== "ADJ") || !doubtfulForms.has(lower)) return tag;
  return isPredicate(items, at) ? "VERB" : tag;
}

/** Whether a doubtful form stands where a sentence has its verb. */
function isPredicate(items: readonly Item[], at: number): boolean {
  const [item, before, next] = [items[at] as Item, items[at - 1] as Item, items[at + 1]];
  if (!/^(?:NOUN|PROPN|PRON)$/.test(before.tag) || possessives.test(before.lower)) return false;
  const form = verbForms.get(item.lower)?.form;
  const past = form === "past" && /ed$/.test(item.lower);
  // "the FBI alleged in a complaint": an adjective would stand before a noun.
  if (past && item.tag === "ADJ" && (item.lower === "alleged" || !isNominal(next))) return true;
  const subject = subjectBefore(items, at);
  if (subject === null) return false;
  const that = next?.lower === "that" && items[at + 2] !== undefined && !/^[.,;]$/.test(items[at + 2]?.text ?? "");
  if (past) return that;
  const many = subject.some(({ tag, lower }) => tag !== "PRON" && plurals.test(lower)) || before.tag === "PRON";
  // "charges a fee", "posts a profit" say nothing.
  const free = !/^(?:charge|claim|post|stress|attack|fear)s?$/.test(item.lower);
  const goesOn = /^(?:DET|PRON)$/.test(next?.tag ?? "");
  // "Acme Labs claims the thief fled": a claim to a thing ("claims the prize") has no verb behind it.
  const claims = /^claims?$/.test(item.lower) && goesOn && hasVerb(items, at + 2);
  const clause = that || (free && goesOn) || claims;
  if (form === "base") return many && clause;
  if (form !== "third") return false;
  const named = before.tag === "PROPN" || /^\p{Lu}/u.test(before.text);
  const one = named || !plurals.test(before.lower);
  if (clause) return one && !ofWhat.test(before.lower) && (named || subject[0]?.tag === "DET");
  // "…, Reuters reports."
  const ends = next === undefined || /^[.,;]$/.test(next.text);
  return ends && named && items[at - subject.length - 1]?.text === ",";
}

/** The noun phrase before a place, where it begins a clause: no verb, and no preposition but its own, stands before. */
function subjectBefore(items: readonly Item[], at: number): Item[] | null {
  let first = at;
  for (; first > 0; first--) {
    const { tag, lower, text } = items[first - 1] as Item;
    const seenBy = lower === "by" || (tag === "VERB" && items[first]?.lower === "by");
    const hangs = tag === "ADP" && /^(?:NOUN|PROPN)$/.test(items[first - 2]?.tag ?? "");
    const inside = hangs || /^(?:NOUN|PROPN|PRON|ADJ|DET|NUM|CCONJ)$/.test(tag) || lower === "'s" || seenBy;
    if (!(inside || text === "-") || lower === "that") break;
  }
  const before = items[first - 1];
  if (before !== undefined && !/^[,;:—–]$/.test(before.text) && before.tag !== "SCONJ" && before.lower !== "that")
    return null;
  const subject = items.slice(first, at);
  return subject.length === 0 ? null : subject;
}

function hasVerb(items: readonly Item[], from: number): boolean {
  const end = items.findIndex(({ text }, at) => at >= from && /^[,;:—–]$/.test(text));
  const clause = items.slice(from, end < 0 ? items.length : end);
  return clause.some(({ tag, lower }) => tag === "AUX" || (tag === "VERB" && !lower.endsWith("ing")));
}

function isCapital(item: Item | undefined): boolean {
  return item?.tag === "PROPN" && /^\p{Lu}/u.test(item.text);
}

function isNominal(item: Item | undefined): boolean {
  return item !== undefined && /^(?:NOUN|PROPN|ADJ)$/.test(item.tag);
}
