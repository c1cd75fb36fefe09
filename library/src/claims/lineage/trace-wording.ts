import type { DocumentAnalysis } from "../analyse-document.ts";
import type { LineageEdge } from "../claim.ts";
import type { Span } from "../span.ts";
import type { Alignment } from "./align-words.ts";
import { FigureIndex, type FigureTelling, type SharedFigure } from "./shared-figures.ts";
import { alignedDocuments, isEvidence } from "./shared-passages.ts";
import { isDirected, type Part, type PartKind, partsOf, spanIn, type Wording, wordingsOf } from "./wording.ts";

/**
 * How sure an edge is, from its least to its most: judgement, not measured. Text that both print as their own was
 * copied by one from the other, or by both from a third. Words that both quote show an origin in common, and not that
 * one has them from the other; so do words that one prints as its own and the other quotes, but that the quoted text is
 * at hand. Figures can be met by two who never read one another.
 */
export const wordingConfidence = {
  text: { least: 0.25, most: 0.95 },
  quotedByTheLater: { least: 0.3, most: 0.7 },
  quotation: { least: 0.2, most: 0.5 },
  figure: { least: 0.1, most: 0.3 },
} as const;
/** At so many content words in common, confidence is half way from its least to its most. */
const contentHalf = 15;
/** What one shared figure is worth between the least and the most of the basis; several add up. */
const figureWorth: Readonly<Record<FigureTelling, number>> = { pair: 0.5, exact: 0.4, rare: 0.2 };

/**
 * Finds which documents have something from one another by what is the same in their stories, one edge for each pair
 * and basis:
 * - `text`: the same wording outside of quotation marks;
 * - `quotation`: the same wording that both quote, or that one quotes and the other prints as its own;
 * - `figure`: the same telling figures (see {@link FigureTelling}) outside of those wordings.
 *
 * An edge is directed where the times of publication tell which came first; else `from` is the one with the earlier
 * time, or given first. A document is compared with few of those before it that share one wording (the first and the
 * latest), so that edges and time are linear in the documents. Memory is about 17 bytes a word, 24 a fingerprint
 * (every second or third word) and 200 a telling figure, and the edges with their proofs; what two documents share is
 * aligned one document at a time.
 * @param analyses in any order; the same document twice counts once
 */
export function traceWording(analyses: readonly DocumentAnalysis[]): LineageEdge[] {
  const wordings = wordingsOf(analyses);
  const figures = new FigureIndex(wordings);
  const edges: LineageEdge[] = [];
  const aligned = alignedDocuments(wordings.map(({ words }) => words));
  let next = aligned.next();
  for (let at = 0; at < wordings.length; at++) {
    const later = wordings[at]!;
    const partners = new Map<number, readonly Alignment[]>();
    if (!next.done && next.value.later === at) {
      for (const { earlier, alignments } of next.value.partners) partners.set(earlier, alignments);
      next = aligned.next();
    }
    const sharedFigures = figures.before(at);
    const others = new Set([...partners.keys(), ...sharedFigures.keys()]);
    for (const other of [...others].sort((a, b) => a - b)) {
      const pair = { earlier: wordings[other]!, later };
      const alignments = partners.get(other) ?? [];
      const parts = alignments.flatMap((alignment) => evidentParts(pair, alignment));
      const beside = (sharedFigures.get(other) ?? []).filter((figure) => !standsIn(pair, figure, alignments));
      edges.push(...[textEdge(pair, parts), quotationEdge(pair, parts), figureEdge(pair, beside)].filter(isEdge));
    }
  }
  return edges;
}

interface Pair {
  readonly earlier: Wording;
  readonly later: Wording;
}

const isEdge = (edge: LineageEdge | null): edge is LineageEdge => edge !== null;

/** The parts of a passage whose kind has in it, taken together, as much as a passage must have. */
function evidentParts({ earlier, later }: Pair, alignment: Alignment): Part[] {
  const parts = partsOf(earlier, later, alignment);
  return parts.filter(({ kind }) => isEvidence(total(parts.filter((part) => part.kind === kind))));
}

function total(parts: readonly Part[]): { same: number; content: number } {
  let [same, content] = [0, 0];
  for (const part of parts) {
    same += part.same;
    content += part.content;
  }
  return { same, content };
}

function textEdge(pair: Pair, parts: readonly Part[]): LineageEdge | null {
  const told = parts.filter(({ kind }) => kind === "told");
  if (told.length === 0) return null;
  const { same, content } = total(told);
  const own = pair.later.quotationOf.reduce((count, quotation) => count + Number(quotation < 0), 0);
  const covered = same / own;
  const share = `${Math.max(1, Math.round(100 * covered))} %`;
  const which = isDirected(pair.earlier, pair.later) ? "the later document" : "the second document";
  return edge(pair, "text", proofOf(pair, told), {
    confidence: between(wordingConfidence.text, Math.max(saturated(content), covered)),
    because: `${same} words outside of quotation marks are the same in both: ${share} of what ${which} says itself.`,
  });
}

