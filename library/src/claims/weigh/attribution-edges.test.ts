import { expect, test } from "vitest";
import { analyseDocument } from "../analyse-document.ts";
import { readDocument } from "../documents/read-document.ts";
import { weighClaims } from "../weigh-claims.ts";
import { analysed } from "./made-articles.fixture.ts";

test("an agency does not have it from itself", async () => {
  const text = [
    "Thieves take $9 million from Arden Bank, police say",
    "Reuters, 4 March 2024",
    "OSTRAVA, March 4 (Reuters) - Thieves took $9 million from Arden Bank in one night, the Ostrava police said.",
  ].join("\n\n");
  const about = { name: "a.txt", capturedAt: "2024-04-01T00:00:00.000Z" };
  const analysis = analyseDocument(await readDocument(new TextEncoder().encode(text), about));
  expect(analysis.document.outlet?.name).toBe("Reuters");
  expect(weighClaims([analysis]).lineage.map(({ from }) => from)).not.toContain("Reuters");
});

test("an outlet that has learned something has it from no other paper of its own", async () => {
  const { lineage } = weighClaims([
    await analysed({
      outlet: "Gazeta da Serra",
      published: "2024-03-04",
      title: "Thieves take $9 million from Arden Bank",
      paragraphs: ["Thieves took $9 million from Arden Bank in one night, Gazeta da Serra has learned."],
    }),
  ]);
  expect(lineage.map(({ from }) => from)).not.toContain("Gazeta da Serra");
});

test("what is cited as a reason is nobody's word", async () => {
  const { claims } = weighClaims([
    await analysed({
      outlet: "Herald",
      published: "2024-03-04",
      title: "Who did it",
      paragraphs: ["Kestrel Labs attributed the raid on Arden Bank to the Heron gang, citing the timing of the calls."],
    }),
  ]);
  expect(claims[0]?.positions[0]?.party).toBe("Kestrel Labs");
});

test("their lawyer is theirs who are told of, and not the last speaker's", async () => {
  const { claims } = weighClaims([
    await analysed({
      outlet: "Herald",
      published: "2024-03-04",
      title: "Guards in court",
      paragraphs: [
        "Chairman Bo Marsh said that the vault had been empty for weeks.",
        "Two guards of the vault will appeal against their sentence, their lawyer said.",
      ],
    }),
  ]);
  const guards = claims.find(({ about }) => about.startsWith("Two guards"));
  expect(guards?.positions.map(({ party }) => party)).not.toContain("Bo Marsh");
});

test("nobody accuses himself: 'the bank' that accuses one is another", async () => {
  const { claims } = weighClaims([
    await analysed({
      outlet: "Herald",
      published: "2024-03-04",
      title: "Banks at odds over raid",
      paragraphs: ["The bank accuses Stonehouse Trust Bank of losing the keys. Stonehouse Trust Bank denied it."],
    }),
  ]);
  const origins = claims.flatMap(({ positions }) => positions.filter(({ act }) => act === "alleges"));
  expect(origins.flatMap(({ origins: all }) => all.map(({ party }) => party))).toEqual([]);
});
