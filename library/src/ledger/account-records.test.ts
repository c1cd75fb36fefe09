import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { TransferTelling } from "./account-contract.ts";
import { DataFolder } from "./data-folder.ts";
import { testChain } from "./testing/generated-chain.ts";
import { telling } from "./testing/made-transfers.ts";

let path: string;
let folder: DataFolder;
let made = 0;

beforeAll(async () => {
  path = await mkdtemp(join(tmpdir(), "spoor-account-records-"));
  folder = await DataFolder.open(path, { chainOf: () => testChain });
});

afterAll(async () => {
  await folder.close();
  await rm(path, { recursive: true });
});

const fresh = () => `records-${made++}`;
const open = (name: string) => folder.accountLedgerWriter({ name, network: "bank", partial: true, transfersAtOnce: 5 });

test("records are kept as they are, in their order, each key once", async () => {
  const name = fresh();
  const record = (key: string, json = JSON.stringify({ key })) => ({ key, json });
  const first = await open(name);
  await first.appendRecords([record("it's"), record("b\n\\{x:String}", '{"text":"é😀\\n"}'), record("it's", "other")]);
  await first.appendRecords([record("c"), record("it's", "third")]);
  const told = ['{"key":"it\'s"}', '{"text":"é😀\\n"}', '{"key":"c"}'];
  expect(await Array.fromAsync(first.records())).toEqual(told);
  await first.finish();
  const second = await open(name);
  await second.appendRecords([record("c", "again"), record("d", "{}"), record("b\n\\{x:String}")]);
  expect(await Array.fromAsync(second.records())).toEqual([...told, "{}"]);
  await second.abandon();
  const third = await open(name);
  expect(await Array.fromAsync(third.records())).toEqual([...told, "{}"]);
  await third.finish();
});

test("large and many records are read a bounded part at a time, and none is lost", async () => {
  const name = fresh();
  const writer = await open(name);
  const jsons = Array.from({ length: 12_000 }, (_, n) => `${n}${n % 3000 === 0 ? "x".repeat(9_000_000) : ""}`);
  await writer.appendRecords(jsons.map((json, n) => ({ key: `key ${n}`, json })));
  let at = 0;
  for await (const json of writer.records()) if (json === jsons[at]) at++;
  expect(at).toBe(jsons.length);
  await writer.finish();
}, 120_000);

test("derived transfers take the place of all earlier ones and of their facts; a failure leaves what was", async () => {
  const name = fresh();
  const derive = async (payments: readonly TransferTelling[], balance: bigint) => {
    const writer = await open(name);
    await writer.addFacts({
      openings: [{ account: "alice", asset: "EUR", amount: balance, source: "statement" }],
      transactions: [{ transaction: "t1", about: `told with ${balance}` }],
    });
    const result = await writer.settle({ replaceTransfers: [payments] });
    await writer.finish();
    return result;
  };
  await derive([telling({ from: "alice", to: "old account", amount: 5n })], 10n);
  const seven = Array.from({ length: 7 }, (_, index) => telling({ index, from: "alice", amount: 1n }));
  expect(await derive(seven, 20n)).toMatchObject({ transfers: 7, accounts: 2, repeated: 0, conflicts: { count: 0 } });
  const see = async () => {
    const ledger = await folder.accountLedger(name);
    const seen = {
      summary: await ledger.summary(),
      gone: await ledger.account("old account"),
      about: (await ledger.transaction("t1"))?.about,
      openings: (await ledger.load()).columns.openings,
    };
    await ledger.close();
    return seen;
  };
  const before = await see();
  expect(before).toMatchObject({ summary: { transfers: 7 }, gone: null, about: "told with 20" });
  expect(before.openings).toEqual(new Map([[0, 20n]]));
  const failing = await open(name);
  async function* breaks() {
    yield [telling({ amount: 99n })];
    throw new RangeError("the source broke");
  }
  await expect(failing.settle({ replaceTransfers: breaks() })).rejects.toThrow("the source broke");
  await failing.abandon();
  expect(await see()).toEqual(before);
  const next = await open(name);
  await next.append([telling({ transaction: "t2", amount: 3n })]);
  expect(await next.settle()).toMatchObject({ transfers: 8 });
  // Twice in one writer: the facts that it took count both times.
  await next.addFacts({ openings: [{ account: "bob", asset: "EUR", amount: 1n, source: "statement" }] });
  for (const round of [1, 2]) {
    await next.settle({ replaceTransfers: [[telling({ amount: BigInt(round) })]] });
    expect((await see()).openings).toEqual(new Map([[1, 1n]]));
  }
  await next.finish();
});

test("heights are the newest unbroken range, and are kept with what was appended before", async () => {
  const name = fresh();
  const writer = await open(name);
  expect(await writer.heights()).toBeNull();
  await writer.markRange({ from: 10, to: 20 });
  await writer.markRange({ from: 30, to: 40 });
  expect(await writer.heights()).toEqual({ from: 30, to: 40 });
  await writer.finish();
  const next = await open(name);
  await next.markRange({ from: 21, to: 29 });
  expect(await next.heights()).toEqual({ from: 10, to: 40 });
  await next.abandon();
  const last = await open(name);
  expect(await last.heights()).toEqual({ from: 30, to: 40 });
  await expect(last.markRange({ from: 3, to: 2 })).rejects.toThrow(RangeError);
  await last.finish();
});

