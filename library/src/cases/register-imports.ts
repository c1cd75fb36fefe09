import { type Clock, systemClock } from "../bitcoin/clock.ts";
import type { ClaimsStore } from "../claims/store/claims-store.ts";
import { type TimeAxes, wasPublishedBy } from "../claims/store/time-axes.ts";
import { SpoorError } from "../errors/base.ts";
import { RegisterFormatError } from "../errors/registers.ts";
import {
  type Actor,
  type ActorRegister,
  actorRegister,
  looksLikeWriteUp,
  type RegisterFile,
  readRegister,
  readWriteUp,
  type WriteUp,
} from "../registers/index.ts";
import { withClaimsRead, withClaimsStore } from "./claims-folder.ts";
import { registerFilesIn } from "./register-files.ts";

/** What was not read, and why. */
export interface SkippedSource {
  readonly source: string;
  readonly reason: string;
}

/** A file that was imported, as it was given. */
export interface ImportedBytes {
  readonly bytes: Uint8Array;
  readonly name: string;
}

/** What an imported file is: entries of actors, or the fields of one incident. */
export type ReadImport =
  | { readonly kind: "actors"; readonly register: RegisterFile }
  | { readonly kind: "write-up"; readonly writeUp: WriteUp };

/**
 * Reads a file as what it is: MITRE ATT&CK, a MISP galaxy of threat actors, or a write-up of an incident.
 * @throws RegisterTooLargeError, RegisterJsonError, RegisterFormatError, RegisterEntryError
 */
export function readImport({ bytes, name }: ImportedBytes): ReadImport {
  if (looksLikeWriteUp(bytes)) return { kind: "write-up", writeUp: readWriteUp(bytes, { name }) };
  if (!looksLikeJson(bytes)) {
    const why = "it is neither JSON nor begins with fields between --- and ---, one of which names a target";
    throw new RegisterFormatError({ file: name, why });
  }
  return { kind: "actors", register: readRegister(bytes, { name }) };
}

const looksLikeJson = (bytes: Uint8Array): boolean =>
  /^\ufeff?\s*[[{]/u.test(Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 1000)).toString("utf8"));

export interface ImportRegistersRequest {
  /** The data folder; made where it is not there. */
  readonly data: string;
  /** Files, and folders with their JSON and Markdown files. */
  readonly paths: readonly string[];
  readonly clock?: Pick<Clock, "now">;
}

export interface ImportedRegister {
  readonly name: string;
  readonly sha256: string;
  readonly read: ReadImport;
  /** False where the same bytes are kept already. */
  readonly isNew: boolean;
}

export interface ImportResult {
  readonly imported: readonly ImportedRegister[];
  /** Files of folders that are something else than what is read here. */
  readonly skipped: readonly SkippedSource[];
}

/**
 * Keeps files of registers in a data folder. All are read first: where one cannot be, none is kept. What stands in a
 * folder and is no register at all, as an index of it, is set aside with its reason.
 * @throws RegisterFileError, the errors of `readImport`, FolderNotWritableError, DiskFullError and those of the store
 */
export async function importRegisters(request: ImportRegistersRequest): Promise<ImportResult> {
  const { data, paths, clock = systemClock } = request;
  const skipped: SkippedSource[] = [];
  const files = (await registerFilesIn(paths, [".json", ".md"])).flatMap((file) => {
    try {
      return [{ ...file, read: readImport(file) }];
    } catch (error) {
      if (file.isNamed || !(error instanceof RegisterFormatError)) throw error;
      skipped.push({ source: file.name, reason: error.message });
      return [];
    }
  });
  if (files.length === 0) return { imported: [], skipped };
  return withClaimsStore(data, async (store) => {
    const imported: ImportedRegister[] = [];
    for (const { bytes, name, read } of files) {
      const at = new Date(clock.now()).toISOString();
      const isNew = await store.addImport(bytes, { format: read.kind, name, at });
      const { sha256 } = read.kind === "actors" ? read.register : read.writeUp;
      imported.push({ name, sha256, read, isNew });
    }
    return { imported, skipped };
  });
}

/** What is asked of the imports of a data folder. */
export interface ImportsQuestion {
  readonly data: string;
  readonly axes: TimeAxes;
}

/** The write-ups that a data folder keeps. As of a day there are none: they do not say when they were published. */
export async function keptWriteUps({
  data,
  axes,
}: ImportsQuestion): Promise<{ writeUps: WriteUp[]; skipped: SkippedSource[] }> {
  const writeUps: WriteUp[] = [];
  const { kept, skipped } = await keptImports({ data, axes }, "write-up");
  for (const { name, read } of kept) {
    if (read.kind !== "write-up") continue;
    if (axes.asOf === null) writeUps.push(read.writeUp);
    else skipped.push({ source: name, reason: `It is not known whether it was published by ${axes.asOf}.` });
  }
  return { writeUps, skipped };
}

/** Registers of actors as they stood on a day. */
export interface ActorsThen {
  readonly register: ActorRegister;
  readonly skipped: readonly SkippedSource[];
}

/**
 * The registers of actors that a data folder keeps. As of a day only entries are in them that say that they were last
 * changed by then.
 */
export async function keptActors({ data, axes }: ImportsQuestion): Promise<ActorsThen> {
  const { kept, skipped } = await keptImports({ data, axes }, "actors");
  const files: RegisterFile[] = [];
  for (const { name, read } of kept) {
    if (read.kind !== "actors") continue;
    const { register } = read;
    const actors = register.actors.filter((actor) => stoodBy(actor, axes.asOf));
    const left = register.actors.length - actors.length;
    if (left > 0) {
      const what = left === 1 ? "1 entry is left out: it does" : `${left} entries are left out: they do`;
      skipped.push({ source: name, reason: `${what} not say to have stood so by ${axes.asOf}.` });
    }
    files.push({ ...register, actors });
  }
  return { register: actorRegister(files), skipped };
}

function stoodBy({ modified }: Actor, asOf: string | null): boolean {
  if (asOf === null) return true;
  if (modified === null) return false;
  const published = { value: modified, precision: "second", zoned: true, basis: "meta" } as const;
  return wasPublishedBy({ published }, asOf) === true;
}

interface Kept {
  readonly name: string;
  readonly read: ReadImport;
}

async function keptImports(
  { data, axes }: ImportsQuestion,
  kind: ReadImport["kind"],
): Promise<{ kept: Kept[]; skipped: SkippedSource[] }> {
  const kept: Kept[] = [];
  const skipped: SkippedSource[] = [];
  const met = new Set<string>();
  await withClaimsRead(data, async (store: ClaimsStore) => {
    for (const { format, name, sha256 } of store.imports(axes)) {
      if (format !== kind) continue;
      // Two states of one file are told apart: what two files tell may be joined, what one tells apart may not.
      const own = met.has(name) ? `${name} [${sha256.slice(0, 8)}]` : name;
      met.add(name);
      try {
        kept.push({ name: own, read: readImport({ bytes: await store.bytesOf(sha256), name: own }) });
      } catch (error) {
        // A reader that refuses what an earlier one kept takes nothing else away, and neither does a file that is lost.
        if (!(error instanceof SpoorError)) throw error;
        skipped.push({ source: own, reason: error.message });
      }
    }
  });
  return { kept, skipped };
}
