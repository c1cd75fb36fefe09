import type { Item } from "./frames.ts";

const months =
  /^(?:(?:January|February|March|April|May|June|July|August|September|October|November|December)|(?:19|20)\d\d)$/;

/** Places in a frame's items, both ends inclusive. */
export interface Range {
  readonly first: number;
  readonly last: number;
}

const inNounPhrase = new Set(["DET", "ADJ", "NOUN", "PROPN", "NUM", "SYM", "PRON"]);
const heads = new Set(["NOUN", "PROPN", "PRON", "NUM"]);
const links = new Set("of for at from in with on to against about within to between near".split(" "));
const subjectPronouns = new Set("he she it they we i you who".split(" "));
const objectPronouns = new Set("him her them me us himself herself themselves".split(" "));
/** "a report by the Herald": whose it is, is part of its name. */
const writings = /^(?:report|statement|study|analysis|investigation|audit|review|survey|article|filing|letter|note)s?$/;
const days = new Set("monday tuesday wednesday thursday friday saturday sunday today yesterday tonight".split(" "));

/**
 * The noun phrase that ends before the item at `end` (exclusive), as the subject of what stands there; null where none
 * does. Takes in what hangs on the noun ("of …", "seen by …") and a description between commas
 * ("Ana Cole, the bank's head,").
 */
export function nounPhraseBefore(items: readonly Item[], end: number, floor = 0): Range | null {
  let last = end - 1;
  if (/^(?:neither|both|all|each)$/.test(lower(items, last)) && heads.has(tag(items, last - 1))) last--;
  while (last >= floor && saysWhen(items, last) > 0) last -= saysWhen(items, last);
  if (last < floor) return null;
  if (isMark(items, last, ",") || isMark(items, last, ")") || isMark(items, last, "—")) {
    return describedBefore(items, last, floor);
  }
  if (lower(items, last) === "who" || lower(items, last) === "which") {
    const antecedent = nounPhraseBefore(items, items[last - 1]?.text === "," ? last - 1 : last, floor);
    if (antecedent !== null) return { first: antecedent.first, last };
  }
  if (subjectPronouns.has(lower(items, last))) return { first: last, last };
  const first = leftEdge(items, last, floor);
  return first === null ? null : { first, last };
}

/** How many words that end at a place say when: "Monday", "last week", "this month". */
function saysWhen(items: readonly Item[], at: number): number {
  if (days.has(lower(items, at))) return lower(items, at - 1) === "on" ? 2 : 1;
  const period = /^(?:week|month|year|night|morning|evening|afternoon|day|summer|fall|spring|winter)$/.test(
    lower(items, at),
  );
  if (!period) return 0;
  return /^(?:this|last|next|that|earlier)$/.test(lower(items, at - 1)) ? 2 : days.has(lower(items, at - 1)) ? 2 : 0;
}

/** "Ana Cole, who heads the bank," or "Ana Cole (Left Party)": from the closing comma back to the name. */
function describedBefore(items: readonly Item[], close: number, floor: number): Range | null {
  const opening = items[close]?.text === ")" ? "(" : (items[close]?.text as string);
  for (let at = close - 1; at > floor && close - at < 40; at--) {
    if (items[at]?.tag === "QUOTE") return null;
    if (!isMark(items, at, opening)) continue;
    const first = heads.has(tag(items, at - 1)) || isMark(items, at - 1, ")") ? leftEdge(items, at - 1, floor) : null;
    if (first === null) return null;
    // "the Herald, citing two officials,": whom it cites is no part of its name.
    if (/^(?:citing|quoting)$/.test(lower(items, at + 1))) return { first, last: at - 1 };
    // "the bank, in a filing with the court,"
    const [place] = items.slice(at + 1);
    const aside =
      place?.tag === "ADP" && !items.slice(at + 1, close).some(({ tag: one }) => /^(?:VERB|AUX)$/.test(one));
    if (opening === "," && aside && /^(?:in|at|on|during|through|via)$/.test(place.lower))
      return { first, last: at - 1 };
    // Between commas stands a description, not a list or a clause of its own.
    const next = items[at + 1] as Item;
    const describes =
      opening === "(" ||
      ["DET", "ADJ", "NOUN", "PROPN", "NUM", "PRON"].includes(next.tag) ||
      /^(?:who|which|whose)$/.test(next.lower) ||
      (next.tag === "VERB" && /(?:ed|en|ing|wn)$/.test(next.lower));
    return describes && tag(items, first) !== "QUOTE" ? { first, last: close - 1 } : null;
  }
  return null;
}

