import { DisjointSets } from "./disjoint.ts";
import type { Telling } from "./telling.ts";

/** Two quotations are of one utterance when they share a run of so many words, */
export const runWordsMin = 6;
/** or are the same from end to end, with at least so many. */
export const wholeWordsMin = 4;

/**
 * Which tellings quote the same words, so that whatever each calls the speaker, it is one: for each telling the place
 * of the first one of its utterance, or its own.
 */
export function sameWords(tellings: readonly Telling[]): number[] {
  const sets = new DisjointSets(tellings.length);
  const holders = new Map<string, number>();
  const meet = (key: string, at: number) => {
    const holder = holders.get(key);
    if (holder === undefined) holders.set(key, at);
    else sets.join(holder, at);
  };
  for (const [at, { quoted }] of tellings.entries()) {
    for (const words of quoted) {
      if (words.length >= wholeWordsMin) meet(`=${words.join(" ")}`, at);
      for (let from = 0; from + runWordsMin <= words.length; from++)
        meet(words.slice(from, from + runWordsMin).join(" "), at);
    }
  }
  return tellings.map((_, at) => sets.find(at));
}

/**
 * The same tellings, but what quotes the words of a denial is one too, whatever the verb before it: an agency that
 * "reported" them passes a denial on.
 */
export function asSaidInFull(tellings: readonly Telling[], utterances: readonly number[]): Telling[] {
  const denied = new Set(
    utterances.filter((_, at) => tellings[at]?.side === "against" && tellings[at].quoted.length > 0),
  );
  return tellings.map((telling, at) =>
    telling.side === "for" && telling.quoted.length > 0 && denied.has(utterances[at] as number)
      ? { ...telling, act: "denies", side: "against", points: true }
      : telling,
  );
}
