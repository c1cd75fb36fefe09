import type { Attribution } from "./attribution.ts";
import { endOfClause } from "./clauses.ts";
import type { Cue } from "./cues.ts";
import type { Frame, Item } from "./frames.ts";

const correcting: Cue["verb"] = {
  act: "corrects",
  complements: ["clause"],
  parenthetical: false,
  needsClause: false,
  needsQuotation: false,
  opinion: false,
};

/** How many items of a frame are the heading of a correction: "Correction:", "Clarification:". */
export function correctionHeading(items: readonly Item[]): 0 | 2 {
  const heads =
    /^(?:corrections?|clarifications?)$/.test(items[0]?.lower ?? "") && /^[:—–]$/.test(items[1]?.text ?? "");
  return heads ? 2 : 0;
}

/**
 * What stands in a paragraph headed "Correction:" corrects, whoever is named in it; where its first sentence names
 * nobody, the heading is the cue of what it says.
 */
export function markCorrections(frames: readonly Frame[], byFrame: readonly Attribution[][]): Attribution[][] {
  let paragraph = -1;
  return byFrame.map((own, index) => {
    const frame = frames[index] as Frame;
    const begins = frames[index - 1]?.paragraph !== frame.paragraph;
    const heading = begins ? correctionHeading(frame.items) : 0;
    if (heading > 0) paragraph = frame.paragraph;
    if (frame.paragraph !== paragraph) return own;
    const corrected = own.map((one) => (one.cue.kind === "comment" ? one : { ...one, act: "corrects" as const }));
    return corrected.length === 0 && heading > 0 ? headed(frame, heading) : corrected;
  });
}

function headed(frame: Frame, heading: number): Attribution[] {
  const cue: Cue = { group: 0, first: 0, last: 0, verb: correcting, act: "corrects", kind: "noun" };
  const last = endOfClause(frame.items, heading, cue);
  if (last < heading) return [];
  return [{ frame, act: "corrects", cue, source: null, told: [{ first: heading, last }], quoted: [] }];
}
