import type { Alignment } from "./align-words.ts";
import { type DocumentReading, foldedAt } from "./document-reading.ts";
import { matchWords } from "./match-words.ts";
import { sameSpelling } from "./spelling.ts";
import { meeting, type Units } from "./words.ts";

/** Words of the one in place of words of the other, between words that are the same; one side may be empty. */
export interface Gap {
  readonly earlier: Units;
  readonly later: Units;
}

/** An alignment with what differs along it, and how far both sides were compared. */
export interface Compared {
  readonly gaps: readonly Gap[];
  readonly earlier: Units;
  readonly later: Units;
}

export interface ReadPair {
  readonly earlier: DocumentReading;
  readonly later: DocumentReading;
}

/** A rest of a sentence that is longer is not compared: it is another sentence. */
const restMax = 12;
/** Of the words of the shorter rest those that must be the same. */
const restSame = 0.6;

/**
 * Where an alignment (`a` the later document) differs in more than spelling; with the rests of the sentences that it
 * begins and ends in, where the shorter one too is mostly the same, or is not there.
 */
export function gapsOf(pair: ReadPair, { a, b, runs }: Alignment): Compared {
  const gaps: Gap[] = [];
  const head = restOf(pair, { from: 0, to: b.from }, { from: 0, to: a.from });
  if (head !== null) gaps.push(...refined(pair, head));
  for (let at = 1; at < runs.length; at++) {
    const [last, run] = [runs[at - 1]!, runs[at]!];
    const earlier = { from: last.b + last.length, to: run.b };
    const later = { from: last.a + last.length, to: run.a };
    gaps.push(...refined(pair, { earlier, later }));
  }
  const ends = { earlier: pair.earlier.wording.words.count, later: pair.later.wording.words.count };
  const tail = restOf(pair, { from: b.to, to: ends.earlier }, { from: a.to, to: ends.later });
  if (tail !== null) gaps.push(...refined(pair, tail));
  return {
    gaps,
    earlier: { from: head?.earlier.from ?? b.from, to: tail?.earlier.to ?? b.to },
    later: { from: head?.later.from ?? a.from, to: tail?.later.to ?? a.to },
  };
}

/** The words of both sides that are in the sentence the alignment begins, or ends, in; null where they are others. */
function restOf({ earlier, later }: ReadPair, ofEarlier: Units, ofLater: Units): Gap | null {
  const rest = { earlier: inSentence(earlier, ofEarlier), later: inSentence(later, ofLater) };
  if (rest.earlier === null || rest.later === null) return null;
  const lengths = [rest.earlier.to - rest.earlier.from, rest.later.to - rest.later.from];
  if (Math.max(...lengths) > restMax || Math.max(...lengths) === 0) return null;
  if (Math.min(...lengths) > 0) {
    const same = matchWords(foldedAt(earlier.wording, rest.earlier), foldedAt(later.wording, rest.later)).length;
    if (same < restSame * Math.min(...lengths)) return null;
  }
  return { earlier: rest.earlier, later: rest.later };
}

/** Of words up to, or from, an end of an alignment those in the sentence there. Null where sentences are not read. */
function inSentence({ sentences }: DocumentReading, { from, to }: Units): Units | null {
  const inner = from === 0 ? to : from - 1;
  const sentence = sentenceAt(sentences, inner);
  if (sentence === null) return null;
  return from === 0 ? { from: Math.min(sentence.from, to), to } : { from, to: Math.max(sentence.to, from) };
}

export function sentenceAt(sentences: readonly Units[], word: number): Units | null {
  return meeting(sentences, (sentence) => sentence, { from: word, to: word + 1 }).next().value ?? null;
}

/** The gaps within a gap: words that are the same but for their spelling part it. */
function refined({ earlier, later }: ReadPair, gap: Gap): Gap[] {
  const [a, b] = [foldedAt(earlier.wording, gap.earlier), foldedAt(later.wording, gap.later)];
  if (sameSpelling(a, b)) return [];
  const gaps: Gap[] = [];
  let [x, y] = [0, 0];
  for (const [nextX, nextY] of [...matchWords(a, b), [a.length, b.length] as const]) {
    if ((nextX > x || nextY > y) && !sameSpelling(a.slice(x, nextX), b.slice(y, nextY))) {
      gaps.push({
        earlier: { from: gap.earlier.from + x, to: gap.earlier.from + nextX },
        later: { from: gap.later.from + y, to: gap.later.from + nextY },
      });
    }
    [x, y] = [nextX + 1, nextY + 1];
  }
  return gaps;
}
