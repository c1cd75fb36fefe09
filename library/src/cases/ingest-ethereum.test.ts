import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { afterEach, beforeEach, expect, test } from "vitest";
import { SpoorError } from "../errors/base.ts";
import { ingestEthereum } from "./ingest-ethereum.ts";
import { withFolder } from "./open-folder.ts";
import { TracesThread } from "./traces-thread.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "spoor-ingest-ethereum-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const hex = (number: number, digits: number) => `0x${number.toString(16).padStart(digits, "0")}`;
const account = (number: number) => hex(1 + (number % 997), 40);
const transactionsPerBlock = 50;
const callsEach = 5;

/** Blocks, transactions and traces as ethereum-etl writes them. */
function writeExports(blocks: number): string[] {
  const tables = {
    blocks: ["number,hash,parent_hash,miner,difficulty,timestamp,transaction_count,base_fee_per_gas,withdrawals"],
    receipts: [
      "transaction_hash,transaction_index,block_number,cumulative_gas_used,gas_used,status,effective_gas_price",
    ],
    traces: [
      "block_number,transaction_hash,transaction_index,from_address,to_address,value,trace_type,call_type," +
        "trace_address,error,status,trace_id",
    ],
    transactions: ["hash,nonce,block_number,transaction_index,from_address,to_address,value,gas,gas_price"],
  };
  for (let block = 0; block < blocks; block++) {
    const head = [block, hex(block, 64), hex(block, 64), account(block), 0, 1_700_000_000 + 12 * block];
    tables.blocks.push([...head, transactionsPerBlock, 3, ""].join());
    for (let at = 0; at < transactionsPerBlock; at++) {
      const number = block * transactionsPerBlock + at;
      const hash = hex(number, 64);
      const [from, to] = [account(number), account(7 * number + 1)];
      tables.receipts.push([hash, at, block, 100, 100, 1, 5].join());
      tables.transactions.push([hash, 0, block, at, from, to, number, 21_000, 10].join());
      for (let call = 0; call < callsEach; call++) {
        const path = call === 0 ? "" : call - 1;
        const ends = [from, account(number + call), number + call];
        tables.traces.push([block, hash, at, ...ends, "call", "call", path, "", 1, `call_${hash}_${path}`].join());
      }
    }
  }
  tables.traces.push("7,none");
  return Object.entries(tables).map(([name, rows]) => {
    const path = join(folder, `${name}.csv`);
    writeFileSync(path, `${rows.join("\n")}\n`);
    return path;
  });
}

async function ingested(files: readonly string[], traceBytesMin: number, signal?: AbortSignal) {
  const data = join(folder, "data");
  const from = { kind: "files", files, network: "ethereum" } as const;
  const request = { data, ledger: "eth", from, traceBytesMin, ...(signal === undefined ? {} : { signal }) };
  try {
    return await ingestEthereum(request);
  } finally {
    await rm(data, { recursive: true, force: true });
  }
}

test("traces read in a thread of their own make the same ledger", async () => {
  // More than the thread packs at once, twice.
  const files = writeExports(900);
  const alone = await ingested(files, Number.POSITIVE_INFINITY);
  expect(alone.summary.transfers).toBeGreaterThan(3 * 100_000);
  expect(alone.skipped).toMatchObject([{ row: 900 * transactionsPerBlock * callsEach + 1 }]);
  const beside = await ingested(files, 0);
  expect(beside).toEqual(alone);
}, 120_000);

test("what is packed before there is a writer waits for it, and the program goes on meanwhile", async () => {
  const task = { files: writeExports(1), network: "ethereum", ledger: "eth" };
  const thread = await TracesThread.start(task, { traceBytesMin: 0 });
  const told = thread!.finish();
  // Begun later, it does the same: when it has packed, so has the first, most likely.
  const another = new Worker(new URL("./traces-worker.ts", import.meta.url), { workerData: task });
  await once(another, "message");
  await another.terminate();
  await withFolder(join(folder, "data"), async (opened) => {
    const writer = await opened.accountLedgerWriter({ name: "eth", network: "ethereum", partial: true });
    thread!.storeIn(writer);
    expect(await told).toMatchObject({ areThere: true, traces: transactionsPerBlock * callsEach });
    await writer.finish();
  });
  await thread!.stop();
});

test("what the thread fails at is thrown, and an ingest that is given up waits for nobody", async () => {
  const files = writeExports(1);
  const task = { files, network: "ethereum", ledger: "eth" };
  const thread = await TracesThread.start(task, { traceBytesMin: 0 });
  rmSync(files[0]!);
  const failure = await thread!.finish().catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(SpoorError);
  expect(failure).toMatchObject({ code: "ethereum/file", where: files[0] });
  await thread!.stop();
  const control = new AbortController();
  const waiting = await TracesThread.start(
    { ...task, files: writeExports(50) },
    { traceBytesMin: 0, signal: control.signal },
  );
  const given = waiting!.finish();
  control.abort(new Error("given up"));
  await expect(given).rejects.toThrow("given up");
  await waiting!.stop();
  const stopped = await TracesThread.start(task, { traceBytesMin: 0 });
  await stopped!.stop();
  await expect(stopped!.finish()).rejects.toThrow("ended before");
  const files2 = writeExports(20);
  await expect(ingested(files2, 0, AbortSignal.abort(new Error("given up")))).rejects.toThrow("given up");
});
