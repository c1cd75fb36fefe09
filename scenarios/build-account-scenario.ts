import { type AccountColumns, coverages, nowhere } from "../library/src/trace/account-columns.ts";
import type { JointPart, JointRequest, JointSeed, LinkSide } from "../library/src/trace/joint-request.ts";
import { orderDays } from "../library/src/trace/order-day.ts";
import { type Coin, layOut, newTransaction } from "../library/src/trace/random-ledger.test-ledger.ts";
import type { AccountScenario, ScenarioLedger, ScenarioOptions } from "./read-account-scenario.ts";

/** Where a name of a table stands. */
export interface NamedAt {
  part: number;
  kind: "holding" | "transfer" | "coin";
  id: number;
}

/** Who pays what is made, and receives what is burnt. */
const nobody = "nobody";
const dayMs = 86_400_000;

/** What a table asks with one set of options, as a request. */
export function buildAccountScenario(scenario: AccountScenario, options: ScenarioOptions) {
  const names = new Map<string, NamedAt>();
  const parts = scenario.ledgers.map((ledger, part) => {
    return ledger.kind === "account"
      ? buildAccounts(ledger, part, options, names)
      : buildCoins(ledger, part, options, names);
  });
  const at = (name: string): NamedAt => {
    const named = names.get(name);
    if (named === undefined) throw new Error(`nothing is called ${name}`);
    return named;
  };
  const labels = [...new Set(scenario.seeds.map(({ label }) => label))];
  const side = (ids: string[]): LinkSide => ({ part: at(ids[0]!).part, ids: ids.map((name) => at(name).id) });
  const request: JointRequest = {
    direction: options.direction,
    rules: ["fifo"],
    labels: labels.map((name) => ({ name, asset: "unit" })),
    parts,
    seeds: scenario.seeds.map(({ at: name, amount, label }): JointSeed => {
      const { part, kind, id } = at(name);
      const place =
        kind === "coin" ? { kind, output: id } : kind === "transfer" ? { kind, transfer: id } : { kind, holding: id };
      return { part, at: place, amount, label: labels.indexOf(label) };
    }),
    links: scenario.links.map(({ from, to, amount }) => ({ from: side(from), to: side(to), amount })),
    budget: options.budget,
    followFees: options.followFees,
    openings: options.openings,
    throughDebt: options.throughDebt,
  };
  return { request, at };
}

function bitsOf(ids: number[], count: number): Uint32Array {
  const bits = new Uint32Array(Math.ceil(count / 32));
  for (const id of ids) bits[id >>> 5]! |= 1 << (id & 31);
  return bits;
}

function buildAccounts(
  { payments, openings }: ScenarioLedger,
  part: number,
  options: ScenarioOptions,
  names: Map<string, NamedAt>,
): JointPart {
  const accounts = [...new Set(payments.flatMap(({ from, to }) => [from, to]))].filter((name) => name !== nobody);
  const idOf = (name: string) => (name === nobody ? nowhere : accounts.indexOf(name));
  const firsts: number[] = [];
  payments.forEach(({ isSame }, i) => {
    if (!isSame) firsts.push(i);
  });
  const count = firsts.length;
  const timeOf = (t: number) => payments[firsts[t]!]!.time;
  const numberOf = new Map(payments.map(({ name }, i) => [name, i]));
  const returnOf = payments.flatMap(({ returns }, i): [number, number][] =>
    returns === null ? [] : [[i, numberOf.get(returns)!]],
  );
  const covers = (name: string) =>
    options.outside.includes(name) ? "outside" : options.partly.includes(name) ? "partly" : "covered";
  const columns: AccountColumns = {
    transactionCount: count,
    transferCount: payments.length,
    holdingCount: accounts.length,
    txFirstTransfer: Uint32Array.from([...firsts, payments.length]),
    txHeight: Uint32Array.from({ length: count }, (_, t) => timeOf(t)),
    txTime: Float64Array.from({ length: count }, (_, t) => timeOf(t) * dayMs),
    txDayOnly: new Uint8Array(count).fill(options.days === null ? 0 : 1),
    transferFrom: Uint32Array.from(payments, ({ from }) => idOf(from)),
    transferTo: Uint32Array.from(payments, ({ to }) => idOf(to)),
    transferAmount: Float64Array.from(payments, ({ amount }) => amount),
    transferIsFee: Uint8Array.from(payments, ({ isFee }) => (isFee ? 1 : 0)),
    returnOf: new Map(returnOf),
    openings: new Map([...openings].map(([name, amount]) => [idOf(name), amount])),
    openingDefault: null,
    holdingCoverage: Uint8Array.from(accounts, (name) => coverages.indexOf(covers(name))),
  };
  const ordered = orderDays(columns, options.days ?? "as-listed");
  accounts.forEach((name, id) => {
    names.set(name, { part, kind: "holding", id });
  });
  ordered.transferIds.forEach((old, id) => {
    names.set(payments[old]!.name, { part, kind: "transfer", id });
  });
  const stops = bitsOf(
    options.stops.map(idOf).filter((id) => id >= 0),
    accounts.length,
  );
  return { kind: "account", columns: ordered.columns, stops, stopHeight: options.stopHeight };
}

function buildCoins(
  { spends }: ScenarioLedger,
  part: number,
  options: ScenarioOptions,
  names: Map<string, NamedAt>,
): JointPart {
  const coins = new Map<string, Coin>();
  const ledger = spends.map(({ time, inputs, outputs }) => {
    const made = newTransaction(
      time,
      inputs.map((name) => coins.get(name)!),
      outputs.map(({ value }) => value),
    );
    outputs.forEach(({ coin }, j) => {
      coins.set(coin, made.outputs[j]!);
    });
    return made;
  });
  const columns = layOut(ledger, false);
  for (const [name, { id }] of coins) names.set(name, { part, kind: "coin", id });
  return {
    kind: "coin",
    columns,
    txTime: Float64Array.from(spends, ({ time }) => time * dayMs),
    stops: bitsOf(
      options.stops.flatMap((name) => coins.get(name)?.id ?? []),
      columns.outputCount,
    ),
    stopHeight: null,
    subsidyAt: () => 0,
  };
}
