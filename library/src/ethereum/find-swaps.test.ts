import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { type Anvil, hasAnvil, startAnvil } from "./anvil.fixture.ts";
import { playStory, type Story } from "./anvil-story.fixture.ts";
import { findSwaps } from "./find-swaps.ts";
import { ethereumRpcBlocks } from "./rpc-blocks.ts";
import { type EthereumTransfer, transferOf } from "./transfer.ts";

const place = { transaction: `0x${"1".repeat(64)}`, height: 1, position: 0, time: null, dayOnly: false };

/** `alice -> pool 5 ETH`, one transfer a line; `nobody` for none, `fee` behind for a fee. */
function scenario(lines: string): EthereumTransfer[] {
  const name = (text: string) => (text === "nobody" ? null : text);
  return lines
    .trim()
    .split("\n")
    .map((line, index) => {
      const [from, , to, amount, asset, fee] = line.trim().split(/\s+/u) as [
        string,
        string,
        string,
        string,
        string,
        string?,
      ];
      return transferOf(place, "call", index, name(from), name(to), asset, BigInt(amount), fee === "fee");
    });
}

test("an account that gives one asset and gets one other swapped them", () => {
  const transfers = scenario(`
    alice -> miner 3 ETH fee
    alice -> pool 500 0xdai
    pool -> alice 2 ETH
  `);
  expect(findSwaps(transfers, "alice")).toEqual({
    reason: null,
    swap: {
      kind: "swap",
      basis: "same-transaction",
      confidence: 0.95,
      rule: "ethereum/net-flow@2",
      account: "alice",
      given: { asset: "0xdai", amount: 500n, transfers: [transfers[1]] },
      got: { asset: "ETH", amount: 2n, transfers: [transfers[2]] },
    },
  });
});

test("the sender is who paid the fee, where nobody says who it is", () => {
  const transfers = scenario("alice -> miner 3 ETH fee\n pool -> alice 2 0xa\n alice -> pool 5 0xb");
  expect(findSwaps(transfers).swap).toMatchObject({ account: "alice", confidence: 0.95 });
});

test("a refund in the asset given reduces the net", () => {
  const { swap } = findSwaps(
    scenario(`
      alice -> router 10 ETH
      router -> pool 7 ETH
      pool -> alice 700 0xdai
      router -> alice 3 ETH
    `),
    "alice",
  );
  expect(swap).toMatchObject({ given: { asset: "ETH", amount: 7n }, got: { asset: "0xdai", amount: 700n } });
});

test("ether that a contract mints its own token for, one to one, is wrapped; back again it is unwrapped", () => {
  const wrap = findSwaps(scenario("alice -> 0xweth 5 ETH\n nobody -> alice 5 0xweth"), "alice").swap;
  expect(wrap).toMatchObject({ kind: "wrap", basis: "event", confidence: 0.99 });
  const unwrap = findSwaps(scenario("0xweth -> alice 5 ETH\n alice -> nobody 5 0xweth"), "alice").swap;
  expect(unwrap).toMatchObject({ kind: "wrap", basis: "event", given: { asset: "0xweth" }, got: { asset: "ETH" } });
  // Shares of a vault that have grown are a swap, not a wrap.
  const vault = findSwaps(scenario("alice -> 0xvault 5 ETH\n nobody -> alice 4 0xvault"), "alice").swap;
  expect(vault).toMatchObject({ kind: "swap", basis: "same-transaction" });
});

test("an unwrapping is one by what its contract does, where nobody knows who sent it", () => {
  const lines = "0xweth -> alice 5 ETH\n alice -> nobody 5 0xweth";
  expect(findSwaps(scenario(lines)).swap).toMatchObject({ kind: "wrap", confidence: 0.99, account: "alice" });
  // Any other account that is told as getting first is on the way of somebody.
  expect(findSwaps(scenario("alice -> router 5 ETH\n router -> alice 7 0xdai"), null).swap?.account).toBe("alice");
  expect(findSwaps(scenario("0xvault -> alice 5 ETH\n alice -> nobody 4 0xvault")).swap).toBeNull();
  const two = findSwaps(scenario(`${lines}\n 0xweth -> bob 1 ETH\n bob -> nobody 1 0xweth`));
  expect(two).toEqual({ swap: null, reason: "2 accounts gave one asset for another, none of them the sender" });
});

