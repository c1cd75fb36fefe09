import type { Cue } from "./cues.ts";
import { untrueWord } from "./denials.ts";
import type { Item } from "./frames.ts";
import { nounPhraseAfter, type Range } from "./noun-phrases.ts";

const openers = new Set(["that", "whether", "how", "why", "what", "if", "who"]);
const adverbial = /^(?:on|in|at|during|after|before|from|to|via|by|late|early|last|this|earlier|later|again|also|too)$/;
const days = /^(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|today|yesterday|tonight)$/;

const secondVerb = new RegExp(
  "^(?:said|says|added|accused|accuses|denied|denies|called|urged|told|insisted|claimed|alleged|blamed|warned|" +
    "rejected|dismissed|disputed|confirmed|corrected|" +
    "retracted|criticized|criticised|noted|vowed|argued|declined|refused|demanded|described)$",
);

/** Whether a stretch of items holds a verb that can carry a clause. */
export function hasFiniteVerb(items: readonly Item[], first: number, last: number): boolean {
  for (let at = first; at <= last; at++) {
    const { tag, lower } = items[at] as Item;
    if (tag === "AUX") return true;
    if (tag === "VERB" && !lower.endsWith("ing") && items[at - 1]?.lower !== "to") return true;
  }
  return false;
}

/** Where what is said begins after a cue: after "that", the addressee and the day; null where nothing is said there. */
export function clauseAfter(items: readonly Item[], cue: Cue, from: number): Range | null {
  const first = beginOfClause(items, cue, from);
  const whole = endOfClause(items, first, cue);
  const reckons = /^(?:put|estimate|attribute)/.test(items[cue.first]?.lower ?? "");
  const last = reckons && isNounOnly(cue) ? beforeComma(items, first, whole) : whole;
  // "The bank denied that.": it opens no clause there.
  if (last < first) return cue.act === "denies" && first === from + 1 && bareThat(items, from) ? pointer(from) : null;
  const marked = openers.has(items[first - 1]?.lower ?? "") || openers.has(items[first]?.lower ?? "");
  const { complements, needsClause } = cue.verb;
  const free = complements.some((one) => one === "noun" || one === "accused" || one === "charge" || one === "naming");
  if (cue.verb.needsQuotation) return null;
  if (cue.verb.complements.includes("naming")) return names(items, first, last) ? { first, last } : null;
  if (
    free &&
    !needsClause &&
    (complements.length === 1 || !/^(?:about|for|to|in|on)$/.test(items[first]?.lower ?? ""))
  ) {
    return { first, last };
  }
  return (marked ? last > first : !needsClause || cue.last + 1 === from) &&
    (marked || beginsAsClause(items, { first, last }, needsClause))
    ? { first, last }
    : null;
}

/** "put the loss at $5 million, above the figure that …": what is said is the noun, and no "that" far behind it. */
function isNounOnly({ verb, act }: Cue): boolean {
  return verb.complements.every((one) => one === "noun") && /^(?:states|alleges)$/.test(act);
}

/** What a reckoned sum is compared with, is not what is reckoned. */
function beforeComma(items: readonly Item[], first: number, last: number): number {
  const comma = items.findIndex(({ text }, at) => at > first && at <= last && text === ",");
  const compares = /^(?:up|down|well|far|above|below|more|less|higher|lower|twice|double|half|compared|against)$/;
  const turns = comma > 0 && compares.test(items[comma + 1]?.lower ?? "");
  return turns ? trimEnd(items, first, comma - 1) : last;
}

const bareThat = (items: readonly Item[], at: number): boolean => items[at]?.lower === "that";
const pointer = (at: number): Range => ({ first: at, last: at });

/** "described it as …", "called them a …", "called the plan “reckless”": not "called her on Friday". */
function names(items: readonly Item[], first: number, last: number): boolean {
  for (let at = first; at <= last; at++) {
    const { lower, quoted, tag } = items[at] as Item;
    if (tag === "QUOTE" || lower === "as" || (quoted && at > first)) return true;
    // "called the allegations baseless"
    if (at > first && untrueWord.test(lower) && !/^(?:NOUN|PROPN)$/.test(items[at + 1]?.tag ?? "")) return true;
    if (at > first && /^(?:a|an)$/.test(lower) && items[at - 1]?.tag !== "ADP") return true;
    if (tag === "VERB" || tag === "AUX" || lower === ",") return false;
  }
  return false;
}

