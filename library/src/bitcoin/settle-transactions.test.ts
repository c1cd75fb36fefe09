import { expect, test } from "vitest";
import { readBlockchainInfoTransaction } from "./blockchain-info-transaction.ts";
import { transactionId } from "./encode-transaction.ts";
import { readEsploraTransaction } from "./esplora-transaction.ts";
import { blockchainInfoJson, esploraJson, outputsOf, payment } from "./explorer-json.fixture.ts";
import type { FoundTransaction } from "./loose-transaction.ts";
import { networks } from "./networks.ts";
import { settleTransactions } from "./settle-transactions.ts";
import type { Transaction } from "./transaction.ts";

const first = payment(
  [],
  [
    [1, 1000],
    [2, 500],
  ],
);
const coinA = `${transactionId(first)}:0`;
const coinB = `${transactionId(first)}:1`;
const outputOf = outputsOf([first]);

const at = (name: string) => ({ network: networks.mainnet, name, sha256: "00", offset: 0, block: null });
type Change = (json: ReturnType<typeof esploraJson>) => object;
function found(
  transaction: Transaction,
  height?: number,
  change: Change = (json) => json,
  name = "a",
): FoundTransaction {
  const json = change(esploraJson(transaction, outputOf, height));
  return readEsploraTransaction(json as Readonly<Record<string, unknown>>, at(name));
}
const settle = (...all: FoundTransaction[]) => {
  const { transactions, skipped } = settleTransactions(all);
  return { transactions, txids: transactions.map(({ txid }) => txid), reasons: skipped.map(({ reason }) => reason) };
};

test("what is told twice is merged, and each source adds what it knows", () => {
  const spend = payment([coinA], [[3, 900]]);
  const bare = found(spend, undefined, (json) => ({
    ...json,
    vin: json.vin.map((one) => ({ ...one, prevout: null })),
  }));
  const spentBy = "cd".repeat(32);
  const later = found(spend, 7, (json) => ({ ...json, outspends: [{ spent: true, txid: spentBy }] }), "b");
  const stale = found(spend, undefined, (json) => ({ ...json, outspends: [{ spent: false }] }), "c");
  for (const order of [
    [bare, later, stale],
    [stale, later, bare],
    [later, stale, bare],
  ]) {
    const { transactions, reasons } = settle(...order);
    expect(reasons).toEqual([]);
    expect(transactions).toHaveLength(1);
    expect(transactions[0]).toMatchObject({ height: 7, time: 1_500_000_007_000 });
    expect(transactions[0]!.inputs[0]).toMatchObject({ coin: coinA, value: 1000n });
    expect(transactions[0]!.outputs[0]!.spent).toEqual({ is: true, by: spentBy });
  }
});

test("what contradicts an earlier word is set aside, and says both", () => {
  const spend = payment([coinA], [[3, 900]]);
  const by = (txid: string) => (json: object) => ({ ...json, outspends: [{ spent: true, txid }] });
  const { txids, reasons } = settle(
    found(spend, 7, by("ab".repeat(32))),
    found(spend, 8, undefined, "b"),
    found(spend, 7, by("cd".repeat(32)), "c"),
    found(
      spend,
      7,
      (json) => ({ ...json, vin: json.vin.map((one) => ({ ...one, prevout: { ...one.prevout, value: 5000 } })) }),
      "d",
    ),
  );
  expect(txids).toEqual([transactionId(spend)]);
  expect(reasons).toEqual([
    expect.stringMatching(/was told before, in a, otherwise: at height 7, now 8$/u),
    expect.stringMatching(/its output 0 was spent by (ab)+, now by (cd)+$/u),
    expect.stringMatching(/its input 0 spent 1000 satoshi, now 5000$/u),
  ]);
});

