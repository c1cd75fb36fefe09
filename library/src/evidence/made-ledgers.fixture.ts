import { instantOfSeconds } from "../money/instant.ts";
import { type Rule, rules } from "../trace/rule.ts";
import type { ListedTrail, Traced } from "../trace/trail.ts";
import { coinOf, finishTrail, type MadeLedger, type MadeTransaction, madeTxid } from "./trails.fixture.ts";

const btc = (text: string) => {
  const [whole = "0", fraction = ""] = text.split(".");
  return BigInt(whole + fraction.padEnd(8, "0"));
};
const start = 1_501_729_200;
const at = (minutes: number) => ({ height: 478_000 + Math.floor(minutes / 10), time: start + minutes * 60 });
const address = (index: number) =>
  `bcrt1q${madeTxid(5000 + index)
    .replaceAll(/[b1]/gu, "x")
    .slice(0, 38)}`;
const seedCoin = `${madeTxid(100_000)}:0`;
const cleanCoin = (index: number) => `${madeTxid(200_000 + index)}:1`;

/** Five movements: robbed, split, merged with clean money, deposited, left. */
export const smallTheft: MadeLedger = {
  rules,
  seeds: [{ coin: seedCoin, account: address(0), amount: btc("12.5"), label: "theft" }],
  outside: { [seedCoin]: btc("12.5"), [cleanCoin(0)]: btc("4"), [cleanCoin(1)]: btc("2.25") },
  transactions: [
    { inputs: [seedCoin], outputs: [{ value: btc("12.499"), account: address(1) }], ...at(0) },
    {
      inputs: [coinOf(0, 0)],
      outputs: [
        { value: btc("7"), account: address(2) },
        { value: btc("5.4985"), account: address(3) },
      ],
      ...at(25),
    },
    {
      inputs: [coinOf(1, 0), cleanCoin(0)],
      outputs: [
        { value: btc("6.4"), account: address(4) },
        { value: btc("4.5995"), account: address(5) },
      ],
      ...at(140),
    },
    {
      inputs: [coinOf(1, 1)],
      outputs: [
        { value: btc("3"), account: address(6) },
        { value: btc("2.498"), account: address(7) },
      ],
      ...at(160),
    },
    {
      inputs: [coinOf(2, 1), cleanCoin(1)],
      outputs: [
        { value: btc("5.1"), account: address(8) },
        { value: btc("1.749"), account: address(9) },
      ],
      ...at(1600),
    },
  ],
  fate: {
    [coinOf(2, 0)]: { kind: "exit", why: "stop: the account is tagged" },
    [coinOf(4, 0)]: { kind: "unknown", why: "the ledger does not say whether it was spent" },
    [coinOf(3, 0)]: { kind: "exit", why: "stop: the account is tagged" },
  },
};
export const smallTheftExits = [address(4), address(6)] as const;

/** A peel chain: each transaction pays a small part and sends the rest on. */
export function peelChain(length: number, asked: readonly Rule[] = ["haircut", "fifo"]): MadeLedger {
  const transactions: MadeTransaction[] = [];
  let rest = btc("100");
  for (let i = 0; i < length; i++) {
    const peel = (rest * BigInt(1 + (i % 3))) / 200n;
    rest = rest - peel - 1000n;
    transactions.push({
      inputs: [i === 0 ? seedCoin : coinOf(i - 1, 1)],
      outputs: [
        { value: peel, account: address(100 + i) },
        { value: rest, account: address(500 + i) },
      ],
      ...at(i * 17),
    });
  }
  const fate = { [coinOf(2, 0)]: { kind: "exit", why: "stop: the account is tagged" } } as const;
  return {
    transactions,
    rules: asked,
    fate,
    outside: { [seedCoin]: btc("100") },
    seeds: [{ coin: seedCoin, account: address(0), amount: btc("100"), label: "theft" }],
  };
}

/** An equal-output mix: several inputs, one of them stolen, into many outputs of the same value; two thefts meet. */
export function equalMix(outputs: number): MadeLedger {
  const parts = Array.from({ length: outputs }, (_, i) => ({ value: btc("1"), account: address(300 + i) }));
  const second = `${madeTxid(100_001)}:2`;
  return {
    rules,
    seeds: [
      { coin: seedCoin, account: address(0), amount: btc("8"), label: "first theft" },
      { coin: second, account: address(1), amount: btc("5.5"), label: "second theft" },
    ],
    outside: { [seedCoin]: btc("8"), [second]: btc("6"), [cleanCoin(0)]: btc(String(Math.max(outputs - 12, 1))) },
    transactions: [
      { inputs: [seedCoin], outputs: [{ value: btc("7.9999"), account: address(2) }], ...at(0) },
      { inputs: [second], outputs: [{ value: btc("5.9999"), account: address(3) }], ...at(3) },
      { inputs: [cleanCoin(0), coinOf(0, 0), coinOf(1, 0)], outputs: parts, ...at(60) },
      { inputs: [coinOf(2, 3), coinOf(2, 4)], outputs: [{ value: btc("1.99"), account: address(900) }], ...at(600) },
    ],
    fate: { [coinOf(3, 0)]: { kind: "notFollowed", why: "the budget of movements was met" } },
  };
}

