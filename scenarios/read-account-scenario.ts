import type { DayOrder } from "../library/src/trace/day-order.ts";
import type { TraceBudget } from "../library/src/trace/request.ts";
import type { Direction, Rule } from "../library/src/trace/rule.ts";

/** One table of `account-rules/`: ledgers, what is asked, what each rule must say. See `account-rules/README.txt`. */
export interface AccountScenario {
  story: string;
  ledgers: ScenarioLedger[];
  seeds: { at: string; amount: bigint | null; label: string }[];
  links: { from: string[]; to: string[]; amount: bigint | null }[];
  /** In the order of the table: what is asked, and what each rule must say to it. */
  results: { options: ScenarioOptions; rows: { rule: Rule; cells: Record<string, bigint[]> }[] }[];
}

export interface ScenarioLedger {
  kind: "account" | "coin";
  /** Balances by account; those not named are not known. */
  openings: Map<string, bigint>;
  payments: ScenarioPayment[];
  spends: { name: string; time: number; inputs: string[]; outputs: { coin: string; value: number }[] }[];
}

export interface ScenarioPayment {
  name: string;
  time: number;
  /** In the transaction of the payment before it. */
  isSame: boolean;
  from: string;
  to: string;
  amount: number;
  isFee: boolean;
  returns: string | null;
}

export interface ScenarioOptions {
  direction: Direction;
  days: DayOrder | null;
  stops: string[];
  stopHeight: number | null;
  budget: TraceBudget;
  followFees: boolean;
  openings: "least" | "unlimited";
  throughDebt: boolean;
  partly: string[];
  outside: string[];
}

type Fail = (why: string) => Error;

/** Reads a table. @throws Error that names the line */
export function readAccountScenario(text: string): AccountScenario {
  const scenario: AccountScenario = { story: "", ledgers: [], seeds: [], links: [], results: [] };
  let options: ScenarioOptions = {
    direction: "forward",
    days: null,
    stops: [],
    stopHeight: null,
    budget: {},
    followFees: false,
    openings: "least",
    throughDebt: false,
    partly: [],
    outside: [],
  };
  let columns: string[] = [];
  let section = "";
  text.split("\n").forEach((line, n) => {
    if (line.trim() === "") return;
    const cells = line.trim().split(/\s{2,}/u);
    const fail: Fail = (why) => new Error(`line ${n + 1}: ${why}: ${line}`);
    if (line.startsWith(" ")) readRow(scenario, section, columns, cells, fail);
    else if (section === "" && !isSection(cells[0] ?? "")) scenario.story += `${line.trim()} `;
    else {
      [section = "", ...columns] = cells;
      if (isSection(section)) openSection(scenario, section);
      else if (section === "result") scenario.results.push({ options, rows: [] });
      else options = readOption(options, section, columns, fail);
    }
  });
  return scenario;
}

function isSection(name: string): boolean {
  return ["openings", "payments", "coins", "seeds", "links"].includes(name);
}

/** Openings stand before the payments of their ledger. */
function openSection({ ledgers }: AccountScenario, section: string): void {
  if (section === "seeds" || section === "links") return;
  const kind = section === "coins" ? "coin" : "account";
  const last = ledgers.at(-1);
  const isBegun = last !== undefined && last.payments.length === 0 && last.spends.length === 0;
  if (!isBegun) ledgers.push({ kind, openings: new Map(), payments: [], spends: [] });
}

function readOption(before: ScenarioOptions, name: string, values: string[], fail: Fail): ScenarioOptions {
  const [value = ""] = values;
  const budget = before.budget;
  switch (name) {
    case "backward":
      return { ...before, direction: "backward" };
    case "days":
      return { ...before, days: value as DayOrder };
    case "stop at":
      return { ...before, stops: values };
    case "stop height":
      return { ...before, stopHeight: Number(value) };
    case "movements":
      return { ...before, budget: { ...budget, movements: Number(value) } };
    case "hops":
      return { ...before, budget: { ...budget, hops: Number(value) } };
    case "min":
      return { ...before, budget: { ...budget, min: BigInt(value) } };
    case "follow fees":
      return { ...before, followFees: true };
    case "openings unlimited":
      return { ...before, openings: "unlimited" };
    case "through debts":
      return { ...before, throughDebt: true };
    case "partly covered":
      return { ...before, partly: values };
    case "outside":
      return { ...before, outside: values };
    default:
      throw fail("not a section");
  }
}

function readRow(scenario: AccountScenario, section: string, columns: string[], cells: string[], fail: Fail): void {
  const ledger = scenario.ledgers.at(-1);
  const [first = "", second = "", third = "", fourth = ""] = cells;
  if (section === "openings") ledger?.openings.set(first, BigInt(second));
  else if (section === "payments") ledger?.payments.push(readPayment(ledger, cells, fail));
  else if (section === "coins") {
    const outputs = fourth.split(" ").map((output) => {
      const [coin = "", value = ""] = output.split("=");
      if (!/^\d+$/u.test(value)) throw fail("an output is not NAME=VALUE");
      return { coin, value: Number(value) };
    });
    const inputs = third === "mined" ? [] : third.split(" ");
    ledger?.spends.push({ name: first, time: Number(second), inputs, outputs });
  } else if (section === "seeds") {
    scenario.seeds.push({ at: first, amount: second === "all" ? null : BigInt(second), label: third || "theft" });
  } else if (section === "links") {
    const [from = "", to = ""] = first.split(" > ");
    scenario.links.push({ from: from.split(" "), to: to.split(" "), amount: second === "all" ? null : BigInt(second) });
  } else if (section === "result") {
    const [rule = "", ...amounts] = cells;
    if (amounts.length !== columns.length) throw fail(`${columns.length} amounts wanted`);
    const read = amounts.map((cell) => cell.split("+").map((part) => (part === "-" ? 0n : BigInt(part))));
    const row = { rule: rule as Rule, cells: Object.fromEntries(columns.map((c, i) => [c, read[i]!])) };
    scenario.results.at(-1)?.rows.push(row);
  } else throw fail("a row outside of a section");
}

function readPayment({ payments }: ScenarioLedger, cells: string[], fail: Fail): ScenarioPayment {
  const [name = "", time = "", way = "", amount = "", ...notes] = cells;
  const [from = "", to = ""] = way.split(" > ");
  if (to === "" || !/^\d+$/u.test(amount)) throw fail("a payment is NAME  TIME  FROM > TO  AMOUNT");
  const isSame = time === '"';
  const returns = notes.find((note) => note.startsWith("returns "))?.slice("returns ".length) ?? null;
  for (const note of notes) if (note !== "fee" && !note.startsWith("returns ")) throw fail(`"${note}" is no note`);
  return {
    name,
    time: isSame ? (payments.at(-1)?.time ?? 0) : Number(time),
    isSame,
    from,
    to,
    amount: Number(amount),
    isFee: notes.includes("fee"),
    returns,
  };
}
