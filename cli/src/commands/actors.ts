import { Command, Option } from "commander";
import { aliasConflicts, possibleActors, readActorFiles } from "spoor/cases";
import type { ActorRegister } from "spoor/registers";
import {
  type ActorsJson,
  type AliasConflictsJson,
  actorJson,
  conflictJson,
  namingJson,
  type PossibleActorsJson,
} from "../contract/actors.ts";
import { jsonOption } from "../options.ts";
import { actorLines, conflictLines, possibleLines } from "../print/actors.ts";
import { writeOut, wrongUse } from "../terminal/run.ts";

interface SourceOptions {
  files?: string[];
  json?: boolean;
}

const examples = `
Examples:
  spoor actors list --files enterprise-attack.json threat-actor.json
  spoor actors show Bluenoroff --files registers/
  spoor actors conflicts --files registers/
Registers that are read: MITRE ATT&CK (STIX 2 JSON), MISP galaxy (cluster of threat actors).
`;

export function actorsCommand(): Command {
  return new Command("actors")
    .description("groups and their names, as registers have them; an alias is a register's word, never a merge")
    .addHelpText("after", examples)
    .addCommand(listCommand(), { isDefault: true })
    .addCommand(showCommand())
    .addCommand(conflictsCommand());
}

const filesOption = () => new Option("--files <paths...>", "registers: files, or folders with their JSON files");

async function registerOf({ files }: SourceOptions): Promise<ActorRegister> {
  if (files === undefined || files.length === 0) throw wrongUse("No registers are given", "Name them with --files.");
  return readActorFiles(files);
}

function listCommand(): Command {
  return new Command("list")
    .description("list the entries of the registers")
    .addOption(filesOption())
    .addOption(jsonOption())
    .action(async (options: SourceOptions) => {
      const { files, actors } = await registerOf(options);
      const printed: ActorsJson = {
        files: files.map(({ file, sha256, register, actors: { length }, passed }) => ({
          file,
          sha256,
          register,
          actors: length,
          passed: { ...passed },
        })),
        actors: actors.map(actorJson),
      };
      if (options.json === true) await writeOut([JSON.stringify(printed)]);
      else for (const line of actorLines(printed)) console.log(line);
    });
}

function showCommand(): Command {
  return new Command("show")
    .description("show which actors may be meant by a name, and which register says so")
    .argument("<name>")
    .addOption(filesOption())
    .addOption(jsonOption())
    .action(async (name: string, options: SourceOptions) => {
      const possible = possibleActors(await registerOf(options), name);
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
  return new Command("conflicts")
    .description("list the names that registers put to different actors")
    .addOption(filesOption())
    .addOption(jsonOption())
    .action(async (options: SourceOptions) => {
      const printed: AliasConflictsJson = { conflicts: aliasConflicts(await registerOf(options)).map(conflictJson) };
      if (options.json === true) await writeOut([JSON.stringify(printed)]);
      else for (const line of conflictLines(printed)) console.log(line);
    });
}
