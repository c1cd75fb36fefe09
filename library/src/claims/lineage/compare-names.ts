import type { Change } from "../claim.ts";
import { calendar, type DocumentReading, isCapital, opensSentence, placeOf, wordsAt } from "./document-reading.ts";
import type { Gap, ReadPair } from "./gaps.ts";
import { foldWord, sameSpelling } from "./spelling.ts";
import type { Wording } from "./wording.ts";
import { isTelling, type Units } from "./words.ts";

const titles = new Set(
  (
    "mr mrs ms miss dr prof professor president premier prime minister chancellor king queen prince sir lord lady " +
    "judge justice senator sen rep representative gov governor mayor gen general col colonel maj major capt captain " +
    "lt sgt officer chief director chairman chairwoman ceo secretary ambassador spokesman spokeswoman"
  ).split(" "),
);
/** Names that are written in several ways which their letters do not tell. */
const alike: readonly (readonly string[])[] = [
  ["us", "usa", "america", "american", "unitedstates", "unitedstatesofamerica"],
  ["uk", "britain", "british", "greatbritain", "unitedkingdom"],
  ["uae", "emirates", "emirati", "unitedarabemirates"],
  ["eu", "european", "europeanunion"],
  ["un", "unitednations"],
  ["netherlands", "dutch", "holland"],
  ["france", "french"],
  ["germany", "german"],
  ["spain", "spanish"],
  ["switzerland", "swiss"],
];
const adjectiveEnding = /^(?:n|an|ian|ean|ese|i|ish|ic)$/u;
const stemMin = 4;

/**
 * A name in place of another one: capitalised words on both sides that are not the same name in other letters, with or
 * without a title, in full or in part, by its initials, or as an adjective ("Russia", "Russian"). Null elsewhere, and
 * in titles and headings, where capitals tell nothing.
 */
export function nameAltered({ earlier, later }: ReadPair, gap: Gap): Change | null {
  const [one, other] = [nameIn(earlier, gap.earlier), nameIn(later, gap.later)];
  if (one === null || other === null) return null;
  const [a, b] = [tellingOf(wordsAt(earlier.wording, one)), tellingOf(wordsAt(later.wording, other))];
  if (a.length === 0 || b.length === 0 || isSameName(a, b)) return null;
  if ([...a, ...b].some((word) => calendar.has(foldWord(word)))) return null;
  return { kind: "name altered", from: placeOf(earlier.wording, one), to: placeOf(later.wording, other) };
}

/** The words of a gap, with those beside it that belong to the name; null where they are no name, or it is not sure. */
function nameIn({ wording, names }: DocumentReading, { from, to }: Units): Units | null {
  const { words, analysis } = wording;
  if (from === to) return null;
  const at = wording.points.pointAt(words.starts[from]!);
  const block = analysis.document.blocks.find(({ start, end }) => start <= at && at < end);
  if (block?.kind !== "paragraph") return null;
  const written = wordsAt(wording, { from, to });
  const isName = (word: string) => isCapital(word) || !isTelling(word.toLowerCase());
  if (!written.every(isName) || !written.some((word) => isCapital(word) && isTelling(word.toLowerCase()))) return null;
  let name = { from, to };
  while (name.from < name.to && !isTelling(wordAt(wording, name.from).toLowerCase())) {
    name = { from: name.from + 1, to: name.to };
  }
  while (isPartOfName(wording, name.from - 1) && isJoined(wording, name.from - 1)) {
    name = { from: name.from - 1, to: name.to };
  }
  while (isPartOfName(wording, name.to) && isJoined(wording, name.to - 1)) name = { from: name.from, to: name.to + 1 };
  const isSure = name.to - name.from > 1 || !opensSentence(wording, name.from) || names.has(words.hashes[name.from]!);
  return isSure ? name : null;
}

const wordAt = (wording: Wording, at: number): string => wordsAt(wording, { from: at, to: at + 1 })[0]!;

function isPartOfName(wording: Wording, at: number): boolean {
  if (at < 0 || at >= wording.words.count) return false;
  const word = wordAt(wording, at);
  return isCapital(word) && isTelling(word.toLowerCase());
}

/** Whether a word and the next one have nothing between them that parts names. */
function isJoined({ analysis, words }: Wording, at: number): boolean {
  return /^[ \u00a0\u202f\u2010\u2011'’-]+$/u.test(
    analysis.document.text.slice(words.ends[at]!, words.starts[at + 1]!),
  );
}

const tellingOf = (words: readonly string[]): string[] =>
  words.filter((word) => isInitial(word) || (isTelling(word.toLowerCase()) && !titles.has(foldWord(word))));

/** "S" of "U.S.", which is no ending of a genitive there. */
const isInitial = (word: string): boolean => /^(?!A$)\p{Lu}$/u.test(word);

function isSameName(a: readonly string[], b: readonly string[]): boolean {
  if (sameSpelling(a, b)) return true;
  const [one, other] = [a.map(foldWord), b.map(foldWord)];
  if (one.every((word) => other.includes(word)) || other.every((word) => one.includes(word))) return true;
  if (isInitials(one, other) || isInitials(other, one)) return true;
  const [joinedOne, joinedOther] = [one.join(""), other.join("")];
  if (alike.some((names) => names.includes(joinedOne) && names.includes(joinedOther))) return true;
  return one.length === other.length && one.every((word, at) => word === other[at] || isAdjective(word, other[at]!));
}

/** "un" of "united nations", also as "u", "n". */
const isInitials = (short: readonly string[], long: readonly string[]): boolean =>
  long.length > 1 && short.join("") === long.map((word) => word[0]).join("");

function isAdjective(a: string, b: string): boolean {
  let stem = 0;
  while (stem < a.length && stem < b.length && a[stem] === b[stem]) stem++;
  if (stem < stemMin) return false;
  const [restA, restB] = [a.slice(stem), b.slice(stem)];
  const isNoun = (rest: string) => /^(?:|a|e|y|ia|on|s)$/u.test(rest);
  return (adjectiveEnding.test(restA) && isNoun(restB)) || (adjectiveEnding.test(restB) && isNoun(restA));
}
