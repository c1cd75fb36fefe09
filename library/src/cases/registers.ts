import { analyseDocument } from "../claims/analyse-document.ts";
import type { DocumentAnalysis } from "../claims/index.ts";
import { SpoorError } from "../errors/base.ts";
import { AmbiguousIdError } from "../errors/claims.ts";
import { ActorUnknownError, IncidentUnknownError } from "../errors/registers.ts";
import { visibleText } from "../evidence/text-safety.ts";
import {
  type ActorRegister,
  type AliasConflict,
  actorRegister,
  findAliasConflicts,
  findIncidents,
  type Incident,
  incidentsCsv,
  looksLikeWriteUp,
  type PossibleActor,
  readRegister,
  readWriteUp,
  type StixBundle,
  stixBundle,
  type TotalLosses,
  totalLosses,
  type WriteUp,
} from "../registers/index.ts";
import { type ClaimsQuestion, documentsThen } from "./claims-folder.ts";
import { registerFilesIn } from "./register-files.ts";
import { type ImportedBytes, keptWriteUps, readImport, type SkippedSource } from "./register-imports.ts";

/** What registers are made from: documents read before, and imported files. */
export interface RegisterSources {
  readonly analyses: readonly DocumentAnalysis[];
  readonly writeUps: readonly WriteUp[];
  readonly skipped: readonly SkippedSource[];
}

/**
 * Reads documents from files and folders, and the fields of those that are write-ups of incidents.
 * @param about.capturedAt ISO 8601; the clock is the caller's
 */
export async function readRegisterSources(
  paths: readonly string[],
  about: { readonly capturedAt: string },
): Promise<RegisterSources> {
  const analyses: DocumentAnalysis[] = [];
  const writeUps: WriteUp[] = [];
  const skipped: SkippedSource[] = [];
  // Loaded here: what a data folder keeps was read when it was taken in.
  const { readDocumentFiles } = await import("../claims/documents/read-document-files.ts");
  for await (const read of readDocumentFiles(paths, about)) {
    if (read.kind === "skipped") skipped.push({ source: read.source, reason: read.reason });
    if (read.kind !== "document") continue;
    analyses.push(analyseDocument(read.document));
    if (!looksLikeWriteUp(read.bytes)) continue;
    try {
      writeUps.push(readWriteUp(read.bytes, { name: read.document.source }));
    } catch (error) {
      if (!(error instanceof SpoorError)) throw error;
      skipped.push({ source: read.document.source, reason: error.message });
    }
  }
  return { analyses, writeUps, skipped };
}

/** The incidents' sources that a data folder keeps: its documents, and the write-ups that were imported. */
export async function keptRegisterSources(question: ClaimsQuestion): Promise<RegisterSources> {
  const { analyses, undated } = await documentsThen(question);
  const { writeUps, skipped } = await keptWriteUps(question);
  const { asOf } = question.axes;
  const reason = `It is not known whether it was published by ${asOf}.`;
  return {
    analyses,
    writeUps,
    skipped: [...undated.map(({ document }) => ({ source: document.source, reason })), ...skipped],
  };
}

/** The write-ups among imported files, and the register of actors that the others come to. */
export function readImports(files: Iterable<ImportedBytes>): { writeUps: WriteUp[]; register: ActorRegister } {
  const read = [...files].map(readImport);
  return {
    writeUps: read.flatMap((one) => (one.kind === "write-up" ? [one.writeUp] : [])),
    register: actorRegister(read.flatMap((one) => (one.kind === "actors" ? [one.register] : []))),
  };
}

/**
 * Reads registers of actors from files, and from the JSON files of folders.
 * @throws RegisterFileError and the errors of `readRegister`
 */
export async function readActorFiles(paths: readonly string[]): Promise<ActorRegister> {
  const files = await registerFilesIn(paths, [".json"]);
  return actorRegister(files.map(({ bytes, name }) => readRegister(bytes, { name })));
}

/** The incidents of documents and write-ups. */
export const incidentsOf = ({ analyses, writeUps }: Pick<RegisterSources, "analyses" | "writeUps">): Incident[] =>
  findIncidents(analyses, writeUps);

/**
 * One incident by an id of it or the beginning of one, with or without "incident-".
 * @throws IncidentUnknownError, AmbiguousIdError
 */
export function incidentById(incidents: readonly Incident[], id: string): Incident {
  const wanted = id.trim().replace(/^incident-/u, "");
  const named = (matches: (digits: string) => boolean) =>
    incidents.filter(({ ids }) => ids.some((one) => matches(one.slice("incident-".length))));
  const exact = named((digits) => digits === wanted);
  const [found, ...others] = exact.length > 0 ? exact : named((digits) => digits.startsWith(wanted));
  if (found === undefined) throw new IncidentUnknownError({ id });
  if (others.length > 0) throw new AmbiguousIdError({ id, candidates: [found, ...others].map((one) => one.id).sort() });
  return found;
}

/** What incidents come to in a unit. */
export const totalOf = (incidents: readonly Incident[], unit: string): TotalLosses => totalLosses(incidents, { unit });

/** Incidents as a STIX 2.1 bundle. */
export const incidentsAsStix = (
  { analyses }: Pick<RegisterSources, "analyses">,
  incidents: readonly Incident[],
  register?: ActorRegister,
): StixBundle =>
  stixBundle({
    incidents,
    documents: analyses.map(({ document }) => document),
    ...(register === undefined ? {} : { register }),
  });

/** Incidents as CSV that spreadsheets open safely. */
export const incidentsAsCsv = (incidents: readonly Incident[]): string => incidentsCsv(incidents, visibleText);

/**
 * Who may be meant by a name, with the register that says so.
 * @throws ActorUnknownError
 */
export function possibleActors(register: ActorRegister, name: string): PossibleActor[] {
  const found = register.lookUp(name);
  if (found.length === 0) throw new ActorUnknownError({ name, known: register.actors.length });
  return found;
}

/** The names that registers put to different actors. */
export const aliasConflicts = (register: ActorRegister): AliasConflict[] => findAliasConflicts(register);
