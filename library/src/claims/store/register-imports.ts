import type { StoreFile } from "./store-file.ts";

/** A file of a register as it was taken in; its bytes are kept under their hash. */
export interface RegisterImport {
  readonly sha256: string;
  /** What it is to be parsed as; a word of whoever parses it. */
  readonly format: string;
  /** The file's name, or its address. */
  readonly name: string;
  readonly addedAt: string;
}

interface ImportRow {
  readonly sha256: string;
  readonly format: string;
  readonly name: string;
  readonly added_at: string;
}

/** @returns whether it is new: the same bytes in the same format are one import, the first */
export function insertImport(file: StoreFile, { sha256, format, name, addedAt }: RegisterImport): boolean {
  return file.transaction("write", () => {
    const rows = file.run(
      `INSERT INTO imports (sha256, format, name, added_at) VALUES (?, ?, ?, ?)
        ON CONFLICT (sha256, format) DO NOTHING`,
      sha256,
      format,
      name,
      addedAt,
    );
    return rows > 0;
  });
}

export function selectImports(file: StoreFile, knownAt: string | null): RegisterImport[] {
  return file
    .all<ImportRow>("SELECT * FROM imports WHERE added_at <= ? ORDER BY rowid", knownAt ?? "9999")
    .map(({ sha256, format, name, added_at }) => ({ sha256, format, name, addedAt: added_at }));
}
