import type { End, ListedTrail, Movement, Traced, TrailSeed } from "../trace/trail.ts";
import { cents, day, end, held, ledgers, totalsOf } from "./account-parts.fixture.ts";
import { madeNumbers } from "./made-ledgers.fixture.ts";
import { madeTxid } from "./trails.fixture.ts";

/**
 * Many payments between some accounts of one bank, in circles and again and again, traced by a pooled rule of its own:
 * each payment takes its share of what is traced in the account.
 */
export function manyPayments(payments: number, accounts: number, from = 7): ListedTrail {
  const next = madeNumbers(from);
  const name = (index: number) => `${String(10_000_000 + index * 7919)}@TESTGB2L`;
  const stolen = cents(1_000_000);
  const balance = new Map<number, bigint>([[0, stolen]]);
  const movements: Movement[] = [];
  const hops = new Map<number, number>([[0, 0]]);
  for (let i = 0; i < payments; i++) {
    const rich = [...balance].filter(([, amount]) => amount > 100n).map(([index]) => index);
    const payer = rich[next(rich.length)]!;
    // Few accounts get most payments.
    const payee = Math.min(next(accounts), next(accounts), next(accounts));
    if (payee === payer) continue;
    const value = (balance.get(payer)! * BigInt(5 + next(80))) / 100n;
    balance.set(payer, balance.get(payer)! - value);
    balance.set(payee, (balance.get(payee) ?? 0n) + value);
    const hop = (hops.get(payer) ?? 0) + 1;
    hops.set(payee, Math.min(hops.get(payee) ?? hop, hop));
    const said: Traced[] = [{ rule: "haircut", label: "theft", amount: value, stolen: value }];
    movements.push({
      ledger: "bank",
      transaction: `PAYMENT-${i}`,
      ...day(Math.floor(i / 6)),
      hops: hop,
      from: [held(name(payer))],
      to: [{ coin: null, account: name(payee), asset: "USD", value: value * 2n, traced: said }],
    });
  }
  const ends = [...balance].flatMap(([index, amount]): End[] => {
    const said: Traced[] = [{ rule: "haircut", label: "theft", amount, stolen: amount }];
    const isOutside = index % 5 === 4;
    const why = isOutside
      ? "leaves the data: the ledger holds nothing that this account paid"
      : "still in the account when the ledger ends";
    return amount > 0n
      ? [end(isOutside ? "exit" : "unspent", "bank", { account: name(index), value: amount }, said, why)]
      : [];
  });
  const seeds: TrailSeed[] = [
    { ledger: "bank", coin: null, account: name(0), asset: "USD", amount: stolen, label: "theft" },
  ];
  return {
    id: madeTxid(999_997),
    direction: "forward",
    rules: ["haircut"],
    ledgers: ledgers.slice(0, 1),
    seeds,
    status: "complete",
    bounds: [],
    totals: totalsOf(["haircut"], seeds, ends),
    ends,
    movements,
    links: [],
    alternatives: [],
  };
}

const tracedBack = (amount: bigint): Traced[] => [{ rule: "fifo", label: "loan", amount, stolen: amount }];

/**
 * Source of funds: 900 dollars that one account paid, looked back on over two payments to what three accounts held
 * before. As the engine tells it: a movement leads back from who was paid to who paid.
 */
export function paymentsBack(): ListedTrail {
  const [first, middle, last] = ["11111111@TESTGB2L", "22222222@TESTGB2L", "33333333@TESTGB2L"] as const;
  const payment = (number: number, payer: string, payee: string, amount: bigint): Movement => ({
    ledger: "bank",
    transaction: `PAYMENT-${number}`,
    ...day(number),
    hops: 2 - number,
    from: [held(payee)],
    to: [{ coin: null, account: payer, asset: "USD", value: amount, traced: tracedBack(amount) }],
  });
  const seeds: TrailSeed[] = [
    { ledger: "bank", coin: null, account: last, asset: "USD", amount: cents(900), label: "loan" },
  ];
  const source = (account: string, amount: bigint): End =>
    end(
      "unknown",
      "bank",
      { account, value: amount },
      tracedBack(amount),
      "was in the account before the ledger begins",
    );
  const ends = [source(first, cents(600)), source(middle, cents(200)), source(last, cents(100))];
  return {
    id: madeTxid(999_996),
    direction: "backward",
    rules: ["fifo"],
    ledgers: ledgers.slice(0, 1),
    seeds,
    status: "complete",
    bounds: [],
    totals: totalsOf(["fifo"], seeds, ends),
    ends,
    movements: [payment(0, first, middle, cents(600)), payment(1, middle, last, cents(800))],
    links: [],
    alternatives: [],
  };
}
