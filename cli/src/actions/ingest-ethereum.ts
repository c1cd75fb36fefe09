import { type EthereumFrom, ingestEthereum } from "spoor/cases/ingest-ethereum";
import { printAccountIngest } from "../print/ingested.ts";
import { interruptible } from "../terminal/interrupt.ts";
import { progressBar } from "../terminal/progress.ts";
import { wrongUse } from "../terminal/run.ts";

interface EthereumOptions {
  data: string;
  ledger: string;
  rpc?: string;
  from?: number;
  to?: number;
  balances: boolean;
  transactions?: string[];
  network: string;
  json?: boolean;
}

export async function runIngestEthereum(options: EthereumOptions): Promise<void> {
  const from = sourceOf(options);
  const started = performance.now();
  const bar = progressBar(process.stderr);
  const ingested = await interruptible((signal) =>
    ingestEthereum({
      data: options.data,
      ledger: options.ledger,
      from,
      signal,
      onProgress: ({ what, done, total }) => bar.report(what, done, total),
    }),
  ).finally(bar.clear);
  printAccountIngest(ingested, { json: options.json === true, started });
}

function sourceOf({ rpc, from, to, balances, transactions, network }: EthereumOptions): EthereumFrom {
  if ((rpc === undefined) === (transactions === undefined)) {
    throw wrongUse(
      rpc === undefined ? "No source is given" : "--rpc and --transactions are given together",
      "Give exactly one of --rpc and --transactions.",
    );
  }
  if (transactions !== undefined) return { kind: "files", files: transactions, network };
  if (from === undefined || to === undefined || from > to) {
    throw wrongUse("A node is given without a range of blocks", "Give --from and --to, the first not above the last.");
  }
  return { kind: "rpc", url: rpc ?? "", from, to, balances };
}
