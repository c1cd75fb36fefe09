import fc from "fast-check";
import { expect, test } from "vitest";
import { SpoorError } from "../errors/base.ts";
import { EthereumNonsenseError, EthereumReorganisedError } from "../errors/ethereum.ts";
import { type FakeAnswer, type FakeCall, fakeNode } from "./fake-node.fixture.ts";
import { minedRewards } from "./rewards.ts";
import { ethereumRpcBlocks } from "./rpc-blocks.ts";
import type { EthereumTransfer } from "./transfer.ts";

const [a, b, m] = ["a", "b", "d"].map((letter) => `0x${letter.repeat(40)}`) as [string, string, string];
const hash = (digit: string) => `0x${digit.repeat(64)}`;

const block = {
  number: "0x7",
  hash: hash("7"),
  parentHash: hash("6"),
  timestamp: "0x64",
  miner: m,
  baseFeePerGas: "0x3",
  difficulty: "0x0",
  uncles: [] as string[],
  transactions: [
    { hash: hash("1"), transactionIndex: "0x0", from: a, to: b, value: "0x5", gas: "0x5208", gasPrice: "0xa" },
  ],
};
const receipt = {
  transactionHash: hash("1"),
  blockHash: hash("7"),
  status: "0x1",
  gasUsed: "0x64",
  effectiveGasPrice: "0x5",
  contractAddress: null,
  logs: [],
};
const trace = {
  type: "call",
  action: { callType: "call", from: a, to: b, value: "0x5" },
  traceAddress: [],
  transactionHash: hash("1"),
};

const results: Readonly<Record<string, unknown>> = {
  eth_chainId: "0x1",
  eth_blockNumber: "0x7",
  eth_getBlockByNumber: block,
  eth_getBlockReceipts: [receipt],
  eth_getTransactionReceipt: receipt,
  trace_block: [trace],
  debug_traceBlockByNumber: [{ txHash: hash("1"), result: { type: "CALL", from: a, to: b, value: "0x5" } }],
};

const noMethod = { error: { code: -32601, message: "the method does not exist" } };

async function read(answer: (call: FakeCall) => FakeAnswer, options: { from?: number; to?: number } = {}) {
  await using node = await fakeNode(answer);
  const { from = 7, to = 7 } = options;
  const source = await ethereumRpcBlocks({ url: node.url, from, to, retriesMax: 0, callsPerRequest: 1 });
  const transfers: EthereumTransfer[] = [];
  for await (const batch of source.batches) transfers.push(...batch);
  return { source, calls: node.calls, brief: transfers.map(({ layer, amount }) => `${layer} ${amount}`) };
}

const without =
  (...methods: string[]) =>
  ({ method }: FakeCall) =>
    methods.includes(method) || results[method] === undefined ? noMethod : { result: results[method] };

test("what a node does not know is asked for in another way, or said to be missing", async () => {
  const fees = ["fee 300", "fee 200"];
  expect((await read(without())).brief).toEqual([...fees, "call 5"]);
  expect((await read(without("trace_block"))).brief).toEqual([...fees, "call 5"]);
  const single = await read(without("eth_getBlockReceipts"));
  expect(single.brief).toEqual([...fees, "call 5"]);
  expect(single.calls).toContain("eth_getTransactionReceipt");
  const { brief, source } = await read(without("trace_block", "debug_traceBlockByNumber"));
  expect(brief).toEqual([...fees, "top 5"]);
  expect(source).toMatchObject({ network: "ethereum", partial: true, missing: ["internal transfers missing"] });
});

test("another chain has its own name, and blocks must follow one another", async () => {
  const other = (call: FakeCall) => (call.method === "eth_chainId" ? { result: "0x2105" } : without()(call));
  expect((await read(other)).source.network).toBe("eip155:8453");
  const apart = ({ method, params }: FakeCall): FakeAnswer => {
    if (method !== "eth_getBlockByNumber") return without()({ method, params });
    return { result: { ...block, number: params[0], transactions: [] } };
  };
  await expect(read(apart, { from: 6, to: 7 })).rejects.toThrow(EthereumReorganisedError);
});

