import { expect, test } from "vitest";
import { weighClaims } from "../weigh-claims.ts";
import { analysed } from "./made-articles.fixture.ts";

const told = (outlet: string, title: string, paragraph: string) =>
  analysed({ outlet, published: "2024-03-01", title, paragraphs: [paragraph] });

const contradictions = async (second: string) => {
  const { claims } = weighClaims([
    await told("Gazette", "Thieves tried to move $50 million out of Arden Bank, police say", second),
    await told("Herald", "Bank robbed", "Thieves moved $8 million out of Arden Bank, police said."),
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
