import { listLedgers } from "spoor/cases/open-folder";
import { tableLines } from "../terminal/table.ts";

export async function runLedgers({ data, json }: { data: string; json?: boolean }): Promise<void> {
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
}
