import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readEthereumFiles } from "./read-ethereum-files.ts";
import type { EthereumSource } from "./source.ts";
import type { EthereumTransfer } from "./transfer.ts";

const data = join(import.meta.dirname, "../../../../shared/data");
const etl = join(data, "eth-etl-fixtures");
const graphsense = join(data, "graphsense-reference/account/eth");
const edges = join(data, "eth-mftracer-groundtruth");

async function read(...paths: string[]): Promise<{ source: EthereumSource; transfers: EthereumTransfer[] }> {
  const source = await readEthereumFiles(paths);
  const transfers: EthereumTransfer[] = [];
  for await (const batch of source.batches) transfers.push(...batch);
  return { source, transfers };
}

function gains(transfers: readonly EthereumTransfer[]): Map<string, bigint> {
  const sums = new Map<string, bigint>();
  const add = (key: string, amount: bigint) => sums.set(key, (sums.get(key) ?? 0n) + amount);
  for (const { from, to, asset, amount } of transfers) {
    if (from !== null) add(`${from} ${asset}`, -amount);
    if (to !== null) add(`${to} ${asset}`, amount);
  }
  return sums;
}

const zero = `0x${"0".repeat(40)}`;

const jsonLines = (file: string): Record<string, unknown>[] =>
  readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe.skipIf(!existsSync(etl))("ethereum-etl's exports (../shared/data/eth-etl-fixtures)", () => {
  const folder = join(etl, "test_stream/blocks_17173049_17173050");

  test("two blocks of May 2023: 298 transactions, 681 logs, 291 token transfers", async () => {
    const { source, transfers } = await read(folder);
    expect(source.counts).toMatchObject({ blocks: 2, transactions: 298, logs: 681, tokenTransfers: 291, skipped: 0 });
    expect(source.missing).toEqual(["internal transfers missing"]);
    expect(source.partial).toBe(true);
    const names = new Set(transfers.map(({ transaction }) => transaction));
    expect(names.size).toBe(298 + 32);
    expect(transfers.filter(({ layer }) => layer === "withdrawal")).toHaveLength(32);
  });

  test("what was burnt is the base fee times the gas of the block, to the wei", async () => {
    const { transfers } = await read(folder);
    for (const block of jsonLines(join(folder, "expected_blocks.json"))) {
      const burnt = transfers.filter(({ height, isFee, to }) => height === block.number && isFee && to === null);
      const sum = burnt.reduce((total, { amount }) => total + amount, 0n);
      expect(sum).toBe(BigInt(block.gas_used as number) * BigInt(block.base_fee_per_gas as number));
    }
  });

  test("token transfers read from logs are ethereum-etl's own, but for numbered things", async () => {
    const { transfers } = await read(folder);
    const alone = await read(join(folder, "expected_token_transfers.json"), join(folder, "expected_blocks.json"));
    const keys = (list: readonly EthereumTransfer[]) =>
      list
        .filter(({ layer }) => layer === "log")
        .map(({ transaction, index, from, to, asset, amount }) =>
          [transaction, index, from ?? zero, to ?? zero, asset, amount].join(" "),
        );
    const fromLogs = new Set(keys(transfers));
    const rows = keys(alone.transfers);
    // Read without logs, nothing tells the nine numbered things (ERC-721) from amounts, and the source says so.
    expect(alone.source.missing.join("; ")).toMatch(/291 token transfers are of amounts or of numbered things/u);
    expect(rows.filter((key) => !fromLogs.has(key)).length).toBeLessThanOrEqual(9);
    expect([...fromLogs].filter((key) => !rows.includes(key) && !/0xc02aaa39/u.test(key))).toEqual([]);
  });

  test("deposits and withdrawals of WETH that have no Transfer beside them are minted and burnt", async () => {
    const { transfers } = await read(folder);
    const weth = transfers.filter(({ asset }) => asset === "0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2");
    expect(weth.filter(({ from }) => from === null)).toHaveLength(30);
    expect(weth.filter(({ to }) => to === null)).toHaveLength(31);
  });

  test("the same two blocks as CSV and as JSON give the same transfers", async () => {
    const both = join(etl, "test_export_blocks_job/blocks_with_transactions_and_withdrawals");
    const csv = await read(join(both, "expected_transactions.csv"), join(both, "expected_blocks.csv"));
    const json = await read(join(both, "expected_blocks.json"), join(both, "expected_transactions.json"));
    expect(csv.transfers).toEqual(json.transfers);
    expect(csv.transfers.length).toBe(32 + 135);
  });

  test.each([
    ["block_with_create", "call 64655529900000002048"],
    ["block_with_error", "call 1100000000000000000"],
    // The inner call is a callcode, which moves nothing to anybody else.
    ["block_with_subtraces", "call 100000000000000000000, call 437194980000000000"],
    ["block_with_suicide", "call 50000000000000000"],
  ])("traces, %s: %s", async (name, expected) => {
    const { transfers, source } = await read(join(etl, "test_export_traces_job", name, "expected_traces.csv"));
    const moved = transfers.filter(({ layer }) => layer === "call");
    expect(moved.map(({ layer, amount }) => `${layer} ${amount}`).join(", ")).toBe(expected);
    expect(transfers.filter(({ layer }) => layer === "reward").map(({ amount }) => amount)).not.toContain(0n);
    expect(source.skipped).toEqual([]);
  });
});

