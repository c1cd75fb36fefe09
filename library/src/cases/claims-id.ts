import type { Claim } from "../claims/claim.ts";
import { statementsOf } from "../claims/weigh-judged.ts";
import { AmbiguousIdError, NoSuchClaimError } from "../errors/claims.ts";

/**
 * The thing that a text names by an id of it, or by the beginning of one. Several ids may name one thing.
 * @param named what the ids name, and its own id
 * @param asked `what` is how it is spoken of where it is not found: "claim", "document or claim"
 * @returns the thing's own id
 * @throws NoSuchClaimError, AmbiguousIdError
 */
export function findId(
  text: string,
  named: ReadonlyMap<string, string>,
  { what, data: folder }: { readonly what: string; readonly data: string },
): string {
  const wanted = text.trim();
  const exact = named.get(wanted);
  if (exact !== undefined) return exact;
  const begun = wanted === "" ? [] : [...named].filter(([id]) => begins(id, wanted));
  const [own, ...others] = new Set(begun.map(([, one]) => one));
  if (own === undefined) throw new NoSuchClaimError({ id: text, what, folder });
  if (others.length > 0) throw new AmbiguousIdError({ id: text, candidates: [own, ...others].sort() });
  return own;
}

/** Of the id of a statement, `DOCUMENT:SPAN:ACT`, the document's can be shortened too. */
function begins(id: string, wanted: string): boolean {
  const parts = id.split(":");
  const asked = wanted.split(":");
  const last = asked.length - 1;
  return asked.every((part, at) => (at === 0 || at === last ? parts[at]?.startsWith(part) : parts[at] === part));
}

export function statementIds(claims: readonly Claim[]): Map<string, string> {
  return new Map(claims.flatMap(statementsOf).map(({ id }) => [id, id] as const));
}
