import { type DeclaredLink, declareLink, sideText } from "spoor/cases/declared-links";
import { keepLinks, readLinkBook, readLinkFile, removeLinks } from "spoor/cases/link-book";
import { visibleText } from "spoor/evidence/text-safety";
import type { LinksJson } from "../contract/link.ts";
import { wrongUse } from "../terminal/run.ts";
import { tableLines } from "../terminal/table.ts";

interface DataOptions {
  data: string;
  json?: boolean;
}

interface AddOptions extends DataOptions {
  kind: string;
  basis: string;
  confidence: string;
  source: string;
}

export async function runAdd(from: string, to: string, options: AddOptions): Promise<void> {
  const { data, json, kind, basis, confidence, source } = options;
  await keep(data, [declared({ from, to, kind, basis, confidence, source })], json === true);
}

function declared(text: Parameters<typeof declareLink>[0]): DeclaredLink {
  try {
    return declareLink(text);
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw wrongUse(`This is not a link: ${cause.message}`, "Write LEDGER/TRANSACTION[:N] for both sides.");
  }
}

export async function runImport(files: string[], { data, json }: DataOptions): Promise<void> {
  const links = (await Promise.all(files.map(readLinkFile))).flat();
  await keep(data, links, json === true);
}

async function keep(data: string, links: readonly DeclaredLink[], json: boolean): Promise<void> {
  const added = await keepLinks(data, links);
  const known = links.length - added;
  if (json) console.log(JSON.stringify({ links: links.map(linkJson), added, known } satisfies LinksJson));
  else
    console.log(
      [`${added} kept${known === 0 ? "" : `, ${known} known already`}`, links.map(({ id }) => id).join(", ")]
        .filter((text) => text !== "")
        .join(": "),
    );
}

export async function runList({ data, json }: DataOptions): Promise<void> {
  const links = await readLinkBook(data);
  if (json === true) {
    console.log(JSON.stringify({ links: links.map(linkJson) } satisfies LinksJson));
    return;
  }
  if (links.length === 0) {
    console.log(`No links in ${data} yet; 'spoor link add --help' says how to declare one.`);
    return;
  }
  const columns = [
    { heading: "link" },
    { heading: "kind" },
    { heading: "basis" },
    { heading: "confidence", align: "right" },
    { heading: "from, to, and who says so" },
  ] as const;
  const rows = links.flatMap(({ id, kind, basis, confidence, from, to, source }) => [
    [id, kind, basis, String(confidence), visibleText(sideText(from))],
    ["", "", "", "", visibleText(sideText(to))],
    ["", "", "", "", `according to ${visibleText(source)}`],
  ]);
  for (const line of tableLines(columns, rows)) console.log(line);
}

export async function runRemove(ids: string[], { data }: DataOptions): Promise<void> {
  await removeLinks(data, ids);
  console.log(`${ids.length} taken out.`);
}

const linkJson = ({ id, from, to, kind, basis, confidence, source }: DeclaredLink) => ({
  id,
  from: sideText(from),
  to: sideText(to),
  kind,
  basis,
  confidence,
  source,
});
