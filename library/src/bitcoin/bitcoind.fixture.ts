import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
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
  const child = spawn(binary, [...flags, "-server", "-rpcbind=127.0.0.1", ...options], { stdio: "ignore" });
  // Also when a test run is interrupted: nothing that was started may stay behind.
  const kill = () => child.kill("SIGKILL");
  process.once("exit", kill);
  const url = `http://127.0.0.1:${port}`;
  const cookieFile = join(dataFolder, "regtest", ".cookie");
  const rpc = createRpcClient({
    address: rpcAddress({ url, cookieFile }),
    limits: { timeoutMs: 50_000, retriesMax: 0 },
  });
  const end = async (signal: "SIGKILL" | "SIGTERM") => {
    process.off("exit", kill);
    if (child.exitCode === null && child.signalCode === null) {
      const exited = once(child, "exit");
      child.kill(signal);
      await exited;
    }
  };
  const node: Bitcoind = {
    url,
    dataFolder,
    cookieFile,
    rpc,
    generate: async (blocks) => (await rpc.call("generate", blocks)) as string[],
    stop: () => end("SIGTERM"),
    [Symbol.asyncDispose]: async () => {
      await end("SIGKILL");
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
  try {
    await untilReady(child, rpc);
  } catch (error) {
    await node[Symbol.asyncDispose]();
    throw error;
  }
  return node;
}

/** The node writes its cookie and listens after a moment; there is nothing to wait on but asking. */
async function untilReady(child: ChildProcess, rpc: RpcClient): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      await rpc.call("getblockcount");
      return;
    } catch (error) {
      if (child.exitCode !== null || tries > 600) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
