import type { Attribution } from "./attribution.ts";
import type { Frame, Item } from "./frames.ts";
import { nounPhraseAfter } from "./noun-phrases.ts";
import type { Stretch } from "./quotations.ts";

/** Somebody or something named in the text: where, by which words, and in which frame. */
interface Naming extends Stretch {
  readonly words: readonly string[];
  readonly frame: number;
}

const titles =
  "mr|mrs|ms|miss|dr|sir|dame|lord|lady|sen|senator|rep|gov|gen|col|judge|justice|president|minister|prof|professor|" +
  "inspector|insp|detective|det|officer|constable|sergeant|sgt|superintendent|supt|commissioner|chief|captain|capt|" +
  "lieutenant|lt|major|deputy|assistant";
const honorifics = new RegExp(`^(?:${titles})\\.?$`);
/** The last word of what is no person. */
const organisations = new RegExp(
  "^(?:bank|exchange|ministry|office|group|inc|corp|corporation|company|co|ltd|llc|plc|ag|gmbh|trust|fund|holdings?|" +
    "capital|partners|ventures|labs?|foundation|institute|university|college|school|agency|authority|bureau|" +
    "department|police|court|council|commission|committee|board|union|association|federation|party|parliament|" +
    "congress|senate|house|treasury|government|army|service|services|news|times|post|herald|tribune|journal|press|" +
    "wire|gazette|street|road|bay|city|county|province|state|states|kingdom|republic|security|protocol|finance|" +
    "network|networks|systems|technologies|solutions|international|chain)\\.?$",
);
/** Between a pronoun and the speaker it means may lie two paragraphs, and no other person's name. */
const paragraphsMax = 2;
/** And no more sentences than this, however long the paragraphs are. */
const framesMax = 15;

/**
 * For each attribution's source, in order, the earlier and fuller naming that it means, where only one can be meant:
 * a surname for the one full name that ends in it; "the spokesman" for the one spokesman introduced; "he" or "she" for
 * the last speaker with a name, where no other full name stands between. Everything else stays null.
 */
export function resolveSources(read: readonly Frame[], attributions: readonly Attribution[]): (Stretch | null)[] {
  const frames = read.map((frame) => ({ ...frame, items: withDoubleNames(frame.items) }));
  const names = namesOf(frames);
  const places = new Map(read.map((frame, index) => [frame, index]));
  const introductions = introductionsOf(frames);
  let speaker: Speaker | null = null;
  let nameless: Nameless | null = null;
  return attributions.map(({ frame, source, cue }) => {
    if (source === null) return null;
    const place = places.get(frame) as number;
    const words = withDoubleNames(frame.items.slice(source.first, source.last + 1));
    const [first] = words as [Item];
    if (words.length === 1 && (first.lower === "he" || first.lower === "she")) {
      const before: Nameless | null = nameless;
      const meant = before === null ? null : justBefore(before, { frames, place, pronoun: first });
      if (meant !== null) return meant;
      return speaker === null ? subjectBefore(frames, place) : pronounFor({ speaker, frames, place, at: first.from });
    }
    const full = fullName(words);
    const earlier = full === null ? null : earlierName(full, names, first.from);
    // One word with a capital may be no person at all: "Prosecutors".
    const person = full !== null && !organisations.test((full.at(-1) as Item).lower);
    if (person && (full.length > 1 || earlier !== null)) {
      const named = earlier ?? { ...span(full), words: full.map(({ lower }) => lower) };
      const until = Math.max((words.at(-1) as Item).to, endOfAddressee(frame.items, cue.last));
      speaker = { name: named, words: named.words, frame: place, until };
    } else if (first.tag !== "PRON") speaker = null;
    nameless = speaker === null && full === null ? { ...span(words), frame: place, words } : null;
    if (earlier !== null) return { from: earlier.from, to: earlier.to };
    return full === null ? introduced(words, introductions) : null;
  });
}

/** A speaker who is told by an office alone: "a police spokeswoman". */
interface Nameless extends Stretch {
  readonly frame: number;
  readonly words: readonly Item[];
}

const offices = new RegExp(
  "^(?:spokes(?:man|woman|person)|lawyer|attorney|prosecutor|investigator|officer|official|minister|director|" +
    "detective)$",
);

/** "A police spokeswoman denied it. “It is false,” she said.": the next sentence, and nobody else's name between. */
function justBefore(
  { from, to, frame, words }: Nameless,
  { frames, place, pronoun }: { frames: readonly Frame[]; place: number; pronoun: Item },
): Stretch | null {
  const [own, before] = [frames[place] as Frame, frames[frame] as Frame];
  const office = words.find(({ lower }) => offices.test(lower))?.lower;
  if (office === undefined || words.some(({ lower }) => lower === "and") || place - frame > 1) return null;
  if (own.paragraph !== before.paragraph || words.some(({ lower }) => /^(?:two|three|four|several)$/.test(lower)))
    return null;
  const isOther =
    pronoun.lower === "he" ? office.endsWith("woman") : office.endsWith("man") && !office.endsWith("woman");
  const between = { from: to, to: pronoun.from };
  const isNamed = [before, own].some(({ items }) => namesAnother(items, [], between));
  return isOther || isNamed ? null : { from, to };
}

