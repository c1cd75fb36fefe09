import { fork } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { batchRows } from "./made-rows.ts";

const [apiText, rowsText = "30000000"] = process.argv.slice(2);
if (apiText === undefined)
  throw new Error("usage: main.ts DUCKDB_NODE_API_FOLDER [ROWS]; see the README beside this file");
const api = resolve(apiText);
const rows = Number(rowsText);

/** Runs one step; where `killAt` is given, kills it with SIGKILL a moment after it committed that many batches. */
async function run(store: string, step: string, dir: string, { count = rows, killAt = 0 } = {}) {
  const child = fork(join(import.meta.dirname, "step.ts"), [store, step, dir, String(count), api], {
    stdio: ["ignore", "pipe", "inherit", "ipc"],
    execArgv: [],
  });
  let text = "";
  let lastWord = performance.now();
  child.stdout?.on("data", (chunk) => {
    text += chunk;
    lastWord = performance.now();
  });
  child.on("message", (batches) => {
    if (killAt > 0 && batches === killAt) setTimeout(() => child.kill("SIGKILL"), 150);
  });
  const code = await new Promise<number | null>((done) => child.on("close", done));
  if (code !== 0 && killAt === 0) throw new Error(`${store} ${step} ended with ${code}`);
  return text === "" ? {} : { ...JSON.parse(text), exitMs: performance.now() - lastWord };
}

for (const store of ["chdb", "duckdb", "duckdb-plain"]) {
  const dir = mkdtempSync(join(tmpdir(), "spoor-compare-"));
  try {
    console.log(store, "ingest", JSON.stringify(await run(store, "ingest", dir)));
    console.log(store, "read", JSON.stringify(await run(store, "read", dir)));
    const more = rows + 8 * batchRows;
    await run(store, "kill", dir, { count: more, killAt: rows / batchRows + 3 });
    const { count, openMs } = await run(store, "count", dir);
    console.log(
      store,
      "after kill -9:",
      count - rows,
      "rows more than before, of 3 committed batches; opened in",
      openMs,
    );
  } finally {
    rmSync(dir, { recursive: true });
  }
}
