import { expect, test } from "vitest";
import { weighClaims } from "../weigh-claims.ts";
import { analysed } from "./made-articles.fixture.ts";

async function deniersOf(about: RegExp, ...paragraphs: readonly string[]): Promise<(string | null)[]> {
  const article = await analysed({
    outlet: "Herald",
    published: "2024-03-01",
    title: "What we know of it",
    paragraphs,
  });
  const { claims } = weighClaims([article]);
  const claim = claims.find((one) => about.test(one.about));
  return (claim?.positions ?? []).filter(({ act }) => act === "denies").map(({ party }) => party);
}

test("what is dismissed as a claim is what is claimed, and not what is told beside it", async () => {
  const said = [
    "Harbour Bank paid the thieves 700,000 euros for its files, the clerks' union claimed.",
    "“Every screen was lit again by noon on that very Tuesday,” union secretary Ana Cole said.",
    "Harbour Bank dismissed the claim.",
  ];
  expect(await deniersOf(/700,000/, ...said)).toEqual(["Harbour Bank"]);
});

test("own words that point go on from the denial before them, and not to what is alleged further down", async () => {
  const said = [
    "The owner of Kestrel rejected allegations that it had washed 90 million euros.",
    "“These accusations are absurd,” Bo Marsh told the Herald.",
    "Papers seen by the Herald show that Kestrel moved 30 million euros for Nordhavn Trading.",
    "Nordhavn Trading said it had never been a client of Kestrel.",
  ];
  expect(await deniersOf(/30 million/, ...said)).not.toContain("Bo Marsh");
});

test("what the accused says himself behind it is not what is brushed aside, nor is what else names him", async () => {
  const said = [
    "A clerk told the Herald that the keys had been copied by a guard of the vault in May.",
    "Kestrel brushed aside the suggestion. “There was no guard,” its head Bo Marsh insisted.",
    "Thieves stole $5 million from Kestrel, police said.",
  ];
  expect(await deniersOf(/keys/, ...said)).toEqual(["Kestrel"]);
  expect(await deniersOf(/5 million/, ...said)).toEqual([]);
});

test("who denies any wrongdoing answers what he is accused of, however his name ends", async () => {
  const said = [
    "Thieves stole $5 million from Banca Serena, its owner Ana Cole said.",
    "The bank accuses Lighthouse Trust of ignoring its calls. Lighthouse Trust denied any wrongdoing.",
  ];
  expect(await deniersOf(/ignoring/, ...said)).toEqual(["Lighthouse Trust"]);
});
