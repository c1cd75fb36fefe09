/** A word (letters), a run of digits, or one other mark, with its UTF-16 offsets. */
export interface Token {
  readonly kind: "word" | "digits" | "mark";
  readonly text: string;
  readonly lower: string;
  readonly start: number;
  readonly end: number;
  /** What stands before it: nothing, spaces, or a line break. */
  readonly gap: 0 | 1 | 2;
}

const letter = /\p{L}|\p{M}/u;

/** The tokens of a text, in one pass. */
export function readTokens(text: string): Token[] {
  const tokens: Token[] = [];
  let gap: 0 | 1 | 2 = 0;
  let at = 0;
  while (at < text.length) {
    const kind = kindAt(text, at);
    if (kind === "space") {
      const code = text.charCodeAt(at++);
      if (code === 10 || code === 13 || code === 0x2028 || code === 0x2029) gap = 2;
      else if (gap === 0) gap = 1;
      continue;
    }
    const start = at;
    at += widthAt(text, at);
    if (kind !== "mark") while (at < text.length && kindAt(text, at) === kind) at += widthAt(text, at);
    const words = text.slice(start, at);
    tokens.push({ kind, text: words, lower: kind === "word" ? words.toLowerCase() : words, start, end: at, gap });
    gap = 0;
  }
  return tokens;
}

function kindAt(text: string, at: number): "word" | "digits" | "mark" | "space" {
  const code = text.charCodeAt(at);
  if (code < 128) {
    if (code >= 48 && code <= 57) return "digits";
    if ((code >= 97 && code <= 122) || (code >= 65 && code <= 90)) return "word";
    return code <= 32 ? "space" : "mark";
  }
  if (code === 0xa0 || code === 0x3000 || code === 0xfeff || (code >= 0x2000 && code <= 0x200b)) return "space";
  if (code === 0x202f || code === 0x205f || code === 0x2028 || code === 0x2029) return "space";
  return letter.test(String.fromCodePoint(text.codePointAt(at) as number)) ? "word" : "mark";
}

const widthAt = (text: string, at: number): number => ((text.codePointAt(at) as number) > 0xffff ? 2 : 1);

/** Whether the tokens from `at` on read `words`, all on one line. */
export function reads(tokens: readonly Token[], at: number, words: readonly string[]): boolean {
  if (at < 0 || at + words.length > tokens.length) return false;
  for (let i = 0; i < words.length; i++) {
    const token = tokens[at + i] as Token;
    if (token.lower !== words[i] || (i > 0 && token.gap === 2)) return false;
  }
  return true;
}
