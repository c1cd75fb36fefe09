import { createHash } from "node:crypto";
import { DocumentBinaryError, DocumentEmptyError, DocumentTooLargeError } from "../../errors/claims.ts";
import { type DecodedText, decodeText } from "./decode-text.ts";
import { loadLanguages } from "./detect-language.ts";
import type { Document, DocumentFormat, KeptEncoding, LooseBlock } from "./document.ts";
import type { HtmlMetadata } from "./html-metadata.ts";
import { layBlocks } from "./lay-blocks.ts";
import { documentLimits } from "./limits.ts";
import { countWords } from "./line-shape.ts";
import { markBlocks, type RawBlock } from "./mark-blocks.ts";
import { nameOutlet } from "./name-outlet.ts";
import { agencyNamed, datelineCredit, readByline } from "./read-byline.ts";
import { noticedOutlet, publicationInText } from "./read-imprint.ts";
import { readPdf } from "./read-pdf.ts";
import { readPlainText } from "./read-plain-text.ts";
import { recogniseFormat } from "./recognise-format.ts";

export interface DocumentOrigin {
  /** The file's name, or the address it was captured from (http or https). */
  readonly name: string;
  /** As the server or the caller says, with its charset where it has one. */
  readonly mediaType?: string | undefined;
  /** ISO 8601. The clock is the caller's. */
  readonly capturedAt: string;
}

/** What a format's reader finds. Formats other than HTML have less of it. */
interface Parts extends HtmlMetadata {
  readonly blocks: readonly RawBlock[];
  readonly encoding: KeptEncoding;
}

const storyKinds: ReadonlySet<string> = new Set(["title", "heading", "paragraph"]);
/** Longer than this a field for an author holds something else. */
const authorUnitsMax = 200;
/** More controls than this are no text, whatever the bytes decode to. */
const controlShareMax = 0.01;

/**
 * Reads one document. The result is a function of the arguments: no file, network or clock is read, and nothing in the
 * document is run.
 * @param bytes the document as it was captured
 * @throws DocumentEmptyError, DocumentTooLargeError, DocumentBinaryError, DocumentMediaTypeError,
 * DocumentEncodingError, DocumentPdfError, PdfWithoutTextError, DocumentUnreadableError
 */
export async function readDocument(bytes: Uint8Array, origin: DocumentOrigin): Promise<Document> {
  const source = origin.name;
  const { bytesMax } = documentLimits;
  if (bytes.length === 0) throw new DocumentEmptyError({ source, why: "it has no bytes" });
  if (bytes.length > bytesMax)
    throw new DocumentTooLargeError({ source, limit: "bytesMax", max: bytesMax, unit: "bytes" });
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const mediaType = origin.mediaType ?? null;
  const format = recogniseFormat(bytes, { source, mediaType });
  const detect = await loadLanguages();
  const parts =
    format === "pdf" ? await pdfParts(bytes, source) : await textParts(bytes, { source, mediaType, format });
  const marked = markBlocks(parts.blocks, parts.title);
  const { text, blocks } = layBlocks(marked);
  const story = marked.filter(({ kind }) => storyKinds.has(kind)).map((block) => block.text);
  if (text === "") throw new DocumentEmptyError({ source, why: "it has no visible text" });
  const language = detect(story.length === 0 ? text : story.join("\n"), parts.language);
  const address = /^https?:/iu.test(source) ? source : parts.address;
  const outlet = nameOutlet({ url: address, siteName: parts.siteName, notice: noticedOutlet(marked) });
  return {
    id: sha256.slice(0, 16),
    sha256,
    source,
    capturedAt: origin.capturedAt,
    format,
    encoding: parts.encoding,
    title: marked.find(({ kind }) => kind === "title")?.text ?? null,
    outlet: outlet?.basis === "address" && address !== source ? { ...outlet, basis: "metadata" } : outlet,
    ...whoWrote(parts, marked),
    published: parts.published ?? publicationInText(marked),
    language,
    analysed: language === "en",
    text,
    blocks,
    words: story.reduce((sum, one) => sum + countWords(one), 0),
  };
}

const nothingSaid = { siteName: null, author: null, source: null, published: null, language: null, address: null };

async function pdfParts(bytes: Uint8Array, source: string): Promise<Parts> {
  const { blocks } = await readPdf(bytes, source);
  // A PDF's own title and author are mostly those of a template; its text is believed alone.
  return { ...nothingSaid, title: null, blocks, encoding: { label: "pdf", basis: "format", replaced: 0 } };
}

async function textParts(
  bytes: Uint8Array,
  about: { source: string; mediaType: string | null; format: DocumentFormat },
): Promise<Parts> {
  const { source, mediaType, format } = about;
  const decoded = decodeText(bytes, { source, mediaType, isMarkup: format === "html" });
  refuseBinary(decoded, source);
  const { text, encoding } = decoded;
  if (format === "html") {
    // What parses pages takes a fifth of a second to load, which those who read text alone are spared.
    const { readHtml } = await import("./read-html.ts");
    const { metadata, blocks } = readHtml(text, source);
    return { ...metadata, blocks, encoding };
  }
  if (format === "markdown") {
    const { readMarkdown } = await import("./read-markdown.ts");
    const { front, blocks } = readMarkdown(text, source);
    return { ...nothingSaid, ...front, blocks, encoding };
  }
  return { ...nothingSaid, title: null, blocks: readPlainText(text, source), encoding };
}

function refuseBinary({ text }: DecodedText, source: string): void {
  let controls = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if ((unit < 0x20 && (unit < 0x09 || unit > 0x0d) && unit !== 0x1b) || unit === 0x7f) controls++;
  }
  if (controls > Math.max(2, text.length * controlShareMax))
    throw new DocumentBinaryError({ source, looksLike: `binary data (${controls} control characters)` });
}

function whoWrote(parts: Parts, marked: readonly LooseBlock[]): { author: string | null; credit: string | null } {
  const bylines = marked.filter(({ kind }) => kind === "byline").map(({ text }) => readByline(text));
  const given = parts.author !== null && parts.author.length <= authorUnitsMax ? parts.author : null;
  const said = given === null ? null : (readByline(`By ${given}`) ?? { author: given, credit: null });
  const firstParagraph = marked.find(({ kind }) => kind === "paragraph")?.text ?? "";
  const author = said?.author ?? bylines.find((one) => one?.author != null)?.author ?? null;
  const credits = [
    said?.credit,
    given === null ? null : agencyNamed(given.replace(/\s+staff$/iu, "")),
    ...bylines.map((one) => one?.credit),
    datelineCredit(firstParagraph),
    parts.source === null ? null : agencyNamed(parts.source),
  ];
  const credit = credits.find((one) => one !== null && one !== undefined) ?? null;
  // "Reuters Staff" is no person.
  const isStaff = author !== null && agencyNamed(author.replace(/\s+staff$/iu, "")) !== null;
  return { author: isStaff ? null : author, credit };
}
