import { Command } from "commander";
import { dataOption, jsonOption, ledgerOption, option } from "../options.ts";
import { later } from "./later.ts";

const examples = `
Examples:
  spoor ingest bank --ledger bank messages/ statements/camt053.xml
  spoor ingest bank --ledger bank --mapping statement.yaml statement.csv
`;

/** `spoor ingest bank` */
export function bankCommand(): Command {
  return new Command("bank")
    .description("bring in payment messages and statements: ISO 20022, SWIFT MT, CSV")
    .argument("<file...>", "files or folders; what each is, its content says")
    .addOption(ledgerOption())
    .addOption(option("--mapping <file>", "what the columns of CSV files mean: YAML or JSON"))
    .addOption(dataOption())
    .addOption(jsonOption())
    .addHelpText("after", examples)
    .action(later(async () => (await import("../actions/ingest-bank.ts")).runIngestBank));
}