function leftEdge(items: readonly Item[], last: number, floor: number): number | null {
  if (!belongs(items, last) && !isMark(items, last, ")")) return null;
  let first = last + 1;
  for (let at = last; at >= floor; at--) {
    if (belongs(items, at)) {
      // "that", "this" as a whole subject are nobody who speaks.
      const owner = lower(items, at) === "her" && at < last;
      if (subjectPronouns.has(lower(items, at)) || (objectPronouns.has(lower(items, at)) && !owner)) break;
      first = at;
      // `a “plain lie” the bureau`: an article begins a phrase, whatever stands before it.
      if (/^(?:a|an|the)$/.test(lower(items, at)) && /^["“”]$/.test(items[at - 1]?.text ?? "")) break;
      continue;
    }
    if (isMark(items, at, ")")) {
      const opening = openingBefore(items, at, floor);
      if (opening === null) break;
      at = opening;
      continue;
    }
    const jump = leftOverLink(items, at, floor);
    if (jump === null) break;
    at = jump + 1;
  }
  while (first <= last && (tag(items, first) === "PUNCT" || tag(items, first) === "PART")) first++;
  if (first > last) return null;
  return items.slice(first, last + 1).some(({ tag: one }) => heads.has(one)) ? first : null;
}

function openingBefore(items: readonly Item[], close: number, floor: number): number | null {
  for (let at = close - 1; at > floor && close - at < 12; at--) if (isMark(items, at, "(")) return at;
  return null;
}

/** The place before a link ("of", "seen by", "and") where the phrase goes on; null where it ends. */
function leftOverLink(items: readonly Item[], at: number, floor: number): number | null {
  const before = at - 1;
  if (before < floor) return null;
  const word = lower(items, at);
  // "people familiar with the matter"
  if (links.has(word) && tag(items, before) === "ADJ" && before > floor && heads.has(tag(items, before - 1)))
    return before;
  const hangs = heads.has(tag(items, before)) || isMark(items, before, ")");
  if (links.has(word) || word === "by") {
    if (hangs && (word !== "by" || tag(items, before) === "NOUN")) return before;
    const participle = tag(items, before) === "VERB" && /(?:ed|en|wn|ing)$/.test(lower(items, before));
    return participle && before - 1 >= floor && heads.has(tag(items, before - 1)) ? before - 1 : null;
  }
  if (word === "and" && /^[A-Z].*ing$/.test(items[at + 1]?.text ?? "")) return hangs ? before : null;
  if (word === "and" || word === "&" || word === "or") {
    const comma = items.findLastIndex(({ text }, place) => place < at && text === ",");
    const verbBefore = items.slice(Math.max(floor, comma), at).some(({ tag: one }) => one === "VERB" || one === "AUX");
    return hangs && !verbBefore ? before : null;
  }
  return null;
}

/** The noun phrase that begins at an item; null where none does. */
export function nounPhraseAfter(items: readonly Item[], start: number): Range | null {
  const owner = lower(items, start) === "her" && /^(?:NOUN|ADJ)$/.test(tag(items, start + 1));
  if (subjectPronouns.has(lower(items, start)) || (objectPronouns.has(lower(items, start)) && !owner)) {
    return { first: start, last: start };
  }
  let last = start - 1;
  for (let at = start; at < items.length; at++) {
    if (belongs(items, at)) {
      if (at > start && subjectPronouns.has(lower(items, at))) break;
      // A new determiner without a link between is a new phrase.
      const named = /^[A-Z].*ing$/.test(items[at - 1]?.text ?? "");
      if (at > start && tag(items, at) === "DET" && heads.has(tag(items, at - 1)) && !named) break;
      if (
        at > start &&
        /^(?:last|this|next)$/.test(lower(items, at)) &&
        /^(?:week|month|year)$/.test(lower(items, at + 1))
      )
        break;
      last = at;
      continue;
    }
    const close = isMark(items, at, "(") ? closingAfter(items, at) : null;
    if (close !== null && last >= start) {
      last = close;
      at = close;
      continue;
    }
    // "a report seen by the Tribune"
    if (at > start && tag(items, at) === "VERB" && lower(items, at + 1) === "by" && belongs(items, at + 2)) {
      at++;
      continue;
    }
    const written = lower(items, at) === "by" && writings.test(lower(items, at - 1));
    const linked =
      (written || links.has(lower(items, at)) || lower(items, at) === "and") &&
      // "people familiar with the matter"
      (heads.has(tag(items, at - (tag(items, at - 1) === "ADJ" && at - start > 1 ? 2 : 1))) ||
        isMark(items, at - 1, ")"));
    if (!linked || !belongs(items, at + 1) || days.has(lower(items, at + 1)) || months.test(items[at + 1]?.text ?? ""))
      break;
  }
  if (last < start || !items.slice(start, last + 1).some(({ tag: one }) => heads.has(one))) return null;
  return { first: start, last: withDescription(items, last) };
}

function closingAfter(items: readonly Item[], open: number): number | null {
  for (let at = open + 1; at < items.length && at - open < 12; at++) if (isMark(items, at, ")")) return at;
  return null;
}

/** ", the bank's head" after a name. */
function withDescription(items: readonly Item[], last: number): number {
  if (!isMark(items, last + 1, ",") || !/^(?:a|an|the|who|whose)$/.test(lower(items, last + 2))) return last;
  for (let at = last + 3; at < items.length && at - last < 30; at++) {
    if (/^[,.;:—]$/.test(items[at]?.text ?? "") || tag(items, at) === "QUOTE") return at - 1;
    // ", the report stated" is a clause of its own.
    const relative = /^who/.test(lower(items, last + 2));
    if (!relative && (tag(items, at) === "AUX" || (tag(items, at) === "VERB" && !lower(items, at).endsWith("ing"))))
      return last;
  }
  return last;
}

function belongs(items: readonly Item[], at: number): boolean {
  const item = items[at];
  if (item === undefined) return false;
  if (inNounPhrase.has(item.tag)) return !/^(?:that|which|who|what|whatever)$/.test(item.lower);
  // "state-run", "war-torn": one word, whatever its parts are.
  if (item.tag !== "PUNCT" && (hyphened(items, at) || hyphened(items, at + 1))) return true;
  // 's, hyphens within compounds, marks around a word that is set in quotation marks
  if (item.tag === "PART") return /^(?:'s|')$/.test(item.lower);
  if (item.tag === "PUNCT" || item.tag === "SYM") return /^[-–'’&./“”"]$/.test(item.text) && touches(items, at);
  return item.tag === "ADV" && /^(?:now|then|very|nearly|about|more|most)$/.test(item.lower) && touches(items, at);
}

/** Whether a hyphen without white space ties the item to the one before it. */
function hyphened(items: readonly Item[], at: number): boolean {
  const [left, right] = [items[at - 1], items[at]];
  if (left === undefined || right === undefined || left.to !== right.from) return false;
  const [before, after] = [items[at - 2], items[at + 1]];
  if (/^[-–]$/.test(left.text)) return before !== undefined && before.to === left.from && left.to === right.from;
  return /^[-–]$/.test(right.text) && after !== undefined && right.to === after.from;
}

function touches(items: readonly Item[], at: number): boolean {
  return items[at - 1] !== undefined && items[at + 1] !== undefined;
}

function isMark(items: readonly Item[], at: number, mark: string): boolean {
  return items[at]?.text === mark;
}

function tag(items: readonly Item[], at: number): string {
  return items[at]?.tag ?? "";
}

function lower(items: readonly Item[], at: number): string {
  return items[at]?.lower ?? "";
}
