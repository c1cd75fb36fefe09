import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { TransactionFileError } from "../errors/bitcoin-sources.ts";
import { addressOfScript } from "./address.ts";
import { decodeTransaction } from "./decode-transaction.ts";
import { transactionId } from "./encode-transaction.ts";
import {
  addressOf,
  blockchainInfoJson,
  coreText,
  esploraJson,
  outputsOf,
  payment,
  rawHex,
} from "./explorer-json.fixture.ts";
import { networks } from "./networks.ts";
import { realData, titled } from "./real-data.fixture.ts";
import { readTransactionFiles } from "./transaction-files.ts";

const folder = mkdtempSync(join(tmpdir(), "spoor-files-"));
afterAll(() => rmSync(folder, { recursive: true }));

let written = 0;
function file(content: string | Uint8Array): string {
  const path = join(folder, `${written++}.txt`);
  writeFileSync(path, content);
  return path;
}
const read = (...contents: (string | Uint8Array)[]) => readTransactionFiles(contents.map(file), networks.mainnet);

const first = payment([], [[1, 5_000_000_000]]);
const second = payment(
  [`${transactionId(first)}:0`],
  [
    [2, 3_000_000_000],
    [3, 1_999_000_000],
  ],
);
const third = payment([`${transactionId(second)}:0`, `${transactionId(second)}:1`], [[4, 4_000_000_000]]);
const all = [first, second, third];
const txids = all.map(transactionId);
const outputOf = outputsOf(all);
const esplora = all.map((one, j) => esploraJson(one, outputOf, 100 + j));
const indexes = new Map(txids.map((txid, j) => [txid, 2 ** 40 + j]));
const blockchainInfo = all.map((one, j) =>
  blockchainInfoJson(one, { index: 2 ** 40 + j, indexOf: (txid) => indexes.get(txid)!, outputOf, spent: () => j < 2 }),
);

test("Esplora's JSON as one transaction, a list, and one a line", async () => {
  const list = await read(JSON.stringify(esplora));
  expect(list.skipped).toEqual([]);
  expect(list.notChecked).toBe(0);
  expect(list.transactions.map(({ txid, height }) => [txid, height])).toEqual(txids.map((txid, j) => [txid, 100 + j]));
  const [coinbase, middle, last] = list.transactions;
  expect(coinbase!.inputs).toEqual([]);
  expect(middle!.inputs).toEqual([
    { coin: `${txids[0]}:0`, value: 5_000_000_000n, script: Buffer.from(first.outputs[0]!.script) },
  ]);
  expect(middle!.outputs.map(({ value, spent }) => [value, spent])).toEqual([
    [3_000_000_000n, { is: true, by: txids[2] }],
    [1_999_000_000n, { is: true, by: txids[2] }],
  ]);
  expect(last!.outputs[0]!.spent).toBeNull();
  expect(decodeTransaction(last!.raw!)).toEqual(third);
  expect(last!.time).toBe(1_500_000_102_000);
  const lines = await read(`\ufeff${esplora.map((one) => JSON.stringify(one)).join("\n")}\n`);
  const single = await read(...esplora.map((one) => JSON.stringify(one, null, 2)));
  const bare = ({ transactions }: typeof list) => transactions.map((one) => ({ ...one, source: null }));
  expect(bare(lines)).toEqual(bare(list));
  expect(bare(single)).toEqual(bare(list));
});

test("what an explorer says of spends is kept, and only that", async () => {
  const outspends = [{ spent: false }, { spent: true, txid: "ab".repeat(32), vin: 0 }];
  const { transactions } = await read(JSON.stringify({ ...esplora[1], outspends }));
  expect(transactions[0]!.outputs.map(({ spent }) => spent)).toEqual([
    { is: false, by: null },
    { is: true, by: "ab".repeat(32) },
  ]);
});

