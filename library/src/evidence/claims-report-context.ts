import { type CodePoints, codePoints } from "../claims/code-points.ts";
import type { Document } from "../claims/documents/document.ts";
import type { Span } from "../claims/span.ts";
import type { ClaimsReportInput } from "./claims-report-input.ts";
import type { Mark } from "./claims-report-marks.ts";
import { beginning } from "./claims-report-wording.ts";
import { type Html, type HtmlValue, html, outside } from "./html.ts";

/** Where in the report a place is mentioned: what the way back from a document leads to. */
export interface Mention {
  /** An id of the page. */
  readonly id: string;
  /** Short: "claim 3". */
  readonly name: string;
}

export type PlaceInReport = Span & { readonly document: string };

interface Marked extends Span {
  readonly kind: Mark["kind"];
  readonly mentions: Map<string, Mention>;
}

export interface DocumentInReport {
  readonly document: Document;
  /** From 1, by publication. */
  readonly number: number;
  /** The outlet, or what the document is called where none is known. */
  readonly name: string;
  readonly points: CodePoints;
  readonly marked: Map<string, Marked>;
}

export interface ClaimsReportContext {
  readonly input: ClaimsReportInput;
  readonly documents: readonly DocumentInReport[];
  readonly of: (id: string) => DocumentInReport | undefined;
}

export function claimsReportContext(input: ClaimsReportInput): ClaimsReportContext {
  const key = ({ published, id }: Document) => `${published?.value ?? "9999"} ${id}`;
  const ordered = [...new Map(input.documents.map((one) => [one.id, one])).values()].sort((a, b) =>
    key(a) < key(b) ? -1 : 1,
  );
  const documents = ordered.map((document, at) => ({
    document,
    number: at + 1,
    name: document.outlet?.name ?? beginning(document.title ?? fileName(document.source), 48),
    points: codePoints(document.text),
    marked: new Map<string, Marked>(),
  }));
  const byId = new Map(documents.map((one) => [one.document.id, one]));
  return { input, documents, of: (id) => byId.get(id) };
}

/** The last part of a path or an address; the whole stands with the document. */
const fileName = (source: string): string => source.slice(source.lastIndexOf("/") + 1) || source;

export const documentAnchor = (number: number): string => `document-${number}`;

export const placeAnchor = (number: number, { start, end }: Span): string => `d${number}-${start}-${end}`;

/** A document by name and number, leading to it; an id that is no document here stands as it is. */
export function documentLink({ of }: ClaimsReportContext, id: string): Html {
  const known = of(id);
  if (known === undefined) return html`${outside(id)} <small>(not in this report)</small>`;
  const { number, name } = known;
  return html`<a class="document-link" href="#${documentAnchor(number)}">${outside(name)}
<small>D${number}</small></a>`;
}

/** Whether a place stands in a document of this report. */
export function isPlaced({ of }: ClaimsReportContext, { document, start, end }: PlaceInReport): boolean {
  const length = of(document)?.points.length ?? -1;
  return Number.isInteger(start) && Number.isInteger(end) && start >= 0 && start <= end && end <= length;
}

/**
 * Text that leads to its place in a document, where it is marked with a way back; by itself where the place is in no
 * document of this report.
 */
export function placeLink(
  context: ClaimsReportContext,
  place: PlaceInReport,
  { kind, mention, text }: { readonly kind: Mark["kind"]; readonly mention: Mention; readonly text: HtmlValue },
): Html {
  if (!isPlaced(context, place)) return html`${text}`;
  const { number, marked } = context.of(place.document)!;
  const { start, end } = place;
  const key = `${start}-${end}`;
  const known = marked.get(key);
  const rank = ["proof", "figure", "said"];
  if (known === undefined) marked.set(key, { start, end, kind, mentions: new Map([[mention.id, mention]]) });
  else {
    known.mentions.set(mention.id, mention);
    if (rank.indexOf(kind) > rank.indexOf(known.kind)) marked.set(key, { ...known, kind });
  }
  return html`<a href="#${placeAnchor(number, place)}">${text}</a>`;
}

/** What stands at a place, as the document has it. */
export function wordsAt(context: ClaimsReportContext, place: PlaceInReport & { readonly text?: string }): string {
  if (!isPlaced(context, place)) return place.text ?? "";
  return context.of(place.document)!.points.slice(place);
}

const aroundMax = 90;

/** The words at a place with those around it, for who has not the document before him. */
export function excerpt(
  context: ClaimsReportContext,
  place: PlaceInReport & { readonly text: string },
  mention: Mention,
  kind: Mark["kind"] = "figure",
): Html {
  if (!isPlaced(context, place)) return html`“${outside(beginning(place.text, 300))}”`;
  const { document, points } = context.of(place.document)!;
  const { start, end } = place;
  const block = document.blocks.find((one) => one.start <= start && start <= one.end) ?? { start, end };
  const from = Math.max(block.start, start - aroundMax);
  const to = Math.min(Math.max(block.end, end), end + aroundMax);
  const cutBefore = points.slice({ start: from, end: start });
  const before = from > block.start ? `… ${cutBefore.replace(/^\S*\s/u, "")}` : cutBefore;
  const cutAfter = points.slice({ start: end, end: to });
  const after = to < block.end ? `${cutAfter.replace(/\s\S*$/u, "")} …` : cutAfter;
  const words = start === end ? html`<span class="missing">[nothing here]</span>` : beginning(points.slice(place), 300);
  const linked = placeLink(context, place, { kind, mention, text: html`<b>${words}</b>` });
  return html`<span class="excerpt" dir="auto">${before}${linked}${after}</span>`;
}
