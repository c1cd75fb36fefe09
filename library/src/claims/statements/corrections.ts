import type { Attribution } from "./attribution.ts";
import { endOfClause } from "./clauses.ts";
import type { Cue } from "./cues.ts";
import type { Frame, Item } from "./frames.ts";

const taking = (act: "corrects" | "retracts"): Cue["verb"] => ({
  act,
  complements: ["clause"],
  parenthetical: false,
  needsClause: false,
  needsQuotation: false,
  opinion: false,
});

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
    const takenBack = own.length === 0 ? ownReport(frames, index) : null;
    if (takenBack !== null) return [takenBack];
    if (frame.paragraph !== paragraph) return own;
    const corrected = own.map((one) => (one.cue.kind === "comment" ? one : { ...one, act: "corrects" as const }));
    return corrected.length === 0 && heading > 0 ? headed(frame, heading) : corrected;
  });
}

const wrong = /^(?:wrong|false|incorrect|untrue|inaccurate|mistaken|erroneous|error)$/;
const retracts = /^(?:retract|retracts|retracted|retracting|withdraw|withdraws|withdrawn)$/;

/** "In May we reported that … The report was wrong, and we retract it.": what was reported is taken back. */
function ownReport(frames: readonly Frame[], index: number): Attribution | null {
  const frame = frames[index] as Frame;
  const { items, paragraph } = frame;
  const that = items.findIndex(({ lower }, at) => {
    const [we, verb] = [items[at - 2]?.lower, items[at - 1]?.lower ?? ""];
    return lower === "that" && we === "we" && /^(?:reported|said|wrote|published|stated)$/.test(verb);
  });
  if (that < 0) return null;
  const after = frames.slice(index, index + 3).filter((one) => one.paragraph === paragraph);
  const words = after.flatMap((one, at) => (at === 0 ? one.items.slice(that) : one.items)).map(({ lower }) => lower);
  const act = words.some((word) => retracts.test(word)) ? "retracts" : "corrects";
  if (
    act === "corrects" &&
    !words.some((word, at) => wrong.test(word) && /^(?:was|were|is|in)$/.test(words[at - 1] ?? ""))
  )
    return null;
  const cue: Cue = { group: that - 1, first: that - 1, last: that - 1, verb: taking(act), act, kind: "finite" };
  const last = endOfClause(items, that + 1, cue);
  if (last <= that) return null;
  const source = { first: that - 2, last: that - 2 };
  return { frame, act, cue, source, told: [{ first: that + 1, last }], quoted: [] };
}

function headed(frame: Frame, heading: number): Attribution[] {
  const cue: Cue = { group: 0, first: 0, last: 0, verb: taking("corrects"), act: "corrects", kind: "noun" };
  const last = endOfClause(frame.items, heading, cue);
  if (last < heading) return [];
  return [{ frame, act: "corrects", cue, source: null, told: [{ first: heading, last }], quoted: [] }];
}
