import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { parseKnownAt } from "../claims/store/time-axes.ts";
import { AmbiguousIdError, JudgementError, NoSuchClaimError, TimeAxisError } from "../errors/claims.ts";
import { addDocuments } from "./claims-add.ts";
import { tickingClock, writeArticles } from "./claims-case.fixture.ts";
import { findId } from "./claims-id.ts";
import { type Decision, judgeClaim } from "./claims-judge.ts";
import { reportClaims } from "./claims-report.ts";
import { showClaim } from "./claims-show.ts";
import { judgementsOf } from "./judgements-of.ts";

let folder: string;
let data: string;
const clock = tickingClock();
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "spoor-judge-"));
  data = join(folder, "data");
  await addDocuments({ data, sources: [writeArticles(join(folder, "articles"))], clock });
});
afterEach(() => rmSync(folder, { recursive: true }));

const ever = { asOf: null, knownAt: null };
const judge = (decision: Decision, reason = "read it") =>
  judgeClaim({ data, decision, by: "Ana Brook", reason, clock });

/** The claim that is both alleged and denied. */
async function disputed(axes: { asOf: string | null; knownAt: string | null } = ever) {
  const report = await reportClaims({ data, axes });
  const claim = report.claims.find(({ positions }) => positions.length === 2);
  return { report, claim: claim! };
}

test("the allegation and its denial are one claim with two sides, in a report that has all of the store", async () => {
  const { report, claim } = await disputed();
  expect(claim.positions.map(({ act }) => act)).toEqual(["alleges", "denies"]);
  expect(report).toMatchObject({ skipped: [], unapplied: [], undated: [], axes: ever });
  expect(report.documents).toHaveLength(3);
});

test("as of a day the later article is not there, and the undated one is named", async () => {
  const { report } = await disputed({ asOf: "2031-04-17", knownAt: null });
  expect(report.documents.map(({ document }) => document.title)).toEqual([
    "Panel says Ostmark robbed the Harbour Bank",
  ]);
  expect(report.undated.map(({ document }) => document.title)).toEqual(["Harbour Bank counts its losses"]);
});

test("as known before, nothing was there; as known before a judgement, it was not made", async () => {
  expect((await reportClaims({ data, axes: { asOf: null, knownAt: "2031-04-01T00:00:00.000Z" } })).documents).toEqual(
    [],
  );
  const { claim } = await disputed();
  const { at } = await judge({ kind: "confirm", id: claim.id });
  expect((await disputed()).claim.judged?.verdict).toBe("confirmed");
  const before = new Date(Date.parse(at) - 1).toISOString();
  expect((await disputed({ asOf: null, knownAt: before })).claim.judged).toBeNull();
  expect((await disputed({ asOf: null, knownAt: parseKnownAt(at) })).claim.judged).not.toBeNull();
});

test("the last judgement counts, and all of them stay", async () => {
  const { claim } = await disputed();
  await judge({ kind: "confirm", id: claim.id.slice(0, 12) });
  await judge({ kind: "reject", id: claim.id }, "misread");
  const after = await disputed();
  expect(after.claim.judged).toMatchObject({ verdict: "rejected", by: "Ana Brook", reason: "misread" });
  expect(judgementsOf(after.claim, after.report).map(({ kind }) => kind)).toEqual(["confirm", "reject"]);
});

test("a statement that was rejected is not in the claim, and can be judged again", async () => {
  const { claim } = await disputed();
  const { id } = claim.positions[1]!.statements[0]!;
  const [document = "", span = ""] = id.split(":");
  await judge({ kind: "reject", id: `${document.slice(0, 5)}:${span}` });
  const ids = async () => (await reportClaims({ data, axes: ever })).claims.flatMap((one) => statementIdsOf(one));
  expect(await ids()).not.toContain(id);
  expect((await reportClaims({ data, axes: ever })).unapplied).toEqual([]);
  await judge({ kind: "confirm", id });
  expect(await ids()).toContain(id);
});

const statementIdsOf = (claim: { positions: readonly { statements: readonly { id: string }[] }[] }) =>
  claim.positions.flatMap(({ statements }) => statements.map(({ id }) => id));

test("claims that were merged are one, and both ids lead to it", async () => {
  const { report, claim } = await disputed();
  const other = report.claims.find(({ id }) => id !== claim.id)!;
  expect(await judge({ kind: "merge", into: claim.id, claim: other.id }, "")).toMatchObject({
    kind: "merge",
    into: claim.id,
    claim: other.id,
    reason: "",
  });
  const after = await reportClaims({ data, axes: ever });
  expect(after.claims).toHaveLength(report.claims.length - 1);
  expect(await showClaim({ data, axes: ever, id: other.id })).toMatchObject({ kind: "claim", claim: { id: claim.id } });
  await expect(judge({ kind: "merge", into: claim.id, claim: other.id })).rejects.toThrow(/both are claim-/u);
});

