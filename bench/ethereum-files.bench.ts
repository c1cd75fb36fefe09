import { createWriteStream, mkdtempSync, rmSync, type WriteStream } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { finished } from "node:stream/promises";
import { ingestEthereum } from "../library/src/cases/ingest-ethereum.ts";
import { readEthereumFiles } from "../library/src/ethereum/read-ethereum-files.ts";
import { type Figure, median } from "./figure.ts";
import { Random } from "./random.ts";

export const names = ["ethereum-etl-parse", "ethereum-etl-ingest"] as const;

/** Of the shape of Ethereum's blocks of 2023: per transaction 2.3 logs, half of them transfers, and 4 traces. */
const shape = { blocks: 600, transactionsPerBlock: 150, seed: 1 } as const;
const rounds = 3;

/**
 * Transfers per second from ethereum-etl's CSV (blocks, receipts, transactions, traces, logs): from the files to rows
 * that a store can take, on one thread; and from the files into a new ledger, settled and ready to be traced.
 *
 * Of an ingest of 382,000 transfers the thread that reads takes 1.2 s of CPU, and the one that reads traces as much
 * where nothing in it is compiled yet. Batches of 100,000 are stored meanwhile, and the last one after it; then the
 * ledger is settled in two lanes (settle-accounts.ts): transactions and holdings, transfers, balances and the hash.
 * The cores have no time left over in the best rounds: 4.7 s of CPU in 2.8 s. Decision 18 has what led here.
 *
 * Learnt, as processor time of the process, which other work on the machine blurs less than the clock:
 * - Memory that is touched for the first time cost 17 µs a page of 4 KB here: a third of an ingest. Large pages, kept
 *   for half a minute, took the page faults of a second ingest from 108,000 to 31,000 (engine-memory.ts).
 * - The engine runs the statements of a session one by one, those of two sessions at once.
 * - Joining runs apart whose names are repeated is for ledgers where few are: 264 ms against 96 for joining all.
 * - Both sides' sums in one grouping: 60 ms against 120. Transfers ordered as they are stored: 200 ms against 260 with
 *   a table between. Reading them in order by one thread: 30 ms against 90.
 * - A stream of Node takes new memory for each piece of a file: 250 ms of CPU for 340 MB, and as much again for the
 *   first touch of it. Into the same three buffers (file-chunks.ts): 130.
 * - The tables of a batch stored in two lanes, not one after the other: the last batch is waited for.
 * - Over staged tables of several parts, grouping in their order takes longer than in a table of hashes (540 ms, 226).
 *
 * One thread for each statement gained nothing, nor did several statements in one call (4 ms each, with or without),
 * nor long fields searched with `indexOf`, nor addresses checked without a pattern character by character (by a table,
 * without branches: a fourth of the time); the last four holdings looked at before the table of all gained 2 %.
 */
export async function figures(): Promise<Figure[]> {
  const dir = mkdtempSync(join(tmpdir(), "spoor-bench-ethereum-"));
  try {
    const files = await writeExports(dir);
    const rates: number[] = [];
    for (let round = 0; round <= rounds; round++) {
      const from = performance.now();
      const source = await readEthereumFiles(files);
      let transfers = 0;
      for await (const batch of source.batches) transfers += batch.length;
      if (source.counts.skipped > 0) throw new RangeError(`${source.counts.skipped} rows were set aside`);
      // The first round warms the compiler up.
      if (round > 0) rates.push((1000 * transfers) / (performance.now() - from));
    }
    const stored: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const from = performance.now();
      const request = { data: join(dir, `data-${round}`), ledger: "eth" };
      const { summary } = await ingestEthereum({ ...request, from: { kind: "files", files, network: "ethereum" } });
      stored.push((1000 * summary.transfers) / (performance.now() - from));
    }
    const figure = { unit: "transfers/s", better: "higher", floor: 100_000, against: null, skipped: null } as const;
    return [
      { name: names[0], value: median(rates), ...figure },
      { name: names[1], value: median(stored), ...figure },
    ];
  } finally {
    rmSync(dir, { recursive: true });
  }
}

const transferTopic = "0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef";
const otherTopic = "0x8c5be1e5ebec7d5bd14f71427d1e84f3dd0314c0f7b2291e5b200ac8c7c3b925";

