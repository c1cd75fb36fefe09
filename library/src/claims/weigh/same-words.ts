import { DisjointSets } from "../../sets/disjoint-sets.ts";
import { disjoint } from "./subject.ts";
import type { Telling } from "./telling.ts";

/** Two quotations are of one utterance when they share a run of so many words, whoever is named for them; */
export const runWordsMin = 10;
/** or of so many, or are the same from end to end, where the speakers' names do not exclude each other. */
export const shortRunWordsMin = 6;
export const wholeWordsMin = 4;

/**
 * Which tellings quote the same words, so that whatever each calls the speaker, it is one: for each telling the place
 * of the first one of its utterance, or its own. Short runs may be a form of words ("the safety of our customers is our
 * first concern"), which two speakers with different names both use.
 */
export function sameWords(tellings: readonly Telling[]): number[] {
  const sets = new DisjointSets(tellings.length);
  const holders = new Map<string, number>();
  const meet = (key: string, at: number, anySpeaker: boolean) => {
    const holder = holders.get(key);
    if (holder === undefined) holders.set(key, at);
    else if (anySpeaker || mayBeOne(tellings[holder] as Telling, tellings[at] as Telling)) sets.join(holder, at);
  };
  const runs = (words: readonly string[], length: number, at: number, anySpeaker: boolean) => {
    for (let from = 0; from + length <= words.length; from++)
      meet(words.slice(from, from + length).join(" "), at, anySpeaker);
  };
  for (const [at, { quoted }] of tellings.entries()) {
    for (const words of quoted) {
      if (words.length >= wholeWordsMin) meet(`=${words.join(" ")}`, at, false);
      runs(words, shortRunWordsMin, at, false);
      runs(words, runWordsMin, at, true);
    }
  }
  return tellings.map((_, at) => sets.find(at));
}

function mayBeOne({ origin: a }: Telling, { origin: b }: Telling): boolean {
  return !disjoint(new Set(a?.identity), new Set(b?.identity));
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
