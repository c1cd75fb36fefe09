import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readEthereumFiles } from "./read-ethereum-files.ts";
import type { EthereumSource } from "./source.ts";
import type { EthereumTransfer } from "./transfer.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "spoor-explorer-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function file(name: string, rows: readonly (readonly string[])[]): string {
  const path = join(folder, name);
  writeFileSync(path, rows.map((row) => row.map((field) => `"${field}"`).join(",")).join("\r\n"));
  return path;
}

async function read(
  ...paths: string[]
): Promise<{ source: EthereumSource; transfers: EthereumTransfer[]; brief: string[] }> {
  const source = await readEthereumFiles(paths);
  const transfers: EthereumTransfer[] = [];
  for await (const batch of source.batches) transfers.push(...batch);
  const name = (account: string | null) => (account === null ? "-" : account.slice(2, 3));
  const brief = transfers.map(
    ({ layer, from, to, asset, amount }) =>
      `${layer} ${name(from)}>${name(to)} ${amount} ${asset.startsWith("0x") ? name(asset) : asset}`,
  );
  return { source, transfers, brief };
}

const own = `0x${"A".repeat(40)}`;
const [b, c, t] = ["b", "c", "e"].map((letter) => `0x${letter.repeat(40)}`) as [string, string, string];
const hash = (digit: string) => `0x${digit.repeat(64)}`;
const time = ["1685742563", "2023-06-02 21:49:23"];

const normalHeader = [
  ...["Transaction Hash", "Blockno", "UnixTimestamp", "DateTime (UTC)", "From", "To", "ContractAddress"],
  ...["Value_IN(ETH)", "Value_OUT(ETH)", "CurrentValue @ $1850.1/Eth", "TxnFee(ETH)", "TxnFee(USD)"],
  ...["Historical $Price/Eth", "Status", "ErrCode", "Method"],
];
const normal = [
  normalHeader,
  [hash("1"), "17395810", ...time, own, b, "", "0", "1.5", "1", "0.00042", "1", "1", "", "", "Transfer"],
  [hash("2"), "17395811", ...time, own, b, "", "0", "9", "1", "0.001", "1", "1", "Error(0)", "Out of gas", "Transfer"],
  [
    hash("3"),
    "17395812",
    ...time,
    c,
    own,
    "",
    "1,234.000000000000000001",
    "0",
    "1",
    "0.002",
    "1",
    "1",
    "",
    "",
    "Transfer",
  ],
  [hash("4"), "17395813", ...time, own, "", t, "0", "0.25", "1", "0.003", "1", "1", "", "", "0x60806040"],
];

test("transactions: displayed amounts in wei exactly, fees, failures, made contracts", async () => {
  const { source, brief, transfers } = await read(file("export-a.csv", normal));
  expect(source.skipped).toEqual([]);
  expect(brief).toEqual([
    "whole-fee a>- 420000000000000 ETH",
    "top a>b 1500000000000000000 ETH",
    "whole-fee a>- 1000000000000000 ETH",
    "whole-fee c>- 2000000000000000 ETH",
    "top c>a 1234000000000000000001 ETH",
    "whole-fee a>- 3000000000000000 ETH",
    "top a>e 250000000000000000 ETH",
  ]);
  expect(transfers[0]).toMatchObject({ height: 17395810, position: null, time: 1685742563000, dayOnly: false });
});

const internal = [
  [
    ...["Transaction Hash", "Blockno", "UnixTimestamp", "DateTime (UTC)", "ParentTxFrom", "ParentTxTo"],
    ...["ParentTxETH_Value", "From", "TxTo", "ContractAddress", "Value_IN(ETH)", "Value_OUT(ETH)"],
    ...["CurrentValue @ $1850.1/Eth", "Historical $Price/Eth", "Status", "ErrCode", "Type"],
  ],
  [hash("5"), "17395814", ...time, own, c, "0", c, own, "", "5E-05", "0", "1", "1", "0", "", "call"],
  [hash("5"), "17395814", ...time, own, c, "0", c, own, "", "5E-05", "0", "1", "1", "0", "", "call"],
  [hash("6"), "17395815", ...time, own, c, "0", b, own, "", "7", "0", "1", "1", "1", "execution reverted", "call"],
];
const usdt = "0xdac17f958d2ee523a2206206994597c13d831ec7";
const tokenHeader = [
  ...["Transaction Hash", "Blockno", "UnixTimestamp", "DateTime (UTC)", "From", "To", "TokenValue"],
  ...["USDValueDayOfTx", "ContractAddress", "TokenName", "TokenSymbol"],
];
const tokens = [
  tokenHeader,
  [hash("7"), "17395816", ...time, own, b, "1,000.123456", "$1", usdt, "Tether USD", "USDT"],
  [hash("7"), "17395816", ...time, b, own, "0.5", "", t, "Odd, Token", "ODD"],
];

