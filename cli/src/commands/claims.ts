import { Command } from "commander";
import { addDocuments, claimsPage, claimsThen, reportClaims, showClaim } from "spoor/cases";
import { claimsReportHtml, visibleText } from "spoor/evidence";
import { claimsListJson, claimsReportJson } from "../contract/claims.ts";
import { claimsAddJson, claimsShownJson } from "../contract/claims-shown.ts";
import { axesOf, dataOption, jsonOption, option, type ReadOptions, reading } from "../options.ts";
import { claimsListLines, claimsReportLines } from "../print/claims.ts";
import { claimsAddLines, claimsShownLines } from "../print/claims-shown.ts";
import { interruptible } from "../terminal/interrupt.ts";
import { progressBar, withBar } from "../terminal/progress.ts";
import { exitStatus, writeOut } from "../terminal/run.ts";
import { writeResult } from "../terminal/write-result.ts";
import { version } from "../version.ts";
import { judgingCommands } from "./claims-judge.ts";

interface DataOptions {
  data: string;
  json?: boolean;
}

const examples = `
Examples:
  spoor claims add articles/ report.pdf https://example.org/story
  spoor claims report
  spoor claims report --as-of 2019-09-02 --json
  spoor claims report --report claims.html
  spoor claims confirm claim-1a2b --reason "read the panel's report"
  spoor claims grade claim-1a2b B2 --act alleges --reason "two panels found it apart from each other"
`;

export function claimsCommand(): Command {
  const command = new Command("claims")
    .description("what is said in documents: who alleges, who denies, on whose word, what contradicts it")
    .addHelpText("after", examples)
    .addCommand(addCommand())
    .addCommand(listCommand())
    .addCommand(showCommand())
    .addCommand(reportCommand());
  for (const judging of judgingCommands()) command.addCommand(judging);
  return command;
}

function addCommand(): Command {
  return new Command("add")
    .description("take documents in: text, HTML, Markdown, PDF; files, folders, addresses of the public web")
    .argument("<file|folder|url...>")
    .addOption(dataOption())
    .addOption(jsonOption())
    .action(async (sources: string[], { data, json }: DataOptions) => {
      const bar = progressBar(process.stderr);
      const added = await interruptible((signal) =>
        addDocuments({
          data,
          sources,
          signal,
          onProgress: ({ what, done, total }) => bar.report(what, done, total),
        }),
      ).finally(bar.clear);
      const result = claimsAddJson(added);
      await print(json, result, claimsAddLines);
      if (result.documents.length > 0 || process.exitCode === exitStatus.interrupted) return;
      console.error("spoor: Nothing could be read. The reasons stand beside what was set aside.");
      process.exitCode = exitStatus.wrongUse;
    });
}

function listCommand(): Command {
  return reading(new Command("list").description("list the documents, and the claims in short")).action(
    async (options: ReadOptions) => {
      const axes = axesOf(options);
      const then = await withBar((bar) =>
        claimsThen({ data: options.data, axes, onProgress: ({ what, done, total }) => bar.report(what, done, total) }),
      );
      await print(options.json, claimsListJson(then), (list) => claimsListLines(list, options.data));
    },
  );
}

function showCommand(): Command {
  return reading(
    new Command("show")
      .description("show a document with its statements and figures, or a claim in full")
      .argument("<id>", "of a document, a claim or a statement; its beginning is enough"),
  ).action(async (id: string, options: ReadOptions) => {
    const axes = axesOf(options);
    const shown = await withBar((bar) =>
      showClaim({ data: options.data, axes, id, onProgress: ({ what, done, total }) => bar.report(what, done, total) }),
    );
    await print(options.json, claimsShownJson(shown), claimsShownLines);
  });
}

/** Text, JSON and the page say the same `ClaimsReport`. */
function reportCommand(): Command {
  return reading(
    new Command("report")
      .description("who alleges and who denies, the lineage, the figures that contradict, the incidents")
      .addOption(option("--report <file>", "write all of it as one self-contained page too")),
  ).action(async (options: ReadOptions & { report?: string }) => {
    const axes = axesOf(options);
    const report = await withBar((bar) =>
      reportClaims({ data: options.data, axes, onProgress: ({ what, done, total }) => bar.report(what, done, total) }),
    );
    if (options.report !== undefined) {
      const command = ["spoor", ...process.argv.slice(2)];
      await writeResult(options.report, claimsReportHtml(claimsPage(report, { engine: `spoor ${version}`, command })));
    }
    await print(options.json, claimsReportJson(report), (json) => claimsReportLines(json, options.data));
    if (options.report !== undefined && options.json !== true) console.log(`\nReport: ${visibleText(options.report)}`);
  });
}

async function print<Json>(json: boolean | undefined, result: Json, lines: (result: Json) => string[]): Promise<void> {
  if (json === true) await writeOut([JSON.stringify(result)]);
  else for (const line of lines(result)) console.log(line);
}
