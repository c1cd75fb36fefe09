import type { Rule } from "../trace/rule.ts";
import type { End, ListedTrail, Movement, Traced, TrailSeed } from "../trace/trail.ts";
import {
  broker,
  cents,
  change,
  crossingAssets,
  day,
  dollars,
  end,
  ethTransaction,
  exchange,
  held,
  ledgers,
  micro,
  minute,
  muleA,
  muleB,
  paid,
  satoshi,
  second,
  thief,
  totalsOf,
  traced,
  usdt,
  wei,
  weth,
} from "./account-parts.fixture.ts";
import type { ReportInput } from "./report-input.ts";
import { madeInput, madeTxid } from "./trails.fixture.ts";

/*
 * A trail through a bank, Ethereum and Bitcoin as the engine's trails are made: a movement is a transaction; an end
 * says how much of the stolen asset it stands for.
 */

const bankMovements: Movement[] = [
  {
    ledger: "bank",
    transaction: "INVENTED-UETR-1",
    ...day(0),
    hops: 1,
    from: [held(muleA)],
    to: [paid(muleB, 600_000), paid(broker, 300_000)],
  },
  {
    ledger: "bank",
    transaction: "INVENTED-UETR-2",
    ...day(1),
    hops: 2,
    from: [held(muleB)],
    to: [paid(broker, 250_000, dollars(250_000, 240_000))],
  },
  {
    ledger: "bank",
    transaction: "INVENTED-UETR-3",
    ...day(2),
    hops: 2,
    from: [held(muleB)],
    to: [paid(broker, 250_000, dollars(250_000, 240_000))],
  },
  {
    ledger: "bank",
    transaction: "INVENTED-UETR-4",
    ...day(2),
    hops: 2,
    from: [held(muleB)],
    to: [paid(muleA, 50_000, dollars(50_000, 48_000))],
  },
];

const overTheCounter = { amount: micro(798_400), fifo: cents(800_000), haircut: cents(780_000) };
const inTokens = (fifo: bigint, haircut: bigint) =>
  traced(
    [(overTheCounter.amount * fifo) / cents(800_000), fifo],
    [(overTheCounter.amount * haircut) / cents(800_000), haircut],
  );
const ethOf = (stolen: bigint) => (wei("400") * stolen) / cents(800_000);
const inEther = (fifo: bigint, haircut: bigint) => traced([ethOf(fifo), fifo], [ethOf(haircut), haircut]);
const coinsOf = (stolen: bigint) => (satoshi(20) * stolen) / cents(800_000);
const inCoins = (fifo: bigint, haircut: bigint) => traced([coinsOf(fifo), fifo], [coinsOf(haircut), haircut]);
const [F, H] = [overTheCounter.fifo, overTheCounter.haircut];
const part = (share: bigint) => [(F * share) / 100n, (H * share) / 100n] as const;

const ethMovements: Movement[] = [
  {
    ledger: "eth",
    transaction: ethTransaction(0),
    ...minute(0, 800),
    hops: 3,
    from: [{ ...held(broker), ledger: "bank", asset: "USD" }],
    to: [{ coin: null, account: thief, asset: usdt.id, value: overTheCounter.amount, traced: inTokens(F, H) }],
  },
  {
    ledger: "eth",
    transaction: ethTransaction(1),
    ...minute(10, 801),
    hops: 4,
    from: [{ ...held(thief), asset: usdt.id }],
    to: [{ coin: null, account: thief, asset: weth.id, value: wei("400"), traced: inEther(F, H) }],
  },
  {
    ledger: "eth",
    transaction: ethTransaction(2),
    ...minute(12, 802),
    hops: 5,
    from: [{ ...held(thief), asset: weth.id }],
    to: [{ coin: null, account: thief, asset: "ETH", value: wei("400"), traced: inEther(F, H) }],
  },
  {
    ledger: "eth",
    transaction: ethTransaction(3),
    ...minute(20, 810),
    hops: 6,
    from: [held(thief)],
    to: [{ coin: null, account: second, asset: "ETH", value: wei("120"), traced: inEther(...part(30n)) }],
  },
  {
    ledger: "eth",
    transaction: ethTransaction(4),
    ...minute(40, 820),
    hops: 7,
    from: [held(second)],
    to: [{ coin: null, account: thief, asset: "ETH", value: wei("40"), traced: inEther(...part(10n)) }],
  },
];

