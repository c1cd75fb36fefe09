import { SpoorError } from "../../errors/base.ts";
import type { Document } from "../documents/document.ts";
import { keepIfPossible, type StoreFile } from "./store-file.ts";
import type { TimeAxes } from "./time-axes.ts";

/** Where and when bytes were met. The same bytes may be met again, elsewhere or later. */
export interface StoredCapture {
  readonly source: string;
  /** The address that was asked for, where redirects led on from it; null for files. */
  readonly requested: string | null;
  readonly mediaType: string | null;
  readonly capturedAt: string;
  readonly addedAt: string;
  /** SHA-256 of the kept WARC; null for files. */
  readonly warc: string | null;
}

export interface StoredDocument {
  readonly document: Document;
  readonly addedAt: string;
  /** In the order in which they were added; the first is what the document was read as. */
  readonly captures: readonly StoredCapture[];
}

interface DocumentRow {
  readonly sha256: string;
  readonly source: string;
  readonly media_type: string | null;
  readonly captured_at: string;
  readonly added_at: string;
  readonly reader: string | null;
  readonly document: string | null;
}

interface CaptureRow {
  readonly sha256: string;
  readonly source: string;
  readonly requested: string | null;
  readonly media_type: string | null;
  readonly captured_at: string;
  readonly added_at: string;
  readonly warc: string | null;
}

/**
 * Adds a document that is not there, and a capture of it in any case.
 * @returns whether the document is new
 */
export function insertDocument(
  file: StoreFile,
  added: { readonly document: Document; readonly capture: StoredCapture; readonly reader: string },
): boolean {
  const { document, capture, reader } = added;
  const { source, mediaType, capturedAt, addedAt } = capture;
  return file.transaction("write", () => {
    const rows = file.run(
      `INSERT INTO documents (sha256, id, source, media_type, captured_at, added_at) VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT (sha256) DO NOTHING`,
      document.sha256,
      document.id,
      source,
      mediaType,
      capturedAt,
      addedAt,
    );
    insertCapture(file, document.sha256, capture);
    if (rows > 0) insertReading(file, document, reader);
    return rows > 0;
  });
}

/** Notes that the bytes of a document that is there were met once more. */
export function insertCapture(file: StoreFile, sha256: string, capture: StoredCapture): void {
  const { source, requested, mediaType, capturedAt, addedAt, warc } = capture;
  file.run(
    `INSERT INTO captures (sha256, source, requested, media_type, captured_at, added_at, warc)
      VALUES (?, ?, ?, ?, ?, ?, ?)`,
    sha256,
    source,
    requested,
    mediaType,
    capturedAt,
    addedAt,
    warc,
  );
}

function insertReading(file: StoreFile, document: Document, reader: string): void {
  file.run(
    `INSERT INTO readings (sha256, reader, document) VALUES (?, ?, ?)
      ON CONFLICT (sha256) DO UPDATE SET reader = excluded.reader, document = excluded.document, analysis = NULL`,
    document.sha256,
    reader,
    JSON.stringify(document),
  );
}

/**
 * The documents that were added by a time, in the order in which they were. What another reader read is read anew from
 * the kept bytes.
 */
export async function selectDocuments(
  file: StoreFile,
  asked: {
    readonly knownAt: TimeAxes["knownAt"];
    readonly reader: string;
    readonly bytesOf: (sha256: string) => Promise<Uint8Array>;
  },
): Promise<StoredDocument[]> {
  const { reader, bytesOf } = asked;
  const until = asked.knownAt ?? "9999";
  const { documents, captures } = file.transaction("read", () => ({
    documents: file.all<DocumentRow>(
      `SELECT documents.*, readings.reader, readings.document FROM documents LEFT JOIN readings USING (sha256)
        WHERE added_at <= ? ORDER BY documents.rowid`,
      until,
    ),
    captures: file.all<CaptureRow>("SELECT * FROM captures WHERE added_at <= ? ORDER BY position", until),
  }));
  const capturesOf = Map.groupBy(captures, ({ sha256 }) => sha256);
  const found: StoredDocument[] = [];
  let mayKeep = true;
  for (const row of documents) {
    let document = row.reader === reader ? keptDocument(row) : null;
    if (document === null) {
      const again = await readAgain(row, bytesOf);
      if (again.isNew && mayKeep) mayKeep = keepIfPossible(file, () => insertReading(file, again.document, reader));
      document = again.document;
    }
    found.push({ document, addedAt: row.added_at, captures: (capturesOf.get(row.sha256) ?? []).map(captureOf) });
  }
  return found;
}

/** null where there is none, or where the disk changed it: it can be read again. */
function keptDocument({ document, sha256 }: DocumentRow): Document | null {
  if (document === null) return null;
  try {
    const kept = JSON.parse(document) as Document;
    return kept.sha256 === sha256 ? kept : null;
  } catch {
    return null;
  }
}

async function readAgain(
  row: DocumentRow,
  bytesOf: (sha256: string) => Promise<Uint8Array>,
): Promise<{ document: Document; isNew: boolean }> {
  const { source, media_type, captured_at } = row;
  // Loaded here: the readings of most are kept.
  const { readDocument } = await import("../documents/read-document.ts");
  try {
    const origin = { name: source, mediaType: media_type ?? undefined, capturedAt: captured_at };
    return { document: await readDocument(await bytesOf(row.sha256), origin), isNew: true };
  } catch (error) {
    // A reader that refuses what an earlier one took in takes nothing away, and neither does a file that is lost.
    const before = keptDocument(row);
    if (!(error instanceof SpoorError) || before === null) throw error;
    return { document: before, isNew: false };
  }
}

function captureOf({ source, requested, media_type, captured_at, added_at, warc }: CaptureRow): StoredCapture {
  return { source, requested, mediaType: media_type, capturedAt: captured_at, addedAt: added_at, warc };
}
