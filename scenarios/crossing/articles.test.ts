import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  type AddDocumentsResult,
  addDocuments,
  type ClaimsReport,
  reportClaims,
} from "../../library/src/cases/index.ts";
import type { Claim, FigureInClaim, SpeechAct } from "../../library/src/claims/index.ts";

let data: string;
let added: AddDocumentsResult;
let report: ClaimsReport;

beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), "spoor-crossing-articles-"));
  added = await addDocuments({ data, sources: [join(import.meta.dirname, "articles")] });
  report = await reportClaims({ data, axes: { asOf: null, knownAt: null } });
});
afterAll(() => rmSync(data, { recursive: true, force: true }));

const outletOf = (id: string) => report.documents.find(({ document }) => document.id === id)?.document.outlet?.name;
const side = (claim: Claim, asked: SpeechAct) => claim.positions.find(({ act }) => act === asked)!;
const claimOf = (words: RegExp) => report.claims.find(({ about }) => words.test(about))!;
const broker = () => claimOf(/Lanternfish turned at least 600,000 euros/u);

test("all five are read, and each says where and when it was published", () => {
  expect(added.skipped).toEqual([]);
  expect(
    added.documents.map(({ document }) => [document.outlet?.name, document.published?.value.slice(0, 10)]),
  ).toEqual([
    ["Nordpol", "2026-05-11"],
    ["The Harbour Courier", "2026-05-12"],
    ["The Quay Gazette", "2026-05-13"],
    ["Chain Monthly", "2026-05-14"],
    ["The Evening Lantern", "2026-05-16"],
  ]);
  expect(added.documents.every(({ document }) => document.analysed)).toBe(true);
});

test("four outlets allege it of the broker, on the word of two: the fraud office and the exchange", () => {
  const { outlets, origins, independentAccess, unknownOrigins } = side(broker(), "alleges");
  expect(outlets.toSorted()).toEqual(["Chain Monthly", "Nordpol", "The Evening Lantern", "The Harbour Courier"]);
  expect(origins.map(({ party, via }) => [party, via])).toEqual([
    [expect.stringContaining("National Fraud Office"), "Nordpol"],
    ["Pelican Exchange", "The Evening Lantern"],
  ]);
  // Nordpol saw the report, and the exchange told the Lantern; the Courier has it from Nordpol.
  expect(independentAccess.toSorted()).toEqual(["Nordpol", "The Evening Lantern"]);
  // "Is said to have turned", and "claims that it turned": by whom, Chain Monthly does not say.
  expect(unknownOrigins.map(outletOf)).toEqual(["Chain Monthly"]);
});

test("two outlets carry one denial, which an agency had from the broker's director", () => {
  const { outlets, origins, independentAccess, unknownOrigins } = side(broker(), "denies");
  expect(outlets.toSorted()).toEqual(["Chain Monthly", "The Quay Gazette"]);
  expect(origins.map(({ party, via }) => [party, via])).toEqual([
    [expect.stringContaining("Pia Wendt"), "Kontorpress"],
  ]);
  expect(independentAccess).toEqual(["Kontorpress"]);
  expect(unknownOrigins).toEqual([]);
});

test("a loss of 950,000 euros contradicts the 900,000 of the others", () => {
  const { contradictions } = claimOf(/Oosterling Scheepsmotoren lost/u);
  const said = ({ figure, place }: FigureInClaim) => [outletOf(place.document), figure.bound, figure.value];
  expect(contradictions.map(({ figures }) => figures.map(said))).toEqual(
    expect.arrayContaining([
      [
        ["Nordpol", "at most", "900000"],
        ["Chain Monthly", "exact", "950000"],
      ],
      [
        ["The Harbour Courier", "exact", "900000"],
        ["Chain Monthly", "exact", "950000"],
      ],
    ]),
  );
  for (const { about, contradictions: others } of report.claims)
    expect([about, others.length > 0]).toEqual([about, /Oosterling Scheepsmotoren lost/u.test(about)]);
});

test("the hedges of the first report are lost on the way", () => {
  const lost = report.changes.filter(({ kind }) => kind === "hedge lost");
  expect(lost.map(({ from, to }) => [outletOf(from.document), outletOf(to.document), to.text])).toEqual(
    expect.arrayContaining([
      ["Nordpol", "The Harbour Courier", "900,000 euros"],
      ["Nordpol", "The Quay Gazette", "600,000 euros"],
    ]),
  );
});

test("neither a teaser nor the list of what is read most is a part of what is said", () => {
  const texts = added.documents.map(({ document }) => document.text).join("\n");
  expect(texts).toMatch(/Harrow Wallet.*2 million euros/u);
  const claimed = report.claims.flatMap(({ positions }) => positions.flatMap(({ statements }) => statements));
  const figures = report.analyses.flatMap((one) => one.figures);
  const said = [...claimed, ...figures].map(({ text }) => text);
  expect(said.length).toBeGreaterThan(20);
  expect(said.join("\n")).not.toMatch(/Harrow|2 million|Herring/u);
});
