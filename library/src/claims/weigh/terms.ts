import { stemmer } from "stemmer";
import type { Document } from "../documents/document.ts";
import { pointsOf } from "../documents/points-of.ts";
import type { Figure } from "../figures/figure.ts";
import { countryByName, countryWordsMax } from "../parties/countries.ts";
import type { Span } from "../span.ts";

/**
 * What a stretch of text is about, as a set: stems of its telling words (Porter, 1980), countries as `@KP`, and its
 * figures as `#money USD 2000000000`. Order and repetition are left out.
 */
export type Terms = ReadonlySet<string>;

const functionWords = new Set(
  (
    "a an the this that these those it its he she they we you i his her their our your my him them us who " +
    "whom which what when where why how there here and or but nor so yet if then than as of for to in on " +
    "at by with from into onto over under after before between among through during about against without " +
    "within across up down out off is are was were be been being am has have had having do does did doing " +
    "will would can could may might must shall should not no never also just only very more most less " +
    "least much many some any all both each every other others another such same own even still already " +
    "again now while because since until though although however said say says saying told tell report " +
    "reports reported accord claim claims claimed alleged allegedly allegation allegations accuse accused " +
    "accusation accusations deny denied denies statement state stated one two three four five six seven " +
    "eight nine ten first last new recent ago year years month months week weeks day days time s t re ve " +
    "ll d mr mrs ms charge charges assertion assertions suggestion suggestions suspicion suspicions"
  ).split(" "),
);

const stems = new Map<string, string>();

function stemOf(word: string): string {
  let stem = stems.get(word);
  if (stem === undefined) {
    // Not without end: a million different words are no text.
    if (stems.size > 1_000_000) stems.clear();
    stem = stemmer(american(irregular.get(word) ?? word));
    stems.set(word, stem);
  }
  return stem;
}

/** Forms that a stemmer leaves apart, of verbs that tell of money. */
const irregular = new Map(
  Object.entries({
    steal: "stole stolen stealing theft thefts thief thieves",
    lose: "lost losing loss losses",
    take: "took taken",
    make: "made",
    send: "sent",
    pay: "paid",
    freeze: "froze frozen",
    sell: "sold",
    buy: "bought",
    give: "gave given",
    hold: "held",
    hide: "hid hidden",
    withdraw: "withdrew withdrawn",
    rob: "robbed robbery robberies",
    hack: "hacked hacker hackers hacking",
    attack: "attacker attackers",
  }).flatMap(([verb, forms]) => forms.split(" ").map((form) => [form, verb] as const)),
);

/** British spellings are read as American ones. */
function american(word: string): string {
  return word
    .replace(/ogramme/u, "ogram")
    .replace(/is(?=ation|ed$|ing$|es?$)/u, "iz")
    .replace(/our(?=s?$|ed$|ing$)/u, "or");
}

/** The term of a figure; null for those that tell nothing by themselves: dates, durations, shares. */
export function figureTerm({ kind, value, unit }: Figure): string | null {
  if (value === null || (kind !== "money" && kind !== "count")) return null;
  return kind === "money" ? `#money ${unit} ${value}` : `#count ${value}`;
}

/** @param figures those of the text; the words that they are written with are not counted again */
export function termsOf(document: Pick<Document, "text">, spans: readonly Span[], figures: readonly Figure[]): Terms {
  const points = pointsOf(document);
  const terms = new Set<string>();
  for (const span of spans) {
    let at = span.start;
    for (const figure of figures) {
      if (figure.span.end <= span.start || figure.span.start >= span.end) continue;
      if (figure.span.start > at) addWords(points.slice({ start: at, end: figure.span.start }), terms);
      at = Math.max(at, figure.span.end);
      const term = figureTerm(figure);
      if (term !== null) terms.add(term);
      // What is counted is a word of the text: "35 attacks".
      if (figure.kind === "count" && figure.unit !== null) addWords(figure.unit, terms);
    }
    if (at < span.end) addWords(points.slice({ start: at, end: span.end }), terms);
  }
  return terms;
}

/** Whether a text speaks of its speaker by a pronoun: "it had lost nothing", "we have not". */
export function speaksOfSpeaker(text: string): boolean {
  return /(?<!\p{L})(?:it|its|they|their|he|his|she|her|we|our|us|I|my)(?!\p{L})/u.test(text);
}

/** The terms of a name. */
export function termsOfName(name: string): Terms {
  const terms = new Set<string>();
  addWords(name, terms);
  return terms;
}

function addWords(text: string, terms: Set<string>): void {
  const words = wordsIn(text);
  for (let at = 0; at < words.length; at++) {
    const country = countryAt(words, at);
    if (country !== null) {
      terms.add(`@${country.code}`);
      at += country.words - 1;
      continue;
    }
    const word = words[at] as string;
    if (functionWords.has(word) || (word.length < 3 && !/\d/u.test(word))) continue;
    // "cyberattack", "cyber-attack" and "cyber attack" are one.
    const [, rest] = /^cyber(\p{L}{3,})$/u.exec(word) ?? [];
    if (rest !== undefined) terms.add("cyber");
    terms.add(stemOf(rest ?? word));
  }
}

function wordsIn(text: string): string[] {
  return (
    text
      .normalize("NFKD")
      .replace(/\p{M}/gu, "")
      .replace(/\b(\p{Lu})\.(?=\p{Lu}\.)/gu, "$1")
      .replace(/\bUS\b/gu, "USA")
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}

const firstWords = new Set([...countryByName.keys()].map((name) => name.split(" ", 1)[0] as string));

function countryAt(words: readonly string[], at: number): { code: string; words: number } | null {
  if (!firstWords.has(words[at] as string)) return null;
  for (let length = Math.min(countryWordsMax, words.length - at); length > 0; length--) {
    const code = countryByName.get(words.slice(at, at + length).join(" "));
    if (code !== undefined) return { code, words: length };
  }
  return null;
}
