import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import {
  ClaimsStoreBusyError,
  ClaimsStoreFailedError,
  ClaimsStoreUnreadableError,
  ClaimsStoreVersionError,
} from "../../errors/claims.ts";
import { DiskFullError, FolderNotWritableError } from "../../errors/ledger.ts";
import { migrations } from "./migrations.ts";
import { keepIfPossible, openStoreFile, type StoreFile } from "./store-file.ts";

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "spoor-store-"));
  path = join(folder, "claims.sqlite");
});
afterEach(() => rmSync(folder, { recursive: true }));

const hash = "a".repeat(64);
const insertDocument = "INSERT INTO documents VALUES (?, 'aaaa', 'a.txt', NULL, '2031-04-17', '2031-04-18')";
const insertJudgement =
  "INSERT INTO judgements (kind, what, detail, by, at, reason) VALUES ('confirm', 'claim-1', '{}', 'A', 'T', '')";
const schemaOf = (file: StoreFile) => file.all("SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY name");

test("a store keeps what it was given through a loss of power: WAL, synchronous=FULL, foreign keys", () => {
  const file = openStoreFile(path);
  expect(file.all("PRAGMA journal_mode")).toMatchObject([{ journal_mode: "wal" }]);
  expect(file.all("PRAGMA synchronous")).toMatchObject([{ synchronous: 2 }]);
  expect(file.all("PRAGMA foreign_keys")).toMatchObject([{ foreign_keys: 1 }]);
  expect(() => file.run("INSERT INTO readings (sha256, reader, document) VALUES (?, '', '')", hash)).toThrow(
    ClaimsStoreFailedError,
  );
  file.close();
  const [bytes] = [readFileSync(path)];
  expect(bytes.toString("latin1", 68, 72)).toBe("Spoo");
});

test("the steps are chained by their names, and none was changed since it was published", () => {
  expect(migrations.map(({ after }) => after)).toEqual([null, ...migrations.slice(0, -1).map(({ name }) => name)]);
  const digest = (sql: string) => createHash("sha256").update(sql.replace(/\s+/gu, " ")).digest("hex").slice(0, 16);
  expect(migrations.map(({ name, sql }) => `${digest(sql)} ${name}`)).toMatchInlineSnapshot(`
    [
      "17b7d66ed7f2fbd5 documents and their captures",
      "d6a3c6592588ce06 judgements",
      "6df9bd18b921b231 imports of registers",
      "51e82448d7243ed7 readings",
    ]
  `);
});

test.each(migrations.map((_, version) => version))(
  "a store of version %i is brought up to date with all it holds",
  (version) => {
    const old = openStoreFile(path, { migrations: migrations.slice(0, version) });
    if (version >= 1) old.run(insertDocument, hash);
    if (version >= 2) old.run(insertJudgement);
    old.close();
    const file = openStoreFile(path);
    expect(file.all("PRAGMA user_version")).toMatchObject([{ user_version: migrations.length }]);
    expect(file.all("SELECT sha256 FROM documents")).toMatchObject(version >= 1 ? [{ sha256: hash }] : []);
    expect(file.all("SELECT what FROM judgements")).toMatchObject(version >= 2 ? [{ what: "claim-1" }] : []);
    const fresh = openStoreFile(join(folder, "fresh.sqlite"));
    expect(schemaOf(file)).toEqual(schemaOf(fresh));
    fresh.close();
    file.close();
  },
);

test("a step that fails leaves the version before it", () => {
  openStoreFile(path, { migrations: migrations.slice(0, 1) }).close();
  const broken = [
    ...migrations.slice(0, 2),
    { name: "broken", after: "judgements", sql: "CREATE TABLE judgements (x)" },
  ];
  expect(() => openStoreFile(path, { migrations: broken })).toThrow(ClaimsStoreFailedError);
  const database = new DatabaseSync(path);
  expect(database.prepare("PRAGMA user_version").get()).toMatchObject({ user_version: 1 });
  expect(database.prepare("SELECT count(*) AS n FROM sqlite_schema WHERE name = 'judgements'").get()).toEqual({ n: 0 });
  database.close();
});

test("a store of a newer program is refused, and stays as it is", () => {
  openStoreFile(path).close();
  const database = new DatabaseSync(path);
  database.exec(`PRAGMA user_version = ${migrations.length + 1}`);
  database.close();
  const before = readFileSync(path);
  expect(() => openStoreFile(path)).toThrow(ClaimsStoreVersionError);
  expect(() => openStoreFile(path)).toThrow(/is in version 5, this program knows 4/u);
  expect(readFileSync(path).equals(before)).toBe(true);
});

test("what is no SQLite file, and what another program made, is refused and stays as it is", () => {
  writeFileSync(path, "This is a letter, and no database. ".repeat(200));
  expect(() => openStoreFile(path)).toThrow(/it is no SQLite file/u);
  expect(readFileSync(path, "utf8")).toMatch(/^This is a letter/u);
  rmSync(path);
  const other = new DatabaseSync(path);
  other.exec("CREATE TABLE recipes (name)");
  other.close();
  expect(() => openStoreFile(path)).toThrow(/a database of another program/u);
});

