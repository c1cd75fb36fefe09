import { expect, test } from "vitest";
import { localServer } from "../bitcoin/local-server.fixture.ts";
import { EthereumNodeError, EthereumNonsenseError, EthereumRpcError, EthereumUrlError } from "../errors/ethereum.ts";
import { fakeNode } from "./fake-node.fixture.ts";
import { createNodeClient } from "./node-client.ts";

function noPauses(): { pauses: number[]; pause: (ms: number) => Promise<void> } {
  const pauses: number[] = [];
  return { pauses, pause: async (ms) => void pauses.push(ms) };
}

test("busy answers are repeated with growing pauses, as long as the node asks for", async () => {
  const answers = [
    { status: 503 },
    { status: 429, headers: { "retry-after": "7" } },
    { error: { code: -32005, message: "limit exceeded" } },
    { result: "0x1" },
  ];
  await using node = await fakeNode(() => answers.shift()!);
  const { pauses, pause } = noPauses();
  const client = await createNodeClient({ url: node.url, pause });
  expect(await client.call("eth_chainId", [])).toBe("0x1");
  expect(pauses).toEqual([500, 7000, 2000]);
});

test("a refusal is told at once, with the node's own code and words", async () => {
  await using node = await fakeNode(() => ({ error: { code: -32601, message: "method not found" } }));
  const client = await createNodeClient({ url: node.url });
  const refused = client.call("trace_block", ["0x1"]);
  await expect(refused).rejects.toThrow(EthereumRpcError);
  await expect(refused).rejects.toMatchObject({ rpcCode: -32601, rpcMessage: "method not found" });
  expect(node.calls).toEqual(["trace_block"]);
});

test("many calls go in few requests; a refusal stands in its place", async () => {
  await using node = await fakeNode(({ params }) =>
    params[0] === 3 ? { error: { code: -32000, message: "no" } } : { result: params[0] },
  );
  const client = await createNodeClient({ url: node.url, callsPerRequest: 4 });
  const answers = await client.callMany(Array.from({ length: 10 }, (_, j) => ({ method: "eth_call", params: [j] })));
  expect(answers.map((answer) => (answer instanceof EthereumRpcError ? "refused" : answer))).toEqual([
    ...[0, 1, 2, "refused", 4, 5, 6, 7, 8, 9],
  ]);
  expect(node.requests).toHaveLength(3);
});

test.each(["null", "[]", '"text"', "{}"])("%s is no answer, to one call or to many", async (body) => {
  await using server = await localServer((_request, response) => response.end(body));
  const client = await createNodeClient({ url: server.url });
  const call = { method: "eth_chainId", params: [] };
  await expect(client.call("eth_chainId", [])).rejects.toThrow(/it is no JSON-RPC answer/u);
  await expect(client.callMany([call, call])).rejects.toThrow(/it is no JSON-RPC answer/u);
});

test("a batch in which an answer is missing is never read with the answers moved up", async () => {
  await using server = await localServer((request, response) => {
    const body = JSON.parse(request.body) as { id: number; params: unknown[] } | { id: number; params: unknown[] }[];
    const answerOf = ({ id, params }: { id: number; params: unknown[] }) => ({ jsonrpc: "2.0", id, result: params[0] });
    response.end(JSON.stringify(Array.isArray(body) ? body.slice(1).map(answerOf) : answerOf(body)));
  });
  const client = await createNodeClient({ url: server.url });
  const calls = [1, 2, 3].map((j) => ({ method: "eth_call", params: [j] }));
  expect(await client.callMany(calls)).toEqual([1, 2, 3]);
});

test("a node that takes no batches is asked one by one", async () => {
  await using server = await localServer((request, response) => {
    const body = JSON.parse(request.body) as { id: number; params: unknown[] } | unknown[];
    const answer = Array.isArray(body)
      ? { jsonrpc: "2.0", id: null, error: { code: -32600, message: "no batches" } }
      : { jsonrpc: "2.0", id: body.id, result: body.params[0] };
    response.end(JSON.stringify(answer));
  });
  const client = await createNodeClient({ url: server.url });
  const calls = [1, 2, 3].map((j) => ({ method: "eth_call", params: [j] }));
  expect(await client.callMany(calls)).toEqual([1, 2, 3]);
});

test("user, password, path and query are sent and never shown", async () => {
  await using node = await fakeNode(() => ({
    error: { code: -1, message: `bad key s3cret at ${node.url}/v3/k3y?t=t0ken` },
  }));
  const url = `${node.url.replace("http://", "http://user:s3cret@")}/v3/k3y?t=t0ken`;
  const client = await createNodeClient({ url });
  const error = await client.call("eth_chainId", []).catch((thrown: unknown) => thrown as Error);
  expect(node.authorizations).toEqual([`Basic ${Buffer.from("user:s3cret").toString("base64")}`]);
  expect(node.requests).toEqual(["POST /v3/k3y?t=t0ken"]);
  expect(client.url).toBe(`${node.url}/…`);
  const everything = JSON.stringify([error, (error as Error).message, (error as Error).stack, (error as Error).cause]);
  expect(everything).not.toMatch(/s3cret|k3y|t0ken/u);
});

test("a node that is not there is said to be so at once", async () => {
  const { url } = await (async () => {
    await using server = await localServer((_request, response) => response.end());
    return { url: server.url };
  })();
  const { pauses, pause } = noPauses();
  const client = await createNodeClient({ url, pause });
  await expect(client.call("eth_chainId", [])).rejects.toThrow(
    /The node gives no answer to eth_chainId: the connection is refused \(http:/u,
  );
  expect(pauses).toEqual([]);
});

test("a web page, a longer answer than allowed, a status: each is an error that says so", async () => {
  await using page = await localServer((_request, response) => response.end("<html>hello</html>"));
  const plain = await createNodeClient({ url: page.url });
  await expect(plain.call("eth_chainId", [])).rejects.toThrow(EthereumNonsenseError);
  await expect(plain.call("eth_chainId", [])).rejects.toThrow(/nonsense to eth_chainId: it is no JSON \(/u);
  await using node = await fakeNode(() => ({ result: "x".repeat(5000) }));
  const small = await createNodeClient({ url: node.url, responseBytesMax: 1000 });
  await expect(small.call("eth_chainId", [])).rejects.toThrow(/it is longer than allowed/u);
  await using closed = await fakeNode(() => ({ status: 403 }));
  const client = await createNodeClient({ url: closed.url });
  await expect(client.call("eth_chainId", [])).rejects.toThrow(EthereumNodeError);
  await expect(client.call("eth_chainId", [])).rejects.toThrow(/it answers with status 403/u);
});

test("an aborted reading ends with the reason it was given", async () => {
  const controller = new AbortController();
  await using node = await fakeNode(() => ({ status: 503 }));
  const client = await createNodeClient({
    url: node.url,
    signal: controller.signal,
    pause: async () => controller.abort(new RangeError("enough")),
  });
  await expect(client.call("eth_chainId", [])).rejects.toThrow(/enough/u);
});

test.each(["nonsense", "ftp://host/", "http://us%er:p%w@host/"])(
  "%s is no URL of a node, and is not shown",
  async (url) => {
    const refused = createNodeClient({ url });
    await expect(refused).rejects.toThrow(EthereumUrlError);
    await expect(refused).rejects.not.toThrow(/nonsense|us%er|p%w/u);
  },
);