test("what a transaction says of the coins it spends must be what their maker says", () => {
  const honest = payment([coinA], [[3, 900]]);
  const liar = (value: number, scriptpubkey?: string) => (json: ReturnType<typeof esploraJson>) => ({
    ...json,
    vin: json.vin.map((one) => ({ ...one, prevout: { ...one.prevout, value, ...(scriptpubkey && { scriptpubkey }) } })),
  });
  const absent = payment([`${transactionId(first)}:2`], [[3, 900]]);
  expect(settle(found(honest, 7), found(first, 6)).reasons).toEqual([]);
  expect(settle(found(first), found(honest, 7, liar(1001))).reasons[0]).toMatch(/is of 1001 satoshi; it is of 1000$/u);
  expect(settle(found(honest, 7, liar(1000, "51")), found(first)).reasons[0]).toMatch(/another script than it has$/u);
  expect(settle(found(absent), found(first)).reasons[0]).toMatch(/:2, which does not exist$/u);
  // Nothing to hold it against: the source's word stands.
  expect(settle(found(honest, 7, liar(1001))).transactions[0]!.inputs[0]!.value).toBe(1001n);
});

test("nothing pays more than it spends, where that is known", () => {
  const greedy = payment([coinA, coinB], [[3, 1501]]);
  const exact = payment([coinA, coinB], [[3, 1500]]);
  expect(settle(found(greedy)).reasons).toEqual([expect.stringMatching(/pays 1501 satoshi and spends only 1500$/u)]);
  expect(settle(found(exact)).reasons).toEqual([]);
  const unknown = found(greedy, 1, (json) => ({ ...json, vin: json.vin.map((one) => ({ ...one, prevout: null })) }));
  expect(settle(unknown).reasons).toEqual([]);
  expect(settle(unknown, found(first)).reasons).toHaveLength(1);
});

test("of two that spend one coin the one in a block stays, then the one that the maker names, then the first", () => {
  const [x, y] = [payment([coinA], [[3, 900]]), payment([coinA, coinB], [[4, 900]])];
  const [idX, idY] = [transactionId(x), transactionId(y)];
  expect(settle(found(x), found(y)).txids).toEqual([idX]);
  expect(settle(found(y), found(x)).txids).toEqual([idY]);
  expect(settle(found(x), found(y, 9)).txids).toEqual([idY]);
  expect(settle(found(x, 9), found(y, 9)).reasons).toEqual([`${idY} spends ${coinA}, which ${idX} spends too`]);
  const maker = found(first, 5, (json) => ({ ...json, outspends: [{ spent: true, txid: idY }, { spent: false }] }));
  const named = settle(maker, found(x), found(y));
  expect(named.txids).toEqual([transactionId(first), idY]);
  expect(named.transactions[0]!.outputs.map(({ spent }) => spent)).toEqual([
    { is: true, by: idY },
    { is: true, by: idY },
  ]);
  // The one that is named is not there, and the one that is there is in no block: it was replaced.
  expect(settle(maker, found(x)).reasons[0]).toMatch(/is in no block, and .* is said to be spent by/u);
  const confirmed = settle(maker, found(x, 9));
  expect(confirmed.reasons).toEqual([]);
  expect(confirmed.transactions[0]!.outputs[0]!.spent).toEqual({ is: true, by: idX });
  expect(settle(found(payment([coinA, coinA], [[3, 900]]))).reasons[0]).toMatch(/spends .* twice$/u);
});

test("transactions that spend each other in a circle are set aside; only unchecked names allow them", () => {
  const [a, b] = ["aa".repeat(32), "bb".repeat(32)];
  const loose = (hash: string, index: number, spends: number): FoundTransaction => {
    const json = blockchainInfoJson(payment([coinA], [[3, 1000]]), { index, indexOf: () => spends, outputOf });
    const { ver: _, ...rest } = json;
    const inputs = json.inputs.map((one) => ({ ...one, prev_out: { ...one.prev_out, script: json.out[0]!.script } }));
    return readBlockchainInfoTransaction({ ...rest, hash, inputs }, at("a"));
  };
  const outside = found(payment([coinB], [[4, 400]]));
  const { txids, reasons } = settle(loose(a, 1, 2), outside, loose(b, 2, 1));
  expect(txids).toEqual([outside.transaction.txid]);
  expect(reasons).toEqual([a, b].map((txid) => `${txid} spends, over others, what it made itself`));
  const named = settle(loose(a, 1, 9), loose(b, 1, 8), loose("cc".repeat(32), 3, 1));
  expect(named.txids).toHaveLength(3);
  expect(named.transactions[2]!.inputs[0]!.coin).toBe("tx_index-1:0");
  expect(named.reasons).toEqual([expect.stringMatching(/the name tx_index-1 of (bb)+ is also that of (aa)+;/u)]);
});
