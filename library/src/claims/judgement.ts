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
