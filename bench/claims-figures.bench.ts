import { findBreakdowns } from "../library/src/claims/figures/find-breakdowns.ts";
import { findFigureEvents } from "../library/src/claims/figures/find-events.ts";
import { findFigures } from "../library/src/claims/figures/find-figures.ts";
import { type Figure, median } from "./figure.ts";
import { Random } from "./random.ts";

export const names = ["claims.figures.articles-per-s", "claims.figures-and-events.articles-per-s"] as const;

const articles = 400;
const wordsPerArticle = 500;
const rounds = 5;

/**
 * One thread, articles of 500 words of made prose with a figure in every other sentence, as reports of thefts have.
 * `figures` finds figures; `figures-and-events` also finds what they are about, and breakdowns.
 */
export async function figures(): Promise<Figure[]> {
  const texts = madeArticles();
  const plain = texts.map((text) => findFigures(text, "2019-09-04").length);
  if (plain.some((count) => count === 0)) throw new RangeError("an article without a figure");
  const times = { figures: [] as number[], all: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    times.figures.push(timed(texts, (text) => findFigures(text, "2019-09-04")));
    times.all.push(
      timed(texts, (text) => {
        const found = findFigures(text, "2019-09-04");
        findFigureEvents(text, found);
        findBreakdowns(text, found);
      }),
    );
  }
  const figure = { unit: "articles/s", better: "higher", floor: 300, against: null, skipped: null } as const;
  return [
    { ...figure, name: names[0], value: (1000 * articles) / median(times.figures) },
    { ...figure, name: names[1], value: (1000 * articles) / median(times.all) },
  ];
}

function timed(texts: readonly string[], run: (text: string) => unknown): number {
  const from = performance.now();
  for (const text of texts) run(text);
  return performance.now() - from;
}

const plainWords =
  "the report of a panel said that banks and clients were told by officials who had seen how money was moved".split(
    " ",
  );
const stated = [
  "up to two billion US dollars",
  "$81.5m in 2016",
  "at least 35 incidents in 17 countries",
  "10,000 BTC",
  "between $10m and $15m",
  "36% of its coins",
  "on Sept. 4, 2019",
  "three weeks ago",
  "a two-year campaign",
  "Freedonia was hit 10 times, Sylvania three",
  "the 2015 attack on the Central Bank of Ruritania",
];

function madeArticles(): string[] {
  const random = new Random(7);
  const pick = (list: readonly string[]) => list[random.below(list.length)] as string;
  return Array.from({ length: articles }, () => {
    const sentences: string[] = [];
    for (let words = 0; words < wordsPerArticle; ) {
      const sentence = Array.from({ length: 12 }, () => pick(plainWords));
      if (sentences.length % 2 === 0) sentence.push(pick(stated));
      const text = `It said that ${sentence.join(" ")}.`;
      words += text.split(" ").length;
      sentences.push(text);
    }
    return sentences.join(" ");
  });
}
