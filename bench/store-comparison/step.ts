// One step of the comparison in a process of its own: step.ts STORE STEP DIR ROWS DUCKDB_NODE_API. Prints JSON.
import { batchRows, largeAccount, makeRows, prefixOf, smallAccount } from "./made-rows.ts";
import { openChdb, openDuckdb } from "./stores.ts";

const [name, step, dir = "", rowsText, api = ""] = process.argv.slice(2);
const rows = Number(rowsText);
const began = performance.now();
const store = name === "chdb" ? await openChdb(dir) : await openDuckdb(dir, { api, indexed: name === "duckdb" });
const figures: Record<string, number | string> = { openMs: performance.now() - began };

async function medianMs(rounds: number, ask: (round: number) => Promise<number>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const start = performance.now();
    if ((await ask(round)) === 0) throw new Error(`round ${round} found nothing`);
    times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b)[rounds >> 1]!;
}

if (step === "ingest" || step === "kill") {
  if (step === "ingest") await store.create();
  const first = (await store.count()) / batchRows;
  const before = process.cpuUsage();
  const made = { ms: 0 };
  const start = performance.now();
  for (let batch = first; batch < rows / batchRows; batch++) {
    const makeStart = performance.now();
    const columns = makeRows(batch);
    made.ms += performance.now() - makeStart;
    await store.append(columns);
    process.send?.(batch + 1);
  }
  const { user, system } = process.cpuUsage(before);
  figures.ingestS = (performance.now() - start - made.ms) / 1000;
  figures.ingestCpuS = (user + system) / 1e6 - made.ms / 1000;
} else if (step === "read") {
  figures.bytesPerRow = (await store.diskBytes()) / rows;
  figures.txidMs = await medianMs(51, (round) => store.byTxid(prefixOf((round * 104_729) % rows)));
  figures.largeMs = await medianMs(21, () => store.firstPage(largeAccount));
  figures.smallMs = await medianMs(21, () => store.firstPage(smallAccount));
  const start = performance.now();
  const column = await store.column();
  figures.columnMs = performance.now() - start;
  if (column.length !== rows || column[rows - 1] !== makeRows(rows / batchRows - 1).value[batchRows - 1]) {
    throw new Error("the column is not what went in");
  }
} else if (step === "exit" || step === "throw") {
  store.runLong().catch(() => {});
  setTimeout(() => {
    console.log("{}");
    if (step === "throw") throw new Error("on purpose");
    process.exit(0);
  }, 300);
  await new Promise(() => {});
} else {
  figures.count = await store.count();
}
const closing = performance.now();
await store.close();
figures.closeMs = performance.now() - closing;
figures.peakMb = process.resourceUsage().maxRSS / 1024;
console.log(JSON.stringify(figures));
