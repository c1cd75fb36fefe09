import { findIncidents, type Incident } from "../registers/index.ts";
import { type ClaimsQuestion, type ClaimsThen, claimsThen } from "./claims-folder.ts";
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
