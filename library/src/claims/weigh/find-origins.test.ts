import { expect, test } from "vitest";
import { weighClaims } from "../weigh-claims.ts";
import { analysed, type MadeArticle } from "./made-articles.fixture.ts";

const story = (made: Partial<MadeArticle>) =>
  analysed({ outlet: "Herald", published: "2024-03-01", title: "What we know of it", paragraphs: [], ...made });

const originsOf = async (...articles: readonly Partial<MadeArticle>[]) =>
  weighClaims(await Promise.all(articles.map(story))).claims[0]?.positions.map(({ act, origins }) => [
    act,
    ...origins.map(({ party }) => party),
  ]);

test("'the Maltese lender' is the one whom the document names for the same claim", async () => {
  const told = {
    title: "Banca Serena says thieves stole $7 million through forged orders",
    paragraphs: ["Thieves stole $7 million by forged orders in May, the Maltese lender said."],
  };
  expect(await originsOf(told)).toEqual([["states", "Banca Serena"]]);
});

test("what stands under 'Correction' is corrected by the outlet, whoever is named in it", async () => {
  const paragraphs = ["Correction: Kestrel Labs put the loss at $7 million, and not at $9 million."];
  const acts = await originsOf({ paragraphs });
  expect(acts).toEqual([["corrects", "Herald"]]);
});

test("a house that studies confirms nobody with what it retells", async () => {
  const said = { paragraphs: ["Kestrel Exchange lost $7 million to hackers on Monday, its owner Ana Cole said."] };
  const retold = {
    outlet: "Institute for Harbour Studies",
    published: "2024-06-01",
    title: "The year in thefts",
    paragraphs: ["The largest was the theft of $7 million from Kestrel Exchange by hackers on a Monday."],
  };
  const { claims } = weighClaims([await story(said), await story(retold)]);
  expect(claims.map(({ positions }) => positions[0]?.grade.credibility)).not.toContain(1);
  expect(claims.flatMap(({ positions }) => positions.flatMap(({ outlets }) => outlets))).not.toContain(
    "Institute for Harbour Studies",
  );
});
