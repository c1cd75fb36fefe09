import { instantOfSeconds } from "../money/instant.ts";
import { assembleTrail, type NamedCoin, type NamedTransaction } from "../trace/assemble-trail.ts";
import { type CoinColumns, makerAbsent, unspent } from "../trace/columns.ts";
import type { TraceRequest } from "../trace/request.ts";
import { traceCoins } from "../trace/trace-coins.ts";
import type { ListedTrail } from "../trace/trail.ts";
import { coinOf, type MadeLedger, madeTxid } from "./trails.fixture.ts";

/** A made ledger as the engine takes it, with the names of what is in it. */
function engineColumns(ledger: MadeLedger) {
  const { transactions } = ledger;
  const made = transactions.flatMap(({ outputs }, t) =>
    outputs.map(({ value, account }, j) => ({ coin: coinOf(t, j), account, value, maker: t })),
  );
  const seedAccounts = new Map(ledger.seeds.map((seed) => [seed.coin, seed.account]));
  const outside = Object.entries(ledger.outside).map(([coin, value]) => {
    return { coin, account: seedAccounts.get(coin) ?? null, value, maker: makerAbsent };
  });
  const coins = [...made, ...outside];
  const ids = new Map(coins.map(({ coin }, id) => [coin, id]));
  const spenders = new Map(transactions.flatMap(({ inputs }, t) => inputs.map((coin) => [coin, t] as const)));
  const firsts = (counts: readonly number[]) => {
    let sum = 0;
    const starts = counts.map((count) => {
      sum += count;
      return sum;
    });
    return Uint32Array.from([0, ...starts]);
  };
  const columns: CoinColumns = {
    transactionCount: transactions.length,
    outputCount: coins.length,
    inputCount: transactions.reduce((sum, { inputs }) => sum + inputs.length, 0),
    txFirstOutput: firsts(transactions.map(({ outputs }) => outputs.length)),
    txFirstInput: firsts(transactions.map(({ inputs }) => inputs.length)),
    txHeight: Uint32Array.from(transactions, ({ height }) => height),
    inputOutput: Uint32Array.from(transactions.flatMap(({ inputs }) => inputs.map((coin) => ids.get(coin)!))),
    outputValue: Float64Array.from(coins, ({ value }) => Number(value)),
    outputTx: Uint32Array.from(coins, ({ maker }) => maker),
    outputSpender: Uint32Array.from(coins, ({ coin }) => spenders.get(coin) ?? unspent),
    wholeBlocks: false,
  };
  const names = {
    coins: new Map<number, NamedCoin>(coins.map(({ coin, account, value }, id) => [id, { coin, account, value }])),
    transactions: new Map<number, NamedTransaction>(
      transactions.map(({ height, time }, t) => [t, { txid: madeTxid(t), height, time: instantOfSeconds(time) }]),
    ),
  };
  return { columns, names, ids };
}

export interface EngineSeed {
  readonly coin: string;
  /** Null: the whole coin. */
  readonly amount: bigint | null;
  readonly label: string;
}

/** The trail that the engine finds in a made ledger from any of its coins; the ledger's own seeds are not used. */
export function engineTrail(
  ledger: MadeLedger,
  asked: Pick<TraceRequest, "direction" | "rules" | "budget"> & { readonly seeds: readonly EngineSeed[] },
): ListedTrail {
  const { columns, names, ids } = engineColumns(ledger);
  const { direction, rules, budget } = asked;
  const labels = [...new Set(asked.seeds.map((seed) => seed.label))];
  const seeds = asked.seeds.map(({ coin, amount, label }) => {
    return { output: ids.get(coin)!, amount, label: labels.indexOf(label) };
  });
  const request: TraceRequest = {
    direction,
    rules,
    budget,
    labels,
    seeds,
    stopOutputs: null,
    stopHeight: null,
    followFees: false,
    subsidyAt: () => 0,
  };
  const trail = assembleTrail({
    id: madeTxid(999_999),
    ledger: {
      name: "made",
      kind: "coin",
      network: "regtest",
      snapshot: { height: 1234, hash: madeTxid(888) },
      partial: false,
    },
    asset: "BTC",
    columns,
    request,
    trace: traceCoins(columns, request),
    names,
  });
  return { ...trail, movements: [...trail.movements] };
}
