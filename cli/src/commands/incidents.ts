import { Command, Option } from "commander";
import {
  incidentById,
  incidentsAsCsv,
  incidentsAsStix,
  incidentsOf,
  type RegisterSources,
  readActorFiles,
  readRegisterSources,
  totalOf,
} from "spoor/cases";
import { visibleText } from "spoor/evidence";
import { type IncidentsJson, incidentJson, totalJson } from "../contract/incidents.ts";
import { jsonOption, option } from "../options.ts";
import { incidentLines, incidentPage, totalLines } from "../print/incidents.ts";
import { writeOut, wrongUse } from "../terminal/run.ts";

interface SourceOptions {
  files?: string[];
  json?: boolean;
}

const examples = `
Examples:
  spoor incidents list --files reports/
  spoor incidents show incident-0123456789ab --files reports/
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

const filesOption = () => new Option("--files <paths...>", "documents and write-ups: files, or folders of them");

/** What is read for a command. Files that cannot be read are said on stderr, and stand in the JSON. */
async function sourcesOf({ files }: SourceOptions): Promise<RegisterSources> {
  if (files === undefined || files.length === 0) throw wrongUse("No documents are given", "Name them with --files.");
  const sources = await readRegisterSources(files, { capturedAt: new Date().toISOString() });
  for (const { source, reason } of sources.skipped) {
    console.error(`spoor: skipped ${visibleText(source)}: ${visibleText(reason)}`);
  }
  return sources;
}

const skippedOf = ({ skipped }: RegisterSources) => skipped.map(({ source, reason }) => ({ source, reason }));

function listCommand(): Command {
  return new Command("list")
    .description("list the incidents")
    .addOption(filesOption())
    .addOption(jsonOption())
    .action(async (options: SourceOptions) => {
      const sources = await sourcesOf(options);
      const incidents = incidentsOf(sources).map(incidentJson);
      const printed: IncidentsJson = { incidents, skipped: skippedOf(sources) };
      if (options.json === true) await writeOut([JSON.stringify(printed)]);
      else for (const line of incidentLines(incidents)) console.log(line);
    });
}

function showCommand(): Command {
  return new Command("show")
    .description("show one incident with the words behind every value")
    .argument("<id>", "its id, or the beginning of it")
    .addOption(filesOption())
    .addOption(jsonOption())
    .action(async (id: string, options: SourceOptions) => {
      const sources = await sourcesOf(options);
      const incident = incidentJson(incidentById(incidentsOf(sources), id));
      const printed: IncidentsJson = { incidents: [incident], skipped: skippedOf(sources) };
      if (options.json === true) await writeOut([JSON.stringify(printed)]);
      else for (const line of incidentPage(incident)) console.log(line);
    });
}

function totalCommand(): Command {
  return new Command("total")
    .description("add the losses up, with bounds; nothing is counted twice or converted")
    .addOption(option("--unit <unit>", "currency code or ticker").default("USD"))
    .addOption(filesOption())
    .addOption(jsonOption())
    .action(async (options: SourceOptions & { unit: string }) => {
      const sources = await sourcesOf(options);
      const total = totalJson(totalOf(incidentsOf(sources), options.unit.toUpperCase()), skippedOf(sources));
      if (options.json === true) await writeOut([JSON.stringify(total)]);
      else for (const line of totalLines(total)) console.log(line);
    });
}

function exportCommand(): Command {
  return new Command("export")
    .description("write the incidents as a STIX 2.1 bundle, or as CSV with a row for every place that states a value")
    .addOption(option("--format <format>", "the format").choices(["stix", "csv"]).makeOptionMandatory())
    .addOption(new Option("--registers <paths...>", "registers of actors, in which names are looked up"))
    .addOption(filesOption())
    .action(async (options: SourceOptions & { format: "stix" | "csv"; registers?: string[] }) => {
      const sources = await sourcesOf(options);
      const incidents = incidentsOf(sources);
      if (options.format === "csv") {
        process.stdout.write(incidentsAsCsv(incidents));
        return;
      }
      const register = options.registers === undefined ? undefined : await readActorFiles(options.registers);
      await writeOut([JSON.stringify(incidentsAsStix(sources, incidents, register), null, 2)]);
    });
}
