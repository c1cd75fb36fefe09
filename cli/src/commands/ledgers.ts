import { Command } from "commander";
import { listLedgers } from "spoor/cases";
import { dataOption, jsonOption } from "../options.ts";
import { tableLines } from "../terminal/table.ts";

export function ledgersCommand(): Command {
  return new Command("ledgers")
    .description("list the ledgers of the data folder")
    .addOption(dataOption())
    .addOption(jsonOption())
    .action(async ({ data, json }: { data: string; json?: boolean }) => {
      const ledgers = await listLedgers(data);
      if (json === true) {
        console.log(JSON.stringify({ ledgers }));
        return;
      }
      if (ledgers.length === 0) {
        console.log(`No ledgers in ${data} yet; 'spoor ingest --help' says how to bring one in.`);
        return;
      }
      const columns = [
        { heading: "ledger" },
        { heading: "network" },
        { heading: "kind" },
        { heading: "transactions", align: "right" },
        { heading: "height", align: "right" },
      ] as const;
      const rows = ledgers.map((ledger) => [
        ledger.name,
        ledger.network,
        `${ledger.kind === "coin" ? "coins" : "accounts"}${ledger.partial ? ", partial" : ""}`,
        ledger.transactions.toLocaleString("en-US"),
        ledger.tip?.height?.toLocaleString("en-US") ?? "",
      ]);
      for (const line of tableLines(columns, rows)) console.log(line);
    });
}
