import { deflateSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { DocumentPdfError, DocumentTooLargeError, PdfWithoutTextError } from "../../errors/claims.ts";
import { pdfOf } from "./pdf.fixture.ts";
import { readDocument } from "./read-document.ts";

const read = (bytes: Uint8Array) => readDocument(bytes, { name: "a.pdf", capturedAt: "2021-03-05T00:00:00Z" });

const lines = [
  "Bank robbed by wire at night",
  "",
  "The harbour bank said on Thursday that it had lost four mil-",
  "lion crowns, and that nobody had been at the desk that",
  "evening.",
  "",
  "The police denied that they had been told of it.",
];

test("text of a PDF: lines become paragraphs, divided words are joined", async () => {
  const document = await read(pdfOf([lines]));
  expect(document).toMatchObject({ format: "pdf", title: "Bank robbed by wire at night", language: "en" });
  expect(document.text).toBe(
    [
      "Bank robbed by wire at night",
      "The harbour bank said on Thursday that it had lost four million crowns, " +
        "and that nobody had been at the desk that evening.",
      "The police denied that they had been told of it.",
    ].join("\n\n"),
  );
});

test("running heads are marked, and a paragraph goes on over the page's end", async () => {
  const body = (n: number) => [
    "Port Alder Papers, page 7",
    "",
    `Part ${n} of this account is long and it goes on and on and`,
  ];
  const end = ["Port Alder Papers, page 9", "", "so it ends here at last, said the clerk."];
  const document = await read(pdfOf([body(1), body(2), end]));
  expect(document.text).toContain("goes on and on and so it ends here at last");
  expect(document.blocks.filter(({ kind }) => kind === "boilerplate").length).toBe(3);
});

describe("PDFs that cannot be read say why", () => {
  test("no text: a scan", async () => {
    await expect(read(pdfOf([[], []]))).rejects.toThrow(PdfWithoutTextError);
    await expect(read(pdfOf([[], []]))).rejects.toThrow(/no text on its 2 pages; it is a scan \(a\.pdf\).*OCR/u);
  });

  test("damaged", async () => {
    await expect(read(Buffer.from("%PDF-1.4\nnothing follows"))).rejects.toThrow(DocumentPdfError);
  });

  test("a stream that unpacks to more than the limit is refused before it is parsed", async () => {
    const bomb = deflateSync(Buffer.alloc(260_000_000));
    const head = Buffer.from("%PDF-1.4\n1 0 obj <</Filter /FlateDecode>>\nstream\n");
    await expect(read(Buffer.concat([head, bomb, Buffer.from("\nendstream")]))).rejects.toThrow(DocumentTooLargeError);
    const twice = Buffer.concat([head, deflateSync(bomb), Buffer.from("\nendstream")]);
    await expect(read(twice)).rejects.toThrow("pdfUnpackedBytesMax");
  });
});
