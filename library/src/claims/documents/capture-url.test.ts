import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from "node:http";
import { type AddressInfo, createServer as createRawServer, type Server } from "node:net";
import { brotliCompressSync, deflateRawSync, gzipSync } from "node:zlib";
import { afterEach, describe, expect, test } from "vitest";
import { UrlAnswerError, UrlLimitError, UrlRefusedError } from "../../errors/claims.ts";
import { type CaptureOptions, captureUrl } from "./capture-url.ts";
import { readDocument } from "./read-document.ts";

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function listen(server: Server): Promise<number> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

/** A server on this machine, and what was asked of it. */
async function serve(answer: RequestListener): Promise<{ at: string; port: number; asked: IncomingMessage[] }> {
  const asked: IncomingMessage[] = [];
  const port = await listen(
    createServer((request, response) => {
      asked.push(request);
      answer(request, response);
    }),
  );
  return { at: `http://127.0.0.1:${port}`, port, asked };
}

const redirectTo = (location: string) => (_: IncomingMessage, response: ServerResponse) => {
  response.writeHead(302, { Location: location }).end();
};

const now = () => "2021-03-05T00:00:00Z";
const capture = (url: string, more: Partial<CaptureOptions> = {}) =>
  captureUrl(url, { now, allowLoopback: true, ...more });

const page =
  "<html><body><h1>Bank robbed</h1><p>The bank denied on Thursday that it had been robbed.</p></body></html>";

test("a page is kept with its request and response, and is read as a document", async () => {
  const { at, asked } = await serve((request, response) => {
    if (request.url === "/old") redirectTo("/new?x=1#part")(request, response);
    else response.writeHead(200, { "Content-Type": "text/html; charset=utf-8", "X-One": "1" }).end(page);
  });
  const captured = await capture(`${at}/old`);
  expect(captured).toMatchObject({
    requestedUrl: `${at}/old`,
    url: `${at}/new?x=1`,
    address: "127.0.0.1",
    capturedAt: now(),
    mediaType: "text/html; charset=utf-8",
  });
  const warc = Buffer.from(captured.warc).toString();
  expect(warc.match(/^WARC-Type: .*$/gmu)).toEqual(
    ["response", "request", "response", "request"].map((type) => `WARC-Type: ${type}`),
  );
  expect(warc).toContain("HTTP/1.1 302 Found\r\nLocation: /new?x=1#part\r\n");
  expect(warc).toContain("GET /new?x=1 HTTP/1.1\r\nHost: 127.0.0.1:");
  expect(warc).toContain("X-One: 1");
  expect(warc).toContain(page);
  expect(asked.length).toBe(2);
  const document = await readDocument(captured.bytes, {
    name: captured.url,
    mediaType: captured.mediaType ?? undefined,
    capturedAt: captured.capturedAt,
  });
  expect(document).toMatchObject({ sha256: captured.sha256, title: "Bank robbed" });
});

describe("addresses that are not fetched", () => {
  test.each([
    ["file:///etc/passwd", "file:"],
    ["ftp://news.example/a", "ftp:"],
    ["data:text/html,x", "data:"],
    ["no url", "no URL"],
    ["http://ada:secret@news.example/", "password"],
    ["http://10.0.0.1/", "private"],
    ["http://2130706433/", "127.0.0.1"],
    ["http://0x7f.1/", "127.0.0.1"],
    ["http://[::1]/", "this machine"],
    ["http://[::ffff:127.0.0.1]/", "IPv4 address written as IPv6"],
    ["http://[64:ff9b::a00:1]/", "NAT64"],
    ["http://169.254.169.254/latest/meta-data", "link-local"],
    ["http://8.8.8.8:25/", "port 25"],
  ])("%s", async (url, why) => {
    const failed = captureUrl(url, { now });
    await expect(failed).rejects.toThrow(UrlRefusedError);
    await expect(failed).rejects.toThrow(why);
    await expect(failed).rejects.not.toThrow("secret");
  });

  test("a server on this machine, unless code allows it", async () => {
    const { at, asked } = await serve((_, response) => response.end("x"));
    await expect(captureUrl(`${at}/`, { now })).rejects.toThrow(UrlRefusedError);
    expect(asked.length).toBe(0);
  });

  test.each([
    "http://10.0.0.1/",
    "http://192.168.1.1/admin",
    "http://169.254.169.254/",
    "http://[fd00::1]/",
    "http://[::ffff:10.0.0.1]/",
    "//172.16.0.1/",
    "file:///etc/passwd",
    "javascript:alert(1)",
    "http://ada:secret@8.8.8.8/",
  ])("a redirect to %s", async (location) => {
    const { at, asked } = await serve(redirectTo(location));
    await expect(capture(`${at}/`)).rejects.toThrow(UrlRefusedError);
    expect(asked.length).toBe(1);
  });

  test("a name that means a private address, and one of whose addresses is private", async () => {
    for (const addresses of [["10.0.0.1"], ["8.8.8.8", "192.168.0.1"], ["fe80::1"], ["::ffff:169.254.169.254"]]) {
      const resolve = async () => addresses;
      await expect(captureUrl("http://news.example/", { now, resolve })).rejects.toThrow(UrlRefusedError);
    }
  });

  test("a redirect to a name that means a private address", async () => {
    const { at } = await serve(redirectTo("http://inside.example/"));
    await expect(capture(`${at}/`, { resolve: async () => ["10.9.9.9"] })).rejects.toThrow(/10\.9\.9\.9.*private/u);
  });
});

