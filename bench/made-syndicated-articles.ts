import type { DocumentAnalysis } from "../library/src/claims/analyse-document.ts";
import { analysisOf } from "../library/src/claims/lineage/lineage.fixture.ts";
import { Random } from "./random.ts";

const syllables = "ba co du fe gi ha jo ku la me ni po ra se ti vo wa xe yu za".split(" ");
const vocabularyWords = 20_000;

/** Texts as news is: some wordings of a wire in every third, whole passages of it, the rest the outlet's own. */
export function madeSyndicatedArticles(count: number, wordsEach: number, seed: number): { id: string; text: string }[] {
  const random = new Random(seed);
  const passage = madePassages(random);
  const wires: string[] = [];
  return Array.from({ length: count }, (_, n) => {
    const isCopy = n % 3 === 2;
    const wire = isCopy ? wires[random.below(wires.length)]! : passage(wordsEach / 2);
    if (!isCopy && n % 30 === 0) wires.push(wire);
    return { id: String(n), text: `${passage(wordsEach / 4)}. ${wire}. ${passage(wordsEach / 4)}.` };
  });
}

/**
 * The same with what changes are looked for in: sentences, a quotation of forty words, and figures. A copy has another
 * number, or not its "up to", or only half of the quotation, or has all as it was. Each came out a minute after the
 * last.
 */
export function madeSyndicatedReports(count: number, wordsEach: number, seed: number): DocumentAnalysis[] {
  const random = new Random(seed);
  const passage = madePassages(random);
  const sentences = (length: number) =>
    Array.from({ length: Math.round(length / 20) }, () => `The ${passage(19)}.`).join(" ");
  const madeWire = () => {
    const [amount, money] = [20 + random.below(800), (100 + random.below(9000)) / 10];
    const figures = `took up to ${amount} coins in ${20 + random.below(60)} towns, worth $${money} million.`;
    const quoted = `“We ${passage(20)}, and ${passage(18)},” she said.`;
    return `${sentences(wordsEach / 4)} The ${passage(8)} ${figures} ${quoted}`;
  };
  const changed = [
    (wire: string) => wire,
    (wire: string) => wire.replace("up to ", ""),
    (wire: string) => wire.replace(/ worth \$\d/u, " worth $7"),
    (wire: string) => wire.replace(/, and [^”]+,”/u, ",”"),
  ];
  const wires: string[] = [];
  return Array.from({ length: count }, (_, n) => {
    const isCopy = n % 3 === 2;
    const wire = isCopy ? changed[random.below(changed.length)]!(wires[random.below(wires.length)]!) : madeWire();
    if (!isCopy && n % 30 === 0) wires.push(wire);
    const published = new Date(Date.UTC(2031, 0, 1, 0, n)).toISOString().replace(":00.000Z", "Z");
    return analysisOf({ id: String(n), blocks: [sentences(wordsEach / 4), wire, sentences(wordsEach / 4)], published });
  });
}

function madePassages(random: Random): (length: number) => string {
  const vocabulary = Array.from({ length: vocabularyWords }, () => {
    const length = 1 + random.below(4);
    return Array.from({ length }, () => syllables[random.below(syllables.length)]).join("");
  });
  // Few words are most of what is written: the cube of an even share is about as steep as a language.
  const word = () => vocabulary[Math.floor((random.next() / 2 ** 32) ** 3 * vocabularyWords)]!;
  return (length) => Array.from({ length }, word).join(" ");
}
