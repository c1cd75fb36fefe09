import { analyseDocument, type DocumentAnalysis } from "../claims/analyse-document.ts";
import type { Change, Claim, LineageEdge, StatementInClaim } from "../claims/claim.ts";
import type { Judgement } from "../claims/judgement.ts";
import type { StoredDocument } from "../claims/store/stored-documents.ts";
import { statementsOf } from "../claims/weigh-judged.ts";
import { type ClaimsQuestion, type ClaimsThen, claimsThen } from "./claims-folder.ts";
import { findId, statementIds } from "./claims-id.ts";
import { judgementsOf } from "./judgements-of.ts";

export interface ShownDocument {
  readonly kind: "document";
  readonly stored: StoredDocument;
  readonly analysis: DocumentAnalysis;
  /** The claims that statements of it stand behind. */
  readonly claims: readonly Claim[];
  readonly lineage: readonly LineageEdge[];
  readonly changes: readonly Change[];
}

export interface ShownClaim {
  readonly kind: "claim";
  readonly claim: Claim;
  /** Of the claim and of its statements. */
  readonly judgements: readonly Judgement[];
  /** The statement that was asked for; null where the claim was. */
  readonly statement: StatementInClaim | null;
  /** The documents that its statements and figures stand in. */
  readonly documents: readonly StoredDocument[];
}

/**
 * Shows a document, a claim, or a claim by one of its statements. Ids may be shortened as long as they name one thing;
 * a document may be named by its SHA-256.
 * @throws NoSuchClaimError, AmbiguousIdError
 */
export async function showClaim(
  question: ClaimsQuestion & { readonly id: string },
): Promise<ShownDocument | ShownClaim> {
  const then = await claimsThen(question);
  const { claims } = then;
  const { data } = question;
  const stored = [...then.documents, ...then.undated];
  if (question.id.includes(":")) {
    const id = findId(question.id, statementIds(claims), { what: "statement", data });
    const claim = claims.find((one) => statementsOf(one).some((statement) => statement.id === id)) as Claim;
    return shownClaim(claim, then, statementsOf(claim).find((statement) => statement.id === id) ?? null);
  }
  const documents = stored.map(({ document }) => [document.id, document.id] as const);
  const id = findId(idOfHash(question.id), new Map([...documents, ...then.ids]), {
    what: "document or claim",
    data,
  });
  const document = stored.find((one) => one.document.id === id);
  if (document !== undefined) return shownDocument(document, then);
  return shownClaim(claims.find((one) => one.id === id) as Claim, then, null);
}

function shownClaim(claim: Claim, then: ClaimsThen, statement: StatementInClaim | null): ShownClaim {
  // A contradiction may be with a document that says nothing of the claim itself.
  const behind = new Set([
    ...statementsOf(claim).map(({ document }) => document),
    ...claim.contradictions.flatMap(({ figures }) => figures.map(({ place }) => place.document)),
  ]);
  return {
    kind: "claim",
    claim,
    judgements: judgementsOf(claim, then),
    statement,
    documents: then.documents.filter(({ document }) => behind.has(document.id)),
  };
}

/** A SHA-256 begins with the id of the document that it is of. */
const idOfHash = (text: string) => (/^[\da-f]{17,64}$/u.test(text.trim()) ? text.trim().slice(0, 16) : text);

function shownDocument(stored: StoredDocument, then: ClaimsThen): ShownDocument {
  const { id } = stored.document;
  const analysis = then.analyses.find((one) => one.document.id === id) ?? analyseDocument(stored.document);
  return {
    kind: "document",
    stored,
    analysis,
    claims: then.claims.filter((claim) => statementsOf(claim).some(({ document }) => document === id)),
    lineage: then.lineage.filter(({ from, to }) => from === id || to === id),
    changes: then.changes.filter(({ from, to }) => from.document === id || to.document === id),
  };
}
