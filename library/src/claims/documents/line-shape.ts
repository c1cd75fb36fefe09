import { readTime } from "./read-time.ts";

/** What a line looks like, whatever it says. */
export interface LineShape {
  readonly words: number;
  /** It ends as a sentence does, closing quotation marks aside. */
  readonly ends: boolean;
  /** It breaks off with an ellipsis, as the summary of another story does. */
  readonly breaksOff: boolean;
  /** Running text: a sentence, or what leads to a quotation. */
  readonly isProse: boolean;
  /** Short and without a full stop, as headlines and labels are. */
  readonly isHeadline: boolean;
  /** A date, perhaps with a rubric before it: `Technology / Aug. 20, 2021`. */
  readonly isDate: boolean;
}

/** A headline has some 12 words; beyond this it is running text whose full stop is missing. */
const headlineWordsMax = 25;
const headlineUnitsMax = 180;
const proseWordsMin = 30;
const rubricWordsMax = 4;

/** How many words a text has; scripts without spaces count two characters as one. */
export function countWords(text: string): number {
  const dense = text.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/gu)?.length ?? 0;
  const spaced = text.match(/[\p{L}\p{N}]+(?:[-'’.,][\p{L}\p{N}]+)*/gu) ?? [];
  if (dense === 0) return spaced.length;
  const others = spaced.filter(
    (word) => !/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u.test(word),
  );
  return others.length + Math.ceil(dense / 2);
}

export function lineShape(text: string): LineShape {
  const words = countWords(text);
  const breaksOff = /(?:…|\.\.\.)[\s\])"”’]*$/u.test(text);
  const ends = /[.!?。！？؟۔।][\s"'”’»)\]]*$/u.test(text) && !/\b(?:[A-Z]\.){1,3}$/u.test(text);
  const leads = /[:,;—–-][\s"'“‘«]*$/u.test(text) && words >= 6;
  const isDate = isDateLine(text);
  const isProse = !isDate && ((ends && !breaksOff && words >= 3) || (leads && words >= 6) || words >= proseWordsMin);
  const asks = /[!?][\s"'”’»)\]]*$/u.test(text);
  const isHeadline =
    !isDate && words >= 1 && words <= headlineWordsMax && text.length <= headlineUnitsMax && (!ends || asks) && !leads;
  return { words, ends, breaksOff, isProse: isProse && !(asks && words < 8), isHeadline, isDate };
}

function isDateLine(text: string): boolean {
  if (text.length > 120) return false;
  const time = readTime(text);
  if (time === null || time.precision === "month") return false;
  const around = `${text.slice(0, time.from)} ${text.slice(time.to)}`.replace(
    /\b(?:mon|tues?|wed(?:nes)?|thurs?|fri|sat(?:ur)?|sun)(?:day)?\b/giu,
    "",
  );
  return countWords(around) <= rubricWordsMax && !/[.!?]\s*$/u.test(around.replaceAll(/\b[ap]\.m\./giu, ""));
}
