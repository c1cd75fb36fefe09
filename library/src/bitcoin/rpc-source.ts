import { ChainChangedError, DecodeError } from "../errors/bitcoin.ts";
import {
  BlockAbsentError,
  BlockPrunedError,
  HttpNonsenseError,
  HttpTooLargeError,
  RpcError,
  WrongChainError,
} from "../errors/bitcoin-sources.ts";
import type { BlockSource, SourceBlock } from "./block-source.ts";
import type { Clock } from "./clock.ts";
import { decodeBlock, emptyDecodedBlock } from "./decode-block.ts";
import type { DecodedBlock } from "./decoded-block.ts";
import { displayHash, doubleSha256, internalHash } from "./hash.ts";
import { headerSize } from "./header.ts";
import type { HttpLimits } from "./http-client.ts";
import { type Network, networkNames, networks } from "./networks.ts";
import { createRpcClient, type RpcClient } from "./rpc-client.ts";
import { rpcAddress } from "./rpc-credentials.ts";

export interface RpcSourceOptions {
  /** `http://USER:PASSWORD@HOST:PORT/`; without user and password a cookie is used. */
  readonly url: string;
  readonly cookieFile?: string;
  /** The node's data folder, where it is not the usual one: a cookie is looked for in it. */
  readonly dataFolder?: string;
  /** The network that the node must be on; where it is left out, any known one. */
  readonly network?: Network;
  /** Requests for blocks that are under way at once. A node serves 4 at a time and queues 16, by default. */
  readonly parallel?: number;
  /** Hashes that are asked for at once: the read stays on one branch for so many blocks. 2,000 by default. */
  readonly hashesPerBatch?: number;
  readonly limits?: Partial<HttpLimits>;
  readonly clock?: Clock;
  readonly signal?: AbortSignal | undefined;
}

const hashesPerBatchDefault = 2000;
const blocksPerBatchMax = 100;
/** As many blocks are asked for at once as are expected to give about this much hex. */
const batchBytesWanted = 8 << 20;
// A hex answer of the largest block that the consensus rules allow.
const blockHexMax = 8_000_000;

/**
 * Opens the chain of a Bitcoin Core node (0.11 or later) by its JSON-RPC. The tip is the node's at this moment, or when
 * the chain was last found to have changed: blocks that it finds later are seen by opening it again.
 *
 * @throws WrongChainError, RpcCredentialsError, RpcError, and what {@link createRpcClient} throws
 */
export async function openRpcSource(options: RpcSourceOptions): Promise<BlockSource> {
  const closed = new AbortController();
  const rpc = createRpcClient({
    address: rpcAddress(options),
    ...(options.limits === undefined ? {} : { limits: options.limits }),
    ...(options.clock === undefined ? {} : { clock: options.clock }),
    signal: options.signal === undefined ? closed.signal : AbortSignal.any([closed.signal, options.signal]),
  });
  const node: Node = {
    rpc,
    chain: await readChain(rpc, options.network),
    wanted: options.network,
    parallel: Math.max(1, options.parallel ?? 4),
    hashesPerBatch: Math.max(1, options.hashesPerBatch ?? hashesPerBatchDefault),
  };
  return {
    network: node.chain.network,
    tip: () => ({ height: node.chain.height, hash: node.chain.hash }),
    hashAt: async (height) => {
      const [hash] = await hashesAt(node, height, height);
      return internalHash(hash!);
    },
    blocks: (from, to) => readBlocks(node, from, to),
    skipped: [],
    close: async () => closed.abort(new DOMException("The source was closed.", "AbortError")),
  };
}

interface Chain {
  readonly network: Network;
  readonly height: number;
  /** Internal byte order. */
  readonly hash: Uint8Array;
  /** The first height that a pruned node keeps; null for a node that keeps all, or does not say. */
  readonly pruneHeight: number | null;
  readonly pruned: boolean;
}

interface Node {
  readonly rpc: RpcClient;
  /** Read again where the chain is found to have changed. */
  chain: Chain;
  readonly wanted: Network | undefined;
  readonly parallel: number;
  readonly hashesPerBatch: number;
}