test("a grade is given to one side, with its reason", async () => {
  const { claim } = await disputed();
  await expect(judge({ kind: "grade", claim: claim.id, act: null, grade: "B2" })).rejects.toThrow(
    /has 2 sides\. Name one side with --act: "alleges", "denies"/u,
  );
  await expect(judge({ kind: "grade", claim: claim.id, act: "repeats", grade: "B2" })).rejects.toThrow(JudgementError);
  for (const grade of ["G1", "A7", "B", "2", "", "B22"])
    await expect(judge({ kind: "grade", claim: claim.id, act: "denies", grade })).rejects.toThrow(/no grade/u);
  await expect(judge({ kind: "grade", claim: claim.id, act: "denies", grade: "b2" }, " ")).rejects.toThrow(
    /no reason/u,
  );
  await judge({ kind: "grade", claim: claim.id, act: "denies", grade: "b2" }, "it was heard under oath");
  const [alleges, denies] = (await disputed()).claim.positions;
  expect(denies?.grade).toMatchObject({ reliability: "B", credibility: 2 });
  expect(denies?.grade.reasons[0]).toMatch(/it was heard under oath/u);
  expect(alleges?.grade.reasons.join()).not.toMatch(/oath/u);
});

test.each([
  ["nobody", { by: "  ", reason: "x" }, /nobody is named/u],
  ["a name that is a file", { by: "x".repeat(201), reason: "x" }, /more than 200 characters/u],
  ["a rejection without a reason", { by: "Ana", reason: "" }, /no reason is given/u],
  ["a reason that is a novel", { by: "Ana", reason: "x".repeat(10_001) }, /more than 10000 characters/u],
])("%s is refused, and nothing is kept", async (_, who, why) => {
  const { claim } = await disputed();
  await expect(judgeClaim({ data, decision: { kind: "reject", id: claim.id }, ...who })).rejects.toThrow(why);
  expect((await disputed()).report.judgements).toEqual([]);
});

test("what is not there, or is named by too little, is said", async () => {
  await expect(judge({ kind: "confirm", id: "claim-nothing" })).rejects.toThrow(NoSuchClaimError);
  await expect(judge({ kind: "confirm", id: "" })).rejects.toThrow(NoSuchClaimError);
  await expect(judge({ kind: "confirm", id: "claim-" })).rejects.toThrow(AmbiguousIdError);
  await expect(judge({ kind: "confirm", id: "aa:0-1:denies" })).rejects.toThrow(/There is no claim or statement/u);
  const nowhere = { data: join(folder, "nowhere"), decision: { kind: "confirm", id: "claim-1" }, by: "A" } as const;
  await expect(judgeClaim({ ...nowhere, reason: "" })).rejects.toThrow(/spoor claims list/u);
});

test("ids are shortened part by part", () => {
  const ids = ["abcd:0-4:denies", "abcd:0-49:denies", "abff:7-9:alleges"];
  const named = new Map(ids.map((id) => [id, id]));
  const find = (text: string) => findId(text, named, { what: "statement", data: "here" });
  expect(find("abc:0-4:denies")).toBe(ids[0]);
  expect(find("abc:0-49")).toBe(ids[1]);
  expect(find("abf:")).toBe(ids[2]);
  expect(() => find("abc:0-4")).toThrow(/abcd:0-49:denies, abcd:0-4:denies/u);
  expect(() => find("abc:0:denies")).toThrow(NoSuchClaimError);
});

test("a document is shown with what it says and stands behind", async () => {
  const { report, claim } = await disputed();
  const { document } = report.documents[0]!;
  for (const id of [document.id, document.id.slice(0, 6), document.sha256, document.sha256.slice(0, 30)]) {
    const shown = await showClaim({ data, axes: ever, id });
    expect(shown).toMatchObject({ kind: "document", stored: { document: { id: document.id } } });
    if (shown.kind === "document") expect(shown.claims.map((one) => one.id)).toContain(claim.id);
  }
  const { id } = claim.positions[0]!.statements[0]!;
  expect(await showClaim({ data, axes: ever, id })).toMatchObject({ claim: { id: claim.id }, statement: { id } });
  await expect(showClaim({ data, axes: ever, id: "zz" })).rejects.toThrow(/no document or claim "zz"/u);
  expect(() => parseKnownAt("soon")).toThrow(TimeAxisError);
});