/** Reads the logs and blocks of a folder; a hash of a log that lacks its last digit gets one. */
async function readLogs(folder: string, ...others: readonly string[]) {
  const made = mkdtempSync(join(tmpdir(), "spoor-graphsense-"));
  const logs = readFileSync(join(folder, "logs.json"), "utf8").replace(/"(0x[0-9a-f]{63})"\}/u, '"$10"}');
  writeFileSync(join(made, "logs.json"), logs);
  const files = ["blocks.csv", ...others].map((name) => join(folder, name));
  const all = await read(...files, join(made, "logs.json"));
  rmSync(made, { recursive: true });
  return all;
}

describe.skipIf(!existsSync(graphsense))("GraphSense's reference (../shared/data/graphsense-reference)", () => {
  test("balances, of ether and of tokens, are the reference's", async () => {
    const folder = join(graphsense, "balance");
    // One log's transaction hash lacks its last digit: as it stands it is set aside. Here it gets a digit.
    const asItStands = await read(join(folder, "logs.json"));
    expect(asItStands.source.skipped.map(({ row }) => row)).toEqual([9]);
    const { transfers, source } = await readLogs(folder, "transactions.csv", "traces.csv");
    expect(source.skipped).toEqual([]);
    // The test's transactions are of other blocks than its traces: its own value moves in its traces alone.
    const sums = gains(transfers.filter(({ layer }) => layer !== "top"));
    const currencies: Record<string, string> = {
      ETH: "ETH",
      USDC: "0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48",
      USDT: "0xdac17f958d2ee523a2206206994597c13d831ec7",
      WETH: "0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2",
    };
    const rows = readFileSync(join(folder, "reference/balances.csv"), "utf8").trim().split("\n").slice(1);
    for (const [currency, asset] of Object.entries(currencies)) {
      const expected = rows.map((row) => row.split(",")).filter((row) => row[3] === currency);
      const found = [...sums].filter(([key, sum]) => key.endsWith(` ${asset}`) && sum !== 0n);
      const inOrder = (values: bigint[]) => values.sort((a, b) => (a < b ? -1 : 1));
      expect(inOrder(found.map(([, sum]) => sum))).toEqual(inOrder(expected.map((row) => BigInt(row[2]!))));
    }
  });

  test("relations between addresses are the reference's, with their sums", async () => {
    const folder = join(graphsense, "simple_graph");
    const { transfers } = await read(
      ...["blocks.csv", "transactions.csv", "traces.csv"].map((name) => join(folder, name)),
    );
    const ids = new Map(
      readFileSync(join(folder, "reference/address_ids.csv"), "utf8")
        .trim()
        .split("\n")
        .slice(1)
        .map((row) => row.split(",") as [string, string]),
    );
    const sums = new Map<string, bigint>();
    for (const { layer, from, to, amount } of transfers) {
      if (layer !== "call" || from === null || to === null) continue;
      const key = `${ids.get(from)} ${ids.get(to)}`;
      sums.set(key, (sums.get(key) ?? 0n) + amount);
    }
    const expected = readFileSync(join(folder, "reference/address_relations.json"), "utf8")
      .trim()
      .split("\n")
      .map((line) => {
        const [, src, dst, value] =
          /"srcAddressId":(\d+),"dstAddressId":(\d+).*?"value":\{"value":(\d+)/u.exec(line) ?? [];
        return [`${src} ${dst}`, BigInt(value!)] as const;
      });
    // Relations of nothing are no transfers.
    expect(new Map([...sums].sort())).toEqual(new Map(expected.filter(([, value]) => value > 0n).sort()));
  });
});

describe.skipIf(!existsSync(graphsense))(
  "tokens in GraphSense's reference (../shared/data/graphsense-reference)",
  () => {
    test("relations in tokens are the reference's, with their sums", async () => {
      const folder = join(graphsense, "tokens");
      const { transfers, source } = await readLogs(folder);
      expect(source.skipped).toEqual([]);
      const tokens = new Map([
        ["0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48", "USDC"],
        ["0xdac17f958d2ee523a2206206994597c13d831ec7", "USDT"],
        ["0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2", "WETH"],
      ]);
      const ids = new Map(
        jsonLines(join(folder, "reference/addresses.json")).map(({ address, addressId }) => [
          `0x${Buffer.from(address as string, "base64").toString("hex")}`,
          addressId,
        ]),
      );
      const sums = new Map<string, bigint>();
      for (const { from, to, asset, amount } of transfers) {
        const token = tokens.get(asset);
        if (token === undefined) continue;
        // The reference knows no making and burning: to it that is the zero address, and of WETH no transfer.
        if (token === "WETH" && (from === null || to === null)) continue;
        const key = `${ids.get(from ?? zero)} ${ids.get(to ?? zero)} ${token}`;
        sums.set(key, (sums.get(key) ?? 0n) + amount);
      }
      // Read as text: values of WETH are beyond what a JSON number holds.
      const relation = /"srcAddressId":(\d+),"dstAddressId":(\d+).*?"tokenValues":\{(.*?\})\}/u;
      const expected = readFileSync(join(folder, "reference/address_relations.json"), "utf8")
        .split("\n")
        .flatMap((line) => {
          const [, src, dst, values = ""] = relation.exec(line) ?? [];
          const each = values.matchAll(/"([A-Z]+)":\{"value":(\d+)/gu);
          return [...each].map(([, token, value]) => [`${src} ${dst} ${token}`, BigInt(value!)] as const);
        });
      expect(expected.length).toBeGreaterThan(100);
      expect(new Map([...sums].filter(([, sum]) => sum > 0n).sort())).toEqual(new Map(expected.sort()));
    });

    test("token transfers of tether are the reference's, at their places", async () => {
      const folder = join(graphsense, "tokens");
      const { transfers } = await read(...["blocks.csv", "logs.json"].map((name) => join(folder, name)));
      const tether = "0xdac17f958d2ee523a2206206994597c13d831ec7";
      const found = transfers
        .filter(({ asset }) => asset === tether)
        .map(({ height, transaction, index, from, to, amount }) =>
          [height, transaction, index - 1_000_000, from, to, amount].join(" "),
        );
      const address = (text: unknown) => `0x${Buffer.from(text as string, "base64").toString("hex")}`;
      const expected = jsonLines(join(folder, "reference/USDT_token_transfers.json")).map((row) =>
        [row.blockId, address(row.txHash), row.logIndex, address(row.from), address(row.to), row.value].join(" "),
      );
      expect(found.sort()).toEqual(expected.sort());
    });
  },
);

describe.skipIf(!existsSync(edges))("lists of edges (../shared/data/eth-mftracer-groundtruth)", () => {
  const reach = (transfers: readonly EthereumTransfer[], sources: readonly string[]) => {
    const next = new Map<string, string[]>();
    for (const { from, to } of transfers) next.set(from!, [...(next.get(from!) ?? []), to!]);
    const reached = new Set<string>();
    const waiting = [...sources];
    for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
      if (reached.has(at)) continue;
      reached.add(at);
      waiting.push(...(next.get(at) ?? []));
    }
    return reached.size;
  };

  test.each([
    ["Atomic", 1080, 389, 17, 381],
    ["LIFI", 135, 93, 1, 93],
  ])(
    "%s: %i edges, %i addresses, from %i sources %i are reachable",
    async (name, rows, addresses, sources, reached) => {
      const folder = join(edges, name);
      const { source, transfers } = await read(join(folder, `${name}.csv`));
      expect(source.skipped).toEqual([]);
      expect(transfers).toHaveLength(rows);
      expect(new Set(transfers.flatMap(({ from, to }) => [from, to])).size).toBe(addresses);
      const starts = readFileSync(join(folder, "source addresses.csv"), "utf8").trim().split(/\s+/u);
      expect(starts).toHaveLength(sources);
      expect(
        reach(
          transfers,
          starts.map((address) => address.toLowerCase()),
        ),
      ).toBe(reached);
      const facts = await source.facts();
      expect(facts.assets).toContainEqual({ asset: "USD", decimals: 18, symbol: "USD" });
      expect(transfers.every(({ asset }) => asset === "USD")).toBe(true);
      const keys = transfers.map(({ transaction, index }) => `${transaction} ${index}`);
      expect(new Set(keys).size).toBe(rows);
    },
  );

  test("an amount is what is written, to the last place", async () => {
    const { transfers } = await read(join(edges, "LIFI/LIFI.csv"));
    expect(transfers[0]).toMatchObject({ amount: 347_553_000_000_000_050_000n, height: 20437258 });
  });
});
