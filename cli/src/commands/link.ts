import { Command } from "commander";
import { linkBases, linkKinds } from "spoor/trace/link";
import { dataOption, jsonOption, option } from "../options.ts";
import { later } from "./later.ts";

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
    .action(later(async () => (await import("../actions/link.ts")).runAdd));
}

function importCommand(): Command {
  return new Command("import")
    .description("keep the links of CSV files: from, to, kind, basis, confidence, source")
    .argument("<file...>")
    .addOption(dataOption())
    .addOption(jsonOption())
    .action(later(async () => (await import("../actions/link.ts")).runImport));
}

function listCommand(): Command {
  return new Command("list")
    .description("list the links that the data folder keeps")
    .addOption(dataOption())
    .addOption(jsonOption())
    .action(later(async () => (await import("../actions/link.ts")).runList));
}

function removeCommand(): Command {
  return new Command("remove")
    .description("take links out")
    .argument("<id...>")
    .addOption(dataOption())
    .action(later(async () => (await import("../actions/link.ts")).runRemove));
}
