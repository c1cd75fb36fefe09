import { Command, InvalidArgumentError, Option } from "commander";
import { parseBudget } from "spoor/cases/budget";
import { parseStop } from "spoor/cases/stop";
import { confidenceDefault, filesLedger } from "spoor/cases/theft";
import { dayOrders } from "spoor/trace/day-order";
import { type Rule, rules } from "spoor/trace/rule";
import { dataOption, gather, jsonOption, option, share } from "../options.ts";
import { later } from "./later.ts";

const examples = `
Examples:
  spoor trace --ledger btc --seed TXID:0 --rule fifo,haircut
  spoor trace --ledger btc --seed ADDRESS@ransom --stop tags:exchanges.csv --report ransom.html
  spoor trace --ledger btc --seed "TXID:1=2.5 BTC@loan" --direction backward --budget hops=20
  spoor trace --files payments.csv statements/ --seed ACCOUNT --rule fifo
  spoor trace --ledger bank --ledger eth --ledger btc --seed UETR --tags services.csv --links links.csv
`;

export function traceCommand(): Command {
  const command = new Command("trace").description(
    "follow value from its seeds (or back to its sources) under the rules of courts and researchers",
  );
  for (const each of [...whatOptions(), ...limitOptions(), ...crossingOptions(), ...resultOptions()]) {
    command.addOption(each);
  }
  return command
    .addHelpText("after", examples)
    .action(later(async () => (await import("../actions/trace.ts")).runTrace));
}

/** What is traced. */
function whatOptions(): Option[] {
  return [
    option("--ledger <name...>", "the ledgers that the trail may run through")
      .argParser(gather(asWritten))
      .default([], "none"),
    option("--files <file...>", `bank messages, statements and CSV to trace as they are: the ledger "${filesLedger}"`)
      .argParser(gather(asWritten))
      .default([], "none"),
    option("--mapping <file>", "what the columns of CSV among --files mean: YAML or JSON"),
    option(
      "--seed <seed...>",
      "where the theft begins: TXID:VOUT, TXID, a transfer as TRANSACTION:N, or an account; then [=AMOUNT][@LABEL]; " +
        "AMOUNT in smallest units or as 1.5BTC; LEDGER/ before it where several ledgers hold it",
    )
      .argParser(gather(asWritten))
      .makeOptionMandatory(),
    option("--asset <id...>", "seed only value in these: ISO 4217 code, ETH, or a token's contract")
      .argParser(gather(asWritten))
      .default([], "any"),
    option("--rule <rules>", `${rules.join(", ")}: one, several with commas, or all`)
      .argParser(parseRules)
      .default("all"),
    option("--direction <direction>", "to where it went, or to where it came from")
      .choices(["forward", "backward"])
      .default("forward"),
  ];
}

/** Where it ends. */
function limitOptions(): Option[] {
  return [
    option("--stop <stop...>", "where the trail ends: address:X, tags:FILE, height:N")
      .argParser(gather(parseStop))
      .default([], "none"),
    option("--tags <file...>", "who is behind an account; services that pool customers' money are stops")
      .argParser(gather(asWritten))
      .default([], "none"),
    option("--through <account...>", "do not stop at these tagged accounts, or at no services")
      .argParser(gather(asWritten))
      .default([], "none"),
    option("--budget <budget>", "how much to follow: movements=N,hops=N,min=AMOUNT")
      .argParser(parseBudget)
      .default({}, "no bound"),
    option("--follow-fees", "follow fees into the coinbase of their block").default(false),
    option("--require-complete", "exit with status 1 where a budget was met").default(false),
  ];
}

/** What leads across assets and ledgers, and what is assumed. */
function crossingOptions(): Option[] {
  return [
    option("--links <file...>", "links besides those that 'spoor link' keeps: CSV")
      .argParser(gather(asWritten))
      .default([], "none"),
    option("--link-confidence <share>", "follow no link below this").argParser(share).default(confidenceDefault),
    new Option("--no-find-links", "do not look for swaps, wraps and exchanges of currency inside transactions"),
    option("--order <order>", "what comes first on a day without hours").choices(dayOrders).default("as-listed"),
    option("--through-debt", "trace what repays a debt into what the debt had bought").default(false),
    option("--other-report <ledger=other...>", "trace also with another ledger's telling in this one's place")
      .argParser(gather(parseReport))
      .default([], "none"),
    new Option("--no-alternatives", "do not say what other assumptions would change"),
  ];
}

/** What becomes of the result. */
function resultOptions(): Option[] {
  return [
    option("--report <file>", "write the trail as one self-contained page"),
    option(
      "--csv <folder>",
      "write ends.csv and movements.csv there; also links.csv and alternatives.csv where there are any",
    ),
    dataOption(),
    jsonOption(),
  ];
}

function parseReport(text: string): { of: string; ledger: string } {
  const [, of, ledger] = /^([^=]+)=([^=]+)$/u.exec(text) ?? [];
  if (of === undefined || ledger === undefined) throw new InvalidArgumentError("Write LEDGER=OTHER-LEDGER.");
  return { of, ledger };
}

const asWritten = (text: string): string => text;

function parseRules(text: string): Rule[] | "all" {
  if (text === "all") return "all";
  const asked = text.split(",").map((name) => name.trim());
  const unknown = asked.find((name) => !rules.some((rule) => rule === name));
  if (unknown !== undefined) throw new InvalidArgumentError(`"${unknown}" is none of ${rules.join(", ")}, all.`);
  // In the table's order, each once: the same rules give the same trail however they were written.
  return rules.filter((rule) => asked.includes(rule));
}