test.each([
  [
    "two assets got",
    "alice",
    "alice -> pool 5 ETH\n pool -> alice 5 0xa\n pool -> alice 5 0xb",
    /gave 1 assets and got 2/u,
  ],
  ["nothing got", "alice", "alice -> bob 5 ETH", /gave 1 assets and got 0/u],
  ["a gift", null, "alice -> bob 5 ETH", /no account gave one asset for another/u],
  [
    "two traders whose order a third sends",
    "relay",
    "a -> x 5 0xa\n x -> a 5 0xb\n b -> y 5 0xa\n y -> b 5 0xb",
    /2 accounts gave one asset for another, none of them the sender/u,
  ],
])("%s is no swap, and the reason is told", (_name, sender, lines, reason) => {
  const finding = findSwaps(scenario(lines), sender);
  expect(finding.swap).toBeNull();
  expect(finding.reason).toMatch(reason);
});

test("where a relay sends it, the only account that pays first is the trader, not the pool", () => {
  const { swap } = findSwaps(scenario("alice -> pool 5 0xa\n pool -> alice 6 0xb"), "relay");
  expect(swap).toMatchObject({ account: "alice", confidence: 0.8 });
});

test("a swap's amounts are the account's net flow, whatever else happens in the transaction", () => {
  const someone = fc.constantFrom("alice", "bob", "pool", null);
  const some = fc.record({
    from: someone,
    to: someone,
    asset: fc.constantFrom("ETH", "0xa", "0xb"),
    amount: fc.bigInt({ min: 1n, max: 100n }),
    isFee: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(some, { maxLength: 12 }), (list) => {
      const transfers = list.map(({ from, to, asset, amount, isFee }, index) =>
        transferOf(place, "log", index, from, to, asset, amount, isFee),
      );
      const { swap, reason } = findSwaps(transfers, "alice");
      expect(swap === null).toBe(reason !== null);
      if (swap === null) return;
      for (const asset of ["ETH", "0xa", "0xb"]) {
        let net = 0n;
        for (const transfer of transfers) {
          if (transfer.isFee || transfer.asset !== asset) continue;
          if (transfer.to === swap.account) net += transfer.amount;
          if (transfer.from === swap.account) net -= transfer.amount;
        }
        const expected =
          asset === swap.given.asset ? -swap.given.amount : asset === swap.got.asset ? swap.got.amount : 0n;
        expect(net).toBe(expected);
      }
    }),
  );
});

describe.skipIf(!hasAnvil)(`on a real node${hasAnvil ? "" : " (skipped: there is no anvil for this machine)"}`, () => {
  let node: Anvil;
  let story: Story;
  let transfers: EthereumTransfer[];
  beforeAll(async () => {
    node = await startAnvil();
    story = await playStory(node);
    transfers = [];
    const source = await ethereumRpcBlocks({ url: node.url, from: 1, to: story.tip });
    for await (const batch of source.batches) transfers.push(...batch);
    return () => node[Symbol.asyncDispose]();
  });

  test.each([
    ["buy", "swap", "ETH", "plain", 1],
    ["buy exactly", "swap", "ETH", "plain", 2],
    ["sell", "swap", "plain", "ETH", 1],
    ["swap by router", "swap", "ETH", "plain", 3],
    ["swap tokens", "swap", "weth", "plain", 1],
    ["wrap", "wrap", "ETH", "weth", 1],
    ["wrap by sending", "wrap", "ETH", "weth", 2],
    ["unwrap", "wrap", "weth", "ETH", 1],
    ["wrap loudly", "wrap", "ETH", "loud", 1],
    ["unwrap loudly", "wrap", "loud", "ETH", 1],
  ] as const)("%s is a %s of %s for %s", (name, kind, given, got, by) => {
    const sender = node.accounts[by]!.toLowerCase();
    const own = transfers.filter(({ transaction }) => transaction === story.did[name]);
    const asset = (text: "ETH" | "plain" | "weth" | "loud") =>
      text === "ETH" ? text : story[text].address.toLowerCase();
    expect(findSwaps(own, sender).swap).toMatchObject({
      kind,
      account: sender,
      given: { asset: asset(given) },
      got: { asset: asset(got) },
    });
  });

  test.each([
    "plain transfer",
    "token 0",
    "forward",
    "forward deep",
    "revert inside",
    "stake",
    "burn",
    "failed transfer",
  ])("%s is none", (name) => {
    const own = transfers.filter(({ transaction }) => transaction === story.did[name]);
    expect(findSwaps(own, null).swap).toBeNull();
  });
});
