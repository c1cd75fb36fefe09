import { bitcoin, currency, ether, token } from "../money/asset.ts";
import { instantOfSeconds } from "../money/instant.ts";
import { type Rule, ruleFacts } from "../trace/rule.ts";
import type { End, EndKind, MovedFrom, MovedTo, Total, Traced, TrailLedger, TrailSeed } from "../trace/trail.ts";
import { madeTxid } from "./trails.fixture.ts";

/* What the trails through account ledgers of these tests are made of; all names and amounts are invented. */

export const usd = currency("USD");
export const usdt = token("0x00000000000000000000000000000000000000d1", { decimals: 6, symbol: "USDX" });
export const weth = token("0x00000000000000000000000000000000000000e2", { decimals: 18, symbol: "WETX" });
/** A token that calls itself ether. */
export const falseEther = token("0x00000000000000000000000000000000000000f3", { decimals: 18, symbol: "ETH" });
export const crossingAssets = [usd, usdt, weth, falseEther, ether, bitcoin];

export const cents = (dollars: number) => BigInt(Math.round(dollars * 100));
export const micro = (units: number) => BigInt(Math.round(units * 1e6));
export const wei = (units: string) => {
  const [whole = "0", fraction = ""] = units.split(".");
  return BigInt(whole + fraction.padEnd(18, "0"));
};
export const satoshi = (coins: number) => BigInt(Math.round(coins * 1e8));

export const muleA = "GB00TEST00000000000123";
export const muleB = "INVENTED TRADING LTD@TESTGB2L";
export const broker = "7781234@TESTHKHH";
export const thief = "0x1111111111111111111111111111111111111abc";
export const second = "0x2222222222222222222222222222222222222def";
export const exchange = "bcrt1qexchangeexchangeexchangeexchange00";
export const change = "bcrt1qchangechangechangechangechange0000";

export const ledgers: TrailLedger[] = [
  {
    name: "bank",
    kind: "account",
    network: "bank records",
    snapshot: { height: null, hash: madeTxid(1) },
    partial: true,
  },
  { name: "eth", kind: "account", network: "ethereum", snapshot: { height: 900, hash: madeTxid(2) }, partial: false },
  { name: "btc", kind: "coin", network: "regtest", snapshot: { height: 300, hash: madeTxid(3) }, partial: false },
];

/** Amounts under fifo and haircut (the same where one is given), each with what it stands for in cents. */
export function traced(fifo: [bigint, bigint], haircut: [bigint, bigint] = fifo, face = fifo[0]): Traced[] {
  const said = (rule: Rule, [amount, stolen]: [bigint, bigint]): Traced => ({ rule, label: "theft", amount, stolen });
  return [said("poison", [face, fifo[1]]), said("haircut", haircut), said("fifo", fifo)].filter(
    ({ amount }) => amount > 0n,
  );
}

export const dollars = (fifo: number, haircut = fifo, face = fifo): Traced[] =>
  traced([cents(fifo), cents(fifo)], [cents(haircut), cents(haircut)], cents(face));

export const held = (account: string): MovedFrom => ({ coin: null, account });
export const start = 1_454_544_000;
export const day = (number: number) => ({
  height: null,
  time: instantOfSeconds(start + number * 86_400),
  dayOnly: true as const,
});
export const minute = (number: number, height: number) => ({
  height,
  time: instantOfSeconds(start + 5 * 86_400 + number * 60),
});
export const paid = (account: string, value: number, said = dollars(value)): MovedTo => {
  return { coin: null, account, asset: "USD", value: cents(value), traced: said };
};
export const ethTransaction = (number: number) => `0x${madeTxid(500 + number)}`;

export const end = (kind: EndKind, ledger: string, place: Partial<End>, said: Traced[], why: string): End => {
  return { kind, ledger, coin: null, account: null, asset: "USD", value: null, why, traced: said, ...place };
};

export const partOf = {
  unspent: "unspent",
  exit: "exits",
  fee: "fees",
  unknown: "unknown",
  notFollowed: "notFollowed",
  mined: "mined",
} as const;

export function totalsOf(rules: readonly Rule[], seeds: readonly TrailSeed[], ends: readonly End[]): Total[] {
  const labels = new Map(seeds.map(({ label, asset }) => [label, asset]));
  return [...labels].flatMap(([label, asset]) =>
    rules.map((rule): Total => {
      const sums = { unspent: 0n, exits: 0n, fees: 0n, unknown: 0n, notFollowed: 0n, mined: 0n };
      for (const one of ends) {
        for (const said of one.traced) {
          if (said.rule === rule && said.label === label) sums[partOf[one.kind]] += said.stolen;
        }
      }
      const seeded = ruleFacts[rule].conserved
        ? Object.values(sums).reduce((sum, amount) => sum + amount, 0n)
        : seeds.reduce((sum, seed) => sum + (seed.label === label ? seed.amount : 0n), 0n);
      return { label, asset, rule, seeded, ...sums };
    }),
  );
}
