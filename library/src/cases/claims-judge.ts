import { type Clock, systemClock } from "../bitcoin/clock.ts";
import type { Claim } from "../claims/claim.ts";
import { type Credibility, credibilities, type Reliability, reliabilities } from "../claims/grades/admiralty.ts";
import { isOfStatement, type Judgement } from "../claims/judgement.ts";
import type { SpeechAct } from "../claims/statements/statement.ts";
import { decidedBy } from "../claims/weigh/judge.ts";
import { weighClaims } from "../claims/weigh-claims.ts";
import { claimIds, weighJudged } from "../claims/weigh-judged.ts";
import { JudgementError } from "../errors/claims.ts";
import { type ClaimsThen, claimsThen, withClaimsStore } from "./claims-folder.ts";
import { findId, statementIds } from "./claims-id.ts";

/** What a person decides, with ids as they are typed. */
export type Decision =
  | { readonly kind: "confirm" | "reject"; readonly id: string }
  /** What `claim` says is what `into` says. */
  | { readonly kind: "merge"; readonly into: string; readonly claim: string }
  /** Takes back that `claim` was merged into another. */
  | { readonly kind: "part"; readonly claim: string }
  | {
      readonly kind: "grade";
      readonly claim: string;
      /** The side that is graded; may be left out where the claim has one. */
      readonly act: string | null;
      /** A letter and a figure of the Admiralty scale: "B2". */
      readonly grade: string;
    };

export interface JudgeRequest {
  readonly data: string;
  readonly decision: Decision;
  readonly by: string;
  /** May be empty but for what is rejected, parted or graded. */
  readonly reason: string;
  readonly clock?: Pick<Clock, "now">;
}

/** Names are not stories, and reasons are not novels: longer ones are a file that was given by mistake. */
const byLengthMax = 200;
const reasonLengthMax = 10_000;

/**
 * Keeps what a person decided about a proposal. Nothing is overwritten: a later judgement of the same thing counts.
 * @throws NoSuchClaimError, AmbiguousIdError, JudgementError, FolderNotWritableError, ClaimsStoreBusyError
 */
export async function judgeClaim(request: JudgeRequest): Promise<Judgement> {
  const then = await claimsThen({ data: request.data, axes: { asOf: null, knownAt: null } });
  const at = new Date((request.clock ?? systemClock).now()).toISOString();
  const judgement: Judgement = { ...decided(request, then), ...author(request), at };
  await withClaimsStore(request.data, async (store) => store.addJudgement(judgement));
  return judgement;
}

function author({ by, reason, decision }: JudgeRequest): Pick<Judgement, "by" | "reason"> {
  const name = by.trim();
  const why = reason.trim();
  if (name === "" || name.length > byLengthMax) {
    throw new JudgementError({
      why: name === "" ? "nobody is named who judges" : `the name has more than ${byLengthMax} characters`,
      remedy: "Give a name with --by or SPOOR_BY.",
    });
  }
  if (why === "" && decision.kind !== "confirm" && decision.kind !== "merge")
    throw new JudgementError({ why: "no reason is given", remedy: "Say why with --reason." });
  if (why.length > reasonLengthMax) {
    throw new JudgementError({
      why: `the reason has more than ${reasonLengthMax} characters`,
      remedy: "Say it shorter, and name the document that says more.",
    });
  }
  return { by: name, reason: why };
}

type Bare<One> = One extends Judgement ? Omit<One, "by" | "at" | "reason"> : never;
type Decided = Bare<Judgement>;

function decided({ decision, data }: JudgeRequest, then: ClaimsThen): Decided {
  const { analyses, claims } = then;
  // What was rejected can be judged again, so that it is looked for among the bare proposals too.
  const proposed = weighClaims(analyses).claims;
  const ofClaims = new Map([...claimIds(proposed), ...then.ids]);
  switch (decision.kind) {
    case "confirm":
    case "reject": {
      const named = isOfStatement(decision.id) ? statementIds(proposed) : ofClaims;
      return { kind: decision.kind, of: findId(decision.id, named, { what: "claim or statement", data }) };
    }
    case "merge": {
      const into = findId(decision.into, ofClaims, { what: "claim", data });
      const claim = findId(decision.claim, ofClaims, { what: "claim", data });
      if (into === claim)
        throw new JudgementError({ why: `both are ${into} already`, remedy: "Name two claims that are one." });
      return { kind: "merge", into, claim };
    }
    case "part":
      return parted(decision.claim, data, then);
    case "grade": {
      const claim = findId(decision.claim, ofClaims, { what: "claim", data });
      const { positions } = [...claims, ...proposed].find(({ id }) => id === claim) as Claim;
      const acts = positions.map(({ act }) => act);
      return { kind: "grade", claim, act: actOf(decision.act, claim, acts), ...gradeOf(decision.grade) };
    }
  }
}

/** The merge that is taken back: of the claim into another, or else the one of another into it. */
function parted(text: string, data: string, { analyses, judgements }: ClaimsThen): Bare<Judgement & { kind: "part" }> {
  const apart = weighJudged(
    analyses,
    judgements.filter(({ kind }) => kind !== "merge" && kind !== "part"),
  );
  const id = findId(text, apart.ids, { what: "claim", data });
  const { merges } = decidedBy(judgements);
  const away = merges.filter(({ claim }) => apart.ids.get(claim) === id);
  const [merge, ...others] = away.length > 0 ? away : merges.filter(({ into }) => apart.ids.get(into) === id);
  if (merge === undefined) {
    throw new JudgementError({
      why: `${id} is not merged with another`,
      remedy: "'spoor claims report' lists who merged what.",
    });
  }
  if (others.length > 0) {
    const all = [merge, ...others].map(({ claim }) => claim).join(", ");
    throw new JudgementError({ why: `several claims were merged into ${id}`, remedy: `Name the one to part: ${all}.` });
  }
  return { kind: "part", from: merge.into, claim: merge.claim };
}

function actOf(asked: string | null, claim: string, acts: readonly SpeechAct[]): SpeechAct {
  const [only] = acts;
  if (asked === null && acts.length === 1 && only !== undefined) return only;
  const found = acts.find((act) => act === asked);
  if (found !== undefined) return found;
  throw new JudgementError({
    why: asked === null ? `${claim} has ${acts.length} sides` : `nobody ${JSON.stringify(asked.slice(0, 40))} ${claim}`,
    remedy: `Name one side with --act: ${acts.map((act) => JSON.stringify(act)).join(", ")}.`,
  });
}

function gradeOf(text: string): { reliability: Reliability; credibility: Credibility } {
  const [, letter = "", figure = ""] = /^([A-Fa-f])([1-6])$/u.exec(text.trim()) ?? [];
  const reliability = letter.toUpperCase();
  const credibility = Number(figure);
  if (!(reliability in reliabilities) || !(credibility in credibilities)) {
    throw new JudgementError({
      why: `${JSON.stringify(text.slice(0, 20))} is no grade of the Admiralty scale`,
      remedy: "Write the source's reliability, A to F, and the information's credibility, 1 to 6: B2.",
    });
  }
  return { reliability: reliability as Reliability, credibility: credibility as Credibility };
}
