import { createHash } from "node:crypto";
import type { Change, Claim, LineageEdge, Place, Position } from "../claims/claim.ts";
import type { Document } from "../claims/documents/document.ts";
import type { Figure } from "../claims/figures/figure.ts";
import type { WeighedClaims } from "../claims/weigh-claims.ts";

/** A document of one title and paragraphs, as it would be kept. */
export function madeDocument(name: string, paragraphs: readonly string[], more: Partial<Document> = {}): Document {
  const sha256 = createHash("sha256").update(name).digest("hex");
  const texts = [name, ...paragraphs];
  let start = 0;
  const blocks = texts.map((text, at) => {
    const end = start + Array.from(text).length;
    const block = { kind: at === 0 ? ("title" as const) : ("paragraph" as const), start, end };
    start = end + 2;
    return block;
  });
  return {
    id: sha256.slice(0, 16),
    sha256,
    source: `${name}.txt`,
    capturedAt: "2021-03-07T00:00:00Z",
    format: "text",
    encoding: { label: "utf-8", basis: "valid-utf-8", replaced: 0 },
    title: name,
    outlet: { name, domain: null, family: null, basis: "text" },
    author: null,
    credit: null,
    published: { value: "2021-03-04", precision: "day", zoned: false, basis: "text" },
    language: "en",
    analysed: true,
    text: texts.join("\n\n"),
    blocks,
    words: 10,
    ...more,
  };
}

export function placeIn(document: Document, start: number, end: number): Place {
  return { document: document.id, start, end, text: Array.from(document.text).slice(start, end).join("") };
}

export const madeFigure: Figure = {
  kind: "money",
  value: "4000000",
  to: null,
  unit: "USD",
  assumed: true,
  bound: "at most",
  strict: false,
  step: "1000000",
  span: { start: 0, end: 4 },
  text: "four",
  hedge: null,
  scope: [],
};

export interface MadeClaim {
  readonly claim: Claim;
  readonly lineage: readonly LineageEdge[];
  readonly changes: readonly Change[];
}

/** A claim that all documents carry from one party, each its first paragraph, every third through an agency. */
export function madeClaim(id: string, documents: readonly Document[], party = "Audit Board"): MadeClaim {
  const agency = "Tidewire";
  const spans = documents.map((document) => {
    const [, first] = document.blocks;
    return placeIn(document, first!.start, first!.end);
  });
  const heads = spans.map((place) => ({ ...place, end: Math.min(place.end, place.start + 3) }));
  const isCarried = (at: number) => at % 3 === 2;
  const unknownOrigins = documents.filter((_, at) => at % 5 === 4).map((one) => one.id);
  const position: Position = {
    act: "alleges",
    party,
    outlets: documents.map(({ outlet }) => outlet?.name ?? "unnamed"),
    independentAccess: [agency],
    origins: [
      {
        party,
        isUnnamed: false,
        document: null,
        via: agency,
        namings: heads.map((one) => ({ ...one, because: "So named." })),
      },
    ],
    unknownOrigins,
    statements: spans.map((place, at) => ({
      ...place,
      id: `${place.document}:${place.start}-${place.end}:alleges`,
      act: "alleges",
      source: at % 5 === 4 ? null : heads[at]!,
      carriers: isCarried(at) ? [{ party: agency, how: "seen by", place: heads[at]!, hasAccess: true }] : [],
      content: [place],
      because: "The same words.",
      confidence: 0.8,
    })),
    overridden: null,
    grade: { reliability: "F", credibility: 3, reasons: ["It rests on 1 origin."], wouldChange: ["A second one."] },
  };
  const edge = (from: string, to: string, at: number): LineageEdge => {
    const { document, start, end } = heads[at]!;
    const proof = [{ document, start, end }];
    return { from, to, basis: "attribution", directed: true, proof, confidence: 0.9, because: "It is named." };
  };
  const lineage = documents.flatMap(({ id: document }, at) => {
    if (isCarried(at)) return [edge(party, agency, at), edge(agency, document, at)];
    return at % 5 === 4 ? [] : [edge(party, document, at)];
  });
  const figures = spans.map((place) => ({ figure: madeFigure, place: { ...place, end: place.start + 4 } }));
  const claim: Claim = {
    id,
    about: "that the bank was robbed",
    judged: null,
    positions: [position],
    figures,
    contradictions: figures.length < 2 ? [] : [{ figures: figures.slice(0, 2), why: "4000000 excludes 5000000" }],
  };
  const changes: Change[] = spans.slice(1).map((to) => {
    return { kind: "hedge lost", from: spans[0]!, to: { ...to, end: to.start, text: "" } };
  });
  return { claim, lineage, changes };
}

/** What is shared by all has to be put together with what each claim has of its own. */
export function madeWeighed(made: readonly MadeClaim[]): WeighedClaims {
  return {
    claims: made.map(({ claim }) => claim),
    lineage: made.flatMap(({ lineage }) => lineage),
    changes: made.flatMap(({ changes }) => changes),
  };
}

export const manyDocuments = (count: number, paragraph = "They said that four million were gone."): Document[] =>
  Array.from({ length: count }, (_, at) => madeDocument(`Outlet ${at + 1}`, [paragraph, "Nothing else is known."]));
