import { SpoorError } from "./base.ts";

const cut = (text: string, length: number) => (text.length > length ? `${text.slice(0, length)}…` : text);

export class DocumentEmptyError extends SpoorError {
  constructor(data: { source: string; why: string }) {
    super({
      code: "claims/document-empty",
      what: `There is nothing to read: ${data.why}`,
      where: data.source,
      remedy: "Give a document with text.",
      data,
    });
  }
}

/** A named bound was met; nothing of the document is kept, because a part of it could be taken for the whole. */
export class DocumentTooLargeError extends SpoorError {
  constructor(data: { source: string; limit: string; max: number; unit: string }) {
    super({
      code: "claims/document-too-large",
      kind: "limit",
      what: `The document has more than ${data.max} ${data.unit} (${data.limit})`,
      where: data.source,
      remedy: "Split it, or keep the part that holds the text.",
      data,
    });
  }
}

export class DocumentBinaryError extends SpoorError {
  constructor(data: { source: string; looksLike: string }) {
    super({
      code: "claims/document-binary",
      what: `This is no text, HTML, Markdown or PDF: it looks like ${data.looksLike}`,
      where: data.source,
      remedy: "Convert it to PDF or text and give that.",
      data,
    });
  }
}

export class DocumentMediaTypeError extends SpoorError {
  constructor(data: { source: string; mediaType: string }) {
    const mediaType = cut(data.mediaType, 100);
    super({
      code: "claims/document-media-type",
      what: `Documents of the type ${JSON.stringify(mediaType)} cannot be read`,
      where: data.source,
      remedy: "Give text, HTML, Markdown or PDF.",
      data: { ...data, mediaType },
    });
  }
}

export class DocumentEncodingError extends SpoorError {
  constructor(data: { source: string; encoding: string; why: string }) {
    super({
      code: "claims/document-encoding",
      what: `The bytes are not text in ${data.encoding}: ${data.why}`,
      where: data.source,
      remedy: "Say which encoding it is, as in the media type text/plain; charset=koi8-r, or save it as UTF-8.",
      data,
    });
  }
}

export class DocumentPdfError extends SpoorError {
  constructor(data: { source: string; why: string }, cause?: unknown) {
    const why = cut(data.why, 200);
    super({
      code: "claims/document-pdf",
      what: `The PDF cannot be read: ${why}`,
      where: data.source,
      remedy: "Open and save it anew in a PDF program, without a password, or give its text.",
      data: { ...data, why },
      cause,
    });
  }
}

export class PdfWithoutTextError extends SpoorError {
  constructor(data: { source: string; pages: number }) {
    super({
      code: "claims/pdf-without-text",
      what: `The PDF has no text on its ${data.pages} pages; it is a scan`,
      where: data.source,
      remedy: "Run it through text recognition (OCR) and give the result.",
      data,
    });
  }
}

export class DocumentUnreadableError extends SpoorError {
  constructor(data: { source: string; why: string }, cause?: unknown) {
    const why = cut(data.why, 200);
    super({
      code: "claims/document-unreadable",
      what: `The document cannot be read: ${why}`,
      where: data.source,
      remedy: "Check the path and the permissions, or give the document's text.",
      data: { ...data, why },
      cause,
    });
  }
}

export class UrlRefusedError extends SpoorError {
  constructor(data: { url: string; why: string }) {
    super({
      code: "claims/url-refused",
      what: `The address is not fetched: ${data.why}`,
      where: data.url,
      remedy: "Give an http or https address of a public server; documents inside a network are given as files.",
      data,
    });
  }
}

/** No answer, or one that is no document. `status` is null where none came. */
export class UrlAnswerError extends SpoorError {
  constructor(data: { url: string; status: number | null; why: string }, cause?: unknown) {
    const why = cut(data.why, 200);
    super({
      code: "claims/url-answer",
      what: `The address gives no document: ${why}`,
      where: data.url,
      remedy: "Check the address in a browser, or save the page there and give the file.",
      data: { ...data, why },
      cause,
    });
  }
}

export class UrlLimitError extends SpoorError {
  constructor(data: { url: string; limit: string; max: number; unit: string }) {
    super({
      code: "claims/url-limit",
      kind: "limit",
      what: `Fetching was stopped at ${data.max} ${data.unit} (${data.limit})`,
      where: data.url,
      remedy: "Save the page in a browser and give the file.",
      data,
    });
  }
}
