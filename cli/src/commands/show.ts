import { Command } from "commander";
import { dataOption, jsonOption, ledgerOption, option, wholeNumber } from "../options.ts";
import { later } from "./later.ts";

export function showCommand(): Command {
  return new Command("show")
    .description("show a transaction, a payment, a block, an address or an account")
    .argument(
      "<what>",
      "a txid, TXID:VOUT, a payment's key or reference, a block's height or hash, an address or an account",
    )
    .addOption(ledgerOption())
    .addOption(option("--limit <n>", "lines on one page").argParser(wholeNumber(1, 10_000)).default(25))
    .addOption(option("--after <cursor>", "where the page before ended"))
    .addOption(dataOption())
    .addOption(jsonOption())
    .action(later(async () => (await import("../actions/show.ts")).runShow));
}
