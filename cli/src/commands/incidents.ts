import { Command, Option } from "commander";
import {
  incidentById,
  incidentsAsCsv,
  incidentsAsStix,
  incidentsOf,
  keptActors,
  keptRegisterSources,
  type RegisterSources,
  readActorFiles,
  readRegisterSources,
  totalOf,
} from "spoor/cases";
import type { ActorRegister } from "spoor/registers";
import { type IncidentsJson, incidentJson, totalJson } from "../contract/incidents.ts";
import { axesOf, option, type ReadOptions, reading } from "../options.ts";
import { words } from "../print/claims-words.ts";
import { incidentLines, incidentPage, totalLines } from "../print/incidents.ts";
import { withBar } from "../terminal/progress.ts";
import { writeOut } from "../terminal/run.ts";
import { saySkipped } from "../terminal/say-skipped.ts";

interface SourceOptions extends ReadOptions {
  files?: string[];
}

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

function listCommand(): Command {
  return sourceOptions(new Command("list"))
    .description("list the incidents")
    .action(async (options: SourceOptions) => {
      const sources = await sourcesOf(options);
      const incidents = incidentsOf(sources).map(incidentJson);
      const printed: IncidentsJson = { incidents, skipped: skippedOf(sources) };
      if (options.json === true) await writeOut([JSON.stringify(printed)]);
      else for (const line of linesOr(nothingKept(options, sources), () => incidentLines(incidents))) console.log(line);
    });
}

function showCommand(): Command {
  return sourceOptions(new Command("show"))
    .description("show one incident with the words behind every value")
    .argument("<id>", "its id, or the beginning of it")
    .action(async (id: string, options: SourceOptions) => {
      const sources = await sourcesOf(options);
      const incident = incidentJson(incidentById(incidentsOf(sources), id));
      const printed: IncidentsJson = { incidents: [incident], skipped: skippedOf(sources) };
      if (options.json === true) await writeOut([JSON.stringify(printed)]);
      else for (const line of incidentPage(incident)) console.log(line);
    });
}

function totalCommand(): Command {
  return sourceOptions(new Command("total"))
    .description("add the losses up, with bounds; nothing is counted twice or converted")
    .addOption(option("--unit <unit>", "currency code or ticker").default("USD"))
    .action(async (options: SourceOptions & { unit: string }) => {
      const sources = await sourcesOf(options);
      const total = totalJson(totalOf(incidentsOf(sources), options.unit.toUpperCase()), skippedOf(sources));
      if (options.json === true) await writeOut([JSON.stringify(total)]);
      else for (const line of linesOr(nothingKept(options, sources), () => totalLines(total))) console.log(line);
    });
}

function exportCommand(): Command {
  return sourceOptions(new Command("export"))
    .description("write the incidents as a STIX 2.1 bundle, or as CSV with a row for every place that states a value")
    .addOption(option("--format <format>", "the format").choices(["stix", "csv"]).makeOptionMandatory())
    .addOption(new Option("--registers <paths...>", "registers of actors, in which names are looked up"))
    .action(async (options: SourceOptions & { format: "stix" | "csv"; registers?: string[] }) => {
      const sources = await sourcesOf(options);
      const incidents = incidentsOf(sources);
      if (options.format === "csv") {
        process.stdout.write(incidentsAsCsv(incidents));
        return;
      }
      await writeOut([JSON.stringify(incidentsAsStix(sources, incidents, await registerOf(options)), null, 2)]);
    });
}

/** The registers that are named; else those that are kept, where the documents are the kept ones too. */
async function registerOf(options: SourceOptions & { registers?: string[] }): Promise<ActorRegister | undefined> {
  if (options.registers !== undefined) return readActorFiles(options.registers);
  if (options.files !== undefined) return undefined;
  const { register, skipped } = await keptActors({ data: options.data, axes: axesOf(options) });
  saySkipped(skipped);
  return register.actors.length === 0 ? undefined : register;
}
