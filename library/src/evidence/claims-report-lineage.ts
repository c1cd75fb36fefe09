import type { LineageBasis, LineageEdge, Position } from "../claims/claim.ts";
import { overlaps, type Span } from "../claims/span.ts";

/** Who stands in the lineage of a position. */
export interface LineageNode {
  readonly kind: "origin" | "unknown" | "carrier" | "document";
  /** A document's id, or the name of a party; of an unknown origin, whom it stands before. */
  readonly name: string;
  /** How many documents it stands for; more than one where those that have it from the same are joined. */
  readonly many: readonly string[];
}

/** That one node has it from another; the places are those of nodes. */
export interface LineageArc {
  readonly from: number;
  readonly to: number;
  /** null: from an origin that is not known. */
  readonly basis: LineageBasis | null;
  readonly directed: boolean;
}

export interface Lineage {
  readonly nodes: readonly LineageNode[];
  readonly arcs: readonly LineageArc[];
  /** The edges that have to do with the position, with those of their proofs that do: what the table lists. */
  readonly edges: readonly LineageEdge[];
  /** Edges without a direction that are not drawn because others join the same documents already. */
  readonly undrawn: number;
}

/** Edges by the documents in which their proofs stand. */
export type EdgesByDocument = ReadonlyMap<string, readonly LineageEdge[]>;

export function edgesByDocument(edges: readonly LineageEdge[]): EdgesByDocument {
  const byDocument = new Map<string, LineageEdge[]>();
  for (const edge of edges) {
    for (const document of new Set(edge.proof.map((one) => one.document))) {
      const known = byDocument.get(document);
      if (known === undefined) byDocument.set(document, [edge]);
      else known.push(edge);
    }
  }
  return byDocument;
}

type Spans = Map<string, Span[]>;

/**
 * The edges that are about a position: between those who have to do with it, and proven by its own words. An edge may
 * have proofs in the words of other claims too; those are left to them.
 */
function edgesOf(position: Position, all: EdgesByDocument): LineageEdge[] {
  const { origins, statements } = position;
  const documents = new Set(statements.map(({ document }) => document));
  const names = new Set(documents);
  const [said, named]: [Spans, Spans] = [new Map(), new Map()];
  const put = (into: Spans, { document, start, end }: Span & { readonly document: string }) => {
    const known = into.get(document);
    if (known === undefined) into.set(document, [{ start, end }]);
    else known.push({ start, end });
  };
  for (const { party, namings } of origins) {
    names.add(party);
    for (const naming of namings) put(named, naming);
  }
  for (const statement of statements) {
    put(said, statement);
    put(named, statement.source ?? statement);
    for (const { party, place } of statement.carriers) {
      names.add(party);
      put(named, place);
    }
  }
  const ownProof = ({ proof, basis }: LineageEdge) => {
    const spans = basis === "attribution" ? named : said;
    return proof.filter((one) => (spans.get(one.document) ?? []).some((span) => overlaps(one, span)));
  };
  const found = new Map<LineageEdge, LineageEdge>();
  for (const document of documents) {
    for (const edge of all.get(document) ?? []) {
      if (found.has(edge) || !names.has(edge.from) || !names.has(edge.to)) continue;
      const proof = ownProof(edge);
      // Whoever copies the text copies the claim with it; a quotation or a figure has to be the claim's own.
      if (proof.length > 0) found.set(edge, { ...edge, proof });
      else if (edge.basis === "text") found.set(edge, edge);
    }
  }
  return [...found.values()];
}

/** What a position's picture shows: its origins, those who carried it, and the documents that it stands in. */
export function lineageOf(position: Position, all: EdgesByDocument): Lineage {
  const edges = edgesOf(position, all);
  const nodes: LineageNode[] = [];
  const places = new Map<string, number>();
  const node = (kind: LineageNode["kind"], name: string): number => {
    const key = kind === "unknown" ? `unknown ${name}` : `known ${name}`;
    const known = places.get(key);
    if (known !== undefined) return known;
    places.set(key, nodes.length);
    return nodes.push({ kind, name, many: [name] }) - 1;
  };
  for (const { party } of position.origins) node("origin", party);
  const documents = new Set(position.statements.map(({ document }) => document));
  for (const document of documents) node("document", document);
  const arcs: LineageArc[] = [];
  const placeOf = (name: string) => node(documents.has(name) ? "document" : "carrier", name);
  const { drawn, undrawn } = withoutRings(edges);
  const known = new Set<string>();
  for (const { from, to, basis, directed } of drawn) {
    const arc = { from: placeOf(from), to: placeOf(to), basis, directed };
    const key = JSON.stringify(arc);
    if (!known.has(key)) arcs.push(arc);
    known.add(key);
  }
  for (const document of position.unknownOrigins) {
    if (!documents.has(document)) continue;
    for (const top of unknownFrom(nodes, arcs, placeOf(document))) {
      const from = node("unknown", nodes[top]!.name);
      const isNew = !arcs.some((arc) => arc.from === from && arc.to === top);
      if (isNew) arcs.push({ from, to: top, basis: null, directed: true });
    }
  }
  return { nodes, arcs, edges, undrawn };
}

