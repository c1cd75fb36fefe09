import { Command, Option } from "commander";
import { type EthereumFrom, ingestEthereum } from "spoor/cases";
import { dataOption, jsonOption, ledgerOption, option, wholeNumber } from "../options.ts";
import { printAccountIngest } from "../print/ingested.ts";
import { interruptible } from "../terminal/interrupt.ts";
import { progressBar } from "../terminal/progress.ts";
import { wrongUse } from "../terminal/run.ts";

interface EthereumOptions {
  data: string;
  ledger: string;
  rpc?: string;
  from?: number;
  to?: number;
  balances: boolean;
  transactions?: string[];
  network: string;
  json?: boolean;
}

const examples = `
Examples:
  spoor ingest ethereum --ledger eth --rpc http://127.0.0.1:8545 --from 17000000 --to 17000100
  spoor ingest ethereum --ledger eth --transactions transactions.csv traces.csv token_transfers.csv receipts.csv
  spoor ingest ethereum --ledger eth --transactions export-0xabc.csv
`;

const heightMax = 2 ** 32 - 2;

/** `spoor ingest ethereum` */
export function ethereumCommand(): Command {
  return new Command("ethereum")
    .description("bring in Ethereum or a chain like it: from a node, or from files of ethereum-etl or Etherscan")
    .addOption(ledgerOption())
    .addOption(option("--rpc <url>", "a node's JSON-RPC; give --from and --to"))
    .addOption(option("--from <height>", "the first block").argParser(wholeNumber(0, heightMax)))
    .addOption(option("--to <height>", "the last block").argParser(wholeNumber(0, heightMax)))
    .addOption(new Option("--no-balances", "do not ask the node for the balances before the first block"))
    .addOption(
      option(
        "--transactions <file...>",
        "files or folders: ethereum-etl's CSV or JSON, Etherscan's CSV, lists of transfers",
      ),
    )
    .addOption(option("--network <network>", "the network of the files: ethereum, or eip155:N").default("ethereum"))
    .addOption(dataOption())
    .addOption(jsonOption())
    .addHelpText("after", examples)
    .action(async (options: EthereumOptions) => {
      const from = sourceOf(options);
      const started = performance.now();
      const bar = progressBar(process.stderr);
      const ingested = await interruptible((signal) =>
        ingestEthereum({
          data: options.data,
          ledger: options.ledger,
          from,
          signal,
          onProgress: ({ what, done, total }) => bar.report(what, done, total),
        }),
      ).finally(bar.clear);
      printAccountIngest(ingested, { json: options.json === true, started });
    });
}

function sourceOf({ rpc, from, to, balances, transactions, network }: EthereumOptions): EthereumFrom {
  if ((rpc === undefined) === (transactions === undefined)) {
    throw wrongUse(
      rpc === undefined ? "No source is given" : "--rpc and --transactions are given together",
      "Give exactly one of --rpc and --transactions.",
    );
  }
  if (transactions !== undefined) return { kind: "files", files: transactions, network };
  if (from === undefined || to === undefined || from > to) {
    throw wrongUse("A node is given without a range of blocks", "Give --from and --to, the first not above the last.");
  }
  return { kind: "rpc", url: rpc ?? "", from, to, balances };
}
