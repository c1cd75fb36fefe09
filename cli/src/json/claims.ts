import type { ClaimsReport, ClaimsThen } from "spoor/cases";
import { judgementsOf } from "spoor/cases/judgements-of";
import type { Change, LineageEdge } from "spoor/claims";
import type { ChangeJson, ClaimsListJson, ClaimsReportJson, LineageJson } from "../contract/claims.ts";
import { claimJson, documentJson, judgementJson, placeJson, rejectedJson } from "./claims-parts.ts";
import { incidentJson } from "./incidents.ts";

export const lineageJson = ({ proof, ...edge }: LineageEdge): LineageJson => ({
  ...edge,
  proof: proof.map(({ document, start, end }) => ({ document, start, end })),
});

export function changeJson({ kind, from, to }: Change): ChangeJson {
  const { text: before, ...origin } = placeJson(from);
  const { text: after, ...place } = placeJson(to);
  return { kind, from: before, to: after, ...place, origin };
}

export function claimsReportJson(report: ClaimsReport): ClaimsReportJson {
  const { axes: asked, claims, lineage, changes, incidents, skipped, documents, undated } = report;
  const { rejected, unapplied } = report;
  return {
    ...asked,
    claims: claims.map((claim) => claimJson(claim, judgementsOf(claim, report))),
    lineage: lineage.map(lineageJson),
    changes: changes.map(changeJson),
    incidents: incidents.map(incidentJson),
    skipped: skipped.map(({ source, reason }) => ({ source, reason })),
    documents: documents.map(({ document }) => documentJson(document)),
    undated: undated.map(({ document }) => documentJson(document)),
    rejected: rejected.map(rejectedJson),
    unapplied: unapplied.map(judgementJson),
  };
}

export function claimsListJson({ axes: asked, documents, undated, claims }: ClaimsThen): ClaimsListJson {
  return {
    ...asked,
    documents: documents.map(({ document }) => documentJson(document)),
    undated: undated.map(({ document }) => documentJson(document)),
    claims: claims.map((claim) => {
      const { id, about, judged, positions } = claimJson(claim, []);
      return {
        id,
        about,
        judged,
        positions: positions.map(
          ({ act, party, outlets, independentAccess, evidentialOrigins, originsUnknown, grade }) => ({
            act,
            party,
            outlets,
            independentAccess,
            evidentialOrigins,
            originsUnknown,
            grade,
          }),
        ),
      };
    }),
  };
}
