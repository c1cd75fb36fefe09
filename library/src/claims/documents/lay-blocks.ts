import { codePoints } from "../code-points.ts";
import type { Block, LooseBlock } from "./document.ts";

const between = "\n\n";

/** Puts blocks one after another into one text, and says where each stands, in code points. */
export function layBlocks(loose: readonly LooseBlock[]): { text: string; blocks: Block[] } {
  const blocks: Block[] = [];
  let start = 0;
  for (const { text, kind } of loose) {
    const end = start + codePoints(text).length;
    blocks.push({ kind, start, end });
    start = end + between.length;
  }
  return { text: loose.map(({ text }) => text).join(between), blocks };
}
