import { beforeAll, describe, expect, test } from "vitest";
import { EthereumReorganisedError } from "../errors/ethereum.ts";
import { type Anvil, hasAnvil, startAnvil } from "./anvil.fixture.ts";
import { playStory, type Story } from "./anvil-story.fixture.ts";
import { ethereumRpcBlocks, type RpcBlocksOptions } from "./rpc-blocks.ts";
import type { EthereumSource } from "./source.ts";
import type { EthereumTransfer } from "./transfer.ts";

const absent = hasAnvil ? "" : " (skipped: there is no anvil for this machine)";

async function read(options: RpcBlocksOptions): Promise<{ source: EthereumSource; transfers: EthereumTransfer[] }> {
  const source = await ethereumRpcBlocks(options);
  const transfers: EthereumTransfer[] = [];
  for await (const batch of source.batches) transfers.push(...batch);
  return { source, transfers };
}

/** What each account gained in each asset, by `account asset`. */
function gains(transfers: readonly EthereumTransfer[]): Map<string, bigint> {
  const sums = new Map<string, bigint>();
  const add = (account: string | null, asset: string, amount: bigint) => {
    if (account === null) return;
    const key = `${account} ${asset}`;
    sums.set(key, (sums.get(key) ?? 0n) + amount);
  };
  for (const { from, to, asset, amount } of transfers) {
    add(from, asset, -amount);
    add(to, asset, amount);
  }
  return sums;
}

const balanceOf = [
  {
    type: "function",
    name: "balanceOf",
    stateMutability: "view",
    inputs: [{ type: "address" }],
    outputs: [{ type: "uint256" }],
  },
] as const;

/** Compares opening + what transfers say with the node's own balances, without the code under test. */
async function expectBalances(node: Anvil, transfers: readonly EthereumTransfer[], tip: number): Promise<number> {
  const differences: string[] = [];
  const sums = gains(transfers);
  for (const [key, gained] of sums) {
    const [account, asset] = key.split(" ") as [`0x${string}`, `0x${string}` | "ETH"];
    let opening = 0n;
    let closing: bigint;
    if (asset === "ETH") {
      opening = await node.client.getBalance({ address: account, blockNumber: 0n });
      closing = await node.client.getBalance({ address: account, blockNumber: BigInt(tip) });
    } else {
      const call = { address: asset, abi: balanceOf, functionName: "balanceOf", args: [account] } as const;
      closing = await node.client.readContract({ ...call, blockNumber: BigInt(tip) });
    }
    if (opening + gained !== closing) differences.push(`${key}: ${opening + gained}, the node says ${closing}`);
  }
  expect(differences).toEqual([]);
  return sums.size;
}