/** "Ana Cole-Marsh" and "Park Ji-ho": the tokenizer divides at the hyphen what is one name. */
function withDoubleNames(items: readonly Item[]): Item[] {
  const joined: Item[] = [];
  for (let at = 0; at < items.length; at++) {
    const [item, before, next] = [items[at] as Item, joined.at(-1), items[at + 1]];
    const isTied = item.text === "-" && before?.to === item.from && next?.from === item.to;
    if (!isTied || before === undefined || next === undefined || !/^\p{Lu}/u.test(before.text)) {
      joined.push(item);
      continue;
    }
    const text = `${before.text}-${next.text}`;
    const tag = before.tag === "PROPN" || next.tag === "PROPN" ? "PROPN" : before.tag;
    joined[joined.length - 1] = { ...before, to: next.to, text, lower: text.toLowerCase(), tag };
    at++;
  }
  return joined;
}

/** Behind "told" stands who was told: "told Quay Public Radio". */
function endOfAddressee(items: readonly Item[], cue: number): number {
  if (!/^(?:told|tells)$/.test(items[cue]?.lower ?? "")) return 0;
  let last = cue;
  while (items[last + 1]?.lower === "the" || isName(items, last + 1)) last++;
  return last === cue ? 0 : (items[last] as Item).to;
}

/**
 * The person whom the sentence before is about, in the same paragraph: the one full name that it begins with, where no
 * other stands in it. "Ana Cole sees it differently. “We paid,” she said."
 */
function subjectBefore(frames: readonly Frame[], place: number): Stretch | null {
  const [frame, before] = [frames[place] as Frame, frames[place - 1]];
  if (before === undefined || before.paragraph !== frame.paragraph) return null;
  const { items } = before;
  const verb = items.findIndex(({ tag }) => tag === "VERB" || tag === "AUX");
  const subject = verb < 0 ? null : fullName(items.slice(0, verb));
  if (subject === null || subject.length < 2 || organisations.test((subject.at(-1) as Item).lower)) return null;
  const words = subject.map(({ lower }) => lower);
  const since = (subject.at(-1) as Item).to;
  const first = frame.items[0]?.from ?? since;
  return namesAnother(items, words, { from: since, to: first }) ? null : span(subject);
}

function span(words: readonly Item[]): Stretch {
  return { from: (words[0] as Item).from, to: (words.at(-1) as Item).to };
}

/** Runs of two to five proper nouns, by their last word. */
function namesOf(frames: readonly Frame[]): Map<string, Naming[]> {
  const names = new Map<string, Naming[]>();
  for (const [frame, { items }] of frames.entries()) {
    for (let at = 0; at < items.length; at++) {
      let end = at;
      while (isName(items, end)) end++;
      const run = items.slice(at, end).filter(({ lower }) => !honorifics.test(lower));
      at = Math.max(at, end);
      if (run.length < 2 || run.length > 5) continue;
      const words = run.map(({ lower }) => lower);
      const key = words.at(-1) as string;
      const naming = { ...span(run), words, frame };
      const list = names.get(key);
      if (list === undefined) names.set(key, [naming]);
      // Two are enough to know that a surname is not safe.
      else if (list.length < 2 && !list.some((one) => one.words.join(" ") === words.join(" "))) list.push(naming);
    }
  }
  return names;
}

/** A proper noun, or a word with a capital that the tagger takes for another ("Lena Park"). */
function isName(items: readonly Item[], at: number): boolean {
  const { tag = "", text = "" } = items[at] ?? {};
  return tag === "PROPN" || (/^(?:NOUN|VERB|ADJ|X)$/.test(tag) && /^\p{Lu}\p{Ll}/u.test(text));
}

/** The name in a source's words: its last run of proper nouns before any "of" or comma; null where it has none. */
function fullName(words: readonly Item[]): Item[] | null {
  const comma = words.findIndex(({ text }) => text === "," || text === "(");
  const behind = comma < 0 ? [] : nameBehind(words, comma);
  if (behind.length > 0) return behind;
  const whole = comma < 0 ? words : words.slice(0, comma);
  const end = whole.findIndex(({ tag }) => tag === "ADP");
  // "Bank of Ostrava chief executive Ana Cole": the name stands behind the office, and not before "of".
  const head = end < 0 || endsInOfficeAndName(whole) ? whole : whole.slice(0, end);
  if (head.length === 0 || !isName(head, head.length - 1)) return null;
  const first = head.findLastIndex((_, at) => !isName(head, at)) + 1;
  const run = head.slice(first).filter(({ lower }) => !honorifics.test(lower));
  return run.length === 0 ? null : run;
}

