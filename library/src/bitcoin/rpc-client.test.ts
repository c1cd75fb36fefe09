import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { BlockAbsentError, BlockPrunedError, HttpNonsenseError, RpcError } from "../errors/bitcoin-sources.ts";
import { localServer } from "./local-server.fixture.ts";
import { makeGenesis } from "./made-chain.fixture.ts";
import { networks } from "./networks.ts";
import { createRpcClient } from "./rpc-client.ts";
import { rpcAddress } from "./rpc-credentials.ts";
import { openRpcSource } from "./rpc-source.ts";
import { stillClock } from "./still-clock.fixture.ts";

// A real node is asked in rpc-source.test.ts; here a server plays the moods of one that are hard to bring about.

interface Call {
  readonly id: number;
  readonly method: string;
  readonly params: unknown[];
}
type Answer = { result: unknown } | { error: { code: number; message: string } };

/** A node that answers each call by a function; what it returns as a string goes out as it is. */
function playedNode(answer: (call: Call, request: number) => Answer | string | number) {
  let request = 0;
  return localServer((incoming, response) => {
    request++;
    const calls = JSON.parse(incoming.body) as Call | Call[];
    const answers = [calls].flat().map((call) => ({ id: call.id, given: answer(call, request) }));
    const [first] = answers;
    if (typeof first!.given === "number") response.writeHead(first!.given).end("Work queue depth exceeded");
    else if (typeof first!.given === "string") response.end(first!.given);
    else {
      const bodies = answers.map(({ id, given }) => ({ result: null, error: null, ...(given as Answer), id }));
      response.statusCode = Array.isArray(calls) || bodies[0]!.error === null ? 200 : 500;
      response.end(JSON.stringify(Array.isArray(calls) ? bodies : bodies[0]));
    }
  });
}

const withUser = (url: string) => url.replace("//", "//al:s3cret@");
const client = (url: string, clock = stillClock()) =>
  createRpcClient({ address: rpcAddress({ url: withUser(url) }), clock });

const genesis = networks.regtest.genesisHash;
const info = { chain: "regtest", blocks: 9, bestblockhash: genesis, pruned: false };

function chainNode(over: { info?: object; getblock?: Answer | string }) {
  return playedNode(({ method }) => {
    if (method === "getblockchaininfo") return { result: { ...info, ...over.info } };
    if (method === "getblockhash") return { result: genesis };
    return over.getblock ?? { error: { code: -5, message: "Block not found" } };
  });
}
const openAt = (url: string) => openRpcSource({ url: withUser(url), clock: stillClock() });

test("a node that is starting or has a full queue is waited for", async () => {
  const clock = stillClock();
  await using node = await playedNode((_call, request) => {
    if (request === 1) return { error: { code: -28, message: "Loading block index..." } };
    return request === 2 ? 503 : { result: 7 };
  });
  expect(await client(node.url, clock).call("getblockcount")).toBe(7);
  expect(clock.slept).toEqual([500, 1000]);
});

test("one that goes on starting is said to be starting, also where a batch is refused", async () => {
  await using node = await playedNode(() => ({ error: { code: -28, message: "Verifying blocks..." } }));
  await expect(client(node.url).call("getblockcount")).rejects.toThrow(/status 500.*Verifying blocks/u);
  await expect(client(node.url).batch([{ method: "a" }, { method: "b" }])).rejects.toThrow(/Verifying blocks/u);
});

