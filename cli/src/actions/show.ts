import { showInFolder } from "spoor/cases/open-folder";
import { shownJson } from "../json/show.ts";
import { shownLines } from "../print/shown.ts";

interface ShowOptions {
  data: string;
  ledger: string;
  limit: number;
  after?: string;
  json?: boolean;
}

export async function runShow(text: string, { data, ledger, limit, after, json }: ShowOptions): Promise<void> {
  const shown = await showInFolder(data, ledger, { text, limit, after: after ?? null });
  const document = shownJson(shown);
  if (json === true) console.log(JSON.stringify(document));
  else for (const line of shownLines(document)) console.log(line);
}