test("blockchain.info's indexes become txids where the set holds them, and stay names where not", async () => {
  const address = await read(JSON.stringify({ address: addressOf(2), n_tx: 3, txs: blockchainInfo }));
  expect(address.skipped).toEqual([]);
  expect(address.notChecked).toBe(0);
  expect(address.transactions.map(({ txid }) => txid)).toEqual(txids);
  expect(address.transactions[2]!.inputs.map(({ coin }) => coin)).toEqual([`${txids[1]}:0`, `${txids[1]}:1`]);
  expect(address.transactions[2]!.outputs[0]!.spent).toEqual({ is: false, by: null });
  const alone = await read(JSON.stringify(blockchainInfo[2]));
  expect(alone.notChecked).toBe(1);
  expect(alone.transactions[0]!.inputs.map(({ coin }) => coin)).toEqual([
    "tx_index-1099511627777:0",
    "tx_index-1099511627777:1",
  ]);
  expect(alone.transactions[0]!.outputs[0]!.alias).toBe("tx_index-1099511627778:0");
  // The fields that the txid is the hash of are known once the index is; a wrong one shows then.
  const wrong = { ...blockchainInfo[2], lock_time: 18 };
  expect((await read(JSON.stringify(wrong))).skipped).toEqual([]);
  const { transactions, skipped } = await read(JSON.stringify(blockchainInfo[1]), JSON.stringify(wrong));
  expect(transactions.map(({ txid }) => txid)).toEqual([txids[1]]);
  expect(skipped[0]!.reason).toMatch(/its fields have the txid/u);
});

test("Bitcoin Core's decimals are read digit by digit", async () => {
  const cents = payment(
    [],
    [
      [1, 2_098_999_997_690_001],
      [2, 1],
      [3, 1_010_000_000],
    ],
  );
  const text = coreText(cents);
  expect(text).toContain('"value":20989999.97690001');
  const scientific = text.replace('"value":0.00000001', '"value":1e-08');
  const block = `{"height":7,"time":1600000001,"merkleroot":"","tx":[${scientific}]}`;
  const { transactions, skipped } = await read(`{"result":${block},"error":null,"id":1}`);
  expect(skipped).toEqual([]);
  expect(transactions[0]!.outputs.map(({ value }) => value)).toEqual([2_098_999_997_690_001n, 1n, 1_010_000_000n]);
  expect(transactions[0]).toMatchObject({ txid: transactionId(cents), height: 7, position: 0, inputs: [] });
  const finer = await read(text.replace("0.00000001", "0.000000015"));
  expect(finer.transactions).toEqual([]);
  expect(finer.skipped[0]!.reason).toMatch(
    /vout\[1\].value is "0.000000015" BTC, which is no whole number of satoshi/u,
  );
});

test("raw transactions in hex: one a line, one broken over lines, as a JSON list", async () => {
  const hexes = all.map(rawHex);
  const folded = hexes[2]!.replace(/(.{64})/gu, "$1\r\n");
  for (const contents of [[hexes.join("\n")], hexes, [JSON.stringify(hexes)], [hexes[0]!, hexes[1]!, folded]]) {
    const { transactions, skipped, notChecked } = await read(...contents);
    expect(skipped).toEqual([]);
    expect(notChecked).toBe(0);
    expect(transactions.map(({ txid }) => txid)).toEqual(txids);
    // What one does not say, another one of the set does.
    expect(transactions[2]!.inputs.map(({ value }) => value)).toEqual([3_000_000_000n, 1_999_000_000n]);
  }
  const { skipped, transactions } = await read(`${hexes[0]}\nnot hex\n${hexes[1]!.slice(0, -2)}\n${hexes[2]}\n`);
  expect(transactions).toHaveLength(2);
  expect(skipped.map(({ offset }) => offset)).toEqual([hexes[0]!.length + 1, hexes[0]!.length + 9]);
});

