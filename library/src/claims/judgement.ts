import type { Credibility, Reliability } from "./grades/admiralty.ts";
import type { SpeechAct } from "./statements/statement.ts";

/**
 * What a person decided about a proposal. Judgements are kept in the order they were made and never changed: a later
 * one of the same thing counts, and undoing is judging again.
 */
export type Judgement = JudgementBase &
  (
    | { readonly kind: "confirm" | "reject"; readonly of: ClaimOrStatement }
    /** Both claims are one from here on; the first keeps its id. */
    | { readonly kind: "merge"; readonly into: string; readonly claim: string }
    /** Takes back that `claim` was merged into `from`; both as that merge has them. */
    | { readonly kind: "part"; readonly from: string; readonly claim: string }
    | {
        readonly kind: "grade";
        readonly claim: string;
        readonly act: SpeechAct;
        readonly reliability: Reliability;
        readonly credibility: Credibility;
      }
  );

/** Id of a claim or of a statement; as `claim.ts` makes them. */
export type ClaimOrStatement = string;

interface JudgementBase {
  readonly by: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly reason: string;
}

/** The claims, or the claim or statement, that a judgement is of. */
export function judgedIn(judgement: Judgement): readonly ClaimOrStatement[] {
  switch (judgement.kind) {
    case "confirm":
    case "reject":
      return [judgement.of];
    case "merge":
      return [judgement.into, judgement.claim];
    case "part":
      return [judgement.from, judgement.claim];
    case "grade":
      return [judgement.claim];
  }
}

/** Claims have ids of one word; those of statements have a colon. */
export const isOfStatement = (id: ClaimOrStatement): boolean => id.includes(":");
