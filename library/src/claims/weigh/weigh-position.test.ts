import { expect, test } from "vitest";
import { weighClaims } from "../weigh-claims.ts";
import { analysed } from "./made-articles.fixture.ts";

async function credibility(...said: readonly string[]): Promise<number | undefined> {
  const articles = await Promise.all(
    said.map((by, at) =>
      analysed({
        outlet: `Outlet ${at}`,
        published: "2024-03-01",
        title: "What we know of it",
        paragraphs: [`Thieves moved $9 million out of Arden Bank in eleven transfers, ${by} said.`],
      }),
    ),
  );
  return weighClaims(articles).claims[0]?.positions[0]?.grade.credibility;
}

test("an officer does not confirm a police force, and an analyst does", async () => {
  expect(await credibility("Ostrava police", "Superintendent Dana Holt")).toBe(3);
  expect(await credibility("Ostrava police", "analyst Dana Holt")).toBe(1);
});

test("who is told by a description alone may be the one who is named, and confirms nobody", async () => {
  expect(await credibility("Harbour Exchange", "the Chilean broker")).toBe(3);
  expect(await credibility("Harbour Exchange", "the Chilean police")).toBe(1);
});

test("a firm and a founder who is not said to be another's do not confirm each other", async () => {
  expect(await credibility("Kestrel", "founder Ana Cole")).toBe(3);
  expect(await credibility("Kestrel", "Nordhavn founder Ana Cole")).toBe(1);
});
