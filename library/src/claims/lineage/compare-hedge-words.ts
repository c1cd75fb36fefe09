import type { Change } from "../claim.ts";
import type { Alignment } from "./align-words.ts";
import { type DocumentReading, ownWords, placeOf } from "./document-reading.ts";
import { type Gap, type ReadPair, sentenceAt } from "./gaps.ts";
import { meeting, type Units } from "./words.ts";

type HedgeAt = DocumentReading["hedges"][number];

/** What a hedge leaves open, as far as its words tell. */
const senses: readonly (readonly [sense: string, pattern: RegExp])[] = [
  ["only", /^only$/u],
  [
    "at most",
    /^(?:up to|at most|as (?:much|many) as|(?:less|fewer) than|under|below|nearly|almost|(?:no|not) more than)$/u,
  ],
  [
    "at least",
    new RegExp(
      "^(?:at least|at minimum|as (?:few|little) as|more than|over|above|or more|in excess of|upwards of|" +
        "(?:no|not) (?:less|fewer) than)$",
      "u",
    ),
  ],
  ["about", /^(?:about|around|some|approximately|roughly|or so|close to|somewhere between|on the order of)$/u],
  ["unlikely", /^unlikely$/u],
];

/**
 * What became of the words that weaken what is said ("allegedly", "could", "is believed to"), where they stand in a
 * gap. One that only moved within its sentence is kept.
 */
export function hedgeWordChanges(pair: ReadPair, { runs }: Alignment, gaps: readonly Gap[]): Change[] {
  const changes: Change[] = [];
  const { earlier, later } = pair;
  const ofEarlier = runs.map(({ b, length }) => ({ from: b, to: b + length }));
  const ofLater = runs.map(({ a, length }) => ({ from: a, to: a + length }));
  for (const gap of gaps) {
    const ones = hedgesIn(earlier, gap.earlier);
    const others = hedgesIn(later, gap.later);
    if (ones.length > 0 && others.length > 0) {
      const turned = ones.every((one) => others.every((other) => senseOf(one) !== senseOf(other)));
      if (turned)
        changes.push({ kind: "hedge turned", from: placeOfHedges(earlier, ones), to: placeOfHedges(later, others) });
    } else if (ones.length > 0 && !hasMoved(later, gap.later, ofLater)) {
      changes.push({ kind: "hedge lost", from: placeOfHedges(earlier, ones), to: placeOfGap(later, gap.later) });
    } else if (others.length > 0 && !hasMoved(earlier, gap.earlier, ofEarlier)) {
      changes.push({ kind: "hedge added", from: placeOfGap(earlier, gap.earlier), to: placeOfHedges(later, others) });
    }
  }
  return changes;
}

const hedgesIn = ({ hedges }: DocumentReading, range: Units): HedgeAt[] =>
  [...meeting(hedges, ownWords, range)].filter((hedge) => senseOf(hedge) !== "only");

const senseOf = ({ text }: HedgeAt): string =>
  senses.find(([, pattern]) => pattern.test(text.replace(/\s+/gu, " ")))?.[0] ?? "doubt";

/** Whether the sentence there has a hedge that is not in the same words as the other document. */
function hasMoved({ hedges, sentences }: DocumentReading, { from }: Units, same: readonly Units[]): boolean {
  const sentence = sentenceAt(sentences, from) ?? sentenceAt(sentences, from - 1);
  if (sentence === null) return false;
  return [...meeting(hedges, ownWords, sentence)].some(
    (hedge) => senseOf(hedge) === "doubt" && meeting(same, (run) => run, hedge.words).next().done === true,
  );
}

function placeOfHedges({ wording }: DocumentReading, hedges: readonly HedgeAt[]) {
  return placeOf(wording, { from: hedges[0]!.words.from, to: hedges.at(-1)!.words.to });
}

const placeOfGap = ({ wording }: DocumentReading, { from }: Units) => placeOf(wording, { from, to: from });
