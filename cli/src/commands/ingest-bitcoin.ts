import { Command } from "commander";
import { type IngestFrom, type IngestProgress, ingestBitcoin } from "spoor/cases";
import type { IngestJson } from "../contract/ingest.ts";
import { dataOption, jsonOption, ledgerOption, option, wholeNumber } from "../options.ts";
import { count, skippedLines } from "../print/ingested.ts";
import { interruptible } from "../terminal/interrupt.ts";
import { progressBar } from "../terminal/progress.ts";
import { wrongUse } from "../terminal/run.ts";

interface IngestOptions {
  data: string;
  ledger: string;
  blocks?: string;
  rpc?: string;
  rpcCookie?: string;
  esplora?: string;
  txid?: string[];
  address?: string[];
  direction: "forward" | "backward";
  transactionsMax: number;
  requestsPerSecond: number;
  transactions?: string[];
  network?: string;
  overlay?: number;
  json?: boolean;
}

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
    .action(async (options: IngestOptions, command: Command) => {
      const from = sourceOf(options, command);
      const started = performance.now();
      const bar = progressBar(process.stderr);
      const { summary, skipped, notes } = await interruptible((signal) =>
        ingestBitcoin({
          data: options.data,
          ledger: options.ledger,
          from,
          signal,
          onProgress: ({ what, done, total }: IngestProgress) => bar.report(what, done, total),
        }),
      ).finally(bar.clear);
      const { name, blocks, transactions, inputs, outputs } = summary;
      const result: IngestJson = {
        ledger: name,
        network: summary.network,
        blocks,
        transactions,
        inputs,
        outputs,
        tip: summary.tip,
        partial: summary.partial,
        skipped: [...skipped],
        elapsedMs: Math.round(performance.now() - started),
      };
      for (const note of notes) console.error(`spoor: ${note}`);
      if (options.json === true) console.log(JSON.stringify(result));
      else for (const line of linesOf(result)) console.log(line);
    });
}

type SourceOption = "blocks" | "rpc" | "esplora" | "transactions";

/** Options that say something about some sources only. */
const optionsOf: Readonly<Record<string, readonly SourceOption[]>> = {
  rpcCookie: ["rpc"],
  overlay: ["blocks", "rpc"],
  txid: ["esplora"],
  address: ["esplora"],
  direction: ["esplora"],
  transactionsMax: ["esplora"],
  requestsPerSecond: ["esplora"],
};

function refuseStray(source: SourceOption, command: Command): void {
  for (const [name, sources] of Object.entries(optionsOf)) {
    if (sources.includes(source) || command.getOptionValueSource(name) !== "cli") continue;
    const flag = `--${name.replace(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`)}`;
    const goesWith = sources.map((one) => `--${one}`).join(" or ");
    throw wrongUse(`${flag} says nothing about --${source}`, `Leave it out; it goes with ${goesWith}.`);
  }
}

function sourceOf(options: IngestOptions, command: Command): IngestFrom {
  const given = (["blocks", "rpc", "esplora", "transactions"] as const).filter((key) => options[key] !== undefined);
  if (given.length !== 1) {
    throw wrongUse(
      given.length === 0 ? "No source is given" : `${given.map((key) => `--${key}`).join(" and ")} are given together`,
      "Give exactly one of --blocks, --rpc, --esplora, --transactions.",
    );
  }
  const network = options.network ?? null;
  refuseStray(given[0] as SourceOption, command);
  if (options.blocks !== undefined)
    return { kind: "blocks", path: options.blocks, network, overlay: options.overlay ?? 0 };
  if (options.rpc !== undefined) {
    return { kind: "rpc", url: options.rpc, cookie: options.rpcCookie ?? null, network, overlay: options.overlay ?? 6 };
  }
  if (options.transactions !== undefined) return { kind: "transactions", files: options.transactions, network };
  const { txid = [], address = [], direction, transactionsMax, requestsPerSecond } = options;
  if (txid.length + address.length === 0) {
    throw wrongUse("An Esplora server is given and nothing to start from", "Give --txid or --address.");
  }
  const url = options.esplora ?? "";
  return {
    kind: "esplora",
    url,
    txids: txid,
    addresses: address,
    direction,
    transactionsMax,
    requestsPerSecond,
    network,
  };
}

function linesOf(result: IngestJson): string[] {
  const lines = [
    `Ledger ${result.ledger} (Bitcoin ${result.network}${result.partial ? ", partial" : ""}) holds`,
    `  ${[
      ...(result.partial ? [] : [count(result.blocks, "blocks")]),
      count(result.transactions, "transactions"),
      count(result.inputs, "spends"),
      count(result.outputs, "coins"),
    ].join(", ")}`,
  ];
  if (result.tip !== null) {
    const height = result.tip.height === null ? "" : `up to height ${result.tip.height.toLocaleString("en-US")}, `;
    lines.push(`  ${height}${result.partial ? "content" : "block"} ${result.tip.hash}`);
  }
  lines.push(...skippedLines(result.skipped), `In ${(result.elapsedMs / 1000).toFixed(1)} s.`);
  return lines;
}
