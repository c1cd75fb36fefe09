import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { HttpNonsenseError, HttpTimeoutError, HttpTooLargeError, WrongChainError } from "../errors/bitcoin-sources.ts";
import { transactionId } from "./encode-transaction.ts";
import { esploraServer, type PlayedChain, type PlayedTransaction } from "./esplora-server.fixture.ts";
import { type EsploraTrailRequest, fetchEsploraTrail } from "./esplora-source.ts";
import { addressOf, payment } from "./explorer-json.fixture.ts";
import { networks } from "./networks.ts";
import { stillClock } from "./still-clock.fixture.ts";

const cacheFolder = mkdtempSync(join(tmpdir(), "spoor-esplora-"));
afterAll(() => rmSync(cacheFolder, { recursive: true }));

// Owner 1 is robbed by 2, who splits to 3 and 4; 3 pays 5 and 6; 4 keeps; 5 and a bystander pay 7 together.
const mined = payment([], [[1, 1000]]);
const clean = payment(
  [`${"ee".repeat(32)}:0`],
  [
    [8, 300],
    [9, 50],
  ],
);
const coin = (transaction: typeof mined, vout = 0) => `${transactionId(transaction)}:${vout}`;
const theft = payment([coin(mined)], [[2, 990]]);
const split = payment(
  [coin(theft)],
  [
    [3, 600],
    [4, 380],
  ],
);
const pay = payment(
  [coin(split)],
  [
    [5, 350],
    [6, 240],
  ],
);
const merge = payment([coin(pay), coin(clean)], [[7, 640]]);
const [idMined, idClean, idTheft, idSplit, idPay, idMerge] = [mined, clean, theft, split, pay, merge].map(
  transactionId,
);

const chain = (): PlayedChain => ({
  transactions: [mined, clean, theft, split, pay, merge].map((transaction, j) => ({ transaction, height: 100 + j })),
  tip: 200,
});
const ask = (url: string, more: Partial<EsploraTrailRequest>) =>
  fetchEsploraTrail({ url, network: networks.mainnet, direction: "forward", clock: stillClock(5000), ...more });
const idsOf = (trail: Awaited<ReturnType<typeof ask>>) => trail.transactions.map(({ txid }) => txid);

test("forward from a transaction: everything its coins reached, nearest first, with what is unspent", async () => {
  await using server = await esploraServer(chain());
  const trail = await ask(server.url, { txids: [idTheft!] });
  expect(idsOf(trail)).toEqual([idTheft, idSplit, idPay, idMerge]);
  expect(trail).toMatchObject({ skipped: [], notFetched: [], asOf: 5000, fromCache: 0, tip: { height: 200 } });
  expect(trail.requests).toBe(3 + 2 * 4);
  const [, splitTold, payTold, mergeTold] = trail.transactions;
  expect(splitTold!.outputs.map(({ spent }) => spent)).toEqual([
    { is: true, by: idPay },
    { is: false, by: null },
  ]);
  expect(payTold!.outputs[0]!.spent).toEqual({ is: true, by: idMerge });
  // Clean money comes in by a coin whose maker was not asked for: its value is known all the same.
  expect(mergeTold!.inputs.map(({ coin: name, value }) => [name, value])).toEqual([
    [coin(pay), 350n],
    [coin(clean), 300n],
  ]);
  expect(splitTold!.source.name).toBe(`${server.url}/tx/${idSplit}`);
});

test("backward from a transaction: all that its coins came from, to where they were mined", async () => {
  const { transactions, ...rest } = chain();
  await using server = await esploraServer({ ...rest, transactions });
  const trail = await ask(server.url, { txids: [idMerge!], direction: "backward" });
  expect(idsOf(trail)).toEqual([idMerge, idPay, idClean, idSplit, idTheft, idMined]);
  // The coin that `clean` spends has a maker that the server does not know.
  expect(trail.skipped).toEqual([
    { file: `${server.url}/tx/${"ee".repeat(32)}`, offset: null, reason: expect.stringMatching(/does not know it$/u) },
  ]);
  expect(server.requests.filter((path) => path.endsWith("outspends"))).toEqual([]);
});