test("receipts or traces of another block mean that the chain changed", async () => {
  const otherReceipts = (call: FakeCall) =>
    call.method === "eth_getBlockReceipts" ? { result: [{ ...receipt, blockHash: hash("8") }] } : without()(call);
  await expect(read(otherReceipts)).rejects.toThrow(/the receipts of block 7 are not those of block 0x7777/u);
  const otherTraces = (call: FakeCall) => (call.method === "trace_block" ? { result: [] } : without()(call));
  await expect(read(otherTraces)).rejects.toThrow(/the traces of block 7 are not those/u);
});

test("a node without old state gives no openings, and the source says so", async () => {
  const noState = (call: FakeCall): FakeAnswer =>
    call.method === "eth_getBalance" ? { error: { code: -32000, message: "missing trie node" } } : without()(call);
  await using node = await fakeNode(noState);
  const source = await ethereumRpcBlocks({ url: node.url, from: 7, to: 7, balances: true });
  for await (const _ of source.batches);
  const facts = await source.facts();
  expect(facts).toMatchObject({ openings: [], openingDefault: null, compared: 0 });
  expect(source.missing).toEqual(["opening balances: the node does not tell those of block 6 (missing trie node)"]);
});

test("balances that are not what the transfers add up to are told", async () => {
  const held: Record<string, string> = { [`${a} 0x6`]: "0x3e8", [`${a} 0x7`]: "0x0" };
  const answer = ({ method, params }: FakeCall): FakeAnswer =>
    method === "eth_getBalance" ? { result: held[params.join(" ")] ?? "0x0" } : without()({ method, params });
  await using node = await fakeNode(answer);
  const source = await ethereumRpcBlocks({ url: node.url, from: 7, to: 7, balances: true });
  for await (const _ of source.batches);
  const facts = await source.facts();
  expect(facts.compared).toBe(3);
  expect(facts.openings).toContainEqual({ account: a, asset: "ETH", amount: 1000n, source: `${node.url}, block 6` });
  expect(facts.differences).toEqual([
    { account: a, asset: "ETH", expected: 1000n - 505n, found: 0n },
    { account: m, asset: "ETH", expected: 200n, found: 0n },
    { account: b, asset: "ETH", expected: 5n, found: 0n },
  ]);
});

test("more balances than may be asked are not asked for, and the source says so", async () => {
  await using node = await fakeNode(without());
  const source = await ethereumRpcBlocks({ url: node.url, from: 7, to: 7, balances: true, balancesMax: 2 });
  for await (const _ of source.batches);
  expect((await source.facts()).compared).toBe(0);
  expect(source.missing).toEqual(["opening balances: there are more than 2 balances to ask for"]);
  expect(node.calls).not.toContain("eth_getBalance");
});

test("Yellow Paper 11.3: rewards of mined blocks where no traces tell them", () => {
  const ether = 10n ** 18n;
  const total = (number: number, uncles: number[]) =>
    minedRewards(
      { number, miner: m },
      uncles.map((uncle) => ({ number: uncle, miner: a })),
    ).map(({ amount }) => amount);
  expect(total(508110, [508109])).toEqual([5_156_250_000_000_000_000n, 4_375_000_000_000_000_000n]);
  expect(total(4_370_000, [])).toEqual([3n * ether]);
  expect(total(7_280_000, [7_279_994])).toEqual([2n * ether + ether / 16n, ether / 2n]);
  expect(total(0, [])).toEqual([]);
});

test("mutated answers give transfers or a SpoorError that names the call, never a crash", async () => {
  const methods = Object.keys(results);
  const cut = fc.record({
    at: fc.nat(),
    length: fc.nat(12),
    put: fc.constantFrom("", "null", '"0x"', "[]", "{}", "1e99", '"0x-1"', "true"),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...methods),
      fc.array(cut, { minLength: 1, maxLength: 3 }),
      async (method, cuts) => {
        let text = JSON.stringify(results[method]);
        for (const { at, length, put } of cuts) {
          const from = at % (text.length + 1);
          text = text.slice(0, from) + put + text.slice(from + length);
        }
        let mutated: unknown;
        try {
          mutated = JSON.parse(text);
        } catch {
          return;
        }
        try {
          await read((call) => (call.method === method ? { result: mutated } : without()(call)));
        } catch (error) {
          expect(error).toBeInstanceOf(SpoorError);
          if (error instanceof EthereumNonsenseError) expect(error.message).toMatch(/nonsense to \w+_\w+:/u);
        }
      },
    ),
    { numRuns: 300 },
  );
});