test("one bad transaction of a list, or a file that is cut off, costs only itself", async () => {
  const text = JSON.stringify([esplora[0], { ...esplora[1], version: 3 }, 7, null, { a: 1 }, esplora[2]], null, 1);
  const { transactions, skipped } = await read(text);
  expect(transactions.map(({ txid }) => txid)).toEqual([txids[0], txids[2]]);
  expect(skipped.map(({ reason }) => reason)).toEqual([
    expect.stringMatching(/is called [0-9a-f]{64}, but its fields have the txid/u),
    'it holds "7" where a transaction should stand',
    'it holds "null" where a transaction should stand',
    "it holds no transaction in a known form, but an object with a",
    // Its inputs' maker was set aside, so nothing contradicts it.
  ]);
  expect(skipped.map(({ offset }) => text.slice(offset!, offset! + 8))).toEqual([
    '{\n  "txi',
    "7,\n null",
    "null,\n {",
    '{\n  "a":',
  ]);
  const cut = await read(JSON.stringify(esplora).slice(0, -50));
  expect(cut.transactions).toHaveLength(2);
  expect(cut.skipped[0]!.reason).toBe("it is not valid JSON, or cut off");
});

test("amounts that are no whole satoshi, or too many, are refused with the field's name", async () => {
  for (const value of ["9007199254740993", "1.5", "-1", "2100000000000001", '"1"', "null", "1e30"]) {
    const text = JSON.stringify(esplora[0]).replace('"value":5000000000', `"value":${value}`);
    const { transactions, skipped } = await read(text);
    expect(transactions).toEqual([]);
    expect(skipped[0]!.reason).toMatch(
      /^its vout\[0\]\.value is .*, not a whole number of satoshi up to 21 million BTC/u,
    );
  }
});

test("what stands where hex should stand is refused, also where no txid covers it", async () => {
  for (const script of ["zz", "76a", "76a9 ", 7, null]) {
    const [input] = blockchainInfo[1]!.inputs;
    const inputs = [{ ...input, prev_out: { ...input!.prev_out, script } }];
    const { transactions, skipped } = await read(JSON.stringify({ ...blockchainInfo[1], inputs }));
    if (script === null) expect(transactions[0]!.inputs[0]!.script).toBeNull();
    else expect(skipped[0]!.reason).toMatch(/^its inputs\[0\]\.prev_out\.script is .*, not hex$/u);
  }
});

test("a transaction of another network, or with an address that is not its script's, is refused", async () => {
  const script = first.outputs[0]!.script;
  const testnet = JSON.stringify(esplora[0]).replace(addressOf(1), addressOfScript(networks.testnet, script)!);
  expect((await read(testnet)).skipped[0]!.reason).toMatch(/^it is of testnet, not of mainnet: /u);
  const other = JSON.stringify(esplora[0]).replace(addressOf(1), addressOf(9));
  expect((await read(other)).skipped[0]!.reason).toMatch(/stands beside it$/u);
});

test("files that hold no transactions are told, each with its reason", async () => {
  const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 1);
  const { transactions, skipped } = await read(
    "",
    " \n",
    "{}",
    "[]",
    "[[[[[[1]]]]]]",
    "date,amount\n1,2\n",
    png,
    '{"nodes":[],"links":[]}',
  );
  expect(transactions).toEqual([]);
  expect(skipped.map(({ reason }) => reason)).toEqual([
    "the file is empty",
    "the file is empty",
    "it holds no transaction in a known form, but an object without members",
    "the file holds no transactions",
    "its lists are nested too deep to be transactions",
    'it is neither JSON nor hex: "date,amount"',
    expect.stringMatching(/neither JSON nor hex/u),
    "it holds no transaction in a known form, but an object with nodes, links",
  ]);
});

