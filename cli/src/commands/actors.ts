import { Command, Option } from "commander";
import {
  type ActorsThen,
  aliasConflicts,
  importRegisters,
  keptActors,
  possibleActors,
  readActorFiles,
} from "spoor/cases";
import type { ActorRegister } from "spoor/registers";
import {
  type ActorsJson,
  type AliasConflictsJson,
  actorJson,
  actorsImportJson,
  conflictJson,
  namingJson,
  type PossibleActorsJson,
} from "../contract/actors.ts";
import { axesOf, dataOption, jsonOption, type ReadOptions, reading } from "../options.ts";
import { actorLines, conflictLines, importLines, possibleLines } from "../print/actors.ts";
import { words } from "../print/claims-words.ts";
import { writeOut } from "../terminal/run.ts";
import { saySkipped } from "../terminal/say-skipped.ts";

interface SourceOptions extends ReadOptions {
  files?: string[];
}

const examples = `
Examples:
  spoor actors import enterprise-attack.json threat-actor.json
  spoor actors show Bluenoroff
  spoor actors conflicts --files registers/
Registers that are read: MITRE ATT&CK (STIX 2 JSON), MISP galaxy (cluster of threat actors). Write-ups of incidents
(fields between --- and ---, then text) are imported too; 'spoor incidents' reads their fields.
`;

export function actorsCommand(): Command {
  return new Command("actors")
    .description("groups and their names, as registers have them; an alias is a register's word, never a merge")
    .addHelpText("after", examples)
    .addCommand(importCommand())
    .addCommand(listCommand(), { isDefault: true })
    .addCommand(showCommand())
    .addCommand(conflictsCommand());
}

const sourceOptions = (command: Command): Command =>
  reading(
    command.addOption(
      new Option("--files <paths...>", "read these alone: registers, or folders with their JSON files").conflicts([
        "asOf",
        "knownAt",
      ]),
    ),
  );

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

function importCommand(): Command {
  return new Command("import")
    .description("keep registers of actors, and write-ups of incidents; where one cannot be read, none is kept")
    .argument("<file|folder...>")
    .addOption(dataOption())
    .addOption(jsonOption())
    .action(async (paths: string[], { data, json }: { data: string; json?: boolean }) => {
      const result = await importRegisters({ data, paths });
      saySkipped(result.skipped);
      const printed = actorsImportJson(result);
      if (json === true) await writeOut([JSON.stringify(printed)]);
      else for (const line of importLines(printed)) console.log(line);
    });
}

function listCommand(): Command {
  return sourceOptions(new Command("list"))
    .description("list the entries of the registers")
    .action(async (options: SourceOptions) => {
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
    });
}

function showCommand(): Command {
  return sourceOptions(new Command("show"))
    .description("show which actors may be meant by a name, and which register says so")
    .argument("<name>")
    .action(async (name: string, options: SourceOptions) => {
      const possible = possibleActors((await actorsOf(options)).register, name);
      const printed: PossibleActorsJson = {
        name,
        possible: possible.map((one) => ({ ...namingJson(one), exact: one.exact })),
        actors: [...new Set(possible.map(({ actor }) => actor))].map(actorJson),
      };
      if (options.json === true) await writeOut([JSON.stringify(printed)]);
      else for (const line of possibleLines(printed)) console.log(line);
    });
}

function conflictsCommand(): Command {
  return sourceOptions(new Command("conflicts"))
    .description("list the names that registers put to different actors")
    .action(async (options: SourceOptions) => {
      const { register } = await actorsOf(options);
      const printed: AliasConflictsJson = { conflicts: aliasConflicts(register).map(conflictJson) };
      if (options.json === true) await writeOut([JSON.stringify(printed)]);
      else for (const line of linesOr(options, register, () => conflictLines(printed))) console.log(line);
    });
}
