import type { AccountShown, Shown } from "spoor/cases";
import { showInFolder } from "spoor/cases/open-folder";
import { shownJson } from "../json/show.ts";
import { shownLines } from "../print/shown.ts";
import { NoLedgerNamedError } from "../terminal/no-ledger-named.ts";

interface ShowOptions {
  data: string;
  ledger?: string;
  files: string[];
  mapping?: string;
  limit: number;
  after?: string;
  json?: boolean;
}

export async function runShow(text: string, options: ShowOptions): Promise<void> {
  const document = shownJson(await shownFrom(text, options));
  if (options.json === true) console.log(JSON.stringify(document));
  else for (const line of shownLines(document)) console.log(line);
}

async function shownFrom(
  text: string,
  { data, ledger, files, mapping, limit, after }: ShowOptions,
): Promise<Shown | AccountShown> {
  const request = { text, limit, after: after ?? null };
  if (files.length === 0) {
    if (ledger === undefined) throw new NoLedgerNamedError("neither");
    return showInFolder(data, ledger, request);
  }
  if (ledger !== undefined) throw new NoLedgerNamedError("both");
  const { showInBankFiles } = await import("spoor/cases/bank-files-ledger");
  const { shown, notes } = await showInBankFiles({ files, mapping: mapping ?? null }, request);
  for (const note of notes) console.error(`spoor: ${note}`);
  return shown;
}
