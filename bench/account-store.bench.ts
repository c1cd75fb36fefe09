import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TransferTelling } from "../library/src/ledger/account-contract.ts";
import { DataFolder } from "../library/src/ledger/data-folder.ts";
import type { Instant } from "../library/src/money/instant.ts";
import { type Figure, median } from "./figure.ts";
import { Random } from "./random.ts";

export const names = [
  "account-ingest-store",
  "account-ingest-store.own-thread.us-per-transfer",
  "account-settle",
  "account-settle.peak-memory",
  "account-load",
  "account-load.bigints",
  "account-first-page.large.ms",
] as const;

const transfers = 5_000_000;
const accounts = 500_000;
const perTransaction = 3;
const perBlock = 450;
const batchSize = 4500;

interface Measured {
  readonly appendSeconds: number;
  readonly ownMicroseconds: number;
  readonly settleSeconds: number;
  readonly loadSeconds: number;
  readonly pageMs: number;
}

/**
 * A store of 5 M transfers between half a million accounts, of which few make most: names as long as Ethereum's, three
 * transfers a transaction.
 */
export async function figures(): Promise<Figure[]> {
  const small = await measure({ unit: 1n });
  const large = await measure({ unit: 10n ** 18n });
  const plain = { better: "higher", floor: null, against: `${transfers} transfers`, skipped: null } as const;
  const lower = { ...plain, better: "lower" } as const;
  const rate = (seconds: number) => ({ value: transfers / seconds, unit: "transfers/s" });
  return [
    { ...plain, name: "account-ingest-store", ...rate(small.appendSeconds), floor: 200_000 },
    {
      ...lower,
      name: "account-ingest-store.own-thread.us-per-transfer",
      value: small.ownMicroseconds,
      unit: "us",
      against: "CPU time of the JavaScript thread",
    },
    { ...plain, name: "account-settle", ...rate(small.settleSeconds), floor: 170_000 },
    {
      ...lower,
      name: "account-settle.peak-memory",
      value: process.resourceUsage().maxRSS / 1024,
      unit: "MB",
      against: "the whole process, both ledgers loaded",
    },
    { ...plain, name: "account-load", ...rate(small.loadSeconds) },
    { ...plain, name: "account-load.bigints", ...rate(large.loadSeconds) },
    { ...lower, name: "account-first-page.large.ms", value: small.pageMs, unit: "ms", against: "the busiest account" },
  ];
}

/** @param unit what amounts are multiples of */
async function measure({ unit }: { unit: bigint }): Promise<Measured> {
  const path = mkdtempSync(join(tmpdir(), "spoor-bench-accounts-"));
  const folder = await DataFolder.open(path, {
    chainOf: () => {
      throw new RangeError("no coins here");
    },
  });
  try {
    const writer = await folder.accountLedgerWriter({ name: "bench", network: "bench", partial: false });
    const append = { ms: 0, cpu: 0 };
    for (const batch of tellings(unit)) {
      const started = performance.now();
      const cpu = process.threadCpuUsage();
      await writer.append(batch);
      const used = process.threadCpuUsage(cpu);
      append.cpu += used.user + used.system;
      append.ms += performance.now() - started;
    }
    const [committed] = await seconds(() => writer.commit());
    const [settleSeconds] = await seconds(() => writer.settle());
    await writer.finish();
    const ledger = await folder.accountLedger("bench");
    const loads: number[] = [];
    for (let round = 0; round < 3; round++) loads.push((await seconds(() => ledger.load()))[0]);
    const busiest = await ledger.account(nameOf(0));
    const pages: number[] = [];
    for (let round = 0; round < 15; round++) {
      const [time] = await seconds(() => ledger.transfersOfAccount(busiest!.id, { after: null, limit: 20 }));
      pages.push(1000 * time);
    }
    return {
      appendSeconds: append.ms / 1000 + committed,
      ownMicroseconds: append.cpu / transfers,
      settleSeconds,
      loadSeconds: median(loads),
      pageMs: median(pages),
    };
  } finally {
    await folder.close();
    rmSync(path, { recursive: true });
  }
}

async function seconds<Result>(work: () => Promise<Result>): Promise<[number, Result]> {
  const started = performance.now();
  const result = await work();
  return [(performance.now() - started) / 1000, result];
}

const nameOf = (account: number) => `0x${Math.imul(account + 1, 0x9e37_79b1) >>> 0}`.padEnd(42, "5a0b");

/** A text as a reader makes it of bytes. */
const read = (text: string) => Buffer.from(text, "latin1").toString("latin1");

/** As a source tells them: accounts are read anew for each transfer, not shared. */
function* tellings(unit: bigint): Generator<TransferTelling[]> {
  const random = new Random(5);
  const account = () => read(nameOf(Math.floor((random.next() / 2 ** 32) ** 3 * accounts)));
  let batch: TransferTelling[] = [];
  let name = "";
  for (let n = 0; n < transfers; n++) {
    const transaction = Math.floor(n / perTransaction);
    const height = Math.floor(n / perBlock);
    if (n % perTransaction === 0) {
      name = read(`0x${(Math.imul(transaction, 0x85eb_ca6b) >>> 0).toString(16)}${transaction}`.padEnd(66, "c3"));
    }
    batch.push({
      transaction: name,
      height,
      position: transaction % (perBlock / perTransaction),
      time: (1_700_000_000_000 + 12_000 * height) as Instant,
      dayOnly: false,
      layer: n % perTransaction === 0 ? "call" : "log",
      index: n % perTransaction,
      from: account(),
      to: account(),
      asset: n % 4 === 0 ? "0xdac17f958d2ee523a2206206994597c13d831ec7" : "ETH",
      amount: unit * BigInt(random.below(1_000_000)),
      isFee: false,
      returns: null,
    });
    if (batch.length < batchSize) continue;
    yield batch;
    batch = [];
  }
  yield batch;
}
