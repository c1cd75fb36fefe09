import { Command } from "commander";
import { dataOption, jsonOption } from "../options.ts";
import { later } from "./later.ts";

export function ledgersCommand(): Command {
  return new Command("ledgers")
    .description("list the ledgers of the data folder")
    .addOption(dataOption())
    .addOption(jsonOption())
    .action(later(async () => (await import("../actions/ledgers.ts")).runLedgers));
}
