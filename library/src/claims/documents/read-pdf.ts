import { Worker } from "node:worker_threads";
import { DocumentPdfError, DocumentTooLargeError, PdfWithoutTextError } from "../../errors/claims.ts";
import { checkPdf } from "./check-pdf.ts";
import { documentLimits } from "./limits.ts";
import type { RawBlock } from "./mark-blocks.ts";
import { type PdfPage, paragraphsOfPages } from "./pdf-paragraphs.ts";

export interface ReadPdf {
  readonly title: string | null;
  readonly author: string | null;
  readonly blocks: RawBlock[];
}

/** What the thread that reads a PDF answers. */
export type PdfAnswer =
  | { readonly pages: readonly PdfPage[]; readonly title: string | null; readonly author: string | null }
  | { readonly pageCount: number }
  | { readonly failure: string };

/**
 * Reads the text of a PDF in a thread of its own, which is ended where it takes too long or too much memory.
 * @throws DocumentPdfError, PdfWithoutTextError, DocumentTooLargeError
 */
export async function readPdf(bytes: Uint8Array, source: string): Promise<ReadPdf> {
  checkPdf(bytes, source);
  const answer = await askWorker(bytes, source);
  if ("failure" in answer) throw new DocumentPdfError({ source, why: answer.failure });
  const { pdfPagesMax, blocksMax } = documentLimits;
  if ("pageCount" in answer)
    throw new DocumentTooLargeError({ source, limit: "pdfPagesMax", max: pdfPagesMax, unit: "pages" });
  const blocks = paragraphsOfPages(answer.pages);
  if (blocks.length === 0) throw new PdfWithoutTextError({ source, pages: answer.pages.length });
  if (blocks.length > blocksMax)
    throw new DocumentTooLargeError({ source, limit: "blocksMax", max: blocksMax, unit: "paragraphs" });
  return { title: answer.title, author: answer.author, blocks };
}

function askWorker(bytes: Uint8Array, source: string): Promise<PdfAnswer> {
  const { pdfHeapMegabytesMax, pdfMillisecondsMax } = documentLimits;
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./pdf-worker.ts", import.meta.url), {
      // A copy: the parser may take the bytes away.
      workerData: Uint8Array.from(bytes),
      resourceLimits: { maxOldGenerationSizeMb: pdfHeapMegabytesMax },
      stdout: true,
      stderr: true,
    });
    const tooSlow = setTimeout(() => {
      const unit = "milliseconds of reading";
      end(() =>
        reject(new DocumentTooLargeError({ source, limit: "pdfMillisecondsMax", max: pdfMillisecondsMax, unit })),
      );
    }, pdfMillisecondsMax);
    let isOver = false;
    const end = (settle: () => void) => {
      // Ending the thread is an exit too.
      if (isOver) return;
      isOver = true;
      clearTimeout(tooSlow);
      void worker.terminate().then(settle);
    };
    worker.once("message", (answer: PdfAnswer) => end(() => resolve(answer)));
    worker.once("error", (error: Error & { code?: string }) => {
      const isMemory = error.code === "ERR_WORKER_OUT_OF_MEMORY";
      const max = pdfHeapMegabytesMax;
      end(() =>
        reject(
          isMemory
            ? new DocumentTooLargeError({ source, limit: "pdfHeapMegabytesMax", max, unit: "MB of memory to read" })
            : new DocumentPdfError({ source, why: error.message }, error),
        ),
      );
    });
    worker.once("exit", () => end(() => reject(new DocumentPdfError({ source, why: "the reader ended early" }))));
  });
}
