import { Command, Option } from "commander";
import { dataOption, jsonOption, ledgerOption, option, wholeNumber } from "../options.ts";
import { later } from "./later.ts";

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
    .action(later(async () => (await import("../actions/ingest-ethereum.ts")).runIngestEthereum));
}