test("from an address: its own coins are followed, page by page, not the others of who paid it", async () => {
  const many: PlayedTransaction[] = Array.from({ length: 7 }, (_, j) => ({
    transaction: payment(
      [`${(j + 1).toString(16).padStart(64, "0")}:0`],
      [
        [2, 10 + j],
        [60 + j, 5],
      ],
    ),
    height: j === 6 ? undefined : 110 + j,
  }));
  const elsewhere = payment([coin(many[3]!.transaction, 1)], [[70, 4]]);
  const played = chain();
  played.transactions.push(...many, { transaction: elsewhere, height: 130 });
  await using server = await esploraServer({ ...played, pageSize: 3 });
  const trail = await ask(server.url, { addresses: [addressOf(2)] });
  const ids = idsOf(trail);
  expect(ids.toSorted()).toEqual(
    [theft, split, pay, merge, ...many.map(({ transaction }) => transaction)].map(transactionId).toSorted(),
  );
  expect(ids).not.toContain(transactionId(elsewhere));
  expect(server.requests.filter((path) => path.includes("/txs"))).toHaveLength(4);
  const bounded = await ask(server.url, { addresses: [addressOf(2)], addressPagesMax: 1 });
  expect(bounded.notFetched).toEqual([{ bound: "addressPagesMax", name: addressOf(2) }]);
  // The spender is on the first page too: told without its spends first, followed with them afterwards.
  const spenderFirst = await ask(server.url, { addresses: [addressOf(3)] });
  expect(idsOf(spenderFirst)).toEqual([idPay, idSplit, idMerge]);
  expect(spenderFirst.transactions[0]!.outputs.map(({ spent }) => spent?.is)).toEqual([true, false]);
});

test("bounds cut what is farthest, and name it; stops end a branch without a word", async () => {
  await using server = await esploraServer(chain());
  const bounded = await ask(server.url, { txids: [idTheft!], transactionsMax: 3 });
  expect(idsOf(bounded)).toEqual([idTheft, idSplit, idPay]);
  expect(bounded.notFetched).toEqual([{ bound: "transactionsMax", name: idMerge }]);
  const narrow = await ask(server.url, { txids: [idMerge!], direction: "backward", branchesMax: 1 });
  expect(idsOf(narrow)).toEqual([idMerge]);
  expect(narrow.notFetched).toEqual([{ bound: "branchesMax", name: idMerge }]);
  const stopped = await ask(server.url, { txids: [idTheft!], stops: { addresses: [addressOf(3)] } });
  expect(idsOf(stopped)).toEqual([idTheft, idSplit]);
  expect(stopped.notFetched).toEqual([]);
  expect(stopped.transactions[1]!.outputs[0]!.spent).toEqual({ is: true, by: idPay });
  const early = await ask(server.url, { txids: [idTheft!], stops: { height: 103 } });
  expect(idsOf(early)).toEqual([idTheft, idSplit, idPay]);
});

test("what is settled is not asked for again; what can change is", async () => {
  const played = chain();
  await using server = await esploraServer(played);
  const first = await ask(server.url, { txids: [idTheft!], cacheFolder });
  const { txid, source } = first.transactions[2]!;
  const body = join(cacheFolder, "bodies", source.sha256.slice(0, 2), source.sha256);
  expect(createHash("sha256").update(readFileSync(body)).digest("hex")).toBe(source.sha256);
  expect(JSON.parse(readFileSync(body, "utf8")).txid).toBe(txid);
  const bodies = readdirSync(join(cacheFolder, "bodies"), { recursive: true });
  expect(bodies.filter((name) => String(name).length > 70)).toEqual([]);
  server.requests.length = 0;
  const again = await ask(server.url, { txids: [idTheft!], cacheFolder });
  expect(again.transactions).toEqual(first.transactions);
  expect(server.requests).toEqual(
    [
      "/block-height/0",
      "/blocks/tip/height",
      "/block-height/200",
      `/tx/${idSplit}/outspends`,
      `/tx/${idPay}/outspends`,
      `/tx/${idMerge}/outspends`,
    ].map((path) => `GET ${path}`),
  );
  // A coin that was unspent is spent now, in a block that may still be reorganised away.
  const late = payment([coin(split, 1)], [[9, 370]]);
  played.transactions.push({ transaction: late, height: 199 });
  const grown = await ask(server.url, { txids: [idTheft!], cacheFolder });
  expect(idsOf(grown)).toContain(transactionId(late));
  server.requests.length = 0;
  await ask(server.url, { txids: [transactionId(late)], cacheFolder });
  expect(server.requests).toContain(`GET /tx/${transactionId(late)}`);
  // A damaged body is as good as none.
  const other = first.transactions[1]!.source.sha256;
  writeFileSync(body, readFileSync(join(cacheFolder, "bodies", other.slice(0, 2), other)));
  expect((await ask(server.url, { txids: [idTheft!], cacheFolder })).transactions[2]!.txid).toBe(txid);
});

test("a server that is overloaded is waited for, as long as it asks", async () => {
  const wishes: [number, string | null][] = [
    [429, "3"],
    [500, null],
    [502, null],
  ];
  const mood: PlayedChain["mood"] = (path, response) => {
    const wish = path === `/tx/${idTheft}` ? wishes.shift() : undefined;
    if (wish !== undefined) response.writeHead(wish[0], wish[1] === null ? {} : { "retry-after": wish[1] }).end("busy");
    return wish !== undefined;
  };
  await using server = await esploraServer({ ...chain(), mood });
  const clock = stillClock();
  const limits = { requestsPerSecond: Number.POSITIVE_INFINITY };
  const trail = await ask(server.url, { txids: [idTheft!], clock, limits });
  expect(trail.transactions).toHaveLength(4);
  expect(clock.slept).toEqual([3000, 1000, 2000]);
});

