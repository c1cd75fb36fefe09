import { DocumentTooLargeError } from "../../errors/claims.ts";
import { documentLimits } from "./limits.ts";
import type { RawBlock } from "./mark-blocks.ts";
import { normaliseBlock } from "./normalise-block.ts";

/** Text that a program wrapped has lines of about this many characters; a line of a paragraph apiece is longer. */
const wrappedUnitsMin = 45;
const wrappedUnitsMax = 110;
/** Where more of the inner lines end sentences than this, each line is a paragraph. */
const endingShareMax = 0.5;

/**
 * Splits plain text into blocks: an empty line ends one, and so does every line end, unless the lines between two
 * empty lines are wrapped to a width.
 * @throws DocumentTooLargeError
 */
export function readPlainText(text: string, source: string): RawBlock[] {
  const { textUnitsMax, blocksMax } = documentLimits;
  if (text.length > textUnitsMax)
    throw new DocumentTooLargeError({ source, limit: "textUnitsMax", max: textUnitsMax, unit: "characters" });
  const blocks: RawBlock[] = [];
  for (const chunk of chunksOf(text)) {
    for (const line of isWrapped(chunk) ? [chunk.join("\n")] : chunk) {
      const kept = normaliseBlock(line);
      if (kept !== "") blocks.push({ text: kept, hint: null });
      if (blocks.length > blocksMax)
        throw new DocumentTooLargeError({ source, limit: "blocksMax", max: blocksMax, unit: "paragraphs" });
    }
  }
  return blocks;
}

function* chunksOf(text: string): Generator<string[]> {
  let chunk: string[] = [];
  for (const line of text.split(/\r\n|[\n\r\u2028\u2029\f\v\u0085]/u)) {
    if (normaliseBlock(line) !== "") chunk.push(line);
    else if (chunk.length > 0) {
      yield chunk;
      chunk = [];
    }
  }
  if (chunk.length > 0) yield chunk;
}

function isWrapped(lines: readonly string[]): boolean {
  const inner = lines.slice(0, -1).map((line) => line.trim());
  if (inner.length === 0) return false;
  if (inner.some((line) => line.length < wrappedUnitsMin || line.length > wrappedUnitsMax)) return false;
  // A wrapped line goes on in the middle of a sentence; a list of headlines never does.
  if (!lines.slice(1).some((line) => /^\s*[\p{Ll}\p{Lo}]/u.test(line))) return false;
  return inner.filter((line) => /[.!?:]["'”’)]*$/u.test(line)).length <= inner.length * endingShareMax;
}