const bridged = madeTxid(700);
const left = madeTxid(701);
const btcMovements: Movement[] = [
  {
    ledger: "btc",
    transaction: bridged,
    ...minute(90, 200),
    hops: 7,
    from: [{ ...held(thief), ledger: "eth", asset: "ETH" }],
    to: [{ coin: `${bridged}:0`, account: change, asset: "BTC", value: satoshi(16), traced: inCoins(...part(80n)) }],
  },
  {
    ledger: "btc",
    transaction: left,
    ...minute(150, 206),
    hops: 8,
    from: [{ coin: `${bridged}:0`, account: change }],
    to: [
      { coin: `${left}:0`, account: exchange, asset: "BTC", value: satoshi(12), traced: inCoins(...part(60n)) },
      { coin: `${left}:1`, account: change, asset: "BTC", value: satoshi(3.98), traced: inCoins(...part(19n)) },
    ],
  },
];

const crossingEnds: End[] = [
  end(
    "unspent",
    "bank",
    { account: muleA, value: cents(149_975) },
    dollars(149_975, 147_975),
    "still in the account when the ledger ends",
  ),
  end(
    "exit",
    "bank",
    { account: muleB, value: 0n },
    dollars(50_000, 72_000),
    "leaves the data: the ledger holds nothing that this account at Invented Bank paid",
  ),
  end("fee", "bank", {}, dollars(25), "charges of the trail's movements"),
  end(
    "unknown",
    "bank",
    { account: broker, value: cents(0) },
    dollars(0, 0),
    "in the account as far as the ledger knows",
  ),
  end(
    "unspent",
    "eth",
    { account: second, asset: "ETH", value: wei("81.5") },
    inEther(...part(20n)),
    "still in the account when the ledger ends",
  ),
  end(
    "exit",
    "btc",
    { coin: `${left}:0`, account: exchange, asset: "BTC", value: satoshi(12) },
    inCoins(...part(60n)),
    'stop: tagged "Exchange X" according to tags.csv',
  ),
  end(
    "unspent",
    "btc",
    { coin: `${left}:1`, account: change, asset: "BTC", value: satoshi(3.98) },
    inCoins(...part(19n)),
    "not spent",
  ),
  end("fee", "btc", { asset: "BTC" }, inCoins(...part(1n)), "charges of the trail's movements"),
];

const side = (ledger: string, transactions: string[], account: string | null, asset: string, amount: bigint) => {
  return { ledger, transactions, coins: [] as string[], account, asset, amount };
};
const followed = { followed: true, why: null };
const whole: Traced[] = inEther(F, H);

const crossingLinks: ListedTrail["links"] = [
  {
    id: "otc-1",
    kind: "otc",
    basis: "declared",
    confidence: 0.7,
    source: "links.csv: statement of the broker",
    from: side("bank", ["INVENTED-UETR-1", "INVENTED-UETR-2", "INVENTED-UETR-3"], broker, "USD", cents(800_000)),
    to: side("eth", [ethTransaction(0)], thief, usdt.id, overTheCounter.amount),
    ...followed,
    traced: dollars(800_000, 780_000),
  },
  {
    id: "swap-1",
    kind: "swap",
    basis: "same-transaction",
    confidence: 0.95,
    source: "net-flow/1",
    from: side("eth", [ethTransaction(1)], thief, usdt.id, overTheCounter.amount),
    to: side("eth", [ethTransaction(1)], thief, weth.id, wei("400")),
    ...followed,
    traced: inTokens(F, H),
  },
  {
    id: "wrap-1",
    kind: "wrap",
    basis: "event",
    confidence: 1,
    source: "wrapped-ether/1",
    from: side("eth", [ethTransaction(2)], thief, weth.id, wei("400")),
    to: side("eth", [ethTransaction(2)], thief, "ETH", wei("400")),
    ...followed,
    traced: whole,
  },
  {
    id: "bridge-1",
    kind: "bridge",
    basis: "amount-and-time",
    confidence: 0.6,
    source: "an analyst",
    from: side("eth", [ethTransaction(5)], thief, "ETH", wei("320")),
    to: { ...side("btc", [bridged], change, "BTC", satoshi(16)), coins: [`${bridged}:0`] },
    ...followed,
    traced: inEther(...part(80n)),
  },
  {
    id: "bridge-2",
    kind: "bridge",
    basis: "amount-and-time",
    confidence: 0.3,
    source: "another analyst",
    from: side("eth", [ethTransaction(5)], thief, "ETH", wei("320")),
    to: { ...side("btc", [madeTxid(702)], null, "BTC", satoshi(15.9)), coins: [`${madeTxid(702)}:1`] },
    followed: false,
    why: "a rival of bridge-1, which is surer",
    traced: [],
  },
];

