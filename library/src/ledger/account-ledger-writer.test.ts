import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Instant } from "../money/instant.ts";
import type { AccountLedgerFacts, TransferTelling } from "./account-contract.ts";
import type { AccountLedgerWriter } from "./account-ledger-writer.ts";
import { DataFolder } from "./data-folder.ts";
import { transfersOfRounds } from "./testing/account-rounds.ts";
import { testChain } from "./testing/generated-chain.ts";
import { day, telling } from "./testing/made-transfers.ts";
import { oracleAccountLedger } from "./testing/oracle-account-ledger.ts";

let path: string;
let folder: DataFolder;
let made = 0;

beforeAll(async () => {
  path = await mkdtemp(join(tmpdir(), "spoor-account-writer-"));
  folder = await DataFolder.open(path, { chainOf: () => testChain });
});

afterAll(async () => {
  await folder.close();
  await rm(path, { recursive: true });
});

const fresh = () => `writer-${made++}`;

async function withWriter<Result>(
  name: string,
  work: (writer: AccountLedgerWriter) => Promise<Result>,
  { partial = false, transfersAtOnce = 5 } = {},
): Promise<Result> {
  const writer = await folder.accountLedgerWriter({ name, network: "test", partial, transfersAtOnce });
  const result = await work(writer);
  await writer.finish();
  return result;
}

/** The names of a ledger's transactions, in its order. */
async function orderOf(name: string): Promise<string[]> {
  const ledger = await folder.accountLedger(name);
  const { transactions } = await ledger.summary();
  const records = await ledger.transactionsById(Array.from({ length: transactions }, (_, id) => id));
  await ledger.close();
  return records.map((record) => record.name);
}

async function tipOf(name: string): Promise<string | undefined> {
  const ledger = await folder.accountLedger(name);
  const { tip } = await ledger.summary();
  await ledger.close();
  return tip?.hash;
}

async function stored(tellings: readonly TransferTelling[], facts: AccountLedgerFacts = {}, partial = false) {
  const name = fresh();
  const result = await withWriter(
    name,
    async (writer) => {
      await writer.append(tellings);
      await writer.addFacts(facts);
      return writer.settle();
    },
    { partial },
  );
  return { name, result, ledger: await folder.accountLedger(name) };
}

test("a transfer told again changes nothing; told otherwise the first is kept and the conflict listed", async () => {
  const name = fresh();
  const told = [telling({ amount: 10n }), telling({ index: 1, from: "bob", to: "carol", amount: 4n })];
  await withWriter(name, async (writer) => {
    await writer.append(told);
    expect(await writer.settle()).toMatchObject({ transfers: 2, repeated: 0, conflicts: { count: 0, listed: [] } });
  });
  const before = await tipOf(name);
  await withWriter(name, async (writer) => {
    await writer.append([...told, ...told.toReversed()]);
    expect(await writer.settle()).toMatchObject({ transfers: 2, repeated: 4, conflicts: { count: 0, listed: [] } });
  });
  expect(await tipOf(name)).toBe(before);
  await withWriter(name, async (writer) => {
    await writer.append([telling({ amount: 11n, to: "mallory" })]);
    const { conflicts } = await writer.settle();
    expect(conflicts.count).toBe(1);
    expect(conflicts.listed).toMatchObject([{ of: "transfer", name: "t1", at: "payment 0" }]);
  });
  // Nothing is left of what does not count, its account neither.
  expect(await tipOf(name)).toBe(before);
  const ledger = await folder.accountLedger(name);
  expect(await ledger.account("mallory")).toBeNull();
});

test("two heights of one transaction are listed, and the lowest counts whichever came first", async () => {
  const one = telling({ transaction: "t9", height: 8, position: 3, time: 1000 as Instant });
  const other = { ...one, height: 7, index: 1 };
  const found = [await stored([one, other]), await stored([other, one])];
  for (const { result, ledger } of found) {
    expect(result.conflicts).toMatchObject({ count: 1, listed: [{ of: "transaction", name: "t9", at: null }] });
    expect(await ledger.transaction("t9")).toMatchObject({ height: 7, position: 3, time: 1000 });
  }
  expect(await tipOf(found[0]!.name)).toBe(await tipOf(found[1]!.name));
});

