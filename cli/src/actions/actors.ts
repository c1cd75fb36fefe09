import { type ActorsThen, importRegisters, keptActors } from "spoor/cases/register-imports";
import { aliasConflicts, possibleActors, readActorFiles } from "spoor/cases/registers";
import type { ActorRegister } from "spoor/registers";
import type { ActorsJson, AliasConflictsJson, PossibleActorsJson } from "../contract/actors.ts";
import { actorJson, actorsImportJson, conflictJson, namingJson } from "../json/actors.ts";
import { axesOf, type ReadOptions } from "../options.ts";
import { actorLines, conflictLines, importLines, possibleLines } from "../print/actors.ts";
import { words } from "../print/claims-words.ts";
import { writeOut } from "../terminal/run.ts";
import { saySkipped } from "../terminal/say-skipped.ts";

interface SourceOptions extends ReadOptions {
  files?: string[];
}

/** What is read for a command. What is left out of it is said on stderr, and stands in the JSON of the list. */
async function actorsOf(options: SourceOptions): Promise<ActorsThen> {
  if (options.files !== undefined) return { register: await readActorFiles(options.files), skipped: [] };
  const then = await keptActors({ data: options.data, axes: axesOf(options) });
  saySkipped(then.skipped);
  return then;
}

/** Said in place of an empty list, where no register is kept. */
const linesOr = ({ files, data }: SourceOptions, { files: read }: ActorRegister, lines: () => string[]): string[] =>
  files === undefined && read.length === 0
    ? [`No registers in ${words(data)}; 'spoor actors import FILE' keeps one.`]
    : lines();

export async function runImport(paths: string[], { data, json }: { data: string; json?: boolean }): Promise<void> {
  const result = await importRegisters({ data, paths });
  saySkipped(result.skipped);
  const printed = actorsImportJson(result);
  if (json === true) await writeOut([JSON.stringify(printed)]);
  else for (const line of importLines(printed)) console.log(line);
}

export async function runList(options: SourceOptions): Promise<void> {
  const { register, skipped } = await actorsOf(options);
  const { files, actors } = register;
  const printed: ActorsJson = {
    files: files.map(({ file, sha256, register, actors: { length }, passed }) => ({
      file,
      sha256,
      register,
      actors: length,
      passed: { ...passed },
    })),
    actors: actors.map(actorJson),
    skipped: skipped.map(({ source, reason }) => ({ source, reason })),
  };
  if (options.json === true) await writeOut([JSON.stringify(printed)]);
  else for (const line of linesOr(options, register, () => actorLines(printed))) console.log(line);
}

export async function runShow(name: string, options: SourceOptions): Promise<void> {
  const possible = possibleActors((await actorsOf(options)).register, name);
  const printed: PossibleActorsJson = {
    name,
    possible: possible.map((one) => ({ ...namingJson(one), exact: one.exact })),
    actors: [...new Set(possible.map(({ actor }) => actor))].map(actorJson),
  };
  if (options.json === true) await writeOut([JSON.stringify(printed)]);
  else for (const line of possibleLines(printed)) console.log(line);
}

export async function runConflicts(options: SourceOptions): Promise<void> {
  const { register } = await actorsOf(options);
  const printed: AliasConflictsJson = { conflicts: aliasConflicts(register).map(conflictJson) };
  if (options.json === true) await writeOut([JSON.stringify(printed)]);
  else for (const line of linesOr(options, register, () => conflictLines(printed))) console.log(line);
}
