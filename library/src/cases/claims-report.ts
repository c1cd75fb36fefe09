import type { Judgement } from "../claims/judgement.ts";
import { weighClaims } from "../claims/weigh-claims.ts";
import { findIncidents, type Incident } from "../registers/index.ts";
import { type ClaimsQuestion, type ClaimsThen, claimsThen } from "./claims-folder.ts";
import { idsIn, judgedIn } from "./judgements-of.ts";
import { keptWriteUps, type SkippedSource } from "./register-imports.ts";

export interface ClaimsReport extends ClaimsThen {
  /** What the documents and the imported write-ups tell of. */
  readonly incidents: readonly Incident[];
  /** Imported write-ups that are left out, and why. */
  readonly skipped: readonly SkippedSource[];
  /** Judgements of what is not found any more: a document is read otherwise, or was not there yet. */
  readonly unapplied: readonly Judgement[];
}

/** What is claimed in the documents of a data folder, who has it from whom, and what was judged of it. */
export async function reportClaims(question: ClaimsQuestion): Promise<ClaimsReport> {
  const then = await claimsThen(question);
  const { writeUps, skipped } = await keptWriteUps(question);
  return { ...then, incidents: findIncidents(then.analyses, writeUps), skipped, unapplied: unappliedIn(then) };
}

function unappliedIn({ analyses, judgements, claims }: ClaimsThen): Judgement[] {
  if (judgements.length === 0) return [];
  const isThere = (ids: ReadonlySet<string>) => (one: Judgement) => judgedIn(one).every((id) => ids.has(id));
  const left = judgements.filter((one) => !isThere(idsIn(claims))(one));
  if (left.length === 0) return [];
  // Statements that were rejected are found only where nothing is judged.
  const proposed = idsIn(weighClaims(analyses).claims);
  return left.filter((one) => !isThere(proposed)(one));
}
