import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Instant } from "../money/instant.ts";
import { arrangeLoose } from "./arrange-loose.ts";
import { expectSameLedger } from "./coin-ledger.conformance.ts";
import type { LooseTransaction } from "./contract.ts";
import { DataFolder } from "./data-folder.ts";
import { accountOf, buildChain, plans, scripts, testChain } from "./testing/generated-chain.ts";
import { looseOfBlocks } from "./testing/loose-of-blocks.ts";
import { memoryFromBlocks } from "./testing/memory-from-blocks.ts";

let path: string;
let folder: DataFolder;
let ledgers = 0;
const network = "test";

beforeAll(async () => {
  path = await mkdtemp(join(tmpdir(), "spoor-partial-"));
  folder = await DataFolder.open(path, { chainOf: () => testChain });
});

afterAll(async () => {
  await folder.close();
  await rm(path, { recursive: true });
});

test("the transactions of random blocks, told in any order and in parts, say what the blocks say", async () => {
  await fc.assert(
    fc.asyncProperty(plans, fc.integer({ min: 1, max: 2 ** 30 }), async (plan, order) => {
      const name = `loose-${ledgers++}`;
      const blocks = buildChain(plan);
      const loose = looseOfBlocks(blocks);
      const rank = (txid: string) => (Number.parseInt(txid.slice(0, 8), 16) ^ order) >>> 0;
      const shuffled = loose.toSorted((a, b) => rank(a.txid) - rank(b.txid));
      const half = shuffled.length >> 1;
      const writer = await folder.partialLedgerWriter({ name, network });
      expect(await writer.append(shuffled.slice(0, half))).toMatchObject({ added: half, enriched: 0 });
      await writer.append(shuffled.slice(half));
      const again = await folder.partialLedgerWriter({ name, network });
      expect(await again.append(shuffled)).toEqual({ added: 0, enriched: 0, unchanged: loose.length });
      const oracle = memoryFromBlocks(blocks, testChain, { name, network });
      await expectSameLedger(await folder.ledger(name), oracle, { accountKey: accountOf, scripts, partial: true });
    }),
    { numRuns: 10 },
  );
});

const txid = (digit: string) => digit.repeat(64);
const script = scripts[0]!;

function told(
  digit: string,
  parts: Partial<LooseTransaction> & { coins?: string[]; values?: bigint[] } = {},
): LooseTransaction {
  const { coins = [], values = [1n], ...rest } = parts;
  return {
    txid: txid(digit),
    height: null,
    time: null,
    position: null,
    inputs: coins.map((coin) => ({ coin, value: null, script: null })),
    outputs: values.map((value) => ({ value, script, spent: null, alias: null })),
    raw: null,
    source: { name: "a file", sha256: "00" },
    ...rest,
  };
}

const named = { name: "x", network };
const orderOf = (transactions: LooseTransaction[]) =>
  arrangeLoose(transactions, named)
    .transactions.map((transaction) => transaction.txid[0])
    .join("");

test("parents come first, then heights, positions, times, txids; what is not known comes last", () => {
  expect(orderOf([told("b", { height: 2 }), told("a", { height: 1 }), told("c", { height: 0 })])).toBe("cab");
  expect(orderOf([told("a", { height: 1, position: 2 }), told("b", { height: 1, position: 1 })])).toBe("ba");
  expect(orderOf([told("a", { time: 2 as Instant }), told("b", { time: 1 as Instant }), told("c")])).toBe("bac");
  expect(orderOf([told("b"), told("a", { coins: [`${txid("c")}:0`] }), told("c")])).toBe("bca");
  expect(orderOf([told("a"), told("b", { height: 9 })])).toBe("ba");
});

test("a transaction without a height stands before the first that needs it; its own height stays unknown", async () => {
  const { transactions } = arrangeLoose(
    [told("a", { height: 5, coins: [`${txid("b")}:0`] }), told("b"), told("c", { height: 4 })],
    named,
  );
  expect(transactions.map(({ txid: id, height, orderHeight }) => [id[0], height, orderHeight])).toEqual([
    ["c", 4, 4],
    ["b", null, 5],
    ["a", 5, 5],
  ]);
});

