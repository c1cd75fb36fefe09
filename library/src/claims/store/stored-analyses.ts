import { analyseDocument, type DocumentAnalysis } from "../analyse-document.ts";
import type { Document } from "../documents/document.ts";
import type { FigureEvent } from "../figures/find-events.ts";
import { keepIfPossible, type StoreFile } from "./store-file.ts";

/** As it is kept: without the document, and with figures of events by their place in the list of figures. */
interface PackedAnalysis extends Omit<DocumentAnalysis, "document" | "events"> {
  readonly events: readonly { readonly figure: number; readonly event: FigureEvent }[];
}

/** Written together: each transaction waits for the disk. */
const writtenAtOnce = 100;

/**
 * The analyses of documents, in their order. Analysing takes some hundred times as long as reading what was kept of it
 * (docs/decisions/0014), so it is kept, and made anew where the reader is another.
 * @param onAnalysed called for each that was not kept
 */
export function analysesOf(
  file: StoreFile,
  documents: readonly Document[],
  {
    reader,
    onAnalysed = () => {},
  }: { readonly reader: string; readonly onAnalysed?: ((done: number) => void) | undefined },
): DocumentAnalysis[] {
  const rows = file.all<{ sha256: string; analysis: string }>(
    "SELECT sha256, analysis FROM readings WHERE reader = ? AND analysis IS NOT NULL",
    reader,
  );
  const kept = new Map(rows.map(({ sha256, analysis }) => [sha256, analysis]));
  let fresh: DocumentAnalysis[] = [];
  let done = 0;
  let mayKeep = true;
  const write = () => {
    const some = fresh;
    fresh = [];
    if (!mayKeep) return;
    mayKeep = keepIfPossible(file, () => {
      for (const one of some) keepAnalysis(file, one, reader);
    });
  };
  const analyses = documents.map((document) => {
    const known = unpackAnalysis(document, kept.get(document.sha256) ?? "");
    if (known !== null) return known;
    const analysis = analyseDocument(document);
    fresh.push(analysis);
    if (fresh.length >= writtenAtOnce) write();
    onAnalysed(++done);
    return analysis;
  });
  if (fresh.length > 0) write();
  return analyses;
}

function keepAnalysis(file: StoreFile, analysis: DocumentAnalysis, reader: string): void {
  const { sha256 } = analysis.document;
  file.run("UPDATE readings SET analysis = ? WHERE sha256 = ? AND reader = ?", packAnalysis(analysis), sha256, reader);
}

/** @returns JSON */
export function packAnalysis({ document: _, events, ...rest }: DocumentAnalysis): string {
  const places = new Map(rest.figures.map((figure, at) => [figure, at]));
  const packed: PackedAnalysis = {
    ...rest,
    events: events.map(({ figure, event }) => ({ figure: places.get(figure) ?? -1, event })),
  };
  return JSON.stringify(packed);
}

/** null where the JSON is none, because nothing was kept or the disk changed it. */
export function unpackAnalysis(document: Document, json: string): DocumentAnalysis | null {
  let packed: PackedAnalysis;
  try {
    packed = JSON.parse(json) as PackedAnalysis;
  } catch {
    return null;
  }
  const { events, ...rest } = packed;
  return {
    document,
    ...rest,
    events: events.map(({ figure, event }) => ({ figure: rest.figures[figure]!, event })),
  };
}
