import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { analyseDocument } from "../analyse-document.ts";
import { readDocument } from "../documents/read-document.ts";
import { findFigures } from "../figures/find-figures.ts";
import { weighClaims } from "../weigh-claims.ts";
import { toldOnce } from "./find-contradictions.ts";

const articles = join(import.meta.dirname, "../../../../scenarios/crossing/articles");

test("the same values contradict one another once, though a claim and an event show it", async () => {
  const analyses = [];
  for (const name of readdirSync(articles)) {
    const about = { name, capturedAt: "2026-06-01T00:00:00.000Z" };
    analyses.push(analyseDocument(await readDocument(readFileSync(join(articles, name)), about)));
  }
  const { claims } = weighClaims(analyses);
  const loss = claims.find(({ about }) => about.includes("900,000 euros"))!;
  const pairs = loss.contradictions.map(({ figures }) => figures.map(({ figure }) => [figure.bound, figure.value]));
  expect(pairs).toEqual([
    [
      ["at most", "900000"],
      ["exact", "950000"],
    ],
    [
      ["exact", "900000"],
      ["exact", "950000"],
    ],
  ]);
});

test("a total that its parts do not add up to is told besides", () => {
  const figures = findFigures("up to 900,000 euros, not 950,000 euros").map((figure) => {
    return { figure, place: { document: "d", ...figure.span, text: figure.text } };
  });
  expect(figures).toHaveLength(2);
  const told = toldOnce([
    { figures, why: "by claim" },
    { figures: figures.toReversed(), why: "by event" },
    { figures: figures.slice(0, 1), why: "by parts" },
  ]);
  expect(told.map(({ why }) => why)).toEqual(["by claim", "by parts"]);
});