/** What the unknown origin of a document stands before: those who carried it to the document, or the document. */
function unknownFrom(nodes: readonly LineageNode[], arcs: readonly LineageArc[], document: number): number[] {
  const seen = new Set<number>();
  const open = [document];
  const tops: number[] = [];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (seen.has(at)) continue;
    seen.add(at);
    const parents = arcs.filter(({ to, directed, basis }) => to === at && directed && basis !== null);
    if (parents.length === 0 && nodes[at]!.kind === "carrier") tops.push(at);
    open.push(...parents.map(({ from }) => from));
  }
  return tops.length > 0 ? tops : [document];
}

/**
 * All edges with a direction, and of those without one as many as join what they join: if five documents quote the same
 * words, four lines say so as well as ten. The surest are kept.
 */
function withoutRings(edges: readonly LineageEdge[]): { drawn: LineageEdge[]; undrawn: number } {
  const drawn = edges.filter(({ directed }) => directed);
  const open = edges.filter(({ directed }) => !directed).sort((a, b) => b.confidence - a.confidence);
  const group = new Map<string, string>();
  const root = (name: string): string => {
    let at = name;
    for (let up = group.get(at); up !== undefined; up = group.get(at)) at = up;
    return at;
  };
  for (const edge of open) {
    const [a, b] = [root(edge.from), root(edge.to)];
    if (a === b) continue;
    group.set(a, b);
    drawn.push(edge);
  }
  return { drawn, undrawn: edges.length - drawn.length };
}

const documentsJoined = (a: LineageNode, b: LineageNode) => a.kind === b.kind && a.kind !== "origin";

/**
 * Joins documents that have it from the same, and their unknown origins with them, until at most `nodesMax` are left;
 * what is joined lists its members.
 */
export function foldLineage(lineage: Lineage, nodesMax: number): Lineage {
  const { nodes } = lineage;
  if (nodes.length <= nodesMax) return lineage;
  const keys = keysByParents(lineage);
  const byKey = new Map<string, number[]>();
  for (const [at, key] of keys.entries()) byKey.set(key, [...(byKey.get(key) ?? []), at]);
  const groups = [...byKey.values()].sort((a, b) => b.length - a.length);
  const target = nodes.map((_, at) => at);
  let left = nodes.length;
  for (const group of groups) {
    if (left <= nodesMax || group.length < 2) break;
    for (const at of group) target[at] = group[0]!;
    left -= group.length - 1;
  }
  // Still too many: the last documents and carriers are joined whatever they have it from.
  const heads = nodes.map((_, at) => at).filter((at) => target[at] === at);
  for (const kind of ["unknown", "document", "carrier", "origin"] as const) {
    const ofKind = heads.filter((at) => nodes[at]!.kind === kind);
    const share = Math.max(1, Math.ceil(nodesMax / 4));
    if (left <= nodesMax || ofKind.length <= share) continue;
    const rest = ofKind.slice(share - 1);
    for (let at = 0; at < nodes.length; at++) if (rest.includes(target[at]!)) target[at] = rest[0]!;
    left -= rest.length - 1;
  }
  return rejoined(lineage, target);
}

function keysByParents({ nodes, arcs }: Lineage): string[] {
  const around = nodes.map((): string[] => []);
  for (const { from, to, basis, directed } of arcs) {
    const isUnknown = basis === null;
    around[to]!.push(isUnknown ? "unknown" : `${from} ${basis} ${directed}`);
    around[from]!.push(isUnknown ? "" : `to ${to} ${basis} ${directed}`);
  }
  return nodes.map(({ kind }, at) =>
    kind === "document" || kind === "unknown" ? `${kind} ${around[at]!.sort().join("|")}` : `alone ${at}`,
  );
}

function rejoined({ nodes, arcs, edges, undrawn }: Lineage, target: readonly number[]): Lineage {
  const place = new Map<number, number>();
  const joined: LineageNode[] = [];
  target.forEach((head, at) => {
    const known = place.get(head);
    if (known === undefined) place.set(head, joined.push(nodes[at]!) - 1);
    else if (documentsJoined(joined[known]!, nodes[at]!) || joined[known]!.kind === "origin") {
      joined[known] = { ...joined[known]!, many: [...joined[known]!.many, ...nodes[at]!.many] };
    }
  });
  const seen = new Map<string, LineageArc>();
  for (const arc of arcs) {
    const moved = { ...arc, from: place.get(target[arc.from]!)!, to: place.get(target[arc.to]!)! };
    if (moved.from !== moved.to) seen.set(JSON.stringify(moved), moved);
  }
  return { nodes: joined, arcs: [...seen.values()], edges, undrawn };
}
