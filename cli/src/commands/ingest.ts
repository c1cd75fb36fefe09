import { Command } from "commander";
import { bankCommand } from "./ingest-bank.ts";
import { bitcoinCommand } from "./ingest-bitcoin.ts";
import { ethereumCommand } from "./ingest-ethereum.ts";

export function ingestCommand(): Command {
  return new Command("ingest")
    .description("bring a ledger in")
    .addCommand(bitcoinCommand())
    .addCommand(ethereumCommand())
    .addCommand(bankCommand());
}