test("a folder means its files; a path that is not there is an error; too large a file is set aside", async () => {
  const inner = join(folder, "inner");
  mkdirSync(join(inner, "deeper"), { recursive: true });
  writeFileSync(join(inner, "b.json"), JSON.stringify(esplora[1]));
  writeFileSync(join(inner, "deeper", "a.json"), JSON.stringify(esplora[2]));
  writeFileSync(join(inner, ".hidden"), "not read");
  const { transactions, files } = await readTransactionFiles([inner], networks.mainnet);
  expect(files).toBe(2);
  expect(transactions.map(({ txid }) => txid)).toEqual([txids[1], txids[2]]);
  expect(transactions[0]!.source).toEqual({
    name: join(inner, "b.json"),
    sha256: createHash("sha256")
      .update(readFileSync(join(inner, "b.json")))
      .digest("hex"),
  });
  await expect(readTransactionFiles([join(inner, "no")], networks.mainnet)).rejects.toBeInstanceOf(
    TransactionFileError,
  );
  const small = await readTransactionFiles([inner], networks.mainnet, { fileBytesMax: 10 });
  expect(small.skipped.map(({ reason }) => reason)).toEqual(
    Array(2).fill(expect.stringMatching(/larger than 10 bytes/u)),
  );
});

const mempool = realData("btc-mempool-2024/mempool.tar.gz");
test.skipIf(mempool === null)(
  titled("8,131 mainnet transactions of 2024 have the txids that name their files", mempool),
  async () => {
    const target = join(folder, "mempool");
    mkdirSync(target);
    execFileSync("tar", ["-xzf", mempool!, "-C", target]);
    const { transactions, skipped, files, notChecked } = await readTransactionFiles([target], networks.mainnet);
    expect([files, transactions.length, skipped, notChecked]).toEqual([8131, 8131, [], 0]);
    const held = new Set(transactions.map(({ txid }) => txid));
    let inputs = 0;
    let outputs = 0;
    let internal = 0;
    for (const { txid, source, inputs: spent, outputs: paid } of transactions) {
      expect(basename(source.name, ".json")).toBe(createHash("sha256").update(Buffer.from(txid, "hex")).digest("hex"));
      inputs += spent.length;
      outputs += paid.length;
      internal += spent.filter(({ coin }) => held.has(coin.slice(0, 64))).length;
    }
    expect([inputs, outputs, internal]).toEqual([33_534, 19_922, 2128]);
  },
);

const wannaCry = [1, 2, 3].map((n) => realData(`btc-wannacry/address${n}.json`));
const graph = realData("btc-wannacry/data_bitcoin.json");
test.skipIf(wannaCry.includes(null))(
  titled("the three WannaCry addresses add up to what is stated of them", ...wannaCry),
  async () => {
    const files = [...wannaCry, graph].map((path) => path!);
    const { transactions, skipped, notChecked } = await readTransactionFiles(files, networks.mainnet);
    expect(transactions).toHaveLength(341);
    expect(skipped).toEqual([
      { file: graph, offset: 0, reason: expect.stringMatching(/an object with nodes, links$/u) },
    ]);
    // The others spend coins of transactions that are known by their index only.
    expect(notChecked).toBe(341 - 17);
    const held = new Set(transactions.map(({ txid }) => txid));
    const internal = transactions.flatMap(({ inputs }) => inputs.filter(({ coin }) => held.has(coin.slice(0, 64))));
    expect(internal).toHaveLength(365);
    for (const path of wannaCry) {
      const stated = JSON.parse(readFileSync(path!, "utf8")) as Record<string, unknown>;
      const own = (script: Uint8Array | null) =>
        script !== null && addressOfScript(networks.mainnet, script) === stated.address;
      let received = 0n;
      let sent = 0n;
      for (const { inputs, outputs } of transactions) {
        for (const { value, script } of outputs) if (own(script)) received += value;
        for (const { value, script } of inputs) if (own(script)) sent += value!;
      }
      expect([received, sent]).toEqual([stated.total_received, stated.total_sent].map((n) => BigInt(n as number)));
    }
  },
);
