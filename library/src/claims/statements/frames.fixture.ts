import { type Frame, findFrames } from "./frames.ts";
import { findQuotations } from "./quotations.ts";

/** The frames of a text of one paragraph. */
export function framesOf(text: string): readonly Frame[] {
  const paragraphs = text.split("\n").reduce<{ from: number; to: number }[]>((all, line) => {
    const from = (all.at(-1)?.to ?? -1) + 1;
    all.push({ from, to: from + line.length });
    return all;
  }, []);
  return findFrames(text, paragraphs, findQuotations(text, paragraphs)).frames;
}

/** The one frame of a sentence. */
export function frameOf(text: string): Frame {
  const frames = framesOf(text);
  if (frames.length !== 1) throw new RangeError(`${frames.length} frames in: ${text}`);
  return frames[0] as Frame;
}