function quotationEdge(pair: Pair, parts: readonly Part[]): LineageEdge | null {
  const quoted = parts.filter(({ kind }) => kind !== "told");
  if (quoted.length === 0) return null;
  const ofKind = (kind: PartKind) => total(quoted.filter((part) => part.kind === kind));
  const directed = isDirected(pair.earlier, pair.later);
  const [both, byLater, byEarlier] = [ofKind("quoted"), ofKind("quoted by the later"), ofKind("quoted by the earlier")];
  const bases = [
    {
      confidence: between(wordingConfidence.quotation, saturated(both.content)),
      because: `Both quote the same ${both.same} words, which shows that these have one origin, and no more.`,
      same: both.same,
    },
    {
      confidence: directed
        ? between(wordingConfidence.quotedByTheLater, saturated(byLater.content))
        : between(wordingConfidence.quotation, saturated(byLater.content)),
      because:
        `${directed ? "The later" : "The second"} document quotes ` +
        `${byLater.same} words that the other prints as its own.`,
      same: byLater.same,
    },
    {
      confidence: between(wordingConfidence.quotation, saturated(byEarlier.content)),
      because:
        `${directed ? "The later" : "The second"} document prints as its own ` +
        `${byEarlier.same} words that the other quotes.`,
      same: byEarlier.same,
    },
  ].filter(({ same }) => same > 0);
  const strongest = bases.reduce((best, one) => (one.confidence > best.confidence ? one : best));
  return edge(pair, "quotation", proofOf(pair, quoted), strongest);
}

function figureEdge(pair: Pair, shared: readonly SharedFigure[]): LineageEdge | null {
  if (shared.length === 0) return null;
  const spans = {
    earlier: distinct(shared.flatMap((one) => one.earlier)),
    later: distinct(shared.flatMap((one) => one.later)),
  };
  // A figure that also stands in a pair counts once, with the pair; a pair is found by either of its nouns.
  const worths = new Map<number, number>();
  for (const { telling, later } of shared) {
    const key = later[0]!.start;
    worths.set(key, Math.max(worths.get(key) ?? 0, figureWorth[telling]));
  }
  const doubt = [...worths.values()].reduce((product, worth) => product * (1 - worth), 1);
  const { points } = pair.later;
  const words = spans.later.map((span) => `"${points.slice(span)}"`).join(", ");
  return edge(pair, "figure", proofIn(pair, spans), {
    confidence: between(wordingConfidence.figure, 1 - doubt),
    because: `Both have the same figures outside of any wording that they share: ${words}.`,
  });
}

/** Whether a figure stands in a passage that both share: then it is that passage's evidence, and no other. */
function standsIn(pair: Pair, { earlier, later }: SharedFigure, alignments: readonly Alignment[]): boolean {
  return alignments.some(({ a, b }) => {
    const [inLater, inEarlier] = [spanIn(pair.later, a), spanIn(pair.earlier, b)];
    return later.every((span) => holds(inLater, span)) && earlier.every((span) => holds(inEarlier, span));
  });
}

const holds = (outer: Span, inner: Span): boolean => outer.start <= inner.start && inner.end <= outer.end;

function distinct(spans: readonly Span[]): Span[] {
  const byStart = new Map(spans.map((span) => [span.start, span]));
  return [...byStart.values()].sort((a, b) => a.start - b.start);
}

function proofOf(pair: Pair, parts: readonly Part[]): LineageEdge["proof"] {
  return proofIn(pair, {
    earlier: parts.map((part) => spanIn(pair.earlier, part.earlier)),
    later: parts.map((part) => spanIn(pair.later, part.later)),
  });
}

function proofIn({ earlier, later }: Pair, spans: { earlier: readonly Span[]; later: readonly Span[] }) {
  return [
    ...spans.earlier.map((span) => ({ document: earlier.id, ...span })),
    ...spans.later.map((span) => ({ document: later.id, ...span })),
  ];
}

function edge(
  { earlier, later }: Pair,
  basis: LineageEdge["basis"],
  proof: LineageEdge["proof"],
  { confidence, because }: { readonly confidence: number; readonly because: string },
): LineageEdge {
  const directed = isDirected(earlier, later);
  return { from: earlier.id, to: later.id, basis, directed, proof, confidence, because };
}

const saturated = (content: number): number => content / (content + contentHalf);

const between = ({ least, most }: { readonly least: number; readonly most: number }, part: number): number =>
  Math.round(100 * (least + (most - least) * part)) / 100;
