import { join } from "node:path";
import { DiskFullError, FolderNotWritableError } from "../../errors/ledger.ts";
import type { DocumentAnalysis } from "../analyse-document.ts";
import type { Document } from "../documents/document.ts";
import { keepBytes, keptBytes } from "../documents/keep-bytes.ts";
import type { Judgement } from "../judgement.ts";
import { readerVersion } from "./reader-version.ts";
import { insertImport, type RegisterImport, selectImports } from "./register-imports.ts";
import { openStoreFile, type StoreFile, type StoreFileOptions } from "./store-file.ts";
import { analysesOf } from "./stored-analyses.ts";
import { insertCapture, insertDocument, type StoredDocument, selectDocuments } from "./stored-documents.ts";
import { insertJudgement, selectJudgements } from "./stored-judgements.ts";
import { now, type TimeAxes, wasPublishedBy } from "./time-axes.ts";

/** A document and how it was come by. */
export interface AddedDocument {
  readonly document: Document;
  /** What `document.sha256` is of. */
  readonly bytes: Uint8Array;
  /** ISO 8601 in UTC, with milliseconds. */
  readonly addedAt: string;
  readonly mediaType?: string | null;
  /** Of what came from the web: the address that was asked for, and all that was sent. */
  readonly requested?: string | null;
  readonly warc?: Uint8Array | null;
}

/** Documents as they were known at a time and published by another. */
export interface DocumentsThen {
  readonly documents: readonly StoredDocument[];
  /** Left out, because it cannot be told whether they were published by then. Empty where no day was asked for. */
  readonly undated: readonly StoredDocument[];
}

/** Where the store of a data folder is: `claims.sqlite`, and the bytes in `documents/` under their hash. */
export const claimsFileName = "claims.sqlite";
const bytesFolderName = "documents";

/**
 * Documents, what was judged of what they say, and files of registers, in a data folder. Bytes are kept before the row
 * that names them; a row counts whole or not at all; nothing that was taken in or judged is ever changed. Several
 * processes may use one folder.
 */
export class ClaimsStore {
  readonly folder: string;
  readonly #file: StoreFile;
  readonly #bytesFolder: string;

  private constructor(folder: string, file: StoreFile) {
    this.folder = folder;
    this.#file = file;
    this.#bytesFolder = join(folder, bytesFolderName);
  }

  /**
   * Opens the store of a folder that is there, or makes it.
   * @throws ClaimsStoreUnreadableError, ClaimsStoreVersionError, ClaimsStoreBusyError, FolderNotWritableError,
   * DiskFullError
   */
  static open(folder: string, options: StoreFileOptions = {}): ClaimsStore {
    return new ClaimsStore(folder, openStoreFile(join(folder, claimsFileName), options));
  }

  close(): void {
    this.#file.close();
  }

  /**
   * Adds a document; the same bytes again are one more capture of it.
   * @returns whether it is new
   */
  async addDocument(added: AddedDocument): Promise<boolean> {
    const { document, bytes, addedAt, mediaType = null, requested = null } = added;
    const warc = added.warc == null ? null : await this.#keep(added.warc);
    const sha256 = await this.#keep(bytes);
    if (sha256 !== document.sha256) throw new RangeError("the bytes are not those of the document");
    const { source, capturedAt } = document;
    return insertDocument(this.#file, {
      document,
      capture: { source, requested, mediaType, capturedAt, addedAt, warc },
      reader: readerVersion(),
    });
  }

  /** Notes that the bytes of a document that is here were met once more, in another file. */
  addCapture(document: Document, met: { readonly source: string; readonly at: string }): void {
    const { source, at } = met;
    insertCapture(this.#file, document.sha256, {
      source,
      requested: null,
      mediaType: null,
      capturedAt: at,
      addedAt: at,
      warc: null,
    });
  }

  /** In the order in which they were added. */
  async documents({ asOf, knownAt }: TimeAxes = now): Promise<DocumentsThen> {
    const all = await selectDocuments(this.#file, {
      knownAt,
      reader: readerVersion(),
      bytesOf: (sha256) => keptBytes(this.#bytesFolder, sha256),
    });
    if (asOf === null) return { documents: all, undated: [] };
    const publishedBy = ({ document }: StoredDocument) => wasPublishedBy(document, asOf);
    return {
      documents: all.filter((one) => publishedBy(one) === true),
      undated: all.filter((one) => publishedBy(one) === null),
    };
  }

  /** What is found in documents of this store by reading each alone. Kept, so that it is found once. */
  analyses(documents: readonly Document[], onAnalysed?: (done: number) => void): DocumentAnalysis[] {
    return analysesOf(this.#file, documents, { reader: readerVersion(), onAnalysed });
  }

  /** The bytes of a document, a WARC or a register's file, checked against the hash. @throws DocumentUnreadableError */
  bytesOf(sha256: string): Promise<Uint8Array> {
    return keptBytes(this.#bytesFolder, sha256);
  }

  addJudgement(judgement: Judgement): void {
    insertJudgement(this.#file, judgement);
  }

  /** In the order in which they were made. */
  judgements({ knownAt }: Pick<TimeAxes, "knownAt"> = now): Judgement[] {
    return selectJudgements(this.#file, knownAt);
  }

  /** Keeps a file of a register. The same bytes in the same format again change nothing. @returns whether it is new */
  async addImport(bytes: Uint8Array, about: { format: string; name: string; at: string }): Promise<boolean> {
    const sha256 = await this.#keep(bytes);
    return insertImport(this.#file, { sha256, format: about.format, name: about.name, addedAt: about.at });
  }

  /** The files of registers, in the order in which they were added; `bytesOf` has their bytes. */
  imports({ knownAt }: Pick<TimeAxes, "knownAt"> = now): RegisterImport[] {
    return selectImports(this.#file, knownAt);
  }

  async #keep(bytes: Uint8Array): Promise<string> {
    try {
      return await keepBytes(this.#bytesFolder, bytes);
    } catch (cause) {
      const { code, message } = cause as NodeJS.ErrnoException;
      if (code === "ENOSPC" || code === "EDQUOT") throw new DiskFullError({ folder: this.folder, cause });
      if (code === undefined) throw cause;
      throw new FolderNotWritableError({ folder: this.folder, why: message, cause });
    }
  }
}
