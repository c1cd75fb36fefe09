import type { Attribution } from "./attribution.ts";
import type { Frame } from "./frames.ts";

/**
 * Gives quotations that stand alone in their sentence to the speaker of the one before: `“We lost,” said Ana Cole. “We
 * shall win.”` within a paragraph, and what follows on a sentence that ends in a colon ("He said:"). An attribution
 * that is left with nothing said is dropped, but for a silence.
 */
export function joinFrames(frames: readonly Frame[], byFrame: readonly Attribution[][]): Attribution[] {
  let speaking: Attribution | null = null;
  for (const [index, frame] of frames.entries()) {
    const own = byFrame[index] as Attribution[];
    const previous = frames[index - 1];
    const alone = own.length === 0 ? standsAlone(frame) : null;
    if (alone !== null && speaking !== null && previous !== undefined && goesOn(previous, frame)) {
      if (speaking.quoted.at(-1) !== alone) speaking.quoted.push(alone);
    } else speaking = speakerAtEnd(frame, own);
  }
  return byFrame.flat().filter(({ told, quoted, cue }) => told.length + quoted.length > 0 || cue.kind === "comment");
}

function standsAlone({ items }: Frame) {
  const [first] = items;
  const only = items.every(({ tag, text }) => tag === "QUOTE" || /^[.,;:?!…"'”’—–-]+$/.test(text));
  return only ? (first?.quotation ?? null) : null;
}

function goesOn(previous: Frame, frame: Frame): boolean {
  if (previous.items.at(-1)?.text === ":") return frame.paragraph - previous.paragraph <= 1;
  return previous.paragraph === frame.paragraph;
}

/** Who is speaking when a frame ends: the last one who is quoted in it, or who its colon announces. */
function speakerAtEnd(frame: Frame, own: readonly Attribution[]): Attribution | null {
  const last = own.at(-1) ?? null;
  if (last === null) return null;
  if (frame.items.at(-1)?.text === ":") return last.quoted.length + last.told.length === 0 ? last : null;
  return own.findLast(({ quoted }) => quoted.length > 0) ?? null;
}
