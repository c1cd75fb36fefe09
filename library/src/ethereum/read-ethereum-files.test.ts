import { mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { SpoorError } from "../errors/base.ts";
import { type EthereumFileOptions, readEthereumFiles } from "./read-ethereum-files.ts";
import { readTraces, traceBytesOf } from "./read-traces.ts";
import type { EthereumSource } from "./source.ts";
import type { EthereumTransfer } from "./transfer.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "spoor-ethereum-files-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

async function read(
  paths: readonly string[],
  options: EthereumFileOptions = {},
): Promise<{ source: EthereumSource; transfers: EthereumTransfer[]; brief: string[] }> {
  const source = await readEthereumFiles(paths, options);
  const transfers: EthereumTransfer[] = [];
  for await (const batch of source.batches) transfers.push(...batch);
  const name = (account: string | null) => (account === null ? "-" : account.slice(2, 3));
  const brief = transfers.map(
    ({ layer, from, to, asset, amount }) =>
      `${layer} ${name(from)}>${name(to)} ${amount} ${asset.startsWith("0x") ? name(asset) : asset}`,
  );
  return { source, transfers, brief };
}

const address = (letter: string) => `0x${letter.repeat(40)}`;
const hash = (digit: string) => `0x${digit.repeat(64)}`;
const word = (letter: string) => `0x${"0".repeat(24)}${letter.repeat(40)}`;
const transferTopic = "0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef";
const [a, b, c, m, t] = ["a", "b", "c", "d", "e"].map(address) as [string, string, string, string, string];

/** Rows of fields with commas, as one text. */
const csv = (...rows: readonly (readonly (string | number)[])[]) => rows.map((row) => `${row.join(",")}\n`).join("");
const columns = (text: string) => text.split(" ");

const withdrawal = `"{""index"": 9, ""validator_index"": 1, ""address"": ""${c}"", ""amount"": 2}"`;
const blocks = csv(
  columns("number hash parent_hash miner difficulty timestamp transaction_count base_fee_per_gas withdrawals"),
  [7, hash("7"), hash("6"), m, 0, 1700000000, 2, 3, withdrawal],
);
const transactions = csv(
  columns("hash nonce block_hash block_number transaction_index from_address to_address value gas gas_price input"),
  [hash("1"), 0, hash("7"), 7, 0, a, b, 500, 21000, 10, "0x"],
  [hash("2"), 1, hash("7"), 7, 1, a, b, 600, 50000, 10, "0xabcdef"],
);
const receipts = csv(
  columns("transaction_hash transaction_index block_number cumulative_gas_used gas_used status effective_gas_price"),
  [hash("1"), 0, 7, 100, 100, 1, 5],
  [hash("2"), 1, 7, 150, 50, 0, 5],
);
const logs = csv(columns("log_index transaction_hash transaction_index block_number address data topics"), [
  ...[3, hash("1"), 0, 7, t, `0x${"0".repeat(62)}2a`, `"${transferTopic},${word("a")},${word("b")}"`],
]);
const traceColumns = columns(
  "block_number transaction_hash transaction_index from_address to_address value trace_type call_type " +
    "trace_address error status trace_id",
);
const traceId = (digit: string, path: string) => `call_${hash(digit)}_${path}`;
const traces = csv(
  traceColumns,
  [7, hash("1"), 0, a, b, 500, "call", "call", "", "", 1, traceId("1", "")],
  [7, hash("1"), 0, b, c, 20, "call", "call", 1, "", 1, traceId("1", "1")],
  [7, hash("1"), 0, b, m, 30, "call", "call", 0, "", 1, traceId("1", "0")],
  [7, hash("1"), 0, m, c, 30, "call", "call", '"0,0"', "Reverted", 0, traceId("1", "0_0")],
  [7, hash("2"), 1, a, b, 600, "call", "call", "", "Out of gas", 0, traceId("2", "")],
);
const whole = { blocks, transactions, receipts, logs, traces };

const wholeBrief = [
  "withdrawal ->c 2000000000 ETH",
  "log a>b 42 e",
  "call a>b 500 ETH",
  "call b>d 30 ETH",
  "call b>c 20 ETH",
  "fee a>- 300 ETH",
  "fee a>d 200 ETH",
  "fee a>- 150 ETH",
  "fee a>d 100 ETH",
];

const write = (names: readonly (keyof typeof whole)[]) => names.map((name) => file(`${name}.csv`, whole[name]));

describe("ethereum-etl's CSV", () => {
  test("blocks, receipts, transactions, logs and traces make a whole ledger, in whatever order they come", async () => {
    const paths = write(["traces", "logs", "transactions", "receipts", "blocks"]);
    const { source, brief, transfers } = await read(paths);
    expect(brief).toEqual(wholeBrief);
    expect(source.missing).toEqual([]);
    expect(source.partial).toBe(false);
    expect(transfers.every(({ height, time }) => height === 7 && time === 1_700_000_000_000)).toBe(true);
    expect((await read(paths.toReversed())).brief).toEqual(wholeBrief);
  });

  test("packed by gzip, with a byte order mark, with Windows' line ends: the same", async () => {
    const paths = Object.entries(whole).map(([name, text]) =>
      file(`${name}.csv.gz`, gzipSync(`\u{feff}${text.replaceAll("\n", "\r\n")}`)),
    );
    expect((await read(paths)).brief).toEqual(wholeBrief);
    expect((await read([folder])).brief).toEqual(wholeBrief);
  });

  test("without traces the transactions' own values count, but for the failed one", async () => {
    const { source, brief } = await read(write(["blocks", "transactions", "receipts", "logs"]));
    expect(brief.filter((line) => line.startsWith("top"))).toEqual(["top a>b 500 ETH"]);
    expect(source.missing).toEqual(["internal transfers missing"]);
    expect(source.partial).toBe(true);
  });

  test("without the blocks nothing says what of a fee was burnt: it stays whole", async () => {
    const { brief } = await read(write(["transactions", "receipts"]));
    expect(brief).toEqual(["whole-fee a>- 500 ETH", "top a>b 500 ETH", "whole-fee a>- 250 ETH"]);
  });

  test("what is missing is said", async () => {
    expect((await read(write(["transactions"]))).source.missing).toEqual([
      "internal transfers missing",
      "token transfers missing",
      "receipts of 2 transactions missing: their fees, and whether they failed",
      "blocks of 2 transactions missing: who got their fees, and what was burnt",
    ]);
    const short = file("short.csv", `${transactions.split("\n").slice(0, 2).join("\n")}\n`);
    const { source } = await read([...write(["blocks", "receipts", "logs", "traces"]), short]);
    expect(source.missing).toEqual(["1 transaction missing"]);
  });
});

describe("logs, which say nothing of their block's time", () => {
  const timed = csv(
    [...columns("hash block_number transaction_index from_address to_address value gas gas_price block_timestamp")],
    [hash("1"), 7, 0, a, b, 500, 21000, 10, 1700000000],
  );
  const moves = (block: number, ...more: string[]) => [
    3,
    hash(String(block)),
    0,
    block,
    t,
    `0x${"0".repeat(62)}2a`,
    `"${transferTopic},${word("a")},${word("b")}"`,
    ...more,
  ];
  const logColumns = columns("log_index transaction_hash transaction_index block_number address data topics");

  test("wait for it where other rows tell it, and are read once", async () => {
    const lines = [logColumns, moves(7), ["no number"], [...moves(7).slice(0, 5), "0x", "0xother"], moves(8)];
    const paths = [file("logs.csv", csv(...lines)), file("transactions.csv", timed)];
    const { source, transfers } = await read(paths);
    const told = transfers.filter(({ layer }) => layer === "log");
    expect(told.map(({ height, time }) => [height, time])).toEqual([
      [7, 1_700_000_000_000],
      [8, null],
    ]);
    expect(source.counts).toMatchObject({ logs: 3, tokenTransfers: 2, skipped: 1 });
    expect(source.skipped).toMatchObject([{ row: 2 }]);
  });

  test("nor do traces: where there are no blocks, transactions tell it", async () => {
    const bad = file("transactions.csv", `${timed}${hash("3")},no block\n`);
    const paths = [file("traces.csv", traces), bad, file("logs.csv", logs)];
    const { source, transfers } = await read(paths);
    expect(transfers.map(({ layer, time }) => [layer, time])).toEqual([
      ...["log", "call", "call", "call"].map((layer) => [layer, 1_700_000_000_000]),
    ]);
    expect(source.skipped).toMatchObject([{ file: bad, row: 2 }]);
    const apart = await readTraces(paths, { network: "ethereum" });
    const times = (await Array.fromAsync(apart.batches)).flat().map(({ time }) => time);
    expect(times).toEqual([1_700_000_000_000, 1_700_000_000_000, 1_700_000_000_000]);
  });

  test("are read at once up to the first that has to wait", async () => {
    const lines = [[...logColumns, "block_timestamp"], moves(5, "1690000000"), moves(7, ""), moves(6, "1690000001")];
    const log = JSON.stringify({
      type: "log",
      ...Object.fromEntries(logColumns.map((column, j) => [column, moves(7)[j]])),
      topics: [transferTopic, word("a"), word("b")],
    });
    const transaction = JSON.stringify({
      type: "transaction",
      ...{ hash: hash("1"), block_number: 7, transaction_index: 0, from_address: a, to_address: b, value: 500 },
      ...{ gas: 21000, gas_price: 10, block_timestamp: 1700000000 },
    });
    // Blocks that are there tell when they were made, so that transactions are not asked before.
    const another = blocks.replaceAll("\n7,", "\n4,");
    const inCsv = [file("logs.csv", csv(...lines)), file("transactions.csv", timed), file("blocks.csv", another)];
    const inJson = [file("rows.json", `${log}\n${transaction}\n`)];
    const times = async (paths: string[]) =>
      (await read(paths)).transfers.filter(({ layer }) => layer === "log").map(({ time }) => time);
    expect(await times(inCsv)).toEqual([1_690_000_000_000, 1_700_000_000_000, 1_690_000_001_000]);
    expect(await times(inJson)).toEqual([1_700_000_000_000]);
  });
});

describe("traces that are read apart", () => {
  test("come to the same, whatever else there is", async () => {
    const names = Object.keys(whole) as (keyof typeof whole)[];
    const bad = { ...whole, traces: `${traces}7,none\n${traces.split("\n").slice(1).join("\n")}` };
    const all = fc.record({ some: fc.shuffledSubarray(names, { minLength: 1 }), isBad: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(all, async ({ some, isBad }) => {
        const paths = some.map((name) => file(`${name}.csv`, (isBad ? bad : whole)[name]));
        const together = await read(paths);
        const apart = await readTraces(paths, { network: "ethereum" });
        const moved = (await Array.fromAsync(apart.batches)).flat();
        const rest = await read(paths, { tracesApart: async () => structuredClone(apart.told()) });
        const sorted = (transfers: EthereumTransfer[]) =>
          transfers.toSorted((x, y) => (x.layer === y.layer ? x.index - y.index : x.layer < y.layer ? -1 : 1));
        expect(sorted([...moved, ...rest.transfers])).toEqual(sorted(together.transfers));
        expect(rest.source.counts).toEqual(together.source.counts);
        expect(rest.source.missing).toEqual(together.source.missing);
        expect(rest.source.partial).toBe(together.source.partial);
        expect(rest.source.skipped).toEqual(together.source.skipped);
        expect(await rest.source.facts()).toEqual(await together.source.facts());
      }),
      { numRuns: 60 },
    );
  });

  test("files that begin with them are known", async () => {
    const paths = Object.entries(whole).map(([name, text]) => file(`${name}.csv.gz`, gzipSync(text)));
    const { length } = gzipSync(traces);
    const broken = Buffer.concat([Buffer.of(0x1f, 0x8b), Buffer.alloc(50, 7)]);
    const others = [file("empty.csv", ""), file("broken.csv.gz", broken)];
    expect(await traceBytesOf([...paths, ...others])).toBe(length);
    expect(await traceBytesOf(paths.slice(0, 4))).toBe(0);
  });
});

describe("what cannot be used", () => {
  test("a bad row is set aside with its place and its reason, and the rest is read", async () => {
    const [head, first, second] = transactions.trim().split("\n") as [string, string, string];
    const bad = [
      first.replace(a, "0x12"),
      first.replace(",500,", ",-5,"),
      first.replace(",500,", `,${2n ** 256n},`),
      "only,three,fields",
    ];
    const path = file("transactions.csv", [head, bad[0], first, bad[1], bad[2], second, bad[3]].join("\n"));
    const { source, brief } = await read([path, ...write(["blocks", "receipts", "logs"])]);
    expect(brief.filter((line) => line.startsWith("top"))).toEqual(["top a>b 500 ETH"]);
    expect(source.skipped).toEqual([
      { file: path, row: 1, offset: head.length + 1, reason: 'the transaction\'s from "0x12" is no address' },
      {
        file: path,
        row: 3,
        offset: expect.any(Number),
        reason: expect.stringMatching(/value "-5" is no whole number/u),
      },
      { file: path, row: 4, offset: expect.any(Number), reason: expect.stringMatching(/is no whole number/u) },
      { file: path, row: 6, offset: expect.any(Number), reason: expect.stringMatching(/"only" is no hash/u) },
    ]);
    expect(source.counts.skipped).toBe(4);
    expect(source.partial).toBe(true);
  });

  test("a file that nothing is known of, an empty one and a packed one that is cut off are set aside", async () => {
    const strange = file("strange.csv", "name,colour\nx,red\n");
    const empty = file("empty.csv", "");
    const cut = file("logs.csv.gz", gzipSync(logs.repeat(2000)));
    truncateSync(cut, 300);
    const { source } = await read([strange, empty, cut]);
    expect(source.skipped.map(({ file: name, reason }) => [name, reason])).toEqual(
      expect.arrayContaining([
        [strange, "no kind of rows is known with the columns name,colour"],
        [empty, "it holds no rows"],
        [cut, expect.stringMatching(/it cannot be read on: unexpected end of file/u)],
      ]),
    );
  });

  test("traces of a block that stand apart are set aside, because their order is not known", async () => {
    const lines = traces.trim().split("\n");
    const other = lines[1]!.replace("7,", "8,");
    const path = file("traces.csv", [...lines.slice(0, 3), other, ...lines.slice(3)].join("\n"));
    const { source, brief } = await read([path]);
    expect(brief).toEqual(["call a>b 500 ETH", "call b>c 20 ETH", "call a>b 500 ETH"]);
    expect(source.skipped[0]!.reason).toBe("other traces of block 7 came before; sort the traces by block");
    expect(source.missing).toContain("3 traces that stood apart from those of their block");
  });

  test("a path that does not exist is an error", async () => {
    await expect(readEthereumFiles([join(folder, "none.csv")])).rejects.toThrow(
      /The file cannot be read: it does not exist \(.*none\.csv\)/u,
    );
  });

  test("a file that says the same twice gives the same keys twice, for the ledger to count once", async () => {
    const [path] = write(["transactions"]);
    const once = await read([path!]);
    const twice = await read([path!, path!]);
    expect(twice.transfers).toEqual([...once.transfers, ...once.transfers]);
  });
});

describe("token transfers in a file of their own", () => {
  const rows = `token_address,from_address,to_address,value,transaction_hash,log_index,block_number
${t},${a},${b},42,${hash("1")},3,7
${c},${a},${b},7,${hash("1")},4,7
`;
  test("contracts' files say which are numbered things", async () => {
    const path = file("token_transfers.csv", rows);
    const contracts = file("contracts.csv", `address,bytecode,is_erc20,is_erc721\n${c},0x,False,True\n`);
    expect((await read([path])).brief).toEqual(["log a>b 42 e", "log a>b 7 c"]);
    const { source, brief } = await read([path, contracts]);
    expect(brief).toEqual(["log a>b 42 e"]);
    expect(source.counts.notFungible).toBe(1);
  });

  test("where the block's logs are there, those are read", async () => {
    const { brief } = await read([file("token_transfers.csv", rows), file("logs.csv", logs)]);
    expect(brief).toEqual(["log a>b 42 e"]);
  });
});

describe("rubbish", () => {
  const logObject = {
    ...{ type: "log", log_index: 3, transaction_hash: hash("1"), transaction_index: 0, address: t, data: "0x2a" },
    ...{ topics: [transferTopic, word("a")], block_number: 7 },
  };
  const texts = [
    ...Object.values(whole),
    `${JSON.stringify(logObject)}\n`.repeat(3),
    csv(
      columns("Txhash Blockno UnixTimestamp From To ContractAddress Value_IN(ETH) Value_OUT(ETH) TxnFee(ETH) Status"),
      [hash("1"), 7, 1700000000, a, b, "", 0, 1.5, 0.001, ""],
    ),
    csv(columns("From To Value_in_USD Tx_hash Timestamp Block"), [a, b, 1.5, hash("1"), "2023-06-02 21:49:23", 7]),
  ];

  test("mutated files give transfers, rows set aside or a SpoorError, never a crash", async () => {
    const put = fc.constantFrom(
      "",
      "\n",
      '"',
      ",",
      "{",
      "}",
      "0x",
      "9".repeat(80),
      "-1",
      "\u0000",
      "é",
      "1e9",
      hash("2"),
    );
    const cut = fc.record({ at: fc.nat(), length: fc.nat(40), put });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...texts), fc.array(cut, { minLength: 1, maxLength: 5 }), async (text, cuts) => {
        let mutated = text;
        for (const { at, length, put } of cuts) {
          const from = at % (mutated.length + 1);
          mutated = mutated.slice(0, from) + put + mutated.slice(from + length);
        }
        try {
          const { source, transfers } = await read([file("mutated", mutated)]);
          for (const { amount, from, to } of transfers) {
            expect(amount > 0n && amount < 2n ** 256n).toBe(true);
            expect(from !== null || to !== null).toBe(true);
          }
          await source.facts();
        } catch (error) {
          if (!(error instanceof SpoorError)) throw error;
        }
      }),
      { numRuns: 400 },
    );
  });
});
