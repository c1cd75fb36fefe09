import type {
  Claim,
  Document,
  Figure,
  FigureInClaim,
  Judgement,
  Place,
  Position,
  RejectedStatement,
  StatementInClaim,
} from "spoor/claims";
import type {
  ClaimJson,
  DocumentJson,
  FigureJson,
  JudgementJson,
  PlaceJson,
  PositionJson,
  RejectedJson,
  StatementJson,
} from "../contract/claims-parts.ts";

export const documentJson = (document: Document): DocumentJson => ({
  id: document.id,
  sha256: document.sha256,
  title: document.title,
  outlet: document.outlet?.name ?? null,
  published: document.published?.value ?? null,
  language: document.language,
  words: document.words,
  analysed: document.analysed,
  source: document.source,
  author: document.author,
  credit: document.credit,
});

export const placeJson = ({ document, start, end, text }: Place): PlaceJson => ({ document, start, end, text });

export function figureJson({ figure, place }: FigureInClaim): FigureJson {
  const { kind, value, to, unit, bound, strict, assumed, scope } = figure;
  const words = scope.map(({ text }) => text).join(", ");
  return { kind, value, to, unit, bound, strict, assumed, scope: words === "" ? null : words, ...placeJson(place) };
}

/** A figure as it stands in its document. */
export function ownFigureJson(figure: Figure, document: string): FigureJson {
  return figureJson({ figure, place: { document, ...figure.span, text: figure.text } });
}

const statementJson = (statement: StatementInClaim): StatementJson => ({
  id: statement.id,
  ...placeJson(statement),
  act: statement.act,
  source: statement.source?.text ?? null,
  via: statement.carriers.map(({ party, how }) => ({ party, how })),
  content: statement.content.map(placeJson),
  because: statement.because,
  confidence: statement.confidence,
});

export function positionJson(position: Position): PositionJson {
  const { act, party, outlets, independentAccess, origins, unknownOrigins, statements, grade } = position;
  return {
    act,
    party,
    outlets: outlets.length,
    independentAccess: independentAccess.length,
    evidentialOrigins: origins.length,
    originsUnknown: unknownOrigins.length,
    origins: origins.map(({ namings, ...origin }) => ({
      ...origin,
      namings: namings.map((naming) => ({ ...placeJson(naming), because: naming.because })),
    })),
    outletNames: [...outlets],
    accessNames: [...independentAccess],
    unknownIn: [...unknownOrigins],
    statements: statements.map(statementJson),
    grade: { ...grade, reasons: [...grade.reasons], wouldChange: [...grade.wouldChange] },
  };
}

export function judgementJson(judgement: Judgement): JudgementJson {
  const { by, at, reason } = judgement;
  switch (judgement.kind) {
    case "confirm":
    case "reject":
      return { kind: judgement.kind, of: judgement.of, by, at, reason };
    case "merge":
      return { kind: "merge", of: judgement.claim, into: judgement.into, by, at, reason };
    case "part":
      return { kind: "part", of: judgement.claim, from: judgement.from, by, at, reason };
    case "grade": {
      const { kind, claim, act, reliability, credibility } = judgement;

      return { kind, of: claim, act, reliability, credibility, by, at, reason };
    }
  }
}

export const rejectedJson = ({ statement, by, at, reason }: RejectedStatement): RejectedJson => ({
  id: statement.id,
  ...placeJson(statement),
  act: statement.act,
  by,
  at,
  reason,
});

export const claimJson = (claim: Claim, judgements: readonly Judgement[]): ClaimJson => ({
  id: claim.id,
  about: claim.about,
  positions: claim.positions.map(positionJson),
  figures: claim.figures.map(figureJson),
  contradictions: claim.contradictions.map(({ figures, why }) => ({ figures: figures.map(figureJson), why })),
  judged: claim.judged,
  judgements: judgements.map(judgementJson),
});
