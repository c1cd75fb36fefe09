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

/** `claims.sqlite` is no SQLite file, is another program's, or is damaged. Nothing of it was changed. */
export class ClaimsStoreUnreadableError extends SpoorError {
  constructor(data: { file: string; why: string }, cause?: unknown) {
    const why = cut(data.why, 200);
    super({
      code: "claims/store-unreadable",
      what: `The store of claims cannot be read: ${why}`,
      where: data.file,
      remedy:
        "Move the file away and put a copy of it back, or add the documents again; their bytes are kept beside it.",
      data: { ...data, why },
      cause,
    });
  }
}

export class ClaimsStoreVersionError extends SpoorError {
  constructor(data: { file: string; version: number; versionMax: number }) {
    super({
      code: "claims/store-version",
      what: `The store of claims is in version ${data.version}, this program knows ${data.versionMax}`,
      where: data.file,
      remedy: "Use the newer program that wrote it, or name another data folder.",
      data,
    });
  }
}

/** To pass over it would undo what somebody decided. */
export class JudgementUnknownError extends SpoorError {
  constructor(data: { file: string; kind: string }) {
    const kind = cut(data.kind, 40);
    super({
      code: "claims/judgement-unknown",
      what: `The store of claims holds a judgement that this program does not know (${JSON.stringify(kind)})`,
      where: data.file,
      remedy: "Use the newer program that wrote it, or name another data folder.",
      data: { ...data, kind },
    });
  }
}

/** Another process kept the store to itself for longer than is waited. Nothing was changed. */
export class ClaimsStoreBusyError extends SpoorError {
  constructor(data: { file: string; waitedMs: number }, cause?: unknown) {
    super({
      code: "claims/store-busy",
      what: `The store of claims is busy: another process has been writing it for ${data.waitedMs / 1000} s`,
      where: data.file,
      remedy: "Run the same command again when that process is done.",
      data,
      cause,
    });
  }
}

/** The engine refused or failed a statement that Spoor wrote. */
export class ClaimsStoreFailedError extends SpoorError {
  constructor(data: { file: string; engine: string }, cause?: unknown) {
    super({
      code: "claims/store-failed",
      kind: "fault",
      what: `The store of claims failed: ${data.engine}`,
      where: data.file,
      remedy: "What was stored before stays.",
      data,
      cause,
    });
  }
}

export class TimeAxisError extends SpoorError {
  constructor(data: { text: string; axis: "as of" | "known at"; why: string }) {
    const text = cut(data.text, 60);
    super({
      code: "claims/time-axis",
      what: `${JSON.stringify(text)} is no time to look back from (${data.axis}): ${data.why}`,
      remedy:
        data.axis === "as of"
          ? "Write a day, a month or a year: 2019-09-01, 2019-09, 2019."
          : "Write a day, or a time with its zone: 2026-11-30, 2026-11-30T09:00:00Z.",
      data: { ...data, text },
    });
  }
}

/** Nothing of that id is in the store, or it is not there at the time that was asked for. */
export class NoSuchClaimError extends SpoorError {
  constructor(data: { id: string; what: string; folder: string }) {
    const id = cut(data.id, 100);
    super({
      code: "claims/no-such-id",
      what: `There is no ${data.what} ${JSON.stringify(id)}`,
      where: data.folder,
      remedy: "Run 'spoor claims list' to see what there is, and 'spoor claims show DOCUMENT' for its statements.",
      data: { ...data, id },
    });
  }
}

export class AmbiguousIdError extends SpoorError {
  constructor({ id, candidates }: { id: string; candidates: readonly string[] }) {
    const shown = candidates.slice(0, 8).join(", ");
    const more = candidates.length > 8 ? `, and ${candidates.length - 8} more` : "";
    super({
      code: "claims/ambiguous-id",
      what: `${JSON.stringify(cut(id, 100))} begins the ids of ${candidates.length} things: ${shown}${more}`,
      remedy: "Write more of the one that you mean.",
      data: { id: cut(id, 100), candidates: candidates.length },
    });
  }
}

/** A judgement that says nothing: of a claim with itself, of a side that the claim does not have, without a reason. */
export class JudgementError extends SpoorError {
  constructor(data: { why: string; remedy: string }) {
    super({ code: "claims/judgement", what: `This cannot be judged: ${data.why}`, remedy: data.remedy, data });
  }
}
