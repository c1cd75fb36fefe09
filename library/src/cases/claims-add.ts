import { type Clock, systemClock } from "../bitcoin/clock.ts";
import { type CaptureOptions, captureUrl } from "../claims/documents/capture-url.ts";
import type { Document } from "../claims/documents/document.ts";
import { readDocument } from "../claims/documents/read-document.ts";
import { readDocumentFiles } from "../claims/documents/read-document-files.ts";
import type { ClaimsStore } from "../claims/store/claims-store.ts";
import { SpoorError, scrubCredentials } from "../errors/base.ts";
import { type ClaimsProgress, withClaimsStore } from "./claims-folder.ts";

export interface AddDocumentsRequest {
  /** The data folder; made where it is not there. */
  readonly data: string;
  /** Files, folders, and addresses that begin with `http://` or `https://`. */
  readonly sources: readonly string[];
  readonly clock?: Pick<Clock, "now">;
  /** Stops before the next document; those before stay. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: ClaimsProgress) => void;
  readonly capture?: Pick<CaptureOptions, "limits" | "resolve" | "allowLoopback">;
}

export interface AddDocumentsResult {
  /** Each once, in the order in which they were met. */
  readonly documents: readonly { readonly document: Document; readonly isNew: boolean }[];
  readonly skipped: readonly { readonly source: string; readonly reason: string }[];
}

/** What is no path: `file:` and the like are refused by name rather than looked for on the disk. */
const addressPattern = /^[a-z][a-z0-9+.-]*:\/\//iu;

/**
 * Takes documents in. What cannot be read is set aside with its reason, and the rest is taken in; each document counts
 * once it is stored, so that the same call after a kill completes what it began.
 * @throws FolderNotWritableError, DiskFullError, ClaimsStoreUnreadableError, ClaimsStoreVersionError,
 * ClaimsStoreBusyError
 */
export async function addDocuments(request: AddDocumentsRequest): Promise<AddDocumentsResult> {
  return withClaimsStore(request.data, async (store) => {
    const adding = new Adding(store, request);
    for (const source of request.sources) {
      if (request.signal?.aborted === true) break;
      await (addressPattern.test(source) ? adding.address(source) : adding.path(source));
    }
    return { documents: [...adding.documents.values()], skipped: adding.skipped };
  });
}

class Adding {
  readonly documents = new Map<string, { document: Document; isNew: boolean }>();
  readonly skipped: { source: string; reason: string }[] = [];
  readonly #store: ClaimsStore;
  readonly #request: AddDocumentsRequest;

  constructor(store: ClaimsStore, request: AddDocumentsRequest) {
    this.#store = store;
    this.#request = request;
  }

  async path(path: string): Promise<void> {
    const capturedAt = this.#now();
    let met = 0;
    for await (const read of readDocumentFiles([path], { capturedAt })) {
      met++;
      if (this.#request.signal?.aborted === true) return;
      if (read.kind === "skipped") this.#skip(read.source, read.reason);
      else if (read.kind === "document") await this.#add(read.document, { bytes: read.bytes });
      else this.#store.addCapture(this.documents.get(read.id)!.document, { source: read.source, at: this.#now() });
    }
    if (met === 0) this.#skip(path, "The folder is empty.");
  }

  async address(url: string): Promise<void> {
    const now = () => this.#now();
    try {
      const { signal, capture } = this.#request;
      const got = await captureUrl(url, { ...capture, now, ...(signal === undefined ? {} : { signal }) });
      const { bytes, mediaType, capturedAt, requestedUrl, warc } = got;
      const document = await readDocument(bytes, {
        name: got.url,
        mediaType: mediaType ?? undefined,
        capturedAt,
      });
      await this.#add(document, { bytes, mediaType, requested: requestedUrl, warc });
    } catch (error) {
      if (this.#request.signal?.aborted === true) return;
      if (!(error instanceof SpoorError) || !isAboutDocument(error)) throw error;
      this.#skip(url, error.message);
    }
  }

  async #add(document: Document, got: Omit<Parameters<ClaimsStore["addDocument"]>[0], "document" | "addedAt">) {
    const isNew = await this.#store.addDocument({ document, ...got, addedAt: this.#now() });
    const known = this.documents.get(document.id);
    if (known === undefined) this.documents.set(document.id, { document, isNew });
    this.#progress();
  }

  #skip(source: string, reason: string): void {
    this.skipped.push({ source: scrubCredentials(source), reason });
    this.#progress();
  }

  #progress(): void {
    const done = this.documents.size + this.skipped.length;
    this.#request.onProgress?.({ what: "taking documents in:", done, total: null });
  }

  #now(): string {
    return new Date((this.#request.clock ?? systemClock).now()).toISOString();
  }
}

/** That the store fails is nothing to be set aside. */
const isAboutDocument = ({ code }: SpoorError) => /^claims\/(?:document|pdf|url)-/u.test(code);
