import type { DocumentAnalysis } from "./analyse-document.ts";
import type { Claim, StatementInClaim } from "./claim.ts";
import { isOfStatement, type Judgement, judgedIn } from "./judgement.ts";
import { claimId, decidedBy } from "./weigh/judge.ts";
import { readTogether, type WeighedClaims, weighTogether } from "./weigh-claims.ts";

/** A statement that a person took out, which no claim has any more. */
export interface RejectedStatement {
  readonly statement: StatementInClaim;
  readonly by: string;
  readonly at: string;
  readonly reason: string;
}

/** Claims with what persons decided of them, and what became of each decision. */
export interface JudgedClaims extends WeighedClaims {
  /** Every id that a claim has or had, with the one it has now. */
  readonly ids: ReadonlyMap<string, string>;
  readonly rejected: readonly RejectedStatement[];
  /** Judgements of what is not found: a document is read otherwise, is not there yet, or a side is another claim's. */
  readonly unapplied: readonly Judgement[];
}

/**
 * Weighs claims with what persons decided. A claim has its id from its earliest statement; where that one is rejected,
 * what was decided of the claim goes with the claim that has most of its other statements.
 * @param judgements in the order they were made
 */
export function weighJudged(analyses: readonly DocumentAnalysis[], judgements: readonly Judgement[]): JudgedClaims {
  const together = readTogether(analyses);
  const weighed = weighTogether(together, judgements);
  const ids = claimIds(weighed.claims);
  const statements = statementIds(weighed.claims);
  const isFound = (id: string) => ids.has(id) || statements.has(id);
  if (judgements.every((one) => judgedIn(one).every(isFound)))
    return {
      ...weighed,
      ids,
      rejected: [],
      unapplied: judgements.filter((one) => isOfNoSide(one, weighed.claims, ids)),
    };
  // What a person took out is found only where nothing is judged.
  const proposed = weighTogether(together, []).claims;
  const heirs = heirsOf(
    judgements.flatMap(judgedIn).filter((id) => !isOfStatement(id) && !ids.has(id)),
    proposed,
    weighed,
  );
  const final =
    heirs.size === 0
      ? weighed
      : weighTogether(
          together,
          judgements.map((one) => readdressed(one, heirs)),
        );
  const now = claimIds(final.claims);
  for (const [id, heir] of heirs) now.set(id, now.get(heir) ?? heir);
  const known = new Set([...now.keys(), ...claimIds(proposed).keys(), ...statementIds(proposed)]);
  return {
    ...final,
    ids: now,
    rejected: rejectedOf(judgements, proposed),
    unapplied: judgements.filter(
      (one) => judgedIn(one).some((id) => !known.has(id)) || isOfNoSide(one, final.claims, now),
    ),
  };
}

/** Of claims that are not found by an id: the claim that has most of the statements that the named one has unjudged. */
function heirsOf(ids: readonly string[], proposed: readonly Claim[], { claims }: WeighedClaims): Map<string, string> {
  const owner = new Map(claims.flatMap((claim) => statementsOf(claim).map(({ id }) => [id, claim.id] as const)));
  const unjudged = claimIds(proposed);
  const heirs = new Map<string, string>();
  for (const id of new Set(ids)) {
    const claim = proposed.find((one) => one.id === unjudged.get(id));
    const counts = new Map<string, number>();
    for (const one of claim === undefined ? [] : statementsOf(claim)) {
      const heir = owner.get(one.id);
      if (heir !== undefined) counts.set(heir, (counts.get(heir) ?? 0) + 1);
    }
    const [most] = [...counts].sort((a, b) => b[1] - a[1]);
    if (most !== undefined) heirs.set(id, most[0]);
  }
  return heirs;
}

function readdressed(judgement: Judgement, heirs: ReadonlyMap<string, string>): Judgement {
  const now = (id: string) => heirs.get(id) ?? id;
  switch (judgement.kind) {
    case "confirm":
    case "reject":
      return { ...judgement, of: now(judgement.of) };
    case "merge":
      return { ...judgement, into: now(judgement.into), claim: now(judgement.claim) };
    case "part":
      return { ...judgement, from: now(judgement.from), claim: now(judgement.claim) };
    case "grade":
      return { ...judgement, claim: now(judgement.claim) };
  }
}

/** A grade of a side that the claim does not have: the statements of that side are another claim's by now. */
function isOfNoSide(judgement: Judgement, claims: readonly Claim[], ids: ReadonlyMap<string, string>): boolean {
  if (judgement.kind !== "grade") return false;
  const claim = claims.find(({ id }) => id === ids.get(judgement.claim));
  return claim?.positions.every(({ act }) => act !== judgement.act) === true;
}

function rejectedOf(judgements: readonly Judgement[], proposed: readonly Claim[]): RejectedStatement[] {
  const { verdicts } = decidedBy(judgements);
  return proposed.flatMap(statementsOf).flatMap((statement) => {
    const last = verdicts.get(statement.id);
    return last?.kind === "reject" ? [{ statement, by: last.by, at: last.at, reason: last.reason }] : [];
  });
}

/**
 * Every id that claims have or had, with the one they have now: a document that is added later may give a claim an
 * earlier founding statement, and a claim that was merged into another is that one.
 */
export function claimIds(claims: readonly Claim[]): Map<string, string> {
  const ids = claims.flatMap((claim) => statementsOf(claim).map(({ id }) => [claimId(id), claim.id] as const));
  return new Map([...ids, ...claims.map(({ id }) => [id, id] as const)]);
}

const statementIds = (claims: readonly Claim[]): Set<string> =>
  new Set(claims.flatMap(statementsOf).map(({ id }) => id));

/** Of all its positions. */
export function statementsOf({ positions }: Claim): StatementInClaim[] {
  return positions.flatMap(({ statements }) => statements);
}
