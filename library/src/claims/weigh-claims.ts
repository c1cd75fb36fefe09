import type { DocumentAnalysis } from "./analyse-document.ts";
import type { Change, Claim, LineageEdge } from "./claim.ts";
import type { Judgement } from "./judgement.ts";

/** What is claimed in a set of documents, who has it from whom, and what changed on the way. */
export interface WeighedClaims {
  readonly claims: readonly Claim[];
  readonly lineage: readonly LineageEdge[];
  readonly changes: readonly Change[];
}

/**
 * Joins what is said in several documents into claims with their positions, and traces where each has it from.
 * @param analyses in any order
 * @param judgements in the order they were made
 */
export function weighClaims(
  analyses: readonly DocumentAnalysis[],
  judgements: readonly Judgement[] = [],
): WeighedClaims {
  void analyses;
  void judgements;
  return { claims: [], lineage: [], changes: [] };
}
