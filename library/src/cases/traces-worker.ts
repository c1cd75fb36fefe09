import { once } from "node:events";
import { parentPort, workerData } from "node:worker_threads";
import { readTraces } from "../ethereum/read-traces.ts";
import { TellingPacker } from "../ledger/telling-packer.ts";
import type { TracesMessage, TracesTask } from "./traces-thread.ts";

// The thread of TracesThread: reads and packs the traces of files, a batch while the one before is stored.
const { files, network, ledger } = workerData as TracesTask;
const port = parentPort!;
const send = (message: TracesMessage) => port.postMessage(message);

const packer = new TellingPacker({ ledger, isShared: true });
let stored: Promise<unknown> = Promise.resolve();

async function handOver(): Promise<void> {
  await stored;
  const { tables, counts, layers } = packer.take();
  stored = once(port, "message");
  send({ kind: "packed", packed: { tables, counts, layers } });
}

const reading = await readTraces(files, { network });
for await (const transfers of reading.batches) {
  packer.check(transfers);
  for (const transfer of transfers) {
    if (packer.isFull) await handOver();
    packer.push(transfer);
  }
}
if (!packer.isEmpty) await handOver();
await stored;
send({ kind: "told", told: reading.told() });
