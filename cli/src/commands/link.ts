import { Command } from "commander";
import {
  type DeclaredLink,
  declareLink,
  keepLinks,
  readLinkBook,
  readLinkFile,
  removeLinks,
  sideText,
} from "spoor/cases";
import { visibleText } from "spoor/evidence";
import { linkBases, linkKinds } from "spoor/trace";
import type { LinksJson } from "../contract/link.ts";
import { dataOption, jsonOption, option } from "../options.ts";
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

const examples = `
Examples:
  spoor link add bank/UETR eth/0xHASH:1 --kind otc --source "invoice 12" --confidence 0.8
  spoor link add eth/0xHASH:0 btc/TXID:0 --kind bridge --basis memo --source "bridge's explorer"
  spoor link import links.csv
`;

export function linkCommand(): Command {
  return new Command("link")
    .description("declare that movements are one movement of value across assets or ledgers")
    .addHelpText("after", examples)
    .addCommand(addCommand())
    .addCommand(importCommand())
    .addCommand(listCommand())
    .addCommand(removeCommand());
}

function addCommand(): Command {
  return new Command("add")
    .description("keep a link from one movement to another")
    .argument("<from>", "what was given: LEDGER/TRANSACTION[:N], several with + between them")
    .argument("<to>", "what was received for it, written the same way")
    .addOption(option("--kind <kind>", "how value changed").choices(linkKinds).makeOptionMandatory())
    .addOption(option("--basis <basis>", "what the link rests on").choices(linkBases).default("declared"))
    .addOption(option("--confidence <share>", "how sure it is, 0 to 1").default("1"))
    .addOption(option("--source <text>", "who says so").makeOptionMandatory())
    .addOption(dataOption())
    .addOption(jsonOption())
    .action(async (from: string, to: string, { data, json, kind, basis, confidence, source }: AddOptions) => {
      await keep(data, [declared({ from, to, kind, basis, confidence, source })], json === true);
    });
}

function declared(text: Parameters<typeof declareLink>[0]): DeclaredLink {
  try {
    return declareLink(text);
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw wrongUse(`This is not a link: ${cause.message}`, "Write LEDGER/TRANSACTION[:N] for both sides.");
  }
}

function importCommand(): Command {
  return new Command("import")
    .description("keep the links of CSV files: from, to, kind, basis, confidence, source")
    .argument("<file...>")
    .addOption(dataOption())
    .addOption(jsonOption())
    .action(async (files: string[], { data, json }: DataOptions) => {
      const links = (await Promise.all(files.map(readLinkFile))).flat();
      await keep(data, links, json === true);
    });
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

function listCommand(): Command {
  return new Command("list")
    .description("list the links that the data folder keeps")
    .addOption(dataOption())
    .addOption(jsonOption())
    .action(async ({ data, json }: DataOptions) => {
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
    });
}

function removeCommand(): Command {
  return new Command("remove")
    .description("take links out")
    .argument("<id...>")
    .addOption(dataOption())
    .action(async (ids: string[], { data }: DataOptions) => {
      await removeLinks(data, ids);
      console.log(`${ids.length} taken out.`);
    });
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