/** "the bank's lawyer, Ana Cole": a description, and behind its comma nothing but the name. */
function nameBehind(words: readonly Item[], comma: number): Item[] {
  const rest = words.slice(comma + 1).filter(({ text }) => text !== ",");
  const isBare = rest.length > 1 && rest.length < 5 && rest.every((_, at) => isName(rest, at));
  const described = /^(?:DET|PRON|NOUN|ADJ)$/.test(words[0]?.tag ?? "") || words.some(({ lower }) => lower === "'s");
  return isBare && described && words[comma]?.text === "," && !isName(words, comma - 1)
    ? rest.filter(({ lower }) => !honorifics.test(lower))
    : [];
}

function endsInOfficeAndName(words: readonly Item[]): boolean {
  const office = words.findLastIndex((_, at) => !isName(words, at));
  return (
    words.length - office > 2 &&
    /^(?:executive|director|chairman|chairwoman|president|secretary|spokes\p{L}+|minister)$/u.test(
      words[office]?.lower ?? "",
    )
  );
}

function earlierName(name: readonly Item[], names: ReadonlyMap<string, Naming[]>, at: number): Naming | null {
  const last = (name.at(-1) as Item).lower;
  const all = (names.get(last) ?? []).filter(({ from }) => from < at);
  // Two people of one surname: which of them is not safe to say.
  const [only] = all;
  if (only === undefined || all.length > 1 || name.length >= only.words.length) return null;
  return only;
}

/** Whom a pronoun may mean. */
interface Speaker {
  readonly name: Stretch;
  readonly words: readonly string[];
  readonly frame: number;
  /** Where the last naming ends, with its description: "Bo Marsh, a spokesman for Acme Bank". */
  readonly until: number;
}

interface Pronoun {
  readonly speaker: Speaker;
  readonly frames: readonly Frame[];
  readonly place: number;
  readonly at: number;
}

function pronounFor({ speaker, frames, place, at }: Pronoun): Stretch | null {
  const paragraphs = (frames[place] as Frame).paragraph - (frames[speaker.frame] as Frame).paragraph;
  if (paragraphs > paragraphsMax || place - speaker.frame > framesMax) return null;
  for (let index = speaker.frame; index <= place; index++) {
    const { items } = frames[index] as Frame;
    const since = index === speaker.frame ? speaker.until : 0;
    if (namesAnother(items, speaker.words, { from: since, to: at })) return null;
  }
  return { from: speaker.name.from, to: speaker.name.to };
}

/** Whether two proper nouns in a row within a stretch may be another person, who may be meant. */
function namesAnother(items: readonly Item[], speaker: readonly string[], { from, to }: Stretch): boolean {
  for (let at = 0; at < items.length; at++) {
    let end = at;
    while (items[end]?.tag === "PROPN" || (end > at && isName(items, end))) end++;
    const run = items.slice(at, end);
    at = Math.max(at, end);
    const last = run.at(-1)?.lower ?? "";
    const [first] = run;
    const bare = run.map(({ lower }) => lower).filter((word) => !honorifics.test(word));
    if (run.length < 2 || first === undefined || first.from < from || first.from >= to) continue;
    const same = bare.length > 0 && bare.join(" ") === speaker.slice(-bare.length).join(" ");
    if (!same && !organisations.test(last)) return true;
  }
  return false;
}

/** Where a common noun is introduced ("a spokesman for …", "one report …"), by the noun. */
function introductionsOf(frames: readonly Frame[]): Map<string, (Stretch & { readonly noun: number })[]> {
  const introductions = new Map<string, (Stretch & { readonly noun: number })[]>();
  for (const { items } of frames) {
    for (const [at, { lower, tag, from }] of items.entries()) {
      // "the second-division club Atletico": a name brings a noun in as well.
      if (tag === "NOUN" && items[at + 1]?.tag === "PROPN" && items[at + 1]?.from === from + lower.length + 1) {
        const place = { ...span(items.slice(at, at + 2)), noun: from };
        introductions.set(lower, [...(introductions.get(lower) ?? []).slice(0, 2), place]);
      }
      if (!/^(?:a|an|another|one)$/.test(lower)) continue;
      let noun = at + 1;
      while (["ADJ", "NOUN", "PROPN"].includes(items[noun + 1]?.tag ?? "") && noun - at < 6) noun++;
      const phrase = items[noun]?.tag === "NOUN" ? nounPhraseAfter(items, at) : null;
      if (phrase === null) continue;
      const head = (items[noun] as Item).lower;
      const place = { ...span(items.slice(at, phrase.last + 1)), noun: (items[noun] as Item).from };
      introductions.set(head, [...(introductions.get(head) ?? []).slice(0, 2), place]);
    }
  }
  return introductions;
}

function introduced(
  words: readonly Item[],
  introductions: ReadonlyMap<string, readonly (Stretch & { readonly noun: number })[]>,
): Stretch | null {
  const [first, ...rest] = words as [Item, ...Item[]];
  if (!/^(?:the|this|that)$/.test(first.lower) || rest.length === 0 || rest.length > 2) return null;
  const places = introductions.get((rest.at(-1) as Item).lower) ?? [];
  const [only] = places;
  return only === undefined || places.length > 1 || only.from >= first.from ? null : { from: only.from, to: only.to };
}
