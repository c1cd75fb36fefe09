import type { LineageEdge } from "../claim.ts";
import type { Telling } from "./telling.ts";
import { outletOf, type Side } from "./weigh-position.ts";

const confidences = { named: 0.9, sameWords: 0.7, credit: 0.9 } as const;
/** Proofs of one edge beyond so many add nothing; each is one more place that says the same. */
const proofsMax = 12;

/** Documents by the newsroom that published them, as a carrier's identity is written: `~Reuters`. */
export type DocumentsOf = ReadonlyMap<string, readonly { readonly id: string; readonly published: string | null }[]>;

/**
 * The way that each telling took, from its origin over those who carried it to the document, as its words say. A
 * newsroom is the one document of its own that tells the same claim, where exactly one here does and is not later.
 */
export function attributionEdges(sides: readonly Side[], documentsOf: DocumentsOf): LineageEdge[] {
  const edges = new Map<string, LineageEdge>();
  const explained = new Set(
    sides.flatMap((side) => side.members.flatMap(({ telling }) => (isCarried(telling) ? [keyOf(side, telling)] : []))),
  );
  for (const side of sides) addEdgesOf(side, { edges, explained, documentsOf });
  return [...edges.values()];
}

/** A document and the origin of what it tells: one that says once how it has it need not say so each time. */
function keyOf(side: Side, telling: Telling): string {
  const place = side.origins.ofTelling.get(telling) ?? null;
  return JSON.stringify([telling.analysis.document.id, place === null ? null : side.origins.origins[place]?.party]);
}

interface Around {
  readonly edges: Map<string, LineageEdge>;
  readonly explained: ReadonlySet<string>;
  readonly documentsOf: DocumentsOf;
}

function addEdgesOf(side: Side, { edges, explained, documentsOf }: Around): void {
  const telling = new Set(side.members.map((one) => one.telling.analysis.document.id));
  for (const { telling: one } of side.members) {
    if (explained.has(keyOf(side, one)) && !isCarried(one)) continue;
    const { document } = one.analysis;
    const place = side.origins.ofTelling.get(one) ?? null;
    const origin = place === null ? null : side.origins.origins[place];
    const steps: Step[] = [];
    if (origin != null) {
      const span = one.origin ?? one.span;
      const isNamed = one.origin !== null && one.origin.identity.length > 0;
      steps.push({
        name: origin.document ?? origin.party,
        proof: { document: document.id, start: span.start, end: span.end },
        confidence: isNamed ? confidences.named : confidences.sameWords,
        because: isNamed
          ? "The text names it as the one who says so."
          : "Its words are quoted, and other documents name whose they are.",
      });
    }
    const outlet = `~${outletOf(one.analysis)}`;
    for (const { party, identity, how, place: words, hasAccess } of one.carriers) {
      // The document stands for its own outlet, but not for what that wrote earlier.
      if ((hasAccess || how === "credit") && identity.includes(outlet)) continue;
      const own = (documentsOf.get(identity.join(" ")) ?? []).filter(
        ({ id, published }) =>
          id !== document.id && telling.has(id) && !isLater(published, document.published?.value ?? null),
      );
      // "The Tribune has learned", with no earlier paper of its own here.
      if (own.length === 0 && identity.includes(outlet)) continue;
      const [only] = own.length === 1 ? own : [];
      const { start, end } = words;
      steps.push({
        name: only?.id ?? party,
        proof: { document: document.id, start, end },
        confidence: how === "credit" ? confidences.credit : confidences.named,
        because: how === "credit" ? "The document credits it." : `The text says that it came through it: ${how}.`,
      });
    }
    steps.forEach((step, at) => {
      const to = steps[at + 1]?.name ?? document.id;
      // A body has what its own paper says from nobody.
      if (step.name !== to) add(edges, step, to);
    });
  }
}

function isCarried({ carriers }: Telling): boolean {
  return carriers.some(({ how }) => how !== "credit");
}

interface Step {
  readonly name: string;
  readonly proof: LineageEdge["proof"][number];
  readonly confidence: number;
  readonly because: string;
}

function isLater(a: string | null, b: string | null): boolean {
  return a !== null && b !== null && a.slice(0, 10) > b.slice(0, 10);
}

function add(edges: Map<string, LineageEdge>, { name, proof, confidence, because }: Step, to: string): void {
  const edge = { from: name, to, basis: "attribution", directed: true, proof: [proof], confidence, because } as const;
  addEdge(edges, edge);
}

/** Puts an edge with those between the same two on the same basis: its proofs are theirs too. */
function addEdge(edges: Map<string, LineageEdge>, edge: LineageEdge): void {
  const key = JSON.stringify([edge.from, edge.to, edge.basis]);
  const known = edges.get(key);
  if (known === undefined) {
    edges.set(key, edge);
    return;
  }
  const isNew = ({ document, start }: LineageEdge["proof"][number]) =>
    !known.proof.some((one) => one.document === document && one.start === start);
  const surer = edge.confidence > known.confidence ? edge : known;
  edges.set(key, { ...surer, proof: [...known.proof, ...edge.proof.filter(isNew)].slice(0, proofsMax) });
}