async function readChain(rpc: RpcClient, wanted: Network | undefined): Promise<Chain> {
  const info = (await rpc.call("getblockchaininfo")) as Record<string, unknown> | null;
  const { chain, blocks, bestblockhash, pruned, pruneheight } = info ?? {};
  if (typeof chain !== "string" || !Number.isSafeInteger(blocks) || !isHash(bestblockhash)) {
    throw new HttpNonsenseError({ url: rpc.url, why: "getblockchaininfo tells no chain, height and hash" });
  }
  const network = networkNames.map((name) => networks[name]).find((known) => known.coreName === chain);
  const wantedName = wanted?.name ?? `one of ${networkNames.join(", ")}`;
  if (network === undefined || (wanted !== undefined && wanted !== network)) {
    throw new WrongChainError({ url: rpc.url, wanted: wantedName, found: network?.name ?? `"${chain.slice(0, 40)}"` });
  }
  // A signet of one's own, or another coin with Bitcoin's program, names its chain the same.
  const genesis = await rpc.call("getblockhash", 0);
  if (genesis !== network.genesisHash) {
    const found = `a chain that begins with block ${isHash(genesis) ? genesis : "(no hash)"}`;
    throw new WrongChainError({ url: rpc.url, wanted: `the public ${network.name}`, found });
  }
  return {
    network,
    height: blocks as number,
    hash: internalHash(bestblockhash),
    pruned: pruned === true,
    pruneHeight: pruned === true && Number.isSafeInteger(pruneheight) ? (pruneheight as number) : null,
  };
}

const isHash = (value: unknown): value is string => typeof value === "string" && /^[0-9a-f]{64}$/u.test(value);

/** Hashes of the node's best chain as displayed, both heights included. */
async function hashesAt({ rpc }: Node, from: number, to: number): Promise<string[]> {
  const heights = Array.from({ length: to - from + 1 }, (_, j) => from + j);
  const answers = await rpc.batch(heights.map((height) => ({ method: "getblockhash", params: [height] })));
  return answers.map((answer, j) => {
    const height = from + j;
    if (isHash(answer)) return answer;
    if (!(answer instanceof RpcError))
      throw new HttpNonsenseError({ url: rpc.url, why: `no hash at height ${height}` });
    if (answer.rpcCode !== -8) throw answer;
    throw new BlockAbsentError({ url: rpc.url, height, why: "its chain is shorter" });
  });
}

/** Blocks in order of height. Several requests are under way at once; at most `parallel` answers are held. */
async function* readBlocks(node: Node, from: number, to: number): AsyncGenerator<SourceBlock> {
  const { pruneHeight } = node.chain;
  if (pruneHeight !== null && from < pruneHeight && from <= to) {
    throw new BlockPrunedError({ url: node.rpc.url, height: from, pruneHeight });
  }
  const pending: Promise<SourceBlock[]>[] = [];
  const delivered = new Delivered(from);
  const columns = emptyDecodedBlock();
  let perBatch = 8;
  let hashes: string[] = [];
  let hashesFrom = from;
  let next = from;
  try {
    for (;;) {
      while (next <= to && pending.length < node.parallel) {
        if (next >= hashesFrom + hashes.length) {
          hashesFrom = next;
          hashes = await hashesAhead(node, delivered, next, Math.min(to, next + node.hashesPerBatch - 1));
        }
        const batch = hashes.slice(next - hashesFrom, next - hashesFrom + perBatch);
        const answer = fetchBlocks(node, next, batch);
        // Awaited in its turn; a failure must not count as unhandled until then.
        answer.catch(() => {});
        pending.push(answer);
        next += batch.length;
      }
      const blocks = await pending.shift();
      if (blocks === undefined) return;
      for (const block of blocks) {
        if (!delivered.isFollowedBy(block)) throw await chainChanged(node, delivered, "a block follows another one");
        yield { ...block, columns: decoded(node, block, columns) };
        delivered.add(block);
      }
      perBatch = batchSizeAfter(blocks);
    }
  } finally {
    await Promise.allSettled(pending);
  }
}

function decoded({ rpc }: Node, { height, bytes }: SourceBlock, into: DecodedBlock): DecodedBlock {
  try {
    return decodeBlock(bytes, into);
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    const why = `the block at height ${height} is not valid at its byte ${error.data.offset}: ${error.data.why}`;
    throw new HttpNonsenseError({ url: rpc.url, why }, error);
  }
}

/** The hashes of the last blocks that one read gave out: enough to find where another branch leaves them. */
class Delivered {
  readonly #hashes: Uint8Array[] = [];
  /** The height that comes next. */
  next: number;