/** Without "that" a clause shows by its subject and the verb after it, or by an adverbial before them. */
function beginsAsClause(items: readonly Item[], { first, last }: Range, strictly: boolean): boolean {
  if (!hasFiniteVerb(items, first, last)) return false;
  const { tag, lower } = items[first] as Item;
  if (tag === "ADP" || tag === "SCONJ" || /^(?:when|before|after|because|until|as|since)$/.test(lower)) {
    const comma = items.findIndex(({ text }, at) => at > first && text === ",");
    return (
      comma > 0 &&
      comma < last &&
      !/^(?:about|for|of|to|against|with)$/.test(lower) &&
      beginsAsClause(items, { first: comma + 1, last }, strictly)
    );
  }
  const subject = nounPhraseAfter(items, first);
  if (subject === null) return !strictly || lower === "there" || tag === "AUX";
  let at = subject.last + 1;
  while (items[at]?.tag === "ADV" || items[at]?.tag === "PART") at++;
  const { tag: verb = "", text = "" } = items[at] ?? {};
  if (!strictly && text !== "," && text !== "") return true;
  return (
    verb === "AUX" ||
    verb === "VERB" ||
    (text === "," && hasFiniteVerb(items, at, Math.min(last, at + 20)) && subject.last > first)
  );
}

/** ", citing two officials, that": the place after the closing comma; the place itself where nothing is inserted. */
function afterInsertion(items: readonly Item[], at: number): number {
  const begins = items[at]?.text === "," ? at + 1 : at;
  if (!/^(?:citing|quoting)$/.test(items[begins]?.lower ?? "")) return at;
  const close = items.findIndex(({ text }, place) => place > begins && text === ",");
  return close < 0 || close - begins > 25 ? at : close + 1;
}

function beginOfClause(items: readonly Item[], cue: Cue, from: number): number {
  const that = isNounOnly(cue) && items[from]?.lower !== "that" ? null : openerAhead(items, from);
  if (that !== null) return items[that]?.lower === "that" ? that + 1 : that;
  let at = from;
  if (cue.verb.complements.includes("addressee")) {
    const addressee = nounPhraseAfter(items, at);
    if (addressee !== null && hasFiniteVerb(items, addressee.last + 1, items.length - 1))
      at = shortAddressee(items, addressee) + 1;
  }
  while (
    days.test(items[at]?.lower ?? "") ||
    (/^(?:on|late|early)$/.test(items[at]?.lower ?? "") && days.test(items[at + 1]?.lower ?? ""))
  ) {
    at++;
  }
  at = afterInsertion(items, afterPlace(items, at));
  while (/^[,:;—–]$/.test(items[at]?.text ?? "")) at++;
  return at;
}

/** "said in a statement it would pay": over where and to whom, if a clause begins after it. */
function afterPlace(items: readonly Item[], from: number): number {
  if (!/^(?:in|on|at|during|to|from|after)$/.test(items[from]?.lower ?? "")) return from;
  const place = nounPhraseAfter(items, from + 1);
  const next = items[(place?.last ?? from) + 1];
  if (place === null || next === undefined || !/^(?:DET|PRON|PROPN|NOUN)$/.test(next.tag)) return from;
  return hasFiniteVerb(items, place.last + 2, items.length - 1) ? place.last + 1 : from;
}

/** "told Reuters it would pay": the addressee ends before a pronoun or an article. */
function shortAddressee(items: readonly Item[], { first, last }: Range): number {
  for (let at = first + 1; at <= last; at++) {
    if (items[at]?.tag === "DET" || (items[at]?.tag === "PRON" && items[at - 1]?.tag !== "ADP")) return at - 1;
  }
  return last;
}