test("requests keep the rate that public servers ask for", async () => {
  await using server = await esploraServer(chain());
  const clock = stillClock();
  const { requests } = await ask(server.url, { txids: [idTheft!], clock });
  expect(clock.now()).toBeGreaterThanOrEqual((requests - 1) * 250);
  const faster = stillClock();
  await ask(server.url, { txids: [idTheft!], clock: faster, limits: { requestsPerSecond: 40 } });
  expect(faster.now()).toBe((requests - 1) * 25);
});

test("a server that is silent, too generous or no Esplora is told as what it is", async () => {
  const clock = stillClock();
  const answers = (mood: PlayedChain["mood"]) => esploraServer({ ...chain(), ...(mood && { mood }) });
  const limits = { retriesMax: 1, responseBytesMax: 1000 };
  await using silent = await answers((path) => {
    if (path.startsWith("/tx/")) setImmediate(() => clock.elapse());
    return path.startsWith("/tx/");
  });
  await expect(ask(silent.url, { txids: [idTheft!], clock, limits })).rejects.toBeInstanceOf(HttpTimeoutError);
  await using huge = await answers((path, response) => {
    if (path.startsWith("/tx/")) response.end("x".repeat(5000));
    return path.startsWith("/tx/");
  });
  await expect(ask(huge.url, { txids: [idTheft!], limits })).rejects.toBeInstanceOf(HttpTooLargeError);
  await using page = await answers((_path, response) => {
    response.end("<!doctype html><title>Welcome</title>");
    return true;
  });
  const error = await ask(page.url.replace("//", "//al:s3cret@"), { txids: [idTheft!] }).catch((e: unknown) => e);
  expect(error).toBeInstanceOf(HttpNonsenseError);
  expect(String(error)).toMatch(/answers nonsense: "<!doctype html>.*" is no answer to \/block-height\/0/u);
  expect(String(error) + JSON.stringify(error)).not.toContain("s3cret");
  await using other = await esploraServer({ ...chain(), genesis: networks.testnet.genesisHash });
  await expect(ask(other.url, { txids: [idTheft!] })).rejects.toBeInstanceOf(WrongChainError);
});

test("nonsense that was kept once does not stay", async () => {
  let sane = false;
  const mood: PlayedChain["mood"] = (path, response) => {
    if (!sane && path === `/tx/${idTheft}`) response.end("<html>maintenance</html>");
    return !sane && path === `/tx/${idTheft}`;
  };
  await using server = await esploraServer({ ...chain(), mood });
  await expect(ask(server.url, { txids: [idTheft!], cacheFolder })).rejects.toThrow(/"<html>maintenance.*is not JSON/u);
  sane = true;
  expect((await ask(server.url, { txids: [idTheft!], cacheFolder })).transactions).toHaveLength(4);
});

test("an unknown txid, or one that is none, is told before anything is fetched for it", async () => {
  await using server = await esploraServer(chain());
  const unknown = "ab".repeat(32);
  await expect(ask(server.url, { txids: [unknown] })).rejects.toThrow(`does not know the transaction ${unknown}`);
  await expect(ask(server.url, { txids: ["abc"] })).rejects.toThrow(/a txid has 64 hex digits/u);
  await expect(ask(server.url, { addresses: ["1abc"] })).rejects.toThrow(/not an address on mainnet/u);
});

test("one transaction that is told wrongly is set aside, and the rest of the trail stands", async () => {
  for (const wrong of ['{"txid":1}', "[]", JSON.stringify({ ...JSON.parse("{}"), vin: [], vout: [] }), "null"]) {
    const mood: PlayedChain["mood"] = (path, response) => {
      if (path === `/tx/${idPay}`) response.end(wrong);
      return path === `/tx/${idPay}`;
    };
    await using server = await esploraServer({ ...chain(), mood });
    const trail = await ask(server.url, { txids: [idTheft!] });
    expect(idsOf(trail)).toEqual([idTheft, idSplit]);
    expect(trail.skipped.map(({ file }) => file)).toEqual([`${server.url}/tx/${idPay}`]);
    // It is known to be spent all the same, and by what.
    expect(trail.transactions[1]!.outputs[0]!.spent).toEqual({ is: true, by: idPay });
  }
});

test("an aborted fetch ends with the reason", async () => {
  const abort = new AbortController();
  const mood: PlayedChain["mood"] = (path) => {
    if (path === `/tx/${idPay}`) abort.abort(new Error("enough"));
    return path === `/tx/${idPay}`;
  };
  await using server = await esploraServer({ ...chain(), mood });
  await expect(ask(server.url, { txids: [idTheft!], signal: abort.signal })).rejects.toThrow("enough");
});