  constructor(from: number) {
    this.next = from;
  }

  isFollowedBy(block: SourceBlock): boolean {
    const last = this.#hashes.at(-1);
    return last === undefined || Buffer.compare(block.header.subarray(4, 36), last) === 0;
  }

  add(block: SourceBlock): void {
    this.#hashes.push(block.hash);
    this.next = block.height + 1;
    if (this.#hashes.length >= 2 * deliveredMax) this.#hashes.splice(0, deliveredMax);
  }

  /** [height, hash as displayed] from the newest to the oldest that is remembered. */
  *newestFirst(): Generator<[number, string]> {
    for (let j = this.#hashes.length - 1; j >= 0; j--) {
      yield [this.next - this.#hashes.length + j, displayHash(this.#hashes[j]!)];
    }
  }
}

const deliveredMax = 1000;

/** Hashes of blocks that the node had when its tip was read: where it has them no more, the chain has changed. */
async function hashesAhead(node: Node, delivered: Delivered, from: number, to: number): Promise<string[]> {
  try {
    return await hashesAt(node, from, to);
  } catch (error) {
    if (!(error instanceof BlockAbsentError) || to > node.chain.height) throw error;
    throw await chainChanged(node, delivered, "the new one is shorter");
  }
}

/** Finds the last block that was delivered and still stands; the tip is read anew. */
async function chainChanged(node: Node, delivered: Delivered, why: string): Promise<ChainChangedError> {
  node.chain = await readChain(node.rpc, node.wanted);
  let height = delivered.next - 1;
  for (const [at, hash] of delivered.newestFirst()) {
    height = at;
    if (at <= node.chain.height && (await hashesAt(node, at, at))[0] === hash) break;
    height = at - 1;
  }
  return new ChainChangedError({ source: node.rpc.url, height, why });
}

function batchSizeAfter(blocks: readonly SourceBlock[]): number {
  const bytes = blocks.reduce((sum, block) => sum + block.bytes.length, 0);
  const hexPerBlock = Math.max(1, (2 * bytes) / blocks.length);
  return Math.max(1, Math.min(blocksPerBatchMax, Math.floor(batchBytesWanted / hexPerBlock)));
}

/** The raw blocks of these hashes; in halves where they are too much for one answer. */
async function fetchBlocks(node: Node, from: number, hashes: readonly string[]): Promise<SourceBlock[]> {
  const { rpc } = node;
  let answers: unknown[];
  try {
    // `false`, because versions before 0.15 know no verbosity numbers; later ones take it as 0.
    answers = await rpc.batch(hashes.map((hash) => ({ method: "getblock", params: [hash, false] })));
  } catch (error) {
    if (!(error instanceof HttpTooLargeError) || hashes.length === 1) throw error;
    const half = hashes.length >> 1;
    const first = await fetchBlocks(node, from, hashes.slice(0, half));
    return first.concat(await fetchBlocks(node, from + half, hashes.slice(half)));
  }
  return answers.map((answer, j) => blockOf(node, from + j, hashes[j]!, answer));
}

function blockOf({ rpc, chain }: Node, height: number, hash: string, answer: unknown): SourceBlock {
  const { url } = rpc;
  if (answer instanceof RpcError) {
    if (/prune/iu.test(answer.message) || (chain.pruned && /not available|not found on disk/iu.test(answer.message))) {
      throw new BlockPrunedError({ url, height, pruneHeight: chain.pruneHeight });
    }
    if (/not available|not found|can't read/iu.test(answer.message)) {
      throw new BlockAbsentError({ url, height, why: answer.what });
    }
    throw answer;
  }
  const nonsense = (why: string) => new HttpNonsenseError({ url, why: `the block at height ${height} ${why}` });
  if (typeof answer !== "string" || answer.length > blockHexMax) throw nonsense("is not given as hex");
  let bytes: Uint8Array;
  try {
    bytes = Uint8Array.fromHex(answer);
  } catch {
    throw nonsense("is not given as hex");
  }
  if (bytes.length <= headerSize) throw nonsense("is cut off");
  const header = bytes.subarray(0, headerSize);
  const found = new Uint8Array(32);
  doubleSha256(header, found, 0);
  if (displayHash(found) !== hash) throw nonsense(`has the hash ${displayHash(found)}, not ${hash}`);
  return { height, hash: found, header, bytes, place: null, columns: null };
}