/** Numbers that repeat for the same start: xorshift. */
export function madeNumbers(from: number): (below: number) => number {
  let state = from | 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

/** Many movements of random shape: a few inputs, some of them clean, one to four outputs. */
export function manyMovements(length: number, asked: readonly Rule[] = ["haircut", "fifo"], from = 7): MadeLedger {
  const next = madeNumbers(from);
  const outside: Record<string, bigint> = { [seedCoin]: btc("5000") };
  const open: { coin: string; value: bigint }[] = [{ coin: seedCoin, value: btc("5000") }];
  const transactions: MadeTransaction[] = [];
  for (let t = 0; t < length; t++) {
    const inputs: { coin: string; value: bigint }[] = [];
    const wanted = 1 + (next(4) === 0 ? 1 : 0);
    for (let i = 0; i < wanted && open.length > 0; i++) inputs.push(open.splice(next(open.length), 1)[0]!);
    if (next(5) === 0 || inputs.length === 0) {
      const value = BigInt(1 + next(2_000_000_000));
      outside[cleanCoin(t)] = value;
      inputs.push({ coin: cleanCoin(t), value });
    }
    const all = inputs.reduce((sum, input) => sum + input.value, 0n);
    let rest = all - all / 5000n;
    const outputs: { value: bigint; account: string }[] = [];
    const count = 1 + next(4);
    for (let j = 0; j < count; j++) {
      const value = j + 1 === count ? rest : (rest * BigInt(1 + next(90))) / 100n;
      rest -= value;
      outputs.push({ value, account: address(t * 10 + j) });
    }
    outputs.forEach(({ value }, j) => {
      if (open.length < 3 || next(6) > 0) open.push({ coin: coinOf(t, j), value });
    });
    transactions.push({ inputs: inputs.map((input) => input.coin), outputs, ...at(t * 9) });
  }
  return {
    transactions,
    outside,
    rules: asked,
    seeds: [{ coin: seedCoin, account: address(0), amount: btc("5000"), label: "theft" }],
  };
}

const tracedBack = (amount: bigint): Traced[] => [{ rule: "fifo", label: "theft", amount, stolen: amount }];
const place = (coin: string, index: number) => ({ coin, account: address(index) });

/** Source of funds: 6 BTC looked back on, over two transactions, to a mined coin and one whose maker is missing. */
export const backwardTrail: ListedTrail = finishTrail({
  direction: "backward",
  rules: ["fifo"],
  seeds: [{ ledger: "made", ...place(coinOf(51, 0), 3), asset: "BTC", amount: btc("6"), label: "theft" }],
  movements: [
    {
      ledger: "made",
      transaction: madeTxid(50),
      height: 470_000,
      time: instantOfSeconds(start - 90_000),
      hops: 2,
      from: [place(`${madeTxid(40)}:0`, 1)],
      to: [{ ...place(coinOf(50, 0), 2), asset: "BTC", value: btc("4.5"), traced: tracedBack(btc("4")) }],
    },
    {
      ledger: "made",
      transaction: madeTxid(51),
      height: 471_000,
      time: instantOfSeconds(start),
      hops: 1,
      from: [place(coinOf(50, 0), 2), place(`${madeTxid(41)}:7`, 4)],
      to: [{ ...place(coinOf(51, 0), 3), asset: "BTC", value: btc("6"), traced: tracedBack(btc("6")) }],
    },
  ],
  ends: [
    {
      kind: "mined",
      ledger: "made",
      ...place(`${madeTxid(40)}:0`, 1),
      asset: "BTC",
      value: btc("12.5"),
      why: "new coins of block 460,000",
      traced: tracedBack(btc("4")),
    },
    {
      kind: "unknown",
      ledger: "made",
      ...place(`${madeTxid(41)}:7`, 4),
      asset: "BTC",
      value: btc("2"),
      why: "the ledger does not hold the transaction that made this coin",
      traced: tracedBack(btc("2")),
    },
  ],
  bounds: [],
});