/** "that" or a question word before any verb: after the cue, or after whom and where it was said. */
function openerAhead(items: readonly Item[], from: number): number | null {
  let furthest = from + 25;
  for (let at = from; at < items.length && at < furthest; at++) {
    const inserted = afterInsertion(items, at);
    furthest += inserted - at;
    at = inserted;
    const { lower = "", tag = "" } = items[at] ?? {};
    if (lower === "that" && at === from) return at;
    if (openers.has(lower) && (lower === "that" ? tag !== "DET" || at > from : at === from)) return at;
    if (hangsOn(items, at)) continue;
    if (tag === "VERB" || tag === "AUX" || tag === "QUOTE" || lower === ";" || lower === ":") return null;
    if (at === from && tag === "PRON") {
      // "said it would": the pronoun begins the clause; "told him that": it does not.
      if (items[at + 1]?.tag === "AUX" || items[at + 1]?.tag === "VERB") return null;
    }
  }
  return null;
}

/** "a report seen by the Herald", "a complaint filed on Monday": a participle that hangs on the noun before it. */
function hangsOn(items: readonly Item[], at: number): boolean {
  const { tag, lower } = items[at] as Item;
  if (tag !== "VERB" || !/(?:ed|en|wn|ing)$/.test(lower)) return false;
  return /^(?:NOUN|PROPN)$/.test(items[at - 1]?.tag ?? "") && items[at + 1]?.tag === "ADP";
}

/** Where what is said ends: at the sentence's end, or where the writer goes on in another way. */
export function endOfClause(items: readonly Item[], first: number, cue: Cue): number {
  let at = first;
  for (; at < items.length; at++) {
    const { text, lower } = items[at] as Item;
    const next = items[at + 1];
    if (text === ";" && at > first) break;
    if ((text === "," || text === "—") && at > first && next !== undefined && turnsAway(items, at + 1, cue)) break;
    if ((lower === "and" || lower === "but") && at > first && sameSpeakerGoesOn(items, at + 1, cue)) break;
    if (lower === "according" && next?.lower === "to") break;
  }
  return trimEnd(items, first, at - 1);
}

function trimEnd(items: readonly Item[], first: number, end: number): number {
  let last = end;
  while (last >= first && /^[.,;:?!—–-]+$/.test(items[last]?.text ?? "") && items[last]?.tag !== "QUOTE") last--;
  return last;
}

/** ", citing …", ", adding that …", ", while …", ", according to …" */
function turnsAway(items: readonly Item[], at: number, cue: Cue): boolean {
  const { lower } = items[at] as Item;
  if (lower === "according" || lower === "citing" || lower === "quoting") return true;
  if (
    /^(?:saying|adding|noting|telling|claiming|arguing|insisting|stressing|denying|accusing|calling|warning)$/.test(
      lower,
    )
  ) {
    return true;
  }
  if (lower === "while" || lower === "although" || lower === "though") return true;
  return (lower === "and" || lower === "but") && sameSpeakerGoesOn(items, at + 1, cue);
}

/** "and said …", "but denied …": the second verb has the first one's speaker. */
function sameSpeakerGoesOn(items: readonly Item[], from: number, _cue: Cue): boolean {
  let at = from;
  while (items[at]?.tag === "ADV") at++;
  const { lower = "" } = items[at] ?? {};
  return secondVerb.test(lower);
}

/** Whether only when, where and to whom stands between two places: nothing that is said itself. */
export function onlyCircumstance(items: readonly Item[], first: number, last: number): boolean {
  for (let at = first; at <= last; at++) {
    const { tag, lower } = items[at] as Item;
    if (tag === "QUOTE" || lower === ";" || (lower === "and" && items[at + 1]?.tag === "VERB")) return false;
    if (tag === "AUX") return false;
    if (tag === "VERB" && !/(?:ing|ed)$/.test(lower) && !hangsOn(items, at)) return false;
    if (lower === "that" && at < last) return false;
  }
  return true;
}

/** Whether nothing is said after a cue but when, where and to whom; up to a comma or the end. */
export function standsAtEnd(items: readonly Item[], from: number): boolean {
  const next = items[from];
  if (next === undefined || /^[,.;—–)]$/.test(next.text)) return true;
  if (
    !adverbial.test(next.lower) &&
    !days.test(next.lower) &&
    next.tag !== "ADV" &&
    next.tag !== "PROPN" &&
    next.tag !== "NOUN" &&
    next.tag !== "PRON" &&
    next.tag !== "DET"
  )
    return false;
  let end = from;
  while (end < items.length && !/^[.;]$/.test(items[end]?.text ?? "")) end++;
  return onlyCircumstance(items, from, end - 1);
}
