import { fork } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { batchRows } from "./made-rows.ts";

const [apiText, rowsText = "30000000", ...chosen] = process.argv.slice(2);
if (apiText === undefined)
  throw new Error("usage: main.ts DUCKDB_NODE_API_FOLDER [ROWS]; see the README beside this file");
const api = resolve(apiText);
const rows = Number(rowsText);

/** Runs one step; where `killAt` is given, kills it with SIGKILL a moment after it committed that many batches. */
async function run(store: string, step: string, dir: string, { count = rows, killAt = 0 } = {}) {
  const child = fork(new URL("./step.ts", import.meta.url), [store, step, dir, String(count), api], {
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
  const how = await new Promise<string>((done) => child.on("close", (code, signal) => done(`${signal ?? code}`)));
  if (how !== "0" && killAt === 0 && step !== "throw") throw new Error(`${store} ${step} ended with ${how}`);
  return text === "" ? {} : { ...JSON.parse(text), endedWith: how, exitMs: performance.now() - lastWord };
}

for (const store of chosen.length > 0 ? chosen : ["chdb", "duckdb", "duckdb-plain"]) {
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
    // What process.exit and an uncaught error do while a query runs.
    console.log(store, "exit", JSON.stringify(await run(store, "exit", dir)));
    console.log(store, "throw", JSON.stringify(await run(store, "throw", dir)));
  } finally {
    rmSync(dir, { recursive: true });
  }
}