test("coins whose maker is not held come last, with what their spender says of them", async () => {
  const coins = [`${txid("f")}:3`, "tx_index 77:1"];
  const writer = await folder.partialLedgerWriter({ name: "foreign", network });
  const spender = told("a", { coins, values: [5n, 2n] });
  await writer.append([
    { ...spender, inputs: spender.inputs.map((input, i) => ({ ...input, value: i === 0 ? 9n : null })) },
    told("b", { coins: [`${txid("a")}:1`] }),
  ]);
  const ledger = await folder.ledger("foreign");
  expect(await ledger.inputsOf(0)).toEqual([
    { id: 3, name: coins[0], maker: null, value: 9n, script: null, spender: 0 },
    { id: 4, name: coins[1], maker: null, value: null, script: null, spender: 0 },
  ]);
  const { columns } = await ledger.loadAll();
  expect(columns).toMatchObject({ transactionCount: 2, outputCount: 5, inputCount: 3, wholeBlocks: false });
  expect([...columns.outputTx]).toEqual([0, 0, 1, 0xffff_ffff, 0xffff_ffff]);
  expect([...columns.outputSpender]).toEqual([0xffff_fffd, 1, 0xffff_fffd, 0, 0]);
  expect([...columns.outputValue]).toEqual([5, 2, 1, 9, -1]);
  expect([...columns.txHeight]).toEqual([0xffff_ffff, 0xffff_ffff]);
});

test("later tellings add what they know: heights, spends, names of coins; a spent coin stays spent", async () => {
  const writer = await folder.partialLedgerWriter({ name: "merged", network });
  const output = { value: 1n, script, alias: "7:0" };
  await writer.append([told("a", { outputs: [{ ...output, spent: { is: true, by: null } }], coins: ["5:1"] })]);
  const more = told("a", {
    height: 3,
    outputs: [{ ...output, spent: { is: false, by: null } }],
    coins: [`${txid("e")}:1`],
  });
  expect(await writer.append([more])).toEqual({ added: 0, enriched: 1, unchanged: 0 });
  const before = await (await folder.ledger("merged")).summary();
  expect(await writer.append([more, more])).toEqual({ added: 0, enriched: 0, unchanged: 2 });
  const ledger = await folder.ledger("merged");
  expect(await ledger.summary()).toEqual(before);
  expect(before.tip?.height).toBe(3);
  expect(await ledger.coinsById([0, 1])).toMatchObject([{ spender: "spent-elsewhere" }, { name: `${txid("e")}:1` }]);
  // An alias leads to the coin.
  await writer.append([told("b", { coins: ["7:0"] })]);
  const after = await folder.ledger("merged");
  expect(await after.coinsById([0])).toMatchObject([{ spender: 1 }]);
  expect((await after.summary()).tip?.hash).not.toBe(before.tip?.hash);
});

test.each<[string, LooseTransaction[], RegExp]>([
  ["a circle", [told("a", { coins: [`${txid("b")}:0`] }), told("b", { coins: [`${txid("a")}:0`] })], /circle/u],
  [
    "one coin spent twice",
    [told("a"), told("b", { coins: [`${txid("a")}:0`] }), told("c", { coins: [`${txid("a")}:0`] })],
    /spends too/u,
  ],
  ["a foreign coin spent twice", [told("b", { coins: ["9:0"] }), told("c", { coins: ["9:0"] })], /spends too/u],
  ["an output that is not there", [told("a"), told("b", { coins: [`${txid("a")}:1`] })], /has 1 outputs/u],
  [
    "a child before its parent",
    [told("a", { height: 5 }), told("b", { height: 4, coins: [`${txid("a")}:0`] })],
    /at height 4 at most/u,
  ],
  ["two values of one output", [told("a"), told("a", { values: [2n] })], /other facts of output 0/u],
  ["two counts of outputs", [told("a"), told("a", { values: [1n, 1n] })], /other outputs/u],
])("%s is an error that names it, and nothing is stored", async (_, transactions, message) => {
  const name = `conflict-${ledgers++}`;
  const writer = await folder.partialLedgerWriter({ name, network });
  await writer.append([told("d")]);
  await expect(writer.append(transactions)).rejects.toThrow(message);
  expect(await (await folder.ledger(name)).summary()).toMatchObject({ transactions: 1 });
  expect(await writer.append([told("e")])).toMatchObject({ added: 1 });
});

