import type { Command } from "commander";
import type { IngestProgress } from "spoor/cases";
import { type IngestFrom, ingestBitcoin } from "spoor/cases/ingest-bitcoin";
import type { IngestJson } from "../contract/ingest.ts";
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

export async function runIngestBitcoin(options: IngestOptions, command: Command): Promise<void> {
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