// Before and after EIP-6780, which changed what a self-destruct burns.
for (const hardfork of ["shanghai", "prague"]) {
  describe.skipIf(!hasAnvil)(`a node's blocks, ${hardfork}${absent}`, () => {
    let node: Anvil;
    let story: Story;
    beforeAll(async () => {
      node = await startAnvil(["--hardfork", hardfork]);
      story = await playStory(node);
      return () => node[Symbol.asyncDispose]();
    });

    test.each(["trace_block", "debug_traceBlockByNumber"] as const)(
      "the balances that transfers add up to are the node's for every account touched, by %s",
      async (traces) => {
        const { source, transfers } = await read({ url: node.url, from: 0, to: story.tip, traces, balances: true });
        expect(source.partial).toBe(false);
        expect(source.missing).toEqual([]);
        const pairs = await expectBalances(node, transfers, story.tip);
        expect(pairs).toBeGreaterThan(40);
        const facts = await source.facts();
        expect(facts.compared).toBe(pairs);
        expect(facts.differences).toEqual([]);
        expect(facts.openingDefault).toBe(0n);
        const symbols = facts.assets.map(({ symbol, decimals }) => `${symbol} ${decimals}`);
        expect(symbols).toEqual(
          expect.arrayContaining(["ETH 18", "PLN 6", "NORET 18", "FOT 9", "WETH 18", "null null", "null 18"]),
        );
      },
    );

    test("both ways of tracing tell the same transfers", async () => {
      const flat = await read({ url: node.url, from: 1, to: story.tip, traces: "trace_block" });
      const nested = await read({ url: node.url, from: 1, to: story.tip, traces: "debug_traceBlockByNumber" });
      expect(nested.transfers).toEqual(flat.transfers);
    });

    test("without traces the source is partial, and only what contracts moved inside is missing", async () => {
      const { source, transfers } = await read({ url: node.url, from: 1, to: story.tip, traces: "none" });
      expect(source.partial).toBe(true);
      expect(source.missing).toEqual(["internal transfers missing"]);
      const whole = await read({ url: node.url, from: 1, to: story.tip });
      const without = (list: readonly EthereumTransfer[]) =>
        list.filter(({ layer }) => layer !== "top" && layer !== "call");
      expect(without(transfers)).toEqual(without(whole.transfers));
      const outer = whole.transfers.filter(({ layer, index }) => layer === "call" && index === 10);
      expect(transfers.filter(({ layer }) => layer === "top")).toEqual(
        outer.map((transfer) => ({ ...transfer, layer: "top" })),
      );
    });

    test("what failed moves nothing but its fee, as a whole and inside", async () => {
      const { transfers } = await read({ url: node.url, from: 1, to: story.tip });
      const of = (name: string) => transfers.filter(({ transaction }) => transaction === story.did[name]);
      expect(new Set(of("revert all").map(({ layer }) => layer))).toEqual(new Set(["fee"]));
      expect(new Set(of("failed transfer").map(({ layer }) => layer))).toEqual(new Set(["fee"]));
      const [, , alice, bob] = [null, ...node.accounts.map((account) => account.toLowerCase())];
      const inside = of("revert inside").filter(({ layer }) => layer === "call");
      expect(inside.map(({ to, amount }) => [to, amount])).toEqual([
        [story.reverter.address.toLowerCase(), 4n * 10n ** 18n],
        [alice, 2n * 10n ** 18n],
      ]);
      expect(inside.some(({ to }) => to === bob)).toBe(false);
    });

    test("numbered things are no amounts, and a vault with WETH's events is no token", async () => {
      const { source, transfers } = await read({ url: node.url, from: 1, to: story.tip });
      expect(source.counts).toMatchObject({ notFungible: 1, unread: 0, otherDeposits: 1, blocks: story.tip });
      expect(transfers.some(({ asset }) => asset === story.vault.address)).toBe(false);
      const loud = transfers.filter(({ asset }) => asset === story.loud.address.toLowerCase());
      expect(loud.map(({ from, to }) => [from === null, to === null])).toEqual([
        [true, false],
        [false, true],
      ]);
    });
  });
}

describe.skipIf(!hasAnvil)(`a node that changes its mind${absent}`, () => {
  test("a reorganisation while reading is an error that says how far to go back", async () => {
    await using node = await startAnvil();
    await node.client.mine({ blocks: 8 });
    await node.send({ to: node.accounts[1]!, value: 1n });
    await node.send({ to: node.accounts[1]!, value: 2n });
    await node.send({ to: node.accounts[1]!, value: 3n });
    const tip = Number(await node.client.getBlockNumber());
    const source = await ethereumRpcBlocks({ url: node.url, from: 1, to: tip, parallel: 1 });
    const reading = (async () => {
      for await (const _ of source.batches) {
        await node.client.request({ method: "anvil_reorg", params: [3, []] } as never);
      }
    })();
    await expect(reading).rejects.toThrow(EthereumReorganisedError);
    await expect(reading).rejects.toThrow(/reorganised above height \d+/u);
  });

  test("heights past the tip are refused with the tip", async () => {
    await using node = await startAnvil();
    await expect(ethereumRpcBlocks({ url: node.url, from: 1, to: 5 })).rejects.toThrow(
      /The node has no block 5; its newest is 0/u,
    );
  });
});
