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

test("a title drops the bound of its own text, and whoever has it from the text has changed nothing", async () => {
  const first = await analysed({
    outlet: "Herald",
    published: "2024-03-01",
    title: "Arden Bank laundered $9 million, Ostrava police say",
    paragraphs: ["Arden Bank laundered at least $9 million for a gang in Ostrava, the Ostrava police said."],
  });
  const second = await told(
    "Gazette",
    "2024-03-05",
    "Arden Bank laundered no less than $9 million for a gang in Ostrava, the Ostrava police said.",
  );
  expect(weighClaims([first, second]).changes.map(({ kind }) => kind)).toEqual([]);
});
