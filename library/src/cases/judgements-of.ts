import type { Claim } from "../claims/claim.ts";
import type { Judgement } from "../claims/judgement.ts";
import { claimIds, statementIds } from "./claims-id.ts";

/** The claims and statements that a judgement is of. */
export function judgedIn(judgement: Judgement): readonly string[] {
  if (judgement.kind === "merge") return [judgement.into, judgement.claim];
  return [judgement.kind === "grade" ? judgement.claim : judgement.of];
}

/** The judgements that are of a claim, of a claim that was merged into it, or of its statements; in their order. */
export function judgementsOf(claim: Claim, judgements: readonly Judgement[]): Judgement[] {
  if (judgements.length === 0) return [];
  const own = idsIn([claim]);
  return judgements.filter((one) => judgedIn(one).some((id) => own.has(id)));
}

/** Ids of claims, those they had before too, and of their statements. */
export function idsIn(claims: readonly Claim[]): Set<string> {
  return new Set([...claimIds(claims).keys(), ...statementIds(claims).keys()]);
}
