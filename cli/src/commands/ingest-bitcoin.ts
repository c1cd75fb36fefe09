import { Command } from "commander";
import { dataOption, jsonOption, ledgerOption, option, wholeNumber } from "../options.ts";
import { later } from "./later.ts";

const examples = `
Examples:
  spoor ingest bitcoin --ledger btc --blocks ~/.bitcoin/blocks
  SPOOR_RPC=http://user:password@127.0.0.1:8332 spoor ingest bitcoin --ledger btc
  spoor ingest bitcoin --ledger case --transactions export.json more/
`;

/** `spoor ingest bitcoin` */
export function bitcoinCommand(): Command {
  return new Command("bitcoin")
    .description("bring in Bitcoin: from block files, a node, an explorer, or files of transactions")
    .addOption(ledgerOption())
    .addOption(option("--blocks <path>", "Bitcoin Core's folder of blk*.dat files, or one of them"))
    .addOption(option("--rpc <url>", "a node, as http://user:password@host:port or without when there is a cookie"))
    .addOption(option("--rpc-cookie <file>", "the node's .cookie file (default: where Bitcoin Core keeps it)"))
    .addOption(option("--esplora <url>", "an Esplora server; give --txid or --address to start from"))
    .addOption(option("--txid <txid...>", "where to start on an Esplora server"))
    .addOption(option("--address <address...>", "where to start on an Esplora server"))
    .addOption(
      option("--direction <direction>", "which way to go on an Esplora server")
        .choices(["forward", "backward"])
        .default("forward"),
    )
    .addOption(
      option("--transactions-max <n>", "how many transactions to fetch from an Esplora server at most")
        .argParser(wholeNumber(1, 1_000_000))
        .default(1000),
    )
    .addOption(
      option("--requests-per-second <n>", "how fast to ask an Esplora server")
        .argParser(wholeNumber(1, 1000))
        .default(4),
    )
    .addOption(option("--transactions <file...>", "files of transactions: Esplora or blockchain.info JSON, raw hex"))
    .addOption(
      option(
        "--network <network>",
        "the network that it must be (default: what blocks say; mainnet for transactions)",
      ).choices(["mainnet", "testnet", "testnet4", "signet", "regtest"]),
    )
    .addOption(
      option(
        "--overlay <blocks>",
        "newest blocks kept beside the store (default: 6 for a node, 0 for files)",
      ).argParser(wholeNumber(0, 1000)),
    )
    .addOption(dataOption())
    .addOption(jsonOption())
    .addHelpText("after", examples)
    .action(later(async () => (await import("../actions/ingest-bitcoin.ts")).runIngestBitcoin));
}