test("a contradiction with what is held names both transactions, whichever of them is new", async () => {
  for (const [held, added] of ["bc", "cb"]) {
    const writer = await folder.partialLedgerWriter({ name: `named-${ledgers++}`, network });
    await writer.append([told("a"), told(held!, { coins: [`${txid("a")}:0`] })]);
    const error = await writer.append([told(added!, { coins: [`${txid("a")}:0`] })]).catch((cause) => cause);
    expect([error.data.txid, error.data.other].sort()).toEqual([txid("b"), txid("c")]);
  }
});

test("a circle is told without what only hangs on it", async () => {
  const circle = [told("b", { coins: [`${txid("d")}:0`] }), told("d", { coins: [`${txid("b")}:0`], values: [1n, 1n] })];
  const hanging = told("a", { coins: [`${txid("d")}:1`] });
  expect(() => arrangeLoose([hanging, ...circle], named)).toThrow(
    expect.objectContaining({ data: { circle: `${txid("d")} ${txid("b")}` } }),
  );
});

test("the snapshot's hash covers every fact that a trail can depend on, and not in which words it was told", () => {
  const [coin, other] = [`${txid("f")}:0`, `${txid("e")}:0`];
  const input = { coin, value: null, script: null };
  const output = { value: 1n, script, spent: null, alias: null };
  const tipOf = (parts: Partial<LooseTransaction>) =>
    arrangeLoose([told("a", { inputs: [input], ...parts })], named).summary.tip?.hash;
  const facts: Partial<LooseTransaction>[] = [
    {},
    { height: 7 },
    { position: 7 },
    { time: 7 as Instant },
    { inputs: [{ ...input, value: 5n }] },
    { inputs: [{ ...input, script }] },
    { inputs: [{ ...input, coin: other }] },
    { outputs: [{ ...output, value: 2n }] },
    { outputs: [{ ...output, script: new Uint8Array(1) }] },
    { outputs: [{ ...output, spent: { is: false, by: null } }] },
    { outputs: [{ ...output, spent: { is: true, by: null } }] },
  ];
  expect(new Set(facts.map(tipOf)).size).toBe(facts.length);
  expect(tipOf({ source: { name: "another", sha256: "11" } })).toBe(tipOf({}));
  const maker = told("b", { outputs: [{ ...output, alias: "7:0" }] });
  const spentBy = (name: string) =>
    arrangeLoose([maker, told("a", { inputs: [{ ...input, coin: name }] })], named).summary.tip?.hash;
  expect(spentBy("7:0")).toBe(spentBy(`${txid("b")}:0`));
});

test("of two writers the one whose ledger moved on under it is refused", async () => {
  const name = "two-writers";
  const first = await folder.partialLedgerWriter({ name, network });
  const second = await folder.partialLedgerWriter({ name, network });
  await first.append([told("a")]);
  const { tip, ...rest } = await (await folder.ledger(name)).summary();
  const counts = { blocks: 0, transactions: 1, inputs: 0, outputs: 1 };
  expect(rest).toStrictEqual({ name, kind: "coin", network, partial: true, ...counts });
  await expect(second.append([told("b")])).rejects.toMatchObject({ code: "ledger/busy" });
  expect(await (await folder.ledger(name)).summary()).toMatchObject({ transactions: 1 });
});

test("what an interrupted append left goes before its number is taken again; what is missing is found", async () => {
  const name = "interrupted";
  const writer = await folder.partialLedgerWriter({ name, network });
  await folder.connection.run("INSERT INTO spoor_interrupted.tellings SELECT 1, number, 'cut off' FROM numbers(3)");
  await writer.append([told("a"), told("b")]);
  expect(await (await folder.ledger(name)).summary()).toMatchObject({ transactions: 2 });
  await folder.connection.run("ALTER TABLE spoor_interrupted.tellings DELETE WHERE number = 1");
  await expect(folder.ledger(name)).rejects.toMatchObject({ code: "ledger/damaged", data: { has: 1, expected: 2 } });
});

test("bytes that have another txid are refused", async () => {
  const writer = await folder.partialLedgerWriter({ name: "bytes", network });
  await expect(writer.append([told("a", { raw: Uint8Array.of(1) })])).rejects.toThrow(/told with the bytes of/u);
});
