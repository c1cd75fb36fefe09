import type { ClaimsReport } from "spoor/cases";
import type { Claim, Document, Figure, Place, StatementInClaim } from "spoor/claims";
import type { Incident } from "spoor/registers";
import { expect, test } from "vitest";
import { claimsReportSchema } from "../contract/claims.ts";
import { claimsReportJson } from "../json/claims.ts";
import { claimsReportLines } from "./claims.ts";

const document = (id: string, name: string, published: string | null): Document => ({
  id,
  sha256: id.repeat(4),
  source: `${name}.txt`,
  capturedAt: "2031-05-01T00:00:00.000Z",
  format: "text",
  encoding: { label: "utf-8", basis: "valid-utf-8", replaced: 0 },
  title: "A robbery",
  outlet: { name, domain: null, family: null, basis: "text" },
  author: null,
  credit: null,
  published: published === null ? null : { value: published, precision: "day", zoned: false, basis: "text" },
  language: "en",
  analysed: true,
  text: "up to 90 million",
  blocks: [],
  words: 4,
});
const tribune = document("a".repeat(16), "Tribune", "2031-04-17");
const gazette = document("b".repeat(16), "Gazette", "2031-04-18");
const place = (id: string, text: string): Place => ({ document: id, start: 0, end: text.length, text });

const statement = (id: string, source: string | null): StatementInClaim => ({
  ...place(id, "up to 90 million were stolen"),
  id: `${id}:0-28:alleges`,
  act: "alleges",
  source: source === null ? null : place(id, source),
  carriers: [{ party: "Tribune", how: "reported by", place: place(id, "reported"), hasAccess: true }],
  content: [place(id, "90 million")],
  because: "The words are the same.",
  confidence: 0.9,
});

const figure: Figure = {
  kind: "money",
  value: "90000000.5",
  to: null,
  unit: "USD",
  assumed: true,
  bound: "at least",
  strict: true,
  step: "1000000",
  span: { start: 0, end: 10 },
  text: "90 million",
  hedge: null,
  scope: [{ kind: "total", span: { start: 0, end: 5 }, text: "in total" }],
};
const found = { figure, place: place(gazette.id, "90 million") };

const claim: Claim = {
  id: "claim-000000000001",
  about: "Ninety million were stolen",
  judged: null,
  positions: [
    {
      act: "alleges",
      party: "The Lintel Panel",
      outlets: ["Gazette", "Tribune"],
      independentAccess: ["Tribune"],
      origins: [
        { party: "The Lintel Panel", isUnnamed: false, document: tribune.id, via: "Tribune", namings: [] },
        { party: "Ilse Varga", isUnnamed: false, document: null, via: "directly", namings: [] },
      ],
      unknownOrigins: [gazette.id],
      statements: Array.from({ length: 9 }, (_, n) =>
        statement(n === 8 ? gazette.id : tribune.id, n === 0 ? "she" : null),
      ),
      overridden: null,
      grade: { reliability: "C", credibility: 1, reasons: ["Two origins."], wouldChange: ["A denial."] },
    },
  ],
  figures: [found, found],
  contradictions: [{ figures: [found, found], why: "at most 90 excludes more than 90" }],
};

const entry = {
  sha256: "c".repeat(64),
  file: "harbour.md",
  register: "write-up",
  path: "target",
  text: "Harbour Bank",
};
const incident: Incident = {
  id: "incident-000000000001",
  ids: ["incident-000000000001"],
  name: "Harbour, 2030",
  from: "2030-02",
  to: "2030-02",
  dates: [],
  victims: [{ value: "Harbour Bank", places: [], entries: [entry] }],
  countries: [{ value: "NO", places: [place(tribune.id, "Norway")], entries: [] }],
  kinds: [],
  methods: [],
  amounts: [{ value: figure, places: [place(gazette.id, "90 million")], entries: [] }],
  attributions: [],
  disagreements: [{ field: "amount", values: ["at most 90 USD", "more than 90 USD"], why: "90 excludes 91" }],
  statements: [place(gazette.id, "90 million")],
  joins: [],
  maybeSame: [],
};

