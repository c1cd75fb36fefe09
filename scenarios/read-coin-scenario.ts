import type { TraceRequest } from "../library/src/trace/request.ts";
import type { Direction, Rule } from "../library/src/trace/rule.ts";

/** One table of `coin-rules/`: a ledger, what is asked, and what each rule must say. See `coin-rules/README.txt`. */
export interface CoinScenario {
  story: string;
  transactions: { name: string; height: number; inputs: string[]; outputs: { coin: string; value: number }[] }[];
  seeds: { coin: string; amount: bigint | null; label: string }[];
  stops: string[];
  direction: Direction;
  followFees: boolean;
  subsidy: number;
  stopHeight: number | null;
  budget: TraceRequest["budget"];
  /** Of each rule, by column (a coin's name, or a total), the amounts by label. */
  results: { rule: Rule; cells: Record<string, bigint[]> }[];
}

const totals = ["unspent", "exits", "fees", "unknown", "notFollowed", "mined"];

/** Reads a table. @throws Error that names the line */
export function readCoinScenario(text: string): CoinScenario {
  const scenario: CoinScenario = {
    story: "",
    transactions: [],
    seeds: [],
    stops: [],
    direction: "forward",
    followFees: false,
    subsidy: 0,
    stopHeight: null,
    budget: {},
    results: [],
  };
  let columns: string[] = [];
  let section = "";
  text.split("\n").forEach((line, n) => {
    if (line.trim() === "") return;
    const cells = line.trim().split(/\s{2,}/u);
    const fail = (why: string) => new Error(`line ${n + 1}: ${why}: ${line}`);
    if (line.startsWith(" ")) readRow(scenario, section, columns, cells, fail);
    else if (section === "" && !line.startsWith("transactions")) scenario.story += `${line.trim()} `;
    else {
      [section = "", ...columns] = cells;
      readOption(scenario, section, columns, fail);
    }
  });
  return scenario;
}

function readOption(scenario: CoinScenario, name: string, values: string[], fail: (why: string) => Error): void {
  const [value = ""] = values;
  const number = Number(value);
  if (name === "backward") scenario.direction = "backward";
  else if (name === "follow fees") scenario.followFees = true;
  else if (name === "subsidy") scenario.subsidy = number;
  else if (name === "stop at") scenario.stops = values;
  else if (name === "stop height") scenario.stopHeight = number;
  else if (name === "movements") scenario.budget = { ...scenario.budget, movements: number };
  else if (name === "hops") scenario.budget = { ...scenario.budget, hops: number };
  else if (name === "min") scenario.budget = { ...scenario.budget, min: BigInt(value) };
  else if (!["transactions", "seeds", "result"].includes(name)) throw fail("not a section");
}

function readRow(
  scenario: CoinScenario,
  section: string,
  columns: string[],
  cells: string[],
  fail: (why: string) => Error,
): void {
  if (section === "transactions") {
    const [name = "", height = "", inputs = "", outputs = ""] = cells;
    const paid = outputs.split(" ").map((output) => {
      const [coin = "", value = ""] = output.split("=");
      if (!/^\d+$/u.test(value)) throw fail("an output is not NAME=VALUE");
      return { coin, value: Number(value) };
    });
    const spent = inputs === "mined" ? [] : inputs.split(" ");
    scenario.transactions.push({ name, height: Number(height), inputs: spent, outputs: paid });
  } else if (section === "seeds") {
    const [coin = "", amount = "", label = "theft"] = cells;
    scenario.seeds.push({ coin, amount: amount === "all" ? null : BigInt(amount), label });
  } else if (section === "result") {
    const [rule = "", ...amounts] = cells;
    if (amounts.length !== columns.length) throw fail(`${columns.length} amounts wanted`);
    const read = amounts.map((cell) => cell.split("+").map((part) => (part === "-" ? 0n : BigInt(part))));
    scenario.results.push({ rule: rule as Rule, cells: Object.fromEntries(columns.map((c, i) => [c, read[i]!])) });
  } else throw fail("a row outside of a section");
}

export function isTotal(column: string): boolean {
  return totals.includes(column);
}
