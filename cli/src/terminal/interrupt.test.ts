import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";

const main = join(import.meta.dirname, "../main.ts");

test("Ctrl-C while a server is silent ends with status 130, and is no fault", async () => {
  const data = mkdtempSync(join(tmpdir(), "spoor-interrupt-"));
  const server = createServer(() => {}).listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://user:word@127.0.0.1:${(server.address() as AddressInfo).port}`;
  const child = spawn(process.execPath, [main, "ingest", "bitcoin", "--ledger", "x", "--rpc", url, "--data", data]);
  let told = "";
  child.stderr.on("data", (piece) => {
    told += piece;
  });
  server.once("request", () => child.kill("SIGINT"));
  const [status] = await once(child, "close");
  server.closeAllConnections();
  server.close();
  rmSync(data, { recursive: true });
  expect(status).toBe(130);
  expect(told).toContain("stopping at the next safe point");
  expect(told).not.toMatch(/fault|word/u);
}, 30_000);
