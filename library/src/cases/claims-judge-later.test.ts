import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { ClaimsStore } from "../claims/store/claims-store.ts";
import { openStoreFile } from "../claims/store/store-file.ts";
import { JudgementError, JudgementUnknownError } from "../errors/claims.ts";
import { addDocuments } from "./claims-add.ts";
import { tickingClock, writeArticles } from "./claims-case.fixture.ts";
import { type Decision, judgeClaim } from "./claims-judge.ts";
import { reportClaims } from "./claims-report.ts";
import { showClaim } from "./claims-show.ts";
import { judgementsOf } from "./judgements-of.ts";

let folder: string;
let data: string;
const clock = tickingClock();
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "spoor-judge-later-"));
  data = join(folder, "data");
  await addDocuments({ data, sources: [writeArticles(join(folder, "articles"))], clock });
});
afterEach(() => rmSync(folder, { recursive: true }));

const ever = { asOf: null, knownAt: null };
const judge = (decision: Decision, reason = "read it") =>
  judgeClaim({ data, decision, by: "Ana Brook", reason, clock });
const report = (axes: { asOf: string | null; knownAt: string | null } = ever) => reportClaims({ data, axes });
const disputed = async () => (await report()).claims.find(({ positions }) => positions.length === 2)!;

/** What was decided of the claim that is both alleged and denied. */
const decidedOf = (claim: Awaited<ReturnType<typeof disputed>>) => ({
  verdict: claim.judged?.verdict,
  grades: claim.positions.map(({ grade, overridden }) => overridden && `${grade.reliability}${grade.credibility}`),
});

/** The statement that gives the claim its id. */
async function foundingOf(id: string): Promise<string> {
  const shown = await showClaim({ data, axes: ever, id });
  if (shown.kind !== "claim") throw new Error(`${id} is no claim`);
  return shown.claim.positions.flatMap(({ statements }) => statements)[0]!.id;
}

test("what was decided of a claim stays when the statement that it has its id from is rejected", async () => {
  const { id } = await disputed();
  await judge({ kind: "confirm", id });
  await judge({ kind: "grade", claim: id, act: "alleges", grade: "B2" });
  const founding = await foundingOf(id);
  await judge({ kind: "reject", id: founding }, "is a headline");
  const after = await report();
  const claim = after.claims.find(({ positions }) => positions.length === 2)!;
  expect(claim.id).not.toBe(id);
  expect(decidedOf(claim)).toEqual({ verdict: "confirmed", grades: ["B2", null] });
  expect(judgementsOf(claim, after).map(({ kind }) => kind)).toEqual(["confirm", "grade"]);
  expect(await showClaim({ data, axes: ever, id })).toMatchObject({ claim: { id: claim.id } });
  expect(after.rejected).toMatchObject([{ statement: { id: founding }, by: "Ana Brook", reason: "is a headline" }]);
  expect(after.unapplied).toEqual([]);
  // Decided by the id that it had before, it is decided all the same.
  await judge({ kind: "reject", id }, "misread");
  expect((await disputed()).judged?.verdict).toBe("rejected");
});

test("what was decided of a claim stays when an older document gives it another id", async () => {
  const { id } = await disputed();
  await judge({ kind: "confirm", id });
  await judge({ kind: "grade", claim: id, act: "denies", grade: "C3" });
  const older = `---
title: Panel accuses Ostmark
url: https://eastharbourpost.com/c
date: 2031-04-01
---

The Lintel Panel alleged on Tuesday that the Ostmark Company had stolen up to $90 million from the Harbour Bank of
Valdoria in 2030.
`;
  writeFileSync(join(folder, "older.md"), older);
  await addDocuments({ data, sources: [join(folder, "older.md")], clock });
  const claim = await disputed();
  expect(claim.id).not.toBe(id);
  expect(decidedOf(claim)).toEqual({ verdict: "confirmed", grades: [null, "C3"] });
  expect((await report()).unapplied).toEqual([]);
});

test("a grade of a side that is not there by then is said not to be applied", async () => {
  const { id, positions } = await disputed();
  const denials = positions[1]!.statements.map((one) => one.id);
  await judge({ kind: "grade", claim: id, act: "denies", grade: "C3" });
  for (const denial of denials) await judge({ kind: "reject", id: denial }, "is nobody's");
  const { unapplied, rejected } = await report();
  expect(unapplied).toMatchObject([{ kind: "grade", act: "denies" }]);
  expect(rejected.map(({ statement }) => statement.id).sort()).toEqual([...denials].sort());
});

test("claims that were merged can be parted, and merged again; as known before, they were one", async () => {
  const before = await report();
  const [a, b] = before.claims as [(typeof before.claims)[0], (typeof before.claims)[0]];
  await expect(judge({ kind: "part", claim: a.id })).rejects.toThrow(/is not merged with another/u);
  const merge = () => judge({ kind: "merge", into: a.id, claim: b.id }, "");
  await merge();
  await expect(judge({ kind: "part", claim: b.id }, " ")).rejects.toThrow(JudgementError);
  const part = await judge({ kind: "part", claim: b.id.slice(0, 13) }, "another theft");
  expect(part).toMatchObject({ kind: "part", from: a.id, claim: b.id, reason: "another theft" });
  const parted = await report();
  expect(parted.claims).toEqual(before.claims);
  expect(judgementsOf(parted.claims[0]!, parted).map(({ kind }) => kind)).toEqual(["merge", "part"]);
  const knownAt = new Date(Date.parse(part.at) - 1).toISOString();
  expect((await report({ asOf: null, knownAt })).claims).toHaveLength(before.claims.length - 1);
  await merge();
  expect((await report()).claims).toHaveLength(before.claims.length - 1);
  // The claim that the other was merged into names the merge too, as long as there is one.
  expect(await judge({ kind: "part", claim: a.id }, "another theft")).toMatchObject({ from: a.id, claim: b.id });
  expect((await report()).claims).toEqual(before.claims);
});

test("a judgement of a kind that is not known is not passed over", () => {
  const file = openStoreFile(join(data, "claims.sqlite"));
  file.run("INSERT INTO judgements (kind, what, detail, by, at, reason) VALUES ('weigh', 'x', '{}', 'A', '2031', '')");
  file.close();
  const store = ClaimsStore.open(data);
  expect(() => store.judgements()).toThrow(JudgementUnknownError);
  store.close();
});
