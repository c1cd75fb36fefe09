import { Command } from "commander";
import { ingestBank } from "spoor/cases";
import { dataOption, jsonOption, ledgerOption, option } from "../options.ts";
import { printAccountIngest } from "../print/ingested.ts";
import { interruptible } from "../terminal/interrupt.ts";
import { progressBar } from "../terminal/progress.ts";

interface BankOptions {
  data: string;
  ledger: string;
  mapping?: string;
  json?: boolean;
}

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
    .action(async (files: string[], { data, ledger, mapping, json }: BankOptions) => {
      const started = performance.now();
      const bar = progressBar(process.stderr);
      const ingested = await interruptible((signal) =>
        ingestBank({
          data,
          ledger,
          files,
          mapping: mapping ?? null,
          signal,
          onProgress: ({ what, done, total }) => bar.report(what, done, total),
        }),
      ).finally(bar.clear);
      printAccountIngest(ingested, { json: json === true, started });
    });
}
