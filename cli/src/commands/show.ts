import { Command } from "commander";
import { dataOption, gather, jsonOption, option, wholeNumber } from "../options.ts";
import { later } from "./later.ts";

const examples = `
Examples:
  spoor show --ledger btc TXID
  spoor show --ledger bank "GB29 NWBK 6016 1331 9268 19"
  spoor show REFERENCE --files payments.csv statements/
`;

export function showCommand(): Command {
  return new Command("show")
    .description("show a transaction, a payment, a block, an address or an account")
    .argument(
      "<what>",
      "a txid, TXID:VOUT, a payment's key or reference, a block's height or hash, an address or an account",
    )
    .addOption(option("--ledger <name>", "the ledger's name"))
    .addOption(
      option("--files <file...>", "bank messages, statements and CSV to look into as they are, in place of a ledger")
        .argParser(gather((text: string) => text))
        .default([], "none"),
    )
    .addOption(option("--mapping <file>", "what the columns of CSV among --files mean: YAML or JSON"))
    .addOption(option("--limit <n>", "lines on one page").argParser(wholeNumber(1, 10_000)).default(25))
    .addOption(option("--after <cursor>", "where the page before ended"))
    .addOption(dataOption())
    .addOption(jsonOption())
    .addHelpText("after", examples)
    .action(later(async () => (await import("../actions/show.ts")).runShow));
}