test("a refusal is an error with the node's code; in a batch it stands in its place", async () => {
  await using node = await playedNode(({ method, params }) =>
    method === "no" ? { error: { code: -32601, message: "Method not found" } } : { result: params },
  );
  await expect(client(node.url).call("no")).rejects.toThrow(
    /The node refuses no with error -32601: Method not found \(http:\/\/127/u,
  );
  const [a, b, c] = await client(node.url).batch([{ method: "x", params: [1] }, { method: "no" }, { method: "y" }]);
  expect(a).toEqual([1]);
  expect(b).toBeInstanceOf(RpcError);
  expect(c).toEqual([]);
});

test("answers that are no answers are said to be nonsense, without credentials", async () => {
  for (const body of ["<html>Login</html>", "17", "{}", "[1]", '{"resu', ""]) {
    await using node = await playedNode(() => body);
    const error = await client(node.url)
      .call("getblockcount")
      .catch((e: unknown) => e);
    expect(error).toBeInstanceOf(HttpNonsenseError);
    expect(String(error) + JSON.stringify(error)).not.toContain("s3cret");
    await expect(client(node.url).batch([{ method: "a" }])).rejects.toBeInstanceOf(HttpNonsenseError);
  }
});

test("a cookie that is refused is read again once", async () => {
  const folder = mkdtempSync(join(tmpdir(), "spoor-cookie-"));
  try {
    const cookieFile = join(folder, ".cookie");
    writeFileSync(cookieFile, "__cookie__:old\n");
    let password = "old";
    const seen: string[] = [];
    await using node = await localServer((request, response) => {
      const given = Buffer.from(request.headers.authorization!.slice(6), "base64").toString();
      seen.push(given);
      if (given !== `__cookie__:${password}`) response.writeHead(401).end();
      else response.end(JSON.stringify({ result: 1, error: null, id: 1 }));
    });
    const rpc = createRpcClient({ address: rpcAddress({ url: node.url, cookieFile }) });
    await rpc.call("a");
    password = "new";
    writeFileSync(cookieFile, "__cookie__:new");
    await rpc.call("a");
    password = "nobody's";
    await expect(rpc.call("a")).rejects.toThrow(/status 401/u);
    expect(seen.map((one) => one.slice(11))).toEqual(["old", "old", "new", "new", "new"]);
    writeFileSync(cookieFile, "not a cookie");
    await expect(rpc.call("a")).rejects.toThrow(/is not a cookie file/u);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("a pruned node says from where it has blocks", async () => {
  await using known = await chainNode({ info: { pruned: true, pruneheight: 5 } });
  const source = await openAt(known.url);
  const error = await Array.fromAsync(source.blocks(3, 9)).catch((e: unknown) => e);
  expect(error).toBeInstanceOf(BlockPrunedError);
  expect(String(error)).toMatch(/block at height 3 .*the first block it keeps is 5/u);
  const pruned = { code: -1, message: "Block not available (pruned data)" };
  await using late = await chainNode({ info: { pruned: true }, getblock: { error: pruned } });
  await expect(Array.fromAsync((await openAt(late.url)).blocks(3, 3))).rejects.toBeInstanceOf(BlockPrunedError);
});

test("a block that is not downloaded, cut off, another one or no hex is told by its height", async () => {
  const absent = { code: -1, message: "Block not found on disk" };
  await using behind = await chainNode({ getblock: { error: absent } });
  await expect(Array.fromAsync((await openAt(behind.url)).blocks(4, 4))).rejects.toBeInstanceOf(BlockAbsentError);
  for (const [result, why] of [
    ["00".repeat(285), /height 4 has the hash [0-9a-f]{64}, not 0f9188f1/u],
    ["00".repeat(80), /height 4 is cut off/u],
    ["zz", /height 4 is not given as hex/u],
    [{ hash: genesis }, /height 4 is not given as hex/u],
    [`${makeGenesis().bytes.toHex().slice(0, -2)}01`, /height 4 is not valid at its byte 36: .*merkle root/u],
  ] as const) {
    await using node = await chainNode({ getblock: { result } });
    await expect(Array.fromAsync((await openAt(node.url)).blocks(4, 4))).rejects.toThrow(why);
  }
});

test("a chain that is not known, or only named like a known one, is refused", async () => {
  await using liquid = await chainNode({ info: { chain: "liquidv1" } });
  await expect(openAt(liquid.url)).rejects.toThrow(/on "liquidv1", not on one of mainnet, /u);
  await using fork = await chainNode({ info: { chain: "main" } });
  await expect(openAt(fork.url)).rejects.toThrow(/a chain that begins with block 0f9188.*not on the public mainnet/u);
  await using odd = await chainNode({ info: { blocks: "9" } });
  await expect(openAt(odd.url)).rejects.toBeInstanceOf(HttpNonsenseError);
});
