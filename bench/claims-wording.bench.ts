import { findChanges } from "../library/src/claims/lineage/find-changes.ts";
import { traceWording } from "../library/src/claims/lineage/trace-wording.ts";
import { weighClaims } from "../library/src/claims/weigh-claims.ts";
import type { Figure } from "./figure.ts";
import { madeSyndicatedReports } from "./made-syndicated-articles.ts";

export const names = [
  "claims.trace-wording.s",
  "claims.find-changes.s",
  "claims.wording.memory",
  "claims.weigh.s",
] as const;

const articles = 10_000;
const wordsEach = 500;

/**
 * From which of ten thousand articles each has its wording, its quotations and its figures, and what changed on the
 * way: one thread, all in memory, without the reading of the articles. Memory is what the two needed at their peak
 * above the articles as they are read.
 */
export async function figures(): Promise<Figure[]> {
  const analyses = madeSyndicatedReports(articles, wordsEach, 1);
  globalThis.gc?.();
  const before = process.memoryUsage().rss;
  const from = performance.now();
  const edges = traceWording(analyses);
  const between = performance.now();
  const changes = findChanges(analyses);
  const to = performance.now();
  if (edges.length < articles / 4) throw new RangeError(`only ${edges.length} edges were found`);
  if (changes.length < articles / 10) throw new RangeError(`only ${changes.length} changes were found`);
  const memory = process.resourceUsage().maxRSS / 1024 - before / 2 ** 20;
  const weighedFrom = performance.now();
  const { claims } = weighClaims(analyses);
  const weighed = (performance.now() - weighedFrom) / 1000;
  if (claims.length < articles / 10) throw new RangeError(`only ${claims.length} claims were found`);
  const against = `${articles} articles of ${wordsEach} words, a third with half of another, some of it changed`;
  const figure = { better: "lower", against, skipped: null } as const;
  return [
    { ...figure, name: names[0], value: (between - from) / 1000, unit: "s", floor: 60 },
    { ...figure, name: names[1], value: (to - between) / 1000, unit: "s", floor: 60 },
    { ...figure, name: names[2], value: memory, unit: "MiB", floor: null },
    // The two above are in it: claims, positions, origins and all of the lineage.
    { ...figure, name: names[3], value: weighed, unit: "s", floor: 60 },
  ];
}