test("tellings of one transaction add what the others lack: a height, an hour in place of a day", async () => {
  const { result, ledger } = await stored([
    telling({ time: day("2024-03-01"), dayOnly: true, position: 40 }),
    telling({ index: 1, height: 12, position: 2, time: (day("2024-03-01") + 3_600_000) as Instant }),
    telling({ index: 2 }),
  ]);
  expect(result.conflicts.count).toBe(0);
  expect(await ledger.transaction("t1")).toMatchObject({
    height: 12,
    position: 2,
    time: day("2024-03-01") + 3_600_000,
    dayOnly: false,
  });
});

test("where a transaction has calls its top call does not count; elsewhere it does", async () => {
  const name = fresh();
  await withWriter(name, async (writer) => {
    await writer.append([
      telling({ transaction: "a", layer: "top", amount: 5n, to: "only-in-top" }),
      telling({ transaction: "a", layer: "call", amount: 5n }),
      telling({ transaction: "b", layer: "top", amount: 7n }),
    ]);
    const supersedes = [{ layer: "call", of: "top" }];
    expect(await writer.settle({ supersedes })).toMatchObject({ transfers: 2, superseded: 1, accounts: 2 });
  });
  const ledger = await folder.accountLedger(name);
  expect((await ledger.transfersById([0, 1])).map(({ layer, amount }) => [layer, amount])).toEqual([
    ["call", 5n],
    ["top", 7n],
  ]);
});

test("order: by height and position; by time between blocks; without either after what was listed before", async () => {
  const at = (transaction: string, height: number | null, position: number | null, minute: number | null) =>
    telling({ transaction, height, position, time: minute === null ? null : ((60_000 * minute) as Instant) });
  const { name } = await stored([
    at("first listed, nothing known", null, null, null),
    at("block 5 second", 5, 1, 50),
    at("follows block 5 second", null, null, null),
    at("block 5 unknown place", 5, null, 50),
    at("block 5 first", 5, 0, 50),
    at("block 4", 4, 9, 40),
    at("minute 45", null, null, 45),
    at("minute 45 too", null, null, 45),
    at("minute 44", null, null, 44),
    at("follows minute 44", null, null, null),
    at("before all blocks", null, null, 1),
    at("minute 50", null, null, 50),
  ]);
  expect(await orderOf(name)).toEqual([
    "first listed, nothing known",
    "before all blocks",
    "block 4",
    "minute 44",
    "follows minute 44",
    "minute 45",
    "minute 45 too",
    "block 5 first",
    "block 5 second",
    "follows block 5 second",
    "block 5 unknown place",
    "minute 50",
  ]);
});

test("the order of ingests does not matter where heights or times decide", async () => {
  const shape = fc.record({ byHeight: fc.boolean(), cuts: fc.array(fc.nat(60), { minLength: 2, maxLength: 2 }) });
  await fc.assert(
    fc.asyncProperty(shape, fc.infiniteStream(fc.nat()), async ({ byHeight, cuts }, random) => {
      const tellings = transfersOfRounds(3, 1)
        .slice(0, 60)
        .map((one) => (byHeight ? one : { ...one, height: null, position: null }))
        // A time of its own for each transaction, as it decides.
        .map((one) => ({ ...one, time: (one.time! + Number(one.transaction.split("-")[2])) as Instant }));
      const [from = 0, to = 0] = cuts.toSorted((a, b) => a - b);
      const parts = [tellings.slice(0, from), tellings.slice(from, to), tellings.slice(to)];
      const shuffled = parts.map((part) => ({ part, key: random.next().value })).sort((a, b) => a.key - b.key);
      const name = fresh();
      for (const { part } of shuffled) {
        await withWriter(name, async (writer) => {
          await writer.append(part);
          await writer.settle();
        });
      }
      const oracle = oracleAccountLedger(tellings, {}, { name, network: "test", partial: false });
      expect(await tipOf(name)).toBe((await oracle.summary()).tip?.hash);
    }),
    { numRuns: 4, endOnFailure: true },
  );
}, 120_000);

test("many transfers told in no order stand in the oracle's: more than the engine handles in one block", async () => {
  const inOrder = transfersOfRounds(11, 160);
  const random = fc.sample(fc.infiniteStream(fc.nat()), { numRuns: 1, seed: 3 })[0]!;
  const keyed = inOrder.map((one) => ({ one, key: random.next().value }));
  const tellings = keyed.sort((a, b) => a.key - b.key).map(({ one }) => one);
  const name = fresh();
  await withWriter(
    name,
    async (writer) => {
      await writer.append(tellings);
      await writer.settle();
    },
    { transfersAtOnce: 40_000 },
  );
  const ledger = await folder.accountLedger(name);
  const oracle = oracleAccountLedger(inOrder, {}, { name, network: "test", partial: false });
  expect(await ledger.summary()).toEqual(await oracle.summary());
  expect(
    Buffer.from((await ledger.load()).columns.transferFrom.buffer).equals(
      Buffer.from((await oracle.load()).columns.transferFrom.buffer),
    ),
  ).toBe(true);
}, 120_000);

