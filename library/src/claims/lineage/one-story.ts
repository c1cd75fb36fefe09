import type { Alignment } from "./align-words.ts";
import { type DocumentReading, hasWord } from "./document-reading.ts";
import { type Compared, type Gap, type ReadPair, sentenceAt } from "./gaps.ts";
import { meeting, type Units } from "./words.ts";

/** Documents that have so much of the longer one in common are copies, whatever names they give. */
const copyShare = 0.5;
/** A name that stands so often is what a document is about, and no slip of the pen. */
const subjectMin = 2;
/** Of the words of a sentence those that must be the same for its numbers and names to be of one thing. */
const sameInSentence = 0.6;

/** How far what differs along an alignment can be of one thing. */
export interface Sameness {
  /** False where each document is about something of its own: then nothing changed on the way. */
  readonly isOneStory: boolean;
  readonly areCopies: boolean;
}

/**
 * Whether two documents can be about one thing. Reports of two events are often written in the same form of words:
 * each then has a name that stands most often in it and nowhere in the other.
 */
export function samenessOf({ earlier, later }: ReadPair, alignments: readonly Alignment[]): Sameness {
  const longer = Math.max(earlier.wording.words.count, later.wording.words.count);
  const same = alignments.reduce((sum, alignment) => sum + alignment.same, 0);
  const areCopies = same >= copyShare * longer;
  return { areCopies, isOneStory: areCopies || !(hasOwnSubject(earlier, later) && hasOwnSubject(later, earlier)) };
}

function hasOwnSubject({ names }: DocumentReading, other: DocumentReading): boolean {
  let most = subjectMin;
  for (const count of names.values()) most = Math.max(most, count);
  const subjects = [...names].filter(([, count]) => count === most);
  return subjects.length > 0 && subjects.every(([name]) => !hasWord(other, name));
}

/** Whether some words have a name that its document uses again and the other one never. */
export function hasOwnName({ wording, names }: DocumentReading, { from, to }: Units, other: DocumentReading): boolean {
  for (let at = from; at < to; at++) {
    const name = wording.words.hashes[at]!;
    if ((names.get(name) ?? 0) >= subjectMin && !hasWord(other, name)) return true;
  }
  return false;
}

/** Whether the sentences that words stand in are mostly the same; true where sentences are not read. */
export function isOneSentence(pair: ReadPair, compared: Compared, { earlier, later }: Gap): boolean {
  const gapsOf = (side: "earlier" | "later") => ({ range: compared[side], gapAt: (gap: Gap) => gap[side] });
  return (
    isMostlySame(pair.earlier, earlier.from, compared.gaps, gapsOf("earlier")) &&
    isMostlySame(pair.later, later.from, compared.gaps, gapsOf("later"))
  );
}

function isMostlySame(
  { sentences }: DocumentReading,
  word: number,
  gaps: readonly Gap[],
  { range, gapAt }: { readonly range: Units; readonly gapAt: (gap: Gap) => Units },
): boolean {
  const sentence = sentenceAt(sentences, word);
  if (sentence === null) return true;
  let same = common(range, sentence);
  for (const gap of meeting(gaps, gapAt, sentence)) same -= common(gapAt(gap), sentence);
  return same >= sameInSentence * (sentence.to - sentence.from);
}

const common = (a: Units, b: Units): number => Math.max(0, Math.min(a.to, b.to) - Math.max(a.from, b.from));

/** Whether the sentence of a word has a name of its own. */
export function isOfOwnSubject(reading: DocumentReading, word: number, other: DocumentReading): boolean {
  const sentence = sentenceAt(reading.sentences, word);
  return sentence !== null && hasOwnName(reading, sentence, other);
}
