import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Account, accountKeySize, type CoinChain, type CoinLedger } from "../library/src/ledger/contract.ts";
import { DataFolder } from "../library/src/ledger/data-folder.ts";
import { type Figure, median } from "./figure.ts";
import { largeOwner, scriptOfOwner, smallOwner, syntheticBlocks } from "./synthetic-blocks.ts";

export const names = [
  "store.append.rows-per-s",
  "store.append.tx-per-s",
  "store.append.own-thread.us-per-tx",
  "store.append.all-threads.us-per-tx",
  "store.resume.outputs-per-s",
  "store.index.bytes-per-unspent-coin",
  "store.lookup.txid.ms",
  "store.address.first-page.large.ms",
  "store.address.first-page.small.ms",
  "store.address.first-page.ratio",
  "store.load.outputs-per-s",
  "store.load.bytes-per-output",
] as const;

const transactions = 4_000_000;
const seed = 20;

/** Bytes 3 to 18 of a script, where P2PKH has its hash: the network's own function is measured with the ingest. */
const chain: CoinChain = {
  accountKey: (bytes, offset, _size, into, at) => {
    for (let k = 0; k < accountKeySize; k++) into[at + k] = bytes[offset + 3 + k]!;
  },
  transactionId: () => new Uint8Array(32),
  duplicateCoinbaseHeights: new Set(),
  genesisSpendable: true,
};

/** A store of 4 M transactions: filled, opened again, asked, loaded. */
export async function figures(): Promise<Figure[]> {
  const path = mkdtempSync(join(tmpdir(), "spoor-bench-store-"));
  const folder = await DataFolder.open(path, { chainOf: () => chain });
  try {
    const append = await measureAppend(folder);
    const resume = await measureResume(folder);
    const ledger = await folder.ledger("bench");
    return [...append, ...resume, ...(await measureLookups(ledger)), ...(await measureLoad(ledger))];
  } finally {
    await folder.close();
    rmSync(path, { recursive: true });
  }
}

const plain = { better: "higher", floor: null, against: null, skipped: null } as const;
const lower = { ...plain, better: "lower" } as const;

async function measureAppend(folder: DataFolder): Promise<Figure[]> {
  const generator = { ms: 0, cpu: 0 };
  const started = performance.now();
  const own = process.threadCpuUsage();
  const all = process.cpuUsage();
  const writer = await folder.coinLedgerWriter({ name: "bench", network: "bench", overlayBlocks: 0 });
  const blocks = syntheticBlocks({ transactions, seed });
  for (;;) {
    const before = performance.now();
    const cpu = process.threadCpuUsage();
    const { value: block, done } = blocks.next();
    const used = process.threadCpuUsage(cpu);
    generator.cpu += used.user + used.system;
    generator.ms += performance.now() - before;
    if (done) break;
    await writer.append(block);
  }
  await writer.finish();
  const seconds = (performance.now() - started - generator.ms) / 1000;
  const spent = (usage: NodeJS.CpuUsage) => (usage.user + usage.system - generator.cpu) / transactions;
  const { outputs, inputs } = await (await folder.ledger("bench")).summary();
  // Two rows a transaction, two an output, two an input.
  const rows = 2 * (transactions + outputs + inputs);
  return [
    { ...plain, name: "store.append.rows-per-s", value: rows / seconds, unit: "rows/s" },
    {
      ...plain,
      name: "store.append.tx-per-s",
      value: transactions / seconds,
      unit: "tx/s",
      against: "blocks already decoded",
    },
    {
      ...lower,
      name: "store.append.own-thread.us-per-tx",
      value: spent(process.threadCpuUsage(own)),
      unit: "us",
      floor: 8,
      against: "CPU time of the JavaScript thread",
    },
    {
      ...lower,
      name: "store.append.all-threads.us-per-tx",
      value: spent(process.cpuUsage(all)),
      unit: "us",
      floor: 20,
      against: "CPU time of all threads, merges included",
    },
  ];
}

async function measureResume(folder: DataFolder): Promise<Figure[]> {
  const writer = await folder.coinLedgerWriter({ name: "bench", network: "bench", overlayBlocks: 0 });
  const { outputs } = await (await folder.ledger("bench")).summary();
  const started = performance.now();
  const { coins, bytes } = await writer.loadIndex();
  const seconds = (performance.now() - started) / 1000;
  await writer.abandon();
  return [
    { ...plain, name: "store.resume.outputs-per-s", value: outputs / seconds, unit: "outputs/s" },
    { ...lower, name: "store.index.bytes-per-unspent-coin", value: bytes / coins, unit: "bytes", floor: 50 },
  ];
}

async function medianMs(rounds: number, ask: (round: number) => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const started = performance.now();
    await ask(round);
    times.push(performance.now() - started);
  }
  return median(times);
}

async function measureLookups(ledger: CoinLedger): Promise<Figure[]> {
  const ids = Array.from({ length: 101 }, (_, n) => Math.floor((n * transactions) / 101));
  const records = await ledger.transactionsById(ids);
  const txid = await medianMs(records.length, (round) => ledger.transaction(records[round]!.txid));
  const page = async (owner: number) => {
    const script = scriptOfOwner(owner);
    const key = new Uint8Array(accountKeySize);
    chain.accountKey(script, 0, script.length, key, 0);
    const account: Account = { key, accepts: (other) => Buffer.compare(other, script) === 0 };
    const { coins } = await ledger.totalsOfAccount(account);
    // Ten coins a page for both: that is what the small one has.
    const ms = await medianMs(31, () => ledger.coinsOfAccount(account, { after: null, limit: 10 }));
    return { coins, ms };
  };
  const large = await page(largeOwner);
  const small = await page(smallOwner);
  const of = (coins: number) => `first 10 of ${coins} coins`;
  return [
    { ...lower, name: "store.lookup.txid.ms", value: txid, unit: "ms", against: `${transactions} transactions` },
    { ...lower, name: "store.address.first-page.large.ms", value: large.ms, unit: "ms", against: of(large.coins) },
    { ...lower, name: "store.address.first-page.small.ms", value: small.ms, unit: "ms", against: of(small.coins) },
    {
      ...lower,
      name: "store.address.first-page.ratio",
      value: large.ms / small.ms,
      unit: "x",
      against: "large by small",
    },
  ];
}

async function measureLoad(ledger: CoinLedger): Promise<Figure[]> {
  const times: number[] = [];
  let bytes = 0;
  let outputs = 0;
  for (let round = 0; round < 3; round++) {
    const started = performance.now();
    const { columns } = await ledger.loadAll();
    times.push(performance.now() - started);
    bytes = 0;
    for (const column of Object.values(columns)) if (typeof column === "object") bytes += column.byteLength;
    outputs = columns.outputCount;
  }
  return [
    {
      ...plain,
      name: "store.load.outputs-per-s",
      value: (1000 * outputs) / median(times),
      unit: "outputs/s",
      floor: 5_000_000,
      against: `${outputs} outputs`,
    },
    { ...lower, name: "store.load.bytes-per-output", value: bytes / outputs, unit: "bytes", floor: 48 },
  ];
}
