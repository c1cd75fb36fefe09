import { expect, test } from "vitest";
import { columnsOf, type MadeTransfer } from "./account-columns.fixture.ts";
import { nowhere } from "./account-columns.ts";
import type { JointRequest } from "./joint-request.ts";
import { type Draw, draw } from "./random-ledger.test-ledger.ts";
import type { Direction } from "./rule.ts";
import { traceJoint } from "./trace-joint.ts";

const ordered = ["fifo", "lifo"] as const;
type Ordered = (typeof ordered)[number];

/** A ledger in which units can be told apart: some come in as payments of their own, some go out as such. */
interface UnitLedger {
  readonly transactions: readonly (readonly MadeTransfer[])[];
  readonly holdings: number;
  readonly openings: ReadonlyMap<number, bigint>;
  readonly links: readonly { readonly from: number; readonly to: number }[];
  readonly first: readonly number[];
  readonly last: readonly number[];
}

/**
 * Every unit comes in as a payment of its own and at the end goes out as one, so that each can be told from each. Half
 * of the holdings are the other half's in another asset: wrapping moves value between them, one to one, over links.
 * With debts holdings begin overdrawn, or pay more than they have.
 */
function unitLedger(by: Draw, debts: boolean): UnitLedger {
  const accounts = 2 + by.below(3);
  const balance = new Array<number>(accounts * 2).fill(0);
  const opened = () => BigInt(by.below(4) - (debts ? by.below(4) : 0));
  const openings = new Map(Array.from({ length: accounts }, (_, h): [number, bigint] => [h, opened()]));
  for (const [h, amount] of openings) balance[h] = Number(amount);
  const transactions: MadeTransfer[][] = [];
  const links: { from: number; to: number }[] = [];
  const move = (row: MadeTransfer) => {
    if (row.from !== nowhere) balance[row.from]! -= row.amount;
    if (row.to !== nowhere) balance[row.to]! += row.amount;
    return row;
  };
  let transferCount = 0;
  const first: number[] = [];
  for (let n = 4 + by.below(20); n > 0; n--) {
    if (by.chance(0.5)) {
      first.push(transferCount++);
      transactions.push([move({ from: nowhere, to: by.below(accounts), amount: 1 })]);
      continue;
    }
    const from = by.below(accounts * 2);
    const has = Math.max(0, balance[from]!);
    const amount = debts && by.chance(0.5) ? 1 + by.below(4) : 1 + by.below(has + 1);
    if (amount > has && !debts) continue;
    const other = from < accounts ? from + accounts : from - accounts;
    if (by.chance(0.3)) {
      // Wrapping burns on one side and makes on the other.
      links.push({ from: transferCount, to: transferCount + 1 });
      transactions.push([move({ from, to: nowhere, amount }), move({ from: nowhere, to: other, amount })]);
      transferCount += 2;
    } else {
      const base = from < accounts ? 0 : accounts;
      transactions.push([move({ from, to: base + by.below(accounts), amount })]);
      transferCount++;
    }
  }
  const last: number[] = [];
  for (let h = 0; h < balance.length; h++) {
    while (balance[h]! > 0) {
      last.push(transferCount++);
      transactions.push([move({ from: h, to: nowhere, amount: 1 })]);
    }
  }
  return { transactions, holdings: accounts * 2, openings, links, first, last };
}

/** Pairs `first>last`: which unit that came in is which that went out; and how many links were crossed. */
function pairs(ledger: UnitLedger, rule: Ordered, direction: Direction, throughDebt = false) {
  const { transactions, holdings, openings, links, first, last } = ledger;
  const [seeds, ends] = direction === "forward" ? [first, last] : [last, first];
  const request: JointRequest = {
    direction,
    rules: [rule],
    labels: seeds.map((transfer) => ({ name: `unit ${transfer}`, asset: "unit" })),
    parts: [{ kind: "account", columns: columnsOf(transactions, holdings, openings), stops: null, stopHeight: null }],
    seeds: seeds.map((transfer, label) => ({ part: 0, at: { kind: "transfer", transfer }, amount: null, label })),
    links: links.map(({ from, to }) => ({ from: { part: 0, ids: [from] }, to: { part: 0, ids: [to] }, amount: null })),
    budget: {},
    followFees: false,
    openings: "least",
    throughDebt,
  };
  const { moves } = traceJoint(request).rules[0]!;
  const found = moves
    .filter(({ to, transfer }) => to === null && ends.includes(transfer!))
    .flatMap(({ transfer, traced }) =>
      traced.map(({ label }) =>
        direction === "forward" ? `${seeds[label]}>${transfer}` : `${transfer}>${seeds[label]}`,
      ),
    );
  return { found: found.sort(), linked: moves.filter(({ link }) => link !== null).length };
}

