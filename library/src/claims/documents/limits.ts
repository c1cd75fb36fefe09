/** Bounds on what one document may cost; each is met with a `DocumentTooLargeError`. */
export const documentLimits = {
  /** A scanned annual report has some tens of MB; article pages have less than five. */
  bytesMax: 64_000_000,
  /** UTF-16 units of decoded HTML: the whole tree is built in memory, at about fifty times the size. */
  htmlUnitsMax: 8_000_000,
  /** Of plain text or Markdown: ten novels. */
  textUnitsMax: 8_000_000,
  /** Long pages of comments have some 20,000. What takes the article out of a page takes time that grows faster. */
  htmlElementsMax: 30_000,
  /** Old pages write every letter outside of ASCII as an entity, and each is a node of its own. */
  htmlTextsMax: 200_000,
  /** Browsers stop at 512; pages of news have some 30. */
  htmlDepthMax: 200,
  /** Of one element. */
  htmlAttributesMax: 512,
  /** What is kept in the end; a book has 2,000 paragraphs. */
  blocksMax: 50_000,
  pdfPagesMax: 5_000,
  /** Of all streams of a PDF, unpacked. */
  pdfUnpackedBytesMax: 256_000_000,
  /** Of the heap of the thread that reads a PDF. */
  pdfHeapMegabytesMax: 512,
  pdfMillisecondsMax: 60_000,
} as const;

/** Bounds on one capture from the network; each is met with a `UrlLimitError`. */
export const captureLimits = {
  redirectsMax: 5,
  /** On the wire. */
  bytesMax: 32_000_000,
  /** After the content encoding is undone. */
  decodedBytesMax: 64_000_000,
  headerBytesMax: 32_768,
  /** For all hops together, names looked up included. */
  millisecondsMax: 30_000,
} as const;
