import { sharedPassages } from "../library/src/claims/lineage/shared-passages.ts";
import type { Figure } from "./figure.ts";
import { madeSyndicatedArticles } from "./made-syndicated-articles.ts";

export const names = ["claims.shared-passages.s", "claims.shared-passages.peak-memory"] as const;

const articles = 10_000;
const wordsEach = 500;

/** Which of ten thousand articles have passages in the same words, and where: one thread, all in memory. */
export async function figures(): Promise<Figure[]> {
  const documents = madeSyndicatedArticles(articles, wordsEach, 1);
  const from = performance.now();
  const shared = sharedPassages(documents);
  const seconds = (performance.now() - from) / 1000;
  if (shared.length < articles / 4) throw new RangeError(`only ${shared.length} pairs were found`);
  const against = `${articles} articles of ${wordsEach} words, a third with a passage of another`;
  const figure = { better: "lower", against, skipped: null } as const;
  return [
    { ...figure, name: names[0], value: seconds, unit: "s", floor: 60 },
    { ...figure, name: names[1], value: process.resourceUsage().maxRSS / 1024, unit: "MiB", floor: null },
  ];
}