const crossingRules: Rule[] = ["poison", "haircut", "fifo"];
const crossingSeeds: TrailSeed[] = [
  {
    ledger: "bank",
    coin: null,
    account: muleA,
    asset: "USD",
    amount: cents(1_000_000),
    label: "theft",
    transfer: "INVENTED-UETR-0:0",
  },
];
const usedEnds = crossingEnds.filter(({ traced: said }) => said.length > 0);
const crossingTotals = totalsOf(crossingRules, crossingSeeds, usedEnds);

/** From a bank over a broker to tokens, swapped and unwrapped, over a bridge to coins and an exchange. */
export const crossing: ListedTrail = {
  id: madeTxid(999_998),
  direction: "forward",
  rules: crossingRules,
  ledgers,
  seeds: crossingSeeds,
  status: "complete",
  bounds: [],
  totals: crossingTotals,
  ends: usedEnds,
  movements: [...bankMovements, ...ethMovements, ...btcMovements],
  links: crossingLinks,
  alternatives: [
    {
      assumption: "openings-unlimited",
      what: "The opening of one balance is not known. This is what the trail would be with clean value without limit.",
      totals: crossingTotals.map((total) =>
        total.rule === "fifo"
          ? { ...total, exits: total.exits - cents(40_000), unspent: total.unspent + cents(40_000) }
          : total,
      ),
      differences: [
        {
          kind: "unspent",
          ledger: "bank",
          coin: null,
          account: muleA,
          asset: "USD",
          rule: "fifo",
          label: "theft",
          stolen: cents(149_975),
          otherwise: cents(189_975),
        },
        {
          kind: "exit",
          ledger: "bank",
          coin: null,
          account: muleB,
          asset: "USD",
          rule: "fifo",
          label: "theft",
          stolen: cents(50_000),
          otherwise: cents(10_000),
        },
      ],
    },
    {
      assumption: "debits-first",
      what: "On a day without hours, what an account pays comes before what it receives.",
      totals: crossingTotals,
      differences: [
        {
          kind: "exit",
          ledger: "bank",
          coin: null,
          account: muleB,
          asset: "USD",
          rule: "haircut",
          label: "theft",
          stolen: cents(72_000),
          otherwise: cents(71_500.5),
        },
        {
          kind: "unspent",
          ledger: "eth",
          coin: null,
          account: second,
          asset: "ETH",
          rule: "haircut",
          label: "theft",
          stolen: part(20n)[1],
          otherwise: part(20n)[1] + 49_950n,
        },
      ],
    },
  ],
};

export const crossingTags = [
  { account: exchange, label: "Exchange X", source: "tags.csv" },
  { account: broker, label: "Broker Y", source: "tags.csv" },
];

export function crossingInput(trail: ListedTrail = crossing, more: Partial<ReportInput> = {}): ReportInput {
  return madeInput(trail, {
    assets: crossingAssets,
    tags: crossingTags,
    ledgers: [
      { name: "bank", transactions: 5, transfers: 6, accounts: 9, missing: ["statements of one bank"] },
      { name: "eth", transactions: 120, transfers: 340, accounts: 88 },
      { name: "btc", blocks: 301, transactions: 900, inputs: 1200, outputs: 1500 },
    ],
    command: ["spoor", "trace", "--ledger", "bank", "--ledger", "eth", "--ledger", "btc", "--seed", "INVENTED-UETR-0"],
    engine: "joint/1",
    files: [{ name: "tags.csv", sha256: madeTxid(777) }],
    stops: ["tags:tags.csv"],
    ...more,
  });
}