test("what is open for reading stays a picture of its settlement, and goes when it is closed", async () => {
  const name = fresh();
  const tables = async () => {
    const rows = await folder.connection.rows<{ name: string }>(
      "SELECT name FROM system.tables WHERE database = {database:String} AND name LIKE 'g%transfers'",
      { database: `spoor_${name.replace("-", "_")}` },
    );
    return rows.map((row) => row.name);
  };
  const writer = await open(name);
  expect(await (await folder.accountLedger(name)).summary()).toMatchObject({ transfers: 0, tip: null });
  await writer.append([telling()]);
  await writer.settle();
  const first = await folder.accountLedger(name);
  const again = await folder.accountLedger(name);
  await writer.append([telling({ transaction: "t2" })]);
  await writer.settle();
  expect(await first.summary()).toMatchObject({ transfers: 1 });
  expect(await first.transfersById([0])).toHaveLength(1);
  expect(await tables()).toHaveLength(2);
  await first.close();
  await first.close();
  await writer.settle();
  expect(await again.transfersById([0])).toHaveLength(1);
  await again.close();
  await writer.settle();
  expect(await tables()).toHaveLength(1);
  await expect(first.summary()).rejects.toMatchObject({ code: "ledger/closed" });
  await writer.finish();
});

test("rows that went missing are told, whoever opens the ledger", async () => {
  const name = fresh();
  const writer = await open(name);
  await writer.append([telling()]);
  await writer.settle();
  await writer.finish();
  const database = `spoor_${name.replace("-", "_")}`;
  await folder.connection.run(`TRUNCATE TABLE ${database}.g1_transfers`);
  await expect(folder.accountLedger(name)).rejects.toMatchObject({ code: "ledger/damaged" });
  await folder.connection.run(`TRUNCATE TABLE ${database}.s0_transfers`);
  await expect(open(name)).rejects.toMatchObject({ code: "ledger/damaged" });
});

test.each<[string, Partial<TransferTelling>]>([
  ["an amount below zero", { amount: -1n }],
  ["an amount of 2^256", { amount: 2n ** 256n }],
  ["a height that is none", { height: 1.5 }],
  ["a height beyond 32 bits", { height: 2 ** 32 - 1 }],
  ["an index below zero", { index: -1 }],
  ["a time that is none", { time: Number.NaN as never }],
  ["no name", { transaction: "" }],
  ["an account without a name", { from: "" }],
  ["an asset's name of a megabyte", { asset: "x".repeat(1_000_000) }],
  ["a name that is no Unicode", { to: "\ud800" }],
])("%s is refused with where it was, and nothing of its batch is taken", async (_, bad) => {
  const name = fresh();
  const writer = await open(name);
  await expect(writer.append([telling(), telling({ index: 1, ...bad })])).rejects.toMatchObject({
    code: "ledger/telling-refused",
    kind: "input",
  });
  await writer.append([telling({ transaction: "good" })]);
  await writer.finish();
  const database = `spoor_${name.replace("-", "_")}`;
  expect(await folder.connection.rows(`SELECT name FROM ${database}.s0_runs`)).toEqual([{ name: "good" }]);
  await expect(writer.append([])).rejects.toMatchObject({ code: "ledger/closed" });
});

test("facts that cannot be held are refused", async () => {
  const writer = await open(fresh());
  const refused = { code: "ledger/telling-refused" };
  const opening = { account: "a", asset: "b", amount: 2n ** 256n, source: "" };
  await expect(writer.addFacts({ openings: [opening] })).rejects.toMatchObject(refused);
  await expect(writer.addFacts({ openings: [{ ...opening, amount: 1n, height: -1 }] })).rejects.toMatchObject(refused);
  await expect(writer.addFacts({ assets: [{ asset: "a", decimals: 256, symbol: null }] })).rejects.toMatchObject(
    refused,
  );
  await expect(writer.addFacts({ accounts: [{ account: "", coverage: null, about: null }] })).rejects.toMatchObject(
    refused,
  );
  const layers = Array.from({ length: 65 }, (_, n) => telling({ layer: `layer ${n}` }));
  await expect(writer.append(layers)).rejects.toMatchObject({ code: "ledger/accounts-full" });
  await writer.finish();
});

test("ledgers of both kinds are listed, and one kind does not open as the other", async () => {
  const name = fresh();
  await (await open(name)).finish();
  await (await folder.coinLedgerWriter({ name: "coins", network: "test" })).finish();
  expect(await folder.ledgers()).toEqual(
    expect.arrayContaining([
      { name: "coins", kind: "coin", network: "test", partial: false },
      { name, kind: "account", network: "bank", partial: true },
    ]),
  );
  await expect(folder.ledger(name)).rejects.toMatchObject({ code: "ledger/kind" });
  await expect(folder.accountLedger("coins")).rejects.toMatchObject({ code: "ledger/kind" });
  await expect(folder.accountLedger("none")).rejects.toMatchObject({ code: "ledger/not-found" });
  const mismatch = { code: "ledger/mismatch" };
  await expect(folder.coinLedgerWriter({ name, network: "bank" })).rejects.toMatchObject(mismatch);
  await expect(folder.partialLedgerWriter({ name, network: "bank" })).rejects.toMatchObject(mismatch);
  await expect(folder.accountLedgerWriter({ name, network: "bank", partial: false })).rejects.toMatchObject(mismatch);
  const writer = await open(name);
  await expect(open(name)).rejects.toMatchObject({ code: "ledger/busy" });
  await writer.abandon();
  await (await open(name)).finish();
});
