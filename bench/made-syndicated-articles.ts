import { Random } from "./random.ts";

const syllables = "ba co du fe gi ha jo ku la me ni po ra se ti vo wa xe yu za".split(" ");
const vocabularyWords = 20_000;

/** Texts as news is: some wordings of a wire in every third, whole passages of it, the rest the outlet's own. */
export function madeSyndicatedArticles(count: number, wordsEach: number, seed: number): { id: string; text: string }[] {
  const random = new Random(seed);
  const vocabulary = Array.from({ length: vocabularyWords }, () => {
    const length = 1 + random.below(4);
    return Array.from({ length }, () => syllables[random.below(syllables.length)]).join("");
  });
  // Few words are most of what is written: the cube of an even share is about as steep as a language.
  const word = () => vocabulary[Math.floor((random.next() / 2 ** 32) ** 3 * vocabularyWords)]!;
  const passage = (length: number) => Array.from({ length }, word).join(" ");
  const wires: string[] = [];
  return Array.from({ length: count }, (_, n) => {
    const isCopy = n % 3 === 2;
    const wire = isCopy ? wires[random.below(wires.length)]! : passage(wordsEach / 2);
    if (!isCopy && n % 30 === 0) wires.push(wire);
    return { id: String(n), text: `${passage(wordsEach / 4)}. ${wire}. ${passage(wordsEach / 4)}.` };
  });
}
