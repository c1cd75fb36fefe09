import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { createRpcClient, type RpcClient } from "./rpc-client.ts";
import { rpcAddress } from "./rpc-credentials.ts";

const binary = join(import.meta.dirname, "../../../node_modules/bitcoind-regtest/bitcoind/bitcoind-rev-3224936");

/** The npm package brings a node for Linux on x64 only. */
export const hasBitcoind = process.platform === "linux" && process.arch === "x64" && existsSync(binary);

export interface Bitcoind extends AsyncDisposable {
  /** Without credentials. */
  readonly url: string;
  readonly dataFolder: string;
  readonly cookieFile: string;
  readonly rpc: RpcClient;
  generate(blocks: number): Promise<string[]>;
  /** Ends the node cleanly, so that its files hold everything. */
  stop(): Promise<void>;
}

/**
 * Runs the node, and kills it when standard input ends: when its holder is done, and also when the holder was killed
 * (a test that ran out of time, say). Nothing that was started may stay behind.
 */
const guard = `exec 3<&0
"$@" </dev/null 3<&- &
node=$!
{ cat <&3; kill -KILL $node; } >/dev/null 2>&1 &
exec 3<&- </dev/null
wait $node`;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  server.close();
  await once(server, "close");
  return port;
}

/** Bitcoin Core 0.11 on a chain of its own, in a folder of its own, gone when the holder (`await using`) is done. */
export async function startBitcoind(options: readonly string[] = []): Promise<Bitcoind> {
  const dataFolder = mkdtempSync(join(tmpdir(), "spoor-bitcoind-"));
  const port = await freePort();
  const flags = ["-regtest", "-listen=0", "-connect=0", `-datadir=${dataFolder}`, `-rpcport=${port}`];
  const command = [binary, ...flags, "-server", "-rpcbind=127.0.0.1", "-printtoconsole", ...options];
  const child = spawn("sh", ["-c", guard, "sh", ...command], { stdio: ["pipe", "pipe", "ignore"] });
  const url = `http://127.0.0.1:${port}`;
  const cookieFile = join(dataFolder, "regtest", ".cookie");
  const rpc = createRpcClient({
    address: rpcAddress({ url, cookieFile }),
    limits: { timeoutMs: 50_000, retriesMax: 0 },
  });
  const exited = once(child, "exit");
  const node: Bitcoind = {
    url,
    dataFolder,
    cookieFile,
    rpc,
    generate: async (blocks) => (await rpc.call("generate", blocks)) as string[],
    stop: async () => {
      await rpc.call("stop");
      await exited;
    },
    [Symbol.asyncDispose]: async () => {
      child.stdin.end();
      await exited;
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
  try {
    await untilReady(child.stdout);
  } catch (error) {
    await node[Symbol.asyncDispose]();
    throw error;
  }
  return node;
}

/** The node's log says when it answers. It is read on to the end, or the node would wait for its reader. */
async function untilReady(log: Readable): Promise<void> {
  let text = "";
  const ready = new Promise<void>((resolve, reject) => {
    log.on("data", (piece: Buffer) => {
      if (text.length < 1 << 20) text += piece.toString("latin1");
      if (text.includes("Done loading")) resolve();
    });
    log.on("end", () => reject(new Error(`bitcoind ended before it was ready:\n${text.slice(-2000)}`)));
  });
  await ready;
}
