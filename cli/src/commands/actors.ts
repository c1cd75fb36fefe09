import { Command, Option } from "commander";
import { dataOption, jsonOption, reading } from "../options.ts";
import { later } from "./later.ts";

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

function importCommand(): Command {
  return new Command("import")
    .description("keep registers of actors, and write-ups of incidents; where one cannot be read, none is kept")
    .argument("<file|folder...>")
    .addOption(dataOption())
    .addOption(jsonOption())
    .action(later(async () => (await import("../actions/actors.ts")).runImport));
}

function listCommand(): Command {
  return sourceOptions(new Command("list"))
    .description("list the entries of the registers")
    .action(later(async () => (await import("../actions/actors.ts")).runList));
}

function showCommand(): Command {
  return sourceOptions(new Command("show"))
    .description("show which actors may be meant by a name, and which register says so")
    .argument("<name>")
    .action(later(async () => (await import("../actions/actors.ts")).runShow));
}

function conflictsCommand(): Command {
  return sourceOptions(new Command("conflicts"))
    .description("list the names that registers put to different actors")
    .action(later(async () => (await import("../actions/actors.ts")).runConflicts));
}