const headers = {
  blocks: "number,hash,parent_hash,miner,difficulty,gas_used,timestamp,transaction_count,base_fee_per_gas,withdrawals",
  transactions:
    "hash,nonce,block_hash,block_number,transaction_index,from_address,to_address,value,gas,gas_price,input," +
    "block_timestamp,max_fee_per_gas,max_priority_fee_per_gas,transaction_type",
  receipts:
    "transaction_hash,transaction_index,block_hash,block_number,cumulative_gas_used,gas_used,contract_address,root," +
    "status,effective_gas_price",
  logs: "log_index,transaction_hash,transaction_index,block_hash,block_number,address,data,topics",
  traces:
    "block_number,transaction_hash,transaction_index,from_address,to_address,value,input,output,trace_type,call_type," +
    "reward_type,gas,gas_used,subtraces,trace_address,error,status,trace_id",
};
type Export = keyof typeof headers;

/** Made values of the kinds that rows hold. */
class Values {
  readonly #random = new Random(shape.seed);
  /** Some accounts and tokens are met again and again. */
  readonly #accounts = Array.from({ length: 20_000 }, () => this.hex(40));
  readonly #tokens = Array.from({ length: 500 }, () => this.hex(40));

  below(limit: number): number {
    return this.#random.below(limit);
  }

  hex(digits: number): string {
    const bytes = Buffer.alloc(4 * Math.ceil(digits / 8));
    this.#random.fill(bytes, 0, bytes.length);
    return `0x${bytes.toString("hex").slice(0, digits)}`;
  }

  account(): string {
    return this.#accounts[this.below(this.#accounts.length)]!;
  }

  token(): string {
    return this.#tokens[this.below(this.#tokens.length)]!;
  }

  /** Up to a thousand million million million wei. */
  amount(): string {
    return `${1 + this.below(2 ** 30)}${String(this.below(10 ** 9)).padStart(9, "0")}`;
  }
}

async function writeExports(dir: string): Promise<string[]> {
  const values = new Values();
  const paths: string[] = [];
  const streams = new Map<Export, WriteStream>();
  for (const [name, header] of Object.entries(headers) as [Export, string][]) {
    const path = join(dir, `${name}.csv`);
    const stream = createWriteStream(path);
    stream.write(`${header}\n`);
    streams.set(name, stream);
    paths.push(path);
  }
  for (let block = 0; block < shape.blocks; block++) {
    for (const [name, rows] of Object.entries(blockRows(block, values)) as [Export, string[]][]) {
      if (rows.length > 0) streams.get(name)!.write(`${rows.join("\n")}\n`);
    }
  }
  for (const stream of streams.values()) {
    stream.end();
    await finished(stream);
  }
  return paths;
}

function blockRows(block: number, values: Values): Record<Export, string[]> {
  const number = 17_000_000 + block;
  const hash = values.hex(64);
  const seconds = 1_683_000_000 + 12 * block;
  const count = shape.transactionsPerBlock;
  const rows: Record<Export, string[]> = { blocks: [], transactions: [], receipts: [], logs: [], traces: [] };
  const miner = values.account();
  rows.blocks.push(`${number},${hash},${values.hex(64)},${miner},0,15000000,${seconds},${count},20000000000,`);
  for (let at = 0; at < count; at++) pushTransaction({ number, hash, seconds }, at, values, rows);
  return rows;
}

function pushTransaction(
  block: { number: number; hash: string; seconds: number },
  at: number,
  values: Values,
  rows: Record<Export, string[]>,
): void {
  const hash = values.hex(64);
  const place = `${hash},${at},${block.hash},${block.number}`;
  const [from, to] = [values.account(), values.account()];
  const value = values.below(2) === 0 ? "0" : values.amount();
  const input = values.below(3) === 0 ? "0x" : values.hex(8 + 64 * values.below(12));
  rows.transactions.push(
    `${hash},${at},${block.hash},${block.number},${at},${from},${to},${value},200000,30000000000,${input},` +
      `${block.seconds},,,2`,
  );
  rows.receipts.push(`${place},9000000,120000,,,1,30000000000`);
  const word = (address: string) => `0x${address.slice(2).padStart(64, "0")}`;
  for (let log = values.below(5); log > 0; log--) {
    const topic = values.below(2) === 0 ? transferTopic : otherTopic;
    const topics = `"${topic},${word(values.account())},${word(values.account())}"`;
    rows.logs.push(`${rows.logs.length},${place},${values.token()},${values.hex(64)},${topics}`);
  }
  const calls = 1 + values.below(7);
  for (let call = 0; call < calls; call++) {
    const path = call === 0 ? "" : String(call - 1);
    const moved = call === 0 ? value : values.below(4) === 0 ? values.amount() : "0";
    const data = `${values.hex(200)},${values.hex(64)},call,call,,100000,20000,${call === 0 ? calls - 1 : 0}`;
    const ends = `${from},${values.account()},${moved}`;
    rows.traces.push(`${block.number},${hash},${at},${ends},${data},${path},,1,call_${hash}_${path}`);
  }
}
