import { expect, test } from "vitest";
import { weighClaims } from "../weigh-claims.ts";
import { analysed } from "./made-articles.fixture.ts";

const told = (outlet: string, published: string, paragraph: string) =>
  analysed({ outlet, published, title: "What we know of it", paragraphs: [paragraph] });

test("a bound is lost on the way to what came later, and never to what came before", async () => {
  const exact = "Thieves stole $9 million from Arden Bank in one night, according to a report.";
  const about = "Thieves stole about $9 million from Arden Bank in one night, the Ostrava police said.";
  const after = weighClaims([await told("Herald", "2024-03-05", exact), await told("Gazette", "2024-03-01", about)]);
  const before = weighClaims([await told("Herald", "2024-03-01", exact), await told("Gazette", "2024-03-05", about)]);
  expect(after.changes.map(({ kind }) => kind)).toContain("hedge lost");
  expect(before.changes.map(({ kind }) => kind)).not.toContain("hedge lost");
});