test("the connection goes to the address that was checked, and the name is looked up once", async () => {
  const { port, asked } = await serve((_, response) => response.end("hello to you all"));
  let lookUps = 0;
  // The second answer is the one that an attacker wants to be used.
  const resolve = async () => (lookUps++ === 0 ? ["127.0.0.1"] : ["10.0.0.1"]);
  const captured = await capture(`http://rebind.example:${port}/`, { resolve });
  expect(captured.address).toBe("127.0.0.1");
  expect(lookUps).toBe(1);
  expect(asked[0]?.headers.host).toBe(`rebind.example:${port}`);
});

test("the check of the checks: without it the inner server is reached", async () => {
  const inner = await serve((_, response) => response.end("the inner secret"));
  const outer = await serve(redirectTo(`${inner.at}/`));
  expect(Buffer.from((await capture(`${outer.at}/`)).bytes).toString()).toBe("the inner secret");
});

describe("limits", () => {
  test.each([
    ["gzip", gzipSync(page)],
    ["br", brotliCompressSync(page)],
    ["deflate", deflateRawSync(page)],
  ])("%s is unpacked", async (encoding, body) => {
    const { at } = await serve((_, response) => response.writeHead(200, { "Content-Encoding": encoding }).end(body));
    expect(Buffer.from((await capture(at)).bytes).toString()).toBe(page);
  });

  test("an answer that unpacks to more", async () => {
    const { at } = await serve((_, response) =>
      response.writeHead(200, { "Content-Encoding": "gzip" }).end(gzipSync(Buffer.alloc(1_000_000))),
    );
    await expect(capture(at, { limits: { decodedBytesMax: 10_000 } })).rejects.toThrow(/decodedBytesMax/u);
  });

  test("an answer that goes on", async () => {
    const { at } = await serve((_, response) => {
      const more = () => {
        while (response.write(Buffer.alloc(10_000, "x")));
      };
      response.on("drain", more);
      more();
    });
    await expect(capture(at, { limits: { bytesMax: 100_000 } })).rejects.toThrow(/bytesMax/u);
  });

  test("headers that go on", async () => {
    const { at } = await serve((_, response) => response.writeHead(200, { "X-Long": "x".repeat(9_000) }).end());
    await expect(capture(at, { limits: { headerBytesMax: 4_000 } })).rejects.toThrow(/headerBytesMax/u);
  });

  test("redirects in a circle", async () => {
    const { at, asked } = await serve(redirectTo("/"));
    await expect(capture(at)).rejects.toThrow(/redirectsMax/u);
    expect(asked.length).toBe(6);
  });

  test("a server that never answers, and a name server that never does", async () => {
    const port = await listen(createRawServer(() => {}));
    const limits = { millisecondsMax: 50 };
    await expect(capture(`http://127.0.0.1:${port}/`, { limits })).rejects.toThrow(/millisecondsMax/u);
    const resolve = () => new Promise<string[]>(() => {});
    await expect(capture("http://slow.example/", { limits, resolve })).rejects.toThrow(UrlLimitError);
  });
});

describe("no document", () => {
  test("a dead address", async () => {
    const port = await listen(createRawServer());
    servers.pop()?.close();
    await expect(capture(`http://127.0.0.1:${port}/`)).rejects.toThrow(/refuses the connection/u);
    const resolve = async () => Promise.reject(new Error("ENOTFOUND"));
    await expect(capture("http://gone.example/", { resolve })).rejects.toThrow(/gone\.example is not known/u);
  });

  test.each([404, 410, 500, 204])("status %s", async (status) => {
    const { at } = await serve((_, response) => response.writeHead(status).end());
    await expect(capture(at)).rejects.toThrow(new RegExp(`answers ${status}`, "u"));
    await expect(capture(at)).rejects.toThrow(UrlAnswerError);
  });

  test("what is not HTTP, what breaks off, what is packed in a way that is not known or is damaged", async () => {
    const raw = await listen(createRawServer((socket) => socket.end("SSH-2.0-x\r\n")));
    await expect(capture(`http://127.0.0.1:${raw}/`)).rejects.toThrow(UrlAnswerError);
    const cut = await listen(
      createRawServer((socket) => socket.end("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc")),
    );
    await expect(capture(`http://127.0.0.1:${cut}/`)).rejects.toThrow(UrlAnswerError);
    for (const encoding of ["x-unknown", "gzip", "gzip, gzip, gzip"]) {
      const { at } = await serve((_, response) => response.writeHead(200, { "Content-Encoding": encoding }).end("x"));
      await expect(capture(at)).rejects.toThrow(UrlAnswerError);
    }
  });
});
