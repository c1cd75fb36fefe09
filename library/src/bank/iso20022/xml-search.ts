import { joinPieces, pieceFrom, type TextPiece } from "./xml-decoder.ts";

/** Longer than any beginning that is looked for: so much is kept of a piece, in case that one is cut in two. */
const tailCharacters = 100;

/** What finds an XML declaration, or an element of one of these names with any prefix. */
export function beginningOf(names: readonly string[]): RegExp {
  return new RegExp(`<(?:\\?xml[\\s?]|(?:[\\w.-]{1,40}:)?(?:${names.join("|")})[\\s/>])`, "gu");
}

const declaration = /<\?xml[\s?]/gu;

/** Looks for the next XML document or message after one that was damaged. */
export class XmlSearch {
  readonly #from: number;
  readonly #pattern: RegExp;
  #tail: TextPiece | null = null;
  /** The line of the next piece's first character; where something was found, of that. */
  line: number;

  /**
   * @param from the first character at which a beginning counts
   * @param line of the next piece's first character
   * @param beginning from {@link beginningOf}; null: an XML declaration only
   */
  constructor({ from, line, beginning }: { from: number; line: number; beginning: RegExp | null }) {
    this.#from = from;
    this.line = line;
    this.#pattern = beginning ?? declaration;
  }

  /** The pieces that begin with what was found; null where it is not in this one. */
  next(given: TextPiece): readonly TextPiece[] | null {
    const isShort = this.#tail !== null && given.text.length < tailCharacters;
    const piece = isShort ? joinPieces(this.#tail!, given) : given;
    const tail = isShort ? null : this.#tail;
    const before = tail?.text.length ?? 0;
    const text = tail === null ? piece.text : tail.text + piece.text;
    this.#pattern.lastIndex = Math.max(0, this.#from - (piece.charStart - before));
    const found = this.#pattern.exec(text)?.index;
    if (found === undefined) {
      const cut = Math.max(0, piece.text.length - tailCharacters);
      this.#tail = pieceFrom(piece, cut);
      this.line += newlines(text, 0, before + cut);
      return null;
    }
    this.line += newlines(text, 0, found);
    return found < before ? [pieceFrom(tail!, found), piece] : [pieceFrom(piece, found - before)];
  }
}

/** Line ends from `from` to `to`: LF, as every file has them that a bank writes. */
export function newlines(text: string, from: number, to: number): number {
  let count = 0;
  // Cut, so that a file without line ends is not searched to its end each time.
  const part = text.slice(from, to);
  for (let at = part.indexOf("\n"); at >= 0; at = part.indexOf("\n", at + 1)) count++;
  return count;
}
