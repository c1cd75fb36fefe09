import { keptActors } from "spoor/cases/register-imports";
import {
  incidentById,
  incidentsAsCsv,
  incidentsAsStix,
  incidentsOf,
  keptRegisterSources,
  type RegisterSources,
  readActorFiles,
  readRegisterSources,
  totalOf,
} from "spoor/cases/registers";
import type { ActorRegister } from "spoor/registers";
import type { IncidentsJson } from "../contract/incidents.ts";
import { incidentJson, totalJson } from "../json/incidents.ts";
import { axesOf, type ReadOptions } from "../options.ts";
import { words } from "../print/claims-words.ts";
import { incidentLines, incidentPage, totalLines } from "../print/incidents.ts";
import { withBar } from "../terminal/progress.ts";
import { writeOut } from "../terminal/run.ts";
import { saySkipped } from "../terminal/say-skipped.ts";

interface SourceOptions extends ReadOptions {
  files?: string[];
}

interface ExportOptions extends SourceOptions {
  format: "stix" | "csv";
  registers?: string[];
}

/** What is read for a command. What is left out of it is said on stderr, and stands in the JSON. */
async function sourcesOf(options: SourceOptions): Promise<RegisterSources> {
  const { files, data } = options;
  const sources = await (files === undefined
    ? withBar((bar) =>
        keptRegisterSources({
          data,
          axes: axesOf(options),
          onProgress: ({ what, done, total }) => bar.report(what, done, total),
        }),
      )
    : readRegisterSources(files, { capturedAt: new Date().toISOString() }));
  saySkipped(sources.skipped);
  return sources;
}

/** Said in place of an empty list, where nothing was there to read. */
const nothingKept = (
  { files, data, asOf, knownAt }: SourceOptions,
  { analyses, writeUps, skipped }: RegisterSources,
) =>
  files === undefined &&
  asOf === undefined &&
  knownAt === undefined &&
  analyses.length + writeUps.length + skipped.length === 0
    ? `No documents in ${words(data)} yet; 'spoor claims add FILE' takes one in, 'spoor actors import FILE' a write-up.`
    : null;

const skippedOf = ({ skipped }: RegisterSources) => skipped.map(({ source, reason }) => ({ source, reason }));

const linesOr = (instead: string | null, lines: () => string[]): string[] => (instead === null ? lines() : [instead]);

export async function runList(options: SourceOptions): Promise<void> {
  const sources = await sourcesOf(options);
  const incidents = incidentsOf(sources).map(incidentJson);
  const printed: IncidentsJson = { incidents, skipped: skippedOf(sources) };
  if (options.json === true) await writeOut([JSON.stringify(printed)]);
  else for (const line of linesOr(nothingKept(options, sources), () => incidentLines(incidents))) console.log(line);
}

export async function runShow(id: string, options: SourceOptions): Promise<void> {
  const sources = await sourcesOf(options);
  const incident = incidentJson(incidentById(incidentsOf(sources), id));
  const printed: IncidentsJson = { incidents: [incident], skipped: skippedOf(sources) };
  if (options.json === true) await writeOut([JSON.stringify(printed)]);
  else for (const line of incidentPage(incident)) console.log(line);
}

export async function runTotal(options: SourceOptions & { unit: string }): Promise<void> {
  const sources = await sourcesOf(options);
  const total = totalJson(totalOf(incidentsOf(sources), options.unit.toUpperCase()), skippedOf(sources));
  if (options.json === true) await writeOut([JSON.stringify(total)]);
  else for (const line of linesOr(nothingKept(options, sources), () => totalLines(total))) console.log(line);
}

export async function runExport(options: ExportOptions): Promise<void> {
  const sources = await sourcesOf(options);
  const incidents = incidentsOf(sources);
  if (options.format === "csv") {
    process.stdout.write(incidentsAsCsv(incidents));
    return;
  }
  await writeOut([JSON.stringify(incidentsAsStix(sources, incidents, await registerOf(options)), null, 2)]);
}

/** The registers that are named; else those that are kept, where the documents are the kept ones too. */
async function registerOf(options: ExportOptions): Promise<ActorRegister | undefined> {
  if (options.registers !== undefined) return readActorFiles(options.registers);
  if (options.files !== undefined) return undefined;
  const { register, skipped } = await keptActors({ data: options.data, axes: axesOf(options) });
  saySkipped(skipped);
  return register.actors.length === 0 ? undefined : register;
}