test("openings are worked back to before the first transfer; facts that disagree are listed, not taken", async () => {
  const payments = [
    telling({ transaction: "a", height: 10, from: "alice", to: "bob", amount: 30n }),
    telling({ transaction: "b", height: 20, from: "bob", to: "carol", amount: 10n }),
  ];
  const opening = (account: string, amount: bigint, height: number | null) => ({
    account,
    asset: "EUR",
    amount,
    height,
    source: "a statement",
  });
  const facts = {
    openings: [
      // Before block 15 bob has what he had before block 10 and 30.
      opening("bob", 37n, 15),
      opening("bob", 7n, null),
      opening("alice", 100n, 10),
      opening("carol", 1n, null),
      opening("carol", 2n, null),
      opening("dora", -5n, null),
    ],
  };
  const whole = await stored(payments, facts);
  expect(whole.result.conflicts).toMatchObject({ count: 1, listed: [{ of: "opening", name: "carol", at: "EUR" }] });
  const { items } = await whole.ledger.balances({ after: null, limit: 10 });
  expect(items.map(({ account, opening: known, balance }) => [account, known, balance])).toEqual([
    ["alice", 100n, 70n],
    ["bob", 7n, 27n],
    ["carol", null, null],
    ["dora", -5n, -5n],
  ]);
  // More may have moved than a partial ledger holds: what would have to be worked back is not known.
  const partial = await stored(payments, { openings: [opening("bob", 37n, 15), opening("alice", 100n, 10)] }, true);
  const balances = await partial.ledger.balances({ after: null, limit: 10 });
  expect(balances.items.map(({ account, opening: known, balance }) => [account, known, balance])).toEqual([
    ["alice", 100n, null],
    ["bob", null, null],
    ["carol", null, null],
  ]);
});

test("a ledger from its chain's beginning opens at zero and covers all accounts but those said otherwise", async () => {
  const { ledger } = await stored(
    [telling({ from: null, amount: 9n }), telling({ index: 1, to: "carol", amount: 0n })],
    {
      fromGenesis: true,
      accounts: [{ account: "carol", coverage: "outside", about: null }],
    },
  );
  const { columns } = await ledger.load();
  expect(columns.openingDefault).toBe(0n);
  expect([...columns.holdingCoverage]).toEqual([0, 0, 2]);
  const bob = await ledger.account("bob");
  expect(await ledger.balancesOf(bob!.id)).toMatchObject([{ opening: 0n, balance: 9n }]);
});

test.each([
  ["all below 2^53", [2n ** 53n - 1n], true],
  ["an amount of 2^53", [2n ** 53n], false],
  ["a balance of 2^53", [2n ** 52n, 2n ** 52n], false],
])("amounts load as doubles where every balance fits: %s", async (_, amounts, fits) => {
  const { ledger } = await stored(amounts.map((amount, index) => telling({ index, amount })));
  const { transferAmount } = (await ledger.load()).columns;
  expect(transferAmount instanceof Float64Array).toBe(fits);
  expect(Array.from(transferAmount, BigInt)).toEqual(amounts);
});

test("a return names what it gives back once that is held and before it, whichever was ingested first", async () => {
  const name = fresh();
  const back = telling({
    transaction: "back",
    time: 2000 as Instant,
    returns: { transaction: "there", layer: "payment", index: 0 },
  });
  const early = { ...back, transaction: "early", time: 500 as Instant };
  await withWriter(name, async (writer) => {
    await writer.append([back, early]);
    expect(await writer.settle()).toMatchObject({ returnsNotHeld: 2 });
  });
  await withWriter(name, async (writer) => {
    await writer.append([telling({ transaction: "there", time: 1000 as Instant })]);
    expect(await writer.settle()).toMatchObject({ returnsNotHeld: 1 });
  });
  const ledger = await folder.accountLedger(name);
  expect((await ledger.load()).columns.returnOf).toEqual(new Map([[2, 1]]));
});
