import { Command } from "commander";
import { dataOption, jsonOption, option, reading } from "../options.ts";
import { judgingCommands } from "./claims-judge.ts";
import { later } from "./later.ts";

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
    .action(later(async () => (await import("../actions/claims-add.ts")).runAdd));
}

function listCommand(): Command {
  return reading(new Command("list").description("list the documents, and the claims in short")).action(
    later(async () => (await import("../actions/claims-list.ts")).runList),
  );
}

function showCommand(): Command {
  return reading(
    new Command("show")
      .description("show a document with its statements and figures, or a claim in full")
      .argument("<id>", "of a document, a claim or a statement; its beginning is enough"),
  ).action(later(async () => (await import("../actions/claims-show.ts")).runShow));
}

function reportCommand(): Command {
  return reading(
    new Command("report")
      .description("who alleges and who denies, the lineage, the figures that contradict, the incidents")
      .addOption(option("--report <file>", "write all of it as one self-contained page too")),
  ).action(later(async () => (await import("../actions/claims-report.ts")).runReport));
}
