import type { Claim, StatementInClaim } from "../claims/claim.ts";
import type { WeighedClaims } from "../claims/weigh-claims.ts";
import { AmbiguousIdError, NoSuchClaimError } from "../errors/claims.ts";

/** What ids are looked for among, and how what is not found is spoken of. */
export interface IdSpace {
  readonly ids: Iterable<string>;
  /** "claim", "document or claim". */
  readonly what: string;
}

/**
 * The id that a text is, or is the beginning of.
 * @throws NoSuchClaimError, AmbiguousIdError
 */
export function findId(text: string, { ids, what }: IdSpace): string {
  const all = new Set(ids);
  const wanted = text.trim();
  if (all.has(wanted)) return wanted;
  const candidates = wanted === "" ? [] : [...all].filter((id) => id.startsWith(wanted));
  const [only] = candidates;
  if (only === undefined) throw new NoSuchClaimError({ id: text, what, list: "spoor claims list" });
  if (candidates.length > 1) throw new AmbiguousIdError({ id: text, candidates: candidates.sort() });
  return only;
}

export interface StatementPlace {
  readonly claim: Claim;
  readonly statement: StatementInClaim;
}

/** The statements of claims by their ids. */
export function statementsById({ claims }: Pick<WeighedClaims, "claims">): Map<string, StatementPlace> {
  return new Map(
    claims.flatMap((claim) =>
      claim.positions.flatMap(({ statements }) =>
        statements.map((statement) => [statement.id, { claim, statement }] as const),
      ),
    ),
  );
}
