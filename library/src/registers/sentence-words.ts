/** A word or a mark of a sentence, with its UTF-16 offsets in the text that the sentence is a part of. */
export interface Word {
  /** Without a possessive ending. */
  readonly text: string;
  readonly lower: string;
  readonly from: number;
  /** Without a possessive ending. */
  readonly to: number;
  readonly possessive: boolean;
  readonly isMark: boolean;
  /** Written like a name: with a capital, or like "dForce", "0vix". */
  readonly isName: boolean;
}

const pattern =
  /[$€£¥₩]?\p{N}+(?:[.,]\p{N}+)*%?(?![\p{L}\p{M}\p{N}])|[\p{L}\p{M}\p{N}]+(?:[.’'&-][\p{L}\p{M}\p{N}]+)*|\S/gu;
const ordinal = /^\p{N}+(?:st|nd|rd|th|s|k|m|bn|b|mn|x|am|pm|h)$/iu;
/** Longer sentences are lists or floods; what stands behind is not read. */
export const sentenceWordsMax = 400;

/** The words of `text` between two UTF-16 offsets. */
export function wordsOf(text: string, from: number, to: number): Word[] {
  const words: Word[] = [];
  pattern.lastIndex = 0;
  for (const match of text.slice(from, to).matchAll(pattern)) {
    if (words.length >= sentenceWordsMax) break;
    const start = from + match.index;
    const whole = match[0];
    const ending = /(?<=\p{L}|\p{N})[’']s$/iu.exec(whole);
    const bare = ending === null ? whole : whole.slice(0, ending.index);
    words.push({
      text: bare,
      lower: bare.toLowerCase().replaceAll("’", "'"),
      from: start,
      to: start + bare.length,
      possessive: ending !== null || (/s$/u.test(bare) && /^[’'](?=\s)/u.test(text.slice(start + whole.length, to))),
      isMark: !/[\p{L}\p{N}]/u.test(whole),
      isName: looksLikeName(bare),
    });
  }
  return words;
}

function looksLikeName(word: string): boolean {
  if (/^[$€£¥₩]/u.test(word) || ordinal.test(word)) return false;
  if (/^\p{Lu}/u.test(word)) return true;
  return /^\p{Ll}{1,3}\p{Lu}\p{L}/u.test(word) || /^\p{N}{1,2}\p{L}{3,}/u.test(word);
}
