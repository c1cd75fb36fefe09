import { Command } from "commander";
import { showInFolder } from "spoor/cases";
import { shownJson } from "../contract/show.ts";
import { dataOption, jsonOption, ledgerOption, option, wholeNumber } from "../options.ts";
import { shownLines } from "../print/shown.ts";

interface ShowOptions {
  data: string;
  ledger: string;
  limit: number;
  after?: string;
  json?: boolean;
}

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
    .action(async (text: string, { data, ledger, limit, after, json }: ShowOptions) => {
      const shown = await showInFolder(data, ledger, { text, limit, after: after ?? null });
      const document = shownJson(shown);
      if (json === true) console.log(JSON.stringify(document));
      else for (const line of shownLines(document)) console.log(line);
    });
}
