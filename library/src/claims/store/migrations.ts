/** One step from a version of the tables to the next. Steps are never changed once they were published: add one. */
export interface Migration {
  readonly name: string;
  /** The step before it: two branches that each add one are seen when they meet. */
  readonly after: string | null;
  readonly sql: string;
}

/** What was taken in is never changed, and neither is what a person judged. */
const appendOnly = (table: string) => `
  CREATE TRIGGER ${table}_stay BEFORE UPDATE ON ${table}
    BEGIN SELECT RAISE(ABORT, '${table} are never changed'); END;
  CREATE TRIGGER ${table}_remain BEFORE DELETE ON ${table}
    BEGIN SELECT RAISE(ABORT, '${table} are never deleted'); END;`;

/** In order; the version of a store is how many of them it has been through. */
export const migrations: readonly Migration[] = [
  {
    name: "documents and their captures",
    after: null,
    // `source`, `media_type` and `captured_at` are of the first capture: with the bytes they give the document.
    sql: `
  CREATE TABLE documents (
    sha256 TEXT PRIMARY KEY CHECK (length(sha256) = 64),
    id TEXT NOT NULL UNIQUE,
    source TEXT NOT NULL,
    media_type TEXT,
    captured_at TEXT NOT NULL,
    added_at TEXT NOT NULL
  ) STRICT;
  CREATE TABLE captures (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    sha256 TEXT NOT NULL REFERENCES documents,
    source TEXT NOT NULL,
    requested TEXT,
    media_type TEXT,
    captured_at TEXT NOT NULL,
    added_at TEXT NOT NULL,
    warc TEXT CHECK (warc IS NULL OR length(warc) = 64)
  ) STRICT;
  CREATE INDEX captures_of ON captures (sha256);
  ${appendOnly("documents")}${appendOnly("captures")}`,
  },
  {
    name: "judgements",
    after: "documents and their captures",
    // `detail` is JSON: what the kind of judgement has besides what it is of.
    sql: `
  CREATE TABLE judgements (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    what TEXT NOT NULL,
    detail TEXT NOT NULL CHECK (json_valid(detail)),
    by TEXT NOT NULL,
    at TEXT NOT NULL,
    reason TEXT NOT NULL
  ) STRICT;
  ${appendOnly("judgements")}`,
  },
  {
    name: "imports of registers",
    after: "judgements",
    sql: `
  CREATE TABLE imports (
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
    format TEXT NOT NULL,
    name TEXT NOT NULL,
    added_at TEXT NOT NULL,
    PRIMARY KEY (sha256, format)
  ) STRICT;
  ${appendOnly("imports")}`,
  },
  {
    name: "readings",
    after: "imports of registers",
    // All of it follows from the kept bytes and the reader, and is written anew where the reader is another.
    sql: `
  CREATE TABLE readings (
    sha256 TEXT PRIMARY KEY REFERENCES documents,
    reader TEXT NOT NULL,
    document TEXT NOT NULL,
    analysis TEXT
  ) STRICT;`,
  },
];
