import { ingestBank } from "spoor/cases/ingest-bank";
import { printAccountIngest } from "../print/ingested.ts";
import { interruptible } from "../terminal/interrupt.ts";
import { progressBar } from "../terminal/progress.ts";

interface BankOptions {
  data: string;
  ledger: string;
  mapping?: string;
  json?: boolean;
}

export async function runIngestBank(files: string[], { data, ledger, mapping, json }: BankOptions): Promise<void> {
  const started = performance.now();
  const bar = progressBar(process.stderr);
  const ingested = await interruptible((signal) =>
    ingestBank({
      data,
      ledger,
      files,
      mapping: mapping ?? null,
      signal,
      onProgress: ({ what, done, total }) => bar.report(what, done, total),
    }),
  ).finally(bar.clear);
  printAccountIngest(ingested, { json: json === true, started });
}
