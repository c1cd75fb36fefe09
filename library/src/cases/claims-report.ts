import type { Claim } from "../claims/claim.ts";
import { type Judgement, judgedIn } from "../claims/judgement.ts";
import { findIncidents, type Incident } from "../registers/index.ts";
import { type ClaimsQuestion, type ClaimsThen, claimsThen } from "./claims-folder.ts";
import { statementIds } from "./claims-id.ts";
import { keptWriteUps, type SkippedSource } from "./register-imports.ts";

export interface ClaimsReport extends ClaimsThen {
  /** What the documents and the imported write-ups tell of. */
  readonly incidents: readonly Incident[];
  /** Imported write-ups that are left out, and why. */
  readonly skipped: readonly SkippedSource[];
}

/** What is claimed in the documents of a data folder, who has it from whom, and what was judged of it. */
export async function reportClaims(question: ClaimsQuestion): Promise<ClaimsReport> {
  const then = await claimsThen(question);
  const { writeUps, skipped } = await keptWriteUps(question);
  return { ...then, incidents: findIncidents(then.analyses, writeUps), skipped };
}

/** The judgements that are of a claim, of a claim that was merged into it, or of its statements; in their order. */
export function judgementsOf(claim: Claim, { judgements, ids }: Pick<ClaimsThen, "judgements" | "ids">): Judgement[] {
  if (judgements.length === 0) return [];
  const statements = statementIds([claim]);
  const isOwn = (id: string) => ids.get(id) === claim.id || statements.has(id);
  return judgements.filter((one) => judgedIn(one).some(isOwn));
}
