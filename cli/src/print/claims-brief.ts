import type { ClaimsReportJson } from "../contract/claims.ts";
import type { ClaimJson } from "../contract/claims-parts.ts";
import { contradictionLines, sideLines } from "./claim-in-full.ts";
import { changeLine, claimsHeadLine, isJoined } from "./claims.ts";
import { documentNamer, type NameOf, words } from "./claims-words.ts";

/**
 * A report of claims in brief: both sides of the claim that is most in dispute, the first figures that contradict one
 * another, and one change on the way.
 */
export function briefClaimsLines(report: ClaimsReportJson): string[] {
  const { claims, changes, documents, undated } = report;
  const nameOf = documentNamer([...documents, ...undated]);
  const claim = mainClaim(claims);
  const contrary = claims.find(({ contradictions }) => contradictions.length > 0);
  const change = changes.find(({ kind }) => kind === "hedge lost") ?? changes[0];
  return [
    claimsHeadLine(report),
    ...(claim === null ? [] : [words(claim.about), ...claim.positions.flatMap((side) => sideLines(side, nameOf))]),
    ...contraryLines(contrary, nameOf),
    ...(change === undefined ? [] : ["What changed on the way", changeLine(change, nameOf)]),
  ];
}

function contraryLines(claim: ClaimJson | undefined, nameOf: NameOf): string[] {
  const [first] = claim?.contradictions ?? [];
  if (claim === undefined || first === undefined) return [];
  return [words(claim.about), "  Figures that contradict one another", ...contradictionLines(first, nameOf)];
}

/** The claim that a reader wants first: one that is alleged and denied, or else one that several documents tell. */
export function mainClaim(claims: readonly ClaimJson[]): ClaimJson | null {
  const open = claims.filter(({ judged }) => judged?.verdict !== "rejected");
  const has = ({ positions }: ClaimJson, asked: string) => positions.some(({ act }) => act === asked);
  const disputed = open.find((one) => has(one, "denies") && (has(one, "alleges") || has(one, "states")));
  return disputed ?? open.find(isJoined) ?? open[0] ?? null;
}