test.each(ordered.flatMap((rule) => [[rule, false] as const, [rule, true] as const]))(
  "%s backward finds every unit that it took forward, and no other (debts: %s)",
  (rule, debts) => {
    let found = 0;
    let linked = 0;
    let lost = 0;
    for (let seed = 0; seed < 400; seed++) {
      const ledger = unitLedger(draw(seed), debts);
      const forward = pairs(ledger, rule, "forward");
      const backward = pairs(ledger, rule, "backward");
      expect(backward.found, `ledger ${seed}`).toEqual(forward.found);
      found += forward.found.length;
      linked += forward.linked + backward.linked;
      lost += ledger.first.length - forward.found.length;
    }
    expect(found).toBeGreaterThan(debts ? 600 : 1000);
    expect(linked).toBeGreaterThan(200);
    // Without debts every unit that came in goes out; what repays a debt does not.
    if (debts) expect(lost).toBeGreaterThan(200);
    else expect(lost).toBe(0);
  },
);

/** `FROM>TO`, a unit each, by account; `-` is nobody. Units come from nobody first and go to nobody last. */
function smallLedger(payments: readonly string[], openings: readonly number[], returns: [number, number][] = []) {
  const place = (name: string) => (name === "-" ? nowhere : "abc".indexOf(name));
  const back = new Map(returns);
  const transfers = payments.map((text, id): MadeTransfer => {
    const [, from = "", to = "", amount = "1"] = /^(.)>(.)(?: (\d+))?$/u.exec(text) ?? [];
    const given = back.get(id);
    const row = { from: place(from), to: place(to), amount: Number(amount) };
    return given === undefined ? row : { ...row, returns: given };
  });
  const ids = (side: "from" | "to") => transfers.flatMap((one, id) => (one[side] === nowhere ? [id] : []));
  return {
    transactions: transfers.map((one) => [one]),
    holdings: 3,
    openings: new Map(openings.map((amount, h) => [h, BigInt(amount)])),
    links: [],
    first: ids("from"),
    last: ids("to"),
  };
}

test.each(ordered)("what repays a debt does not hang on how many payments brought it, under %s", (rule) => {
  const units = ["->a", "->a", "->a", "->a"];
  const left = (payments: string[]) => {
    const { found } = pairs(smallLedger([...units, ...payments, "b>-", "b>-"], [0, -2]), rule, "forward");
    return found.map((pair) => pair.split(">")[0]);
  };
  // The first two units that come repay; the last two are there.
  expect(left(["a>b 4"])).toEqual(rule === "fifo" ? ["2", "3"] : ["0", "1"]);
  expect(left(["a>b 2", "a>b 2"])).toEqual(left(["a>b 4"]));
});

/**
 * What is not inverted. A return takes units out of the middle of a queue and puts them where they stood when they were
 * paid; a queue that runs backward does not know where that was. A debt that is followed through is followed to what
 * its payee holds later; backward there was no such debt yet.
 */
test.each([
  {
    // The unit of a's own is back in front of the stolen one and goes out first; backward it is looked for behind.
    what: "fifo, where more comes to the payer before a return",
    rule: "fifo",
    ledger: smallLedger(["a>b", "->a", "b>a", "a>-", "a>-"], [1, 0], [[2, 0]]),
    forward: ["1>4"],
    backward: ["1>3"],
  },
  {
    // The unit that is returned lies under the stolen one; backward it comes to lie above.
    what: "lifo, where more comes to the payee before a return",
    rule: "lifo",
    ledger: smallLedger(["a>b", "->b", "b>a", "a>-", "b>-"], [1, 0], [[2, 0]]),
    forward: ["1>4"],
    backward: ["1>3"],
  },
  {
    // b buys from a on credit, and the stolen unit repays it.
    what: "a debt that is followed through",
    rule: "fifo",
    ledger: smallLedger(["b>a", "->b", "a>-"], [0, 0]),
    forward: ["1>2"],
    backward: [],
  },
] as const)("not inverted: $what", ({ rule, ledger, forward, backward }) => {
  expect(pairs(ledger, rule, "forward", true).found).toEqual(forward);
  expect(pairs(ledger, rule, "backward", true).found).toEqual(backward);
});

test.each(ordered)("a return with nothing between is inverted, under %s", (rule) => {
  const ledger = smallLedger(["->a", "a>b", "b>a", "->a", "a>-", "a>-"], [1, 1], [[2, 1]]);
  const { found } = pairs(ledger, rule, "forward");
  expect(found).toEqual(rule === "fifo" ? ["0>5"] : ["0>5", "3>4"]);
  expect(pairs(ledger, rule, "backward").found).toEqual(found);
});
