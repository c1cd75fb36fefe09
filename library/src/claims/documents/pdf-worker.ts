import { parentPort, workerData } from "node:worker_threads";
import { getDocumentProxy } from "unpdf";
import { documentLimits } from "./limits.ts";
import type { PdfLine, PdfPage } from "./pdf-paragraphs.ts";
import type { PdfAnswer } from "./read-pdf.ts";

/** Two pieces of text stand on one line where their feet are closer than this share of the letters' height. */
const sameLineShare = 0.5;

interface Piece {
  readonly str: string;
  readonly hasEOL: boolean;
  readonly height: number;
  readonly width: number;
  readonly transform: readonly number[];
}

async function read(bytes: Uint8Array): Promise<PdfAnswer> {
  const pdf = await getDocumentProxy(bytes, { verbosity: 0, useSystemFonts: false, disableFontFace: true });
  if (pdf.numPages > documentLimits.pdfPagesMax) return { pageCount: pdf.numPages };
  const pages: PdfPage[] = [];
  for (let number = 1; number <= pdf.numPages; number++) {
    const page = await pdf.getPage(number);
    const { items } = await page.getTextContent();
    pages.push(linesOf(items.filter((item) => "str" in item) as unknown as Piece[]));
    page.cleanup();
  }
  const { info } = (await pdf.getMetadata().catch(() => ({ info: {} }))) as { info: Record<string, unknown> };
  const textOf = (value: unknown) => (typeof value === "string" && value.trim() !== "" ? value : null);
  return { pages, title: textOf(info.Title), author: textOf(info.Author) };
}

function linesOf(pieces: readonly Piece[]): PdfPage {
  const lines: PdfLine[] = [];
  let open: { text: string; foot: number; height: number; right: number } | null = null;
  for (const piece of pieces) {
    const foot = piece.transform[5] ?? 0;
    const left = piece.transform[4] ?? 0;
    const height = piece.height > 0 ? piece.height : Math.abs(piece.transform[3] ?? 0);
    if (
      open !== null &&
      piece.str !== "" &&
      Math.abs(open.foot - foot) > Math.max(open.height, height) * sameLineShare
    ) {
      lines.push({ text: open.text, foot: open.foot, height: open.height });
      open = null;
    }
    if (open === null) {
      if (piece.str !== "") open = { text: piece.str, foot, height, right: left + piece.width };
    } else {
      const isApart = left - open.right > height * 0.15 && !/\s$/u.test(open.text) && !/^\s/u.test(piece.str);
      open.text += `${isApart ? " " : ""}${piece.str}`;
      if (piece.str !== "") open.right = left + piece.width;
      open.height = Math.max(open.height, height);
    }
    if (piece.hasEOL && open !== null) {
      lines.push({ text: open.text, foot: open.foot, height: open.height });
      open = null;
    }
  }
  if (open !== null) lines.push({ text: open.text, foot: open.foot, height: open.height });
  return { lines };
}

// The parser waits on channels that do not keep a thread alive; a listener does. The thread is ended from outside.
parentPort?.on("message", () => {});

read(workerData as Uint8Array).then(
  (answer) => parentPort?.postMessage(answer),
  (error: unknown) => {
    const failure = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    parentPort?.postMessage({ failure } satisfies PdfAnswer);
  },
);