test("an empty file is what a process leaves that was killed while it made the store", () => {
  writeFileSync(path, "");
  const file = openStoreFile(path);
  file.run(insertDocument, hash);
  file.close();
});

test("a damaged store is refused, or says what it held: never anything else", () => {
  const file = openStoreFile(path);
  file.run(insertDocument, hash);
  file.run(insertJudgement);
  file.close();
  const sound = readFileSync(path);
  const read = () => {
    const opened = openStoreFile(path);
    try {
      return opened.all("SELECT sha256, source FROM documents").concat(opened.all("SELECT kind FROM judgements"));
    } finally {
      opened.close();
    }
  };
  truncateSync(path, sound.length - 5000);
  expect(read).toThrow(ClaimsStoreUnreadableError);
  fc.assert(
    fc.property(fc.nat(sound.length - 1), fc.integer({ min: 1, max: 600 }), fc.nat(255), (at, length, value) => {
      const damaged = Buffer.from(sound);
      damaged.fill(value, at, Math.min(at + length, sound.length));
      writeFileSync(path, damaged);
      rmSync(`${path}-wal`, { force: true });
      rmSync(`${path}-shm`, { force: true });
      try {
        read();
      } catch (error) {
        const isSaid = [ClaimsStoreUnreadableError, ClaimsStoreVersionError, ClaimsStoreFailedError];
        expect(isSaid.some((type) => error instanceof type)).toBe(true);
      }
    }),
    { seed: 4, numRuns: 150 },
  );
});

test("while another process writes it is waited for, and then said to be busy; nothing is half done", () => {
  openStoreFile(path).close();
  const other = new DatabaseSync(path);
  const file = openStoreFile(path, { waitMs: 20 });
  other.exec("BEGIN IMMEDIATE");
  const write = () => file.transaction("write", () => file.run(insertDocument, hash));
  expect(write).toThrow(ClaimsStoreBusyError);
  expect(write).toThrow(/busy: another process has been writing it for 0.02 s/u);
  // Reading goes on, and what can be made again is not waited for.
  openStoreFile(path, { waitMs: 20 }).close();
  keepIfPossible(file, () => file.run(insertDocument, hash));
  expect(file.transaction("read", () => file.all("SELECT * FROM documents"))).toEqual([]);
  other.exec("COMMIT");
  expect(write()).toBe(1);
  file.close();
  other.close();
});

test("a store that is not there yet is waited for while another process makes it", () => {
  const other = new DatabaseSync(path);
  other.exec("BEGIN IMMEDIATE; CREATE TABLE being_made (x)");
  expect(() => openStoreFile(path, { waitMs: 20 })).toThrow(ClaimsStoreBusyError);
  other.exec("ROLLBACK");
  other.close();
  openStoreFile(path).close();
});

test("a transaction that fails in the middle leaves nothing, and the next one works", () => {
  const file = openStoreFile(path);
  const half = () =>
    file.transaction("write", () => {
      file.run(insertDocument, hash);
      throw new RangeError("stop");
    });
  expect(half).toThrow(RangeError);
  expect(file.all("SELECT * FROM documents")).toEqual([]);
  expect(file.transaction("write", () => file.run(insertDocument, hash))).toBe(1);
  file.close();
});

test("a full disk is said", () => {
  const file = openStoreFile(path);
  file.all("PRAGMA max_page_count = 20");
  const fill = () => {
    for (let n = 0; n < 100; n++) file.run(insertJudgement.replace("''", `'${"x".repeat(4000)}'`));
  };
  expect(fill).toThrow(DiskFullError);
  file.close();
});

test("folders that are none, or that cannot be written, are refused", () => {
  writeFileSync(join(folder, "file"), "");
  expect(() => openStoreFile(join(folder, "file/claims.sqlite"))).toThrow(FolderNotWritableError);
  expect(() => openStoreFile(join(folder, "nowhere/claims.sqlite"))).toThrow(FolderNotWritableError);
  mkdirSync(path);
  expect(() => openStoreFile(path)).toThrow(FolderNotWritableError);
});

test.each(["documents", "captures", "judgements", "imports"])(
  "%s are never changed or deleted, whoever writes",
  (table) => {
    const file = openStoreFile(path);
    file.run(insertDocument, hash);
    file.run("INSERT INTO captures (sha256, source, captured_at, added_at) VALUES (?, 'a', 'T', 'T')", hash);
    file.run(insertJudgement);
    file.run("INSERT INTO imports VALUES (?, 'stix', 'a.json', 'T')", hash);
    file.close();
    const other = new DatabaseSync(path);
    const column = { documents: "source", captures: "source", judgements: "reason", imports: "name" }[table];
    expect(() => other.exec(`UPDATE ${table} SET ${column} = 'other'`)).toThrow(/are never changed/u);
    expect(() => other.exec(`DELETE FROM ${table}`)).toThrow(/are never deleted/u);
    other.close();
    const again = openStoreFile(path);
    const replace = `REPLACE INTO ${table} SELECT * FROM ${table}`;
    expect(() => again.run(replace)).toThrow(/are never deleted/u);
    expect(again.all(`SELECT * FROM ${table}`)).toHaveLength(1);
    again.close();
  },
);
