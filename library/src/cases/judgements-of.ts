import type { Claim } from "../claims/claim.ts";
import { type Judgement, judgedIn } from "../claims/judgement.ts";
import type { ClaimsThen } from "./claims-folder.ts";
import { statementIds } from "./claims-id.ts";

/** The judgements that are of a claim, of a claim that was merged into it, or of its statements; in their order. */
export function judgementsOf(claim: Claim, { judgements, ids }: Pick<ClaimsThen, "judgements" | "ids">): Judgement[] {
  if (judgements.length === 0) return [];
  const statements = statementIds([claim]);
  const isOwn = (id: string) => ids.get(id) === claim.id || statements.has(id);
  return judgements.filter((one) => judgedIn(one).some(isOwn));
}