test("with all three exports the address is covered; with fewer it is partly, and what lacks is said", async () => {
  const paths = [file("normal.csv", normal), file("internal.csv", internal), file("tokens.csv", tokens)];
  const { source, brief } = await read(...paths);
  expect(brief).toEqual(
    expect.arrayContaining([
      "internal c>a 50000000000000 ETH",
      "token a>b 1000123456 d",
      "token b>a 500000000000000000 e",
    ]),
  );
  expect(brief.filter((line) => line.startsWith("internal"))).toHaveLength(2);
  const facts = await source.facts();
  expect(facts.accounts).toEqual([{ account: own.toLowerCase(), coverage: "covered", about: null }]);
  expect(facts.assets).toEqual(
    expect.arrayContaining([
      { asset: usdt, decimals: 6, symbol: "USDT" },
      { asset: t, decimals: 18, symbol: "ODD" },
    ]),
  );
  expect(source.missing).toEqual(["decimals of 1 token: taken to be 18; a file of tokens would say"]);
  const alone = await read(paths[0]!);
  expect((await alone.source.facts()).accounts).toEqual([
    { account: own.toLowerCase(), coverage: "partly", about: null },
  ]);
  expect(alone.source.missing.join("; ")).toMatch(/no export of its internal transactions.*no export of its ERC-20/u);
});

test("a file of tokens says the decimals", async () => {
  const list = file("tokens-of-etl.csv", [
    ["address", "symbol", "name", "decimals"],
    [t, "ODD", "Odd", "8"],
  ]);
  const { brief, source } = await read(file("tokens.csv", tokens), list);
  expect(brief).toContain("token b>a 50000000 e");
  expect(source.missing.join()).not.toMatch(/decimals/u);
});

test("the same transfer in the exports of both its sides counts once, two like it count twice", async () => {
  const of = (name: string, rows: readonly (readonly string[])[]) => file(name, [tokenHeader, ...rows]);
  const row = (from: string, to: string, value: string) => [
    hash("7"),
    "17395816",
    ...time,
    from,
    to,
    value,
    "",
    usdt,
    "Tether USD",
    "USDT",
  ];
  const paid = of("of-a.csv", [row(own, b, "1"), row(own, c, "2"), row(own, b, "1")]);
  const received = of("of-b.csv", [row(own, b, "1"), row(own, b, "1"), row(c, b, "9")]);
  const { transfers } = await read(paid, received);
  const keys = new Set(transfers.map(({ transaction, layer, index }) => `${transaction} ${layer} ${index}`));
  expect(transfers).toHaveLength(6);
  expect(keys.size).toBe(4);
  // Also where they are read one after the other, on different days.
  const apart = [...(await read(paid)).transfers, ...(await read(received)).transfers];
  expect(new Set(apart.map(({ transaction, index }) => `${transaction} ${index}`)).size).toBe(4);
});

test("withdrawals, and a token's own page, know their account or token by the file's name", async () => {
  const withdrawals = file(`export-withdrawals-${own}.csv`, [
    ["Index", "Block", "UnixTimestamp", "DateTime (UTC)", "Validator Index", "Value"],
    ["2210752", "17173049", ...time, "540230", "0.045762059 ETH"],
  ]);
  const page = file(`export-token-${usdt}.csv`, [
    ["Transaction Hash", "Blockno", "UnixTimestamp", "DateTime (UTC)", "From", "To", "Quantity", "Method"],
    [hash("9"), "17173050", ...time, b, c, "10.013614", "Transfer"],
  ]);
  const { brief, source } = await read(withdrawals, page);
  expect(source.skipped).toEqual([]);
  expect(brief).toEqual(["withdrawal ->a 45762059000000000 ETH", "token b>c 10013614 d"]);
});

test("amounts that no wei can hold, and rows without a receiver, are set aside", async () => {
  const bad = [
    normalHeader,
    [hash("1"), "1", ...time, own, b, "", "0", "0.0000000000000000001", "1", "0", "1", "1", "", "", "Transfer"],
    [hash("2"), "1", ...time, own, "", "", "0", "1", "1", "0", "1", "1", "", "", "Transfer"],
    [hash("3"), "1", ...time, own, b, "", "2", "1", "1", "0", "1", "1", "", "", "Transfer"],
    [hash("4"), "1", "", "2023-02-30 10:00:00", own, b, "", "0", "1", "1", "0", "1", "1", "", "", "Transfer"],
  ];
  const { source, transfers } = await read(file("bad.csv", bad));
  expect(transfers).toEqual([]);
  expect(source.skipped.map(({ reason }) => reason)).toEqual([
    'the value "0.0000000000000000001" has more than 18 decimal places',
    "it names nobody who gets its value",
    "what came in and what went out differ in one transfer",
    'the time "2023-02-30 10:00:00" is neither seconds since 1970 nor a date and time in UTC',
  ]);
});
