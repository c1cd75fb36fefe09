import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { analyseDocument } from "../analyse-document.ts";
import { readDocument } from "../documents/read-document.ts";
import { findFigures } from "../figures/find-figures.ts";
import { weighClaims } from "../weigh-claims.ts";
import { toldOnce } from "./find-contradictions.ts";
import { analysed } from "./made-articles.fixture.ts";

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

const article = (outlet: string, title: string, paragraph: string) =>
  analysed({ outlet, published: "2024-03-01", title, paragraphs: [paragraph] });

const contradictions = async (second: string) => {
  const { claims } = weighClaims([
    await article("Gazette", "Thieves tried to move $50 million out of Arden Bank, police say", second),
    await article("Herald", "Bank robbed", "Thieves moved $8 million out of Arden Bank, police said."),
  ]);
  return claims.flatMap((claim) => claim.contradictions).length;
};

test("two sums that one teller tells apart are of two things", async () => {
  const both = "Thieves tried to move $50 million out of Arden Bank and got away with $8 million, police said.";
  expect(await contradictions(both)).toBe(0);
});

test("and contradict each other where he weighs them", async () => {
  const both = "Thieves moved $50 million, and not $8 million, out of Arden Bank, police said.";
  expect(await contradictions(both)).toBeGreaterThan(0);
});
