import { Command, Option } from "commander";
import { option, reading } from "../options.ts";
import { later } from "./later.ts";

const examples = `
Examples:
  spoor incidents list
  spoor incidents show incident-0123456789ab --as-of 2019-09
  spoor incidents total --unit USD --files reports/ write-ups/
  spoor incidents export --format stix --files reports/ --registers actors/ > incidents.json
`;

export function incidentsCommand(): Command {
  return new Command("incidents")
    .description("incidents that documents tell of: when, who was robbed, of how much, and who says so")
    .addHelpText("after", examples)
    .addCommand(listCommand(), { isDefault: true })
    .addCommand(showCommand())
    .addCommand(totalCommand())
    .addCommand(exportCommand());
}

const sourceOptions = (command: Command): Command =>
  reading(
    command.addOption(
      new Option("--files <paths...>", "read these alone: documents and write-ups, or folders of them").conflicts([
        "asOf",
        "knownAt",
      ]),
    ),
  );

function listCommand(): Command {
  return sourceOptions(new Command("list"))
    .description("list the incidents")
    .action(later(async () => (await import("../actions/incidents.ts")).runList));
}

function showCommand(): Command {
  return sourceOptions(new Command("show"))
    .description("show one incident with the words behind every value")
    .argument("<id>", "its id, or the beginning of it")
    .action(later(async () => (await import("../actions/incidents.ts")).runShow));
}

function totalCommand(): Command {
  return sourceOptions(new Command("total"))
    .description("add the losses up, with bounds; nothing is counted twice or converted")
    .addOption(option("--unit <unit>", "currency code or ticker").default("USD"))
    .action(later(async () => (await import("../actions/incidents.ts")).runTotal));
}

function exportCommand(): Command {
  return sourceOptions(new Command("export"))
    .description("write the incidents as a STIX 2.1 bundle, or as CSV with a row for every place that states a value")
    .addOption(option("--format <format>", "the format").choices(["stix", "csv"]).makeOptionMandatory())
    .addOption(new Option("--registers <paths...>", "registers of actors, in which names are looked up"))
    .action(later(async () => (await import("../actions/incidents.ts")).runExport));
}
