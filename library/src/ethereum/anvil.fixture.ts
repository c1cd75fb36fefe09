import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { type Abi, type Address, createTestClient, type Hex, http, publicActions, walletActions } from "viem";

const binary = join(import.meta.dirname, "../../../node_modules/.bin/anvil");

/** The npm package brings a node for Linux on x64 only. */
export const hasAnvil = process.platform === "linux" && process.arch === "x64" && existsSync(binary);

/**
 * Runs the node, and kills it when standard input ends: when its holder is done, and also when the holder was killed.
 * Nothing that was started may stay behind.
 */
const guard = `exec 3<&0
"$@" </dev/null 3<&- &
node=$!
{ cat <&3; kill -KILL $node; } >/dev/null 2>&1 &
exec 3<&- </dev/null
wait $node`;

const clientOf = (url: string) =>
  createTestClient({ mode: "anvil", transport: http(url, { retryCount: 0 }) })
    .extend(publicActions)
    .extend(walletActions);

export interface Anvil extends AsyncDisposable {
  readonly url: string;
  readonly client: ReturnType<typeof clientOf>;
  /** The node's own accounts, with 10,000 ETH each, for which it signs. */
  readonly accounts: readonly Address[];
  /** Deploys a test contract in a block of its own. */
  deploy(name: string, args?: readonly unknown[], value?: bigint): Promise<Contract>;
  /** Sends a transaction and mines it, and says whether it succeeded. */
  send(transaction: {
    from?: Address;
    to: Address;
    value?: bigint;
    data?: Hex;
    gas?: bigint;
  }): Promise<{ hash: Hex; succeeded: boolean; block: number }>;
  /** Calls a contract's function by a transaction. */
  write(
    contract: Contract,
    functionName: string,
    args?: readonly unknown[],
    options?: { from?: Address; value?: bigint; gas?: bigint },
  ): Promise<{ hash: Hex; succeeded: boolean; block: number }>;
}

export interface Contract {
  readonly address: Address;
  readonly abi: Abi;
}

interface CompiledContracts {
  readonly contracts: Readonly<Record<string, { readonly bytecode: Hex; readonly abi: string }>>;
}

const compiled = JSON.parse(
  readFileSync(join(import.meta.dirname, "testing", "contracts.json"), "utf8"),
) as CompiledContracts;

/** Anvil on a chain of its own, gone when the holder (`await using`) is done. */
export async function startAnvil(options: readonly string[] = []): Promise<Anvil> {
  // A fixed start, so that nothing depends on the clock; and no block but those that are asked for.
  const command = [binary, "--port", "0", "--timestamp", "1700000000", "--no-mining", ...options];
  const child = spawn("sh", ["-c", guard, "sh", ...command], { stdio: ["pipe", "pipe", "ignore"] });
  const exited = once(child, "exit");
  const dispose = async () => {
    child.stdin.end();
    await exited;
  };
  try {
    const url = `http://127.0.0.1:${await portOf(child.stdout)}`;
    return { ...(await driver(url)), [Symbol.asyncDispose]: dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

async function driver(url: string): Promise<Omit<Anvil, typeof Symbol.asyncDispose>> {
  const client = clientOf(url);
  const accounts = await client.getAddresses();
  const settled = async (hash: Hex) => {
    await client.mine({ blocks: 1 });
    const { status, blockNumber, contractAddress } = await client.getTransactionReceipt({ hash });
    return { hash, succeeded: status === "success", block: Number(blockNumber), contractAddress };
  };
  const send: Anvil["send"] = async ({ from = accounts[0]!, ...rest }) =>
    settled(await client.sendTransaction({ account: from, chain: null, gas: 2_000_000n, ...rest }));
  return {
    url,
    client,
    accounts,
    send,
    deploy: async (name, args = [], value = 0n) => {
      const { bytecode, abi: text } = compiled.contracts[name]!;
      const abi = JSON.parse(text) as Abi;
      const account = accounts[0]!;
      const hash = await client.deployContract({ abi, bytecode, args, account, value, chain: null });
      const { contractAddress } = await settled(hash);
      return { address: contractAddress!, abi };
    },
    write: async (
      { address, abi },
      functionName,
      args = [],
      { from = accounts[0]!, value = 0n, gas = 2_000_000n } = {},
    ) =>
      settled(await client.writeContract({ address, abi, functionName, args, account: from, value, gas, chain: null })),
  };
}

/** The node says where it listens. Its log is read on to the end, or the node would wait for its reader. */
async function portOf(log: Readable): Promise<number> {
  let text = "";
  return new Promise((resolve, reject) => {
    log.on("data", (piece: Buffer) => {
      if (text.length < 1 << 20) text += piece.toString("latin1");
      const [, port] = /Listening on [\d.]+:(\d+)/u.exec(text) ?? [];
      if (port !== undefined) resolve(Number(port));
    });
    log.on("end", () => reject(new Error(`anvil ended before it was ready:\n${text.slice(-2000)}`)));
  });
}