const report: ClaimsReport = {
  axes: { asOf: "2031", knownAt: null },
  documents: [tribune, gazette].map((one) => ({ document: one, addedAt: "2031-05-01T00:00:00.000Z", captures: [] })),
  undated: [],
  analyses: [],
  claims: [claim],
  lineage: [
    {
      from: tribune.id,
      to: gazette.id,
      basis: "text",
      directed: false,
      proof: [{ document: gazette.id, start: 0, end: 9 }],
      confidence: 0.7,
      because: "They share 40 words.",
    },
  ],
  changes: [{ kind: "hedge lost", from: place(tribune.id, "up to 9m"), to: place(gazette.id, "9m") }],
  judgements: [],
  ids: new Map([[claim.id, claim.id]]),
  rejected: [],
  unapplied: [{ kind: "reject", of: "claim-gone", by: "Ana", at: "2031-05-02T00:00:00.000Z", reason: "" }],
  incidents: [incident],
  skipped: [{ source: "harbour.md", reason: "It is not known whether it was published by 2031." }],
};

test("what a report holds is in its JSON, with numbers as plain texts and spans that name their document", () => {
  const json = claimsReportSchema.parse(claimsReportJson(report));
  expect(json.claims[0]?.positions[0]).toMatchObject({
    outlets: 2,
    independentAccess: 1,
    evidentialOrigins: 2,
    originsUnknown: 1,
    origins: [
      { party: "The Lintel Panel", isUnnamed: false, document: tribune.id, via: "Tribune" },
      { document: null },
    ],
  });
  expect(json.claims[0]?.figures[0]).toMatchObject({ value: "90000000.5", scope: "in total", document: gazette.id });
  expect(json.changes).toMatchObject([
    { kind: "hedge lost", from: "up to 9m", to: "9m", document: gazette.id, start: 0, end: 2 },
  ]);
  expect(json.incidents).toMatchObject([
    { name: "Harbour, 2030", victims: ["Harbour Bank"], countries: ["NO"], amount: { value: "90000000.5" } },
  ]);
  expect(json.incidents[0]?.statements).toEqual([place(gazette.id, "90 million")]);
  expect(json.lineage).toMatchObject([{ from: tribune.id, to: gazette.id, basis: "text", directed: false }]);
});

test("what a report holds is said in words", () => {
  expect(claimsReportLines(claimsReportJson(report), "data").join("\n")).toMatchInlineSnapshot(`
    "1 claim in 2 documents as of 2031. Proposed from the words it names; a person confirms or rejects it.

    claim-000000000001  Ninety million were stolen
      ALLEGED by The Lintel Panel
        2 outlets carry it: Gazette; Tribune
        1 party had it from the origin itself: Tribune
        1 document does not say whose word it is: Gazette, 2031-04-18 [bbbbbbbb]
        2 evidential origins:
          The Lintel Panel (via Tribune; its own document is Tribune, 2031-04-17 [aaaaaaaa])
          Ilse Varga (directly)
        proposed grade C1: source fairly reliable, information confirmed by other sources
          Two origins.
        - Tribune, 2031-04-17 [aaaaaaaa] at 0-28: she: “up to 90 million were stolen”
        - Gazette, 2031-04-18 [bbbbbbbb] at 0-28: “up to 90 million were stolen”
        - Tribune, 2031-04-17 [aaaaaaaa] at 0-28: “up to 90 million were stolen”
        - Tribune, 2031-04-17 [aaaaaaaa] at 0-28: “up to 90 million were stolen”
        - Tribune, 2031-04-17 [aaaaaaaa] at 0-28: “up to 90 million were stolen”
        - Tribune, 2031-04-17 [aaaaaaaa] at 0-28: “up to 90 million were stolen”
        … and 3 more statements ('spoor claims show' lists all)
      Figures
        more than 90,000,000.5 USD (in total): “90 million” Gazette, 2031-04-18 [bbbbbbbb] at 0-10, 0-10
      Figures that contradict one another
        at most 90 excludes more than 90
          “90 million” Gazette, 2031-04-18 [bbbbbbbb] at 0-10
          “90 million” Gazette, 2031-04-18 [bbbbbbbb] at 0-10

    Lineage: who has it from whom
      Gazette, 2031-04-18 [bbbbbbbb] and Tribune, 2031-04-17 [aaaaaaaa] share it (text): They share 40 words.

    What changed on the way
      hedge lost: “up to 9m” in Tribune, 2031-04-17 [aaaaaaaa] is “9m” in Gazette, 2031-04-18 [bbbbbbbb] at 0-2

    Incidents that they tell of (1):
      incident               date     amount                      in  told in  victim; what is in doubt
      ─────────────────────  ───────  ──────────────────────────  ──  ───────  ────────────────────────
      incident-000000000001  2030-02  more than 90,000,000.5 USD  NO        2  Harbour; sources differ on the amount

    Imported write-ups that are left out (1):
      harbour.md: It is not known whether it was published by 2031.

    Judgements of what is not found in these documents (1):
      claim-gone rejected by Ana on 2031-05-02"
  `);
});
