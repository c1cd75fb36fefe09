import { expect, test } from "vitest";
import {
  HttpStatusError,
  HttpTimeoutError,
  HttpTooLargeError,
  HttpUnreachableError,
  UrlSyntaxError,
} from "../errors/bitcoin-sources.ts";
import { createHttpClient, splitUrl } from "./http-client.ts";
import { localServer } from "./local-server.fixture.ts";
import { stillClock } from "./still-clock.fixture.ts";

const text = (body: Uint8Array) => Buffer.from(body).toString();

test("a server that fails twice is asked a third time, after pauses that double", async () => {
  let failures = 2;
  await using server = await localServer((_request, response) => {
    response.statusCode = failures-- > 0 ? 500 : 200;
    response.end("ok");
  });
  const clock = stillClock();
  const client = createHttpClient({ url: server.url, clock, limits: { backoffMs: 100 } });
  expect(text((await client.request({ path: "/a" })).body)).toBe("ok");
  expect(clock.slept).toEqual([100, 200]);
  expect(client.requests).toBe(3);
});

test("after the last try the error says status, tries and URL", async () => {
  await using server = await localServer((_request, response) => {
    response.statusCode = 503;
    response.end("<h1>Down\u0007 for\nmaintenance</h1>");
  });
  const clock = stillClock();
  const client = createHttpClient({ url: server.url, clock, limits: { retriesMax: 3, backoffMsMax: 800 } });
  const error = await client.request({ path: "/x" }).catch((e: unknown) => e);
  expect(error).toBeInstanceOf(HttpStatusError);
  expect((error as Error).message).toBe(
    `The server answers with status 503 "<h1>Down for maintenance</h1>", tried 4 times (${server.url}/x). ` +
      "The server is overloaded or broken: try again later, or look into its log.",
  );
  expect(clock.slept).toEqual([500, 800, 800]);
});

test("Retry-After is honoured as seconds and as a date, and a server that wants too much is left", async () => {
  const wishes = ["7", new Date(60_000).toUTCString(), "900"];
  await using server = await localServer((_request, response) => {
    response.writeHead(429, { "retry-after": wishes.shift() ?? "1" }).end();
  });
  const clock = stillClock();
  const client = createHttpClient({ url: server.url, clock });
  await expect(client.request({ path: "/" })).rejects.toThrow(/status 429, tried 3 times.*Ask more slowly/u);
  // The date is a minute after the clock's zero; seven seconds of it have passed.
  expect(clock.slept).toEqual([7000, 53_000]);
});

test("requests start no closer together than the rate allows", async () => {
  await using server = await localServer((_request, response) => response.end("1"));
  const clock = stillClock(10_000);
  const client = createHttpClient({ url: server.url, clock, limits: { requestsPerSecond: 4 } });
  for (let j = 0; j < 3; j++) await client.request({ path: "/" });
  expect(clock.slept).toEqual([250, 250]);
});

test("a server that stays silent, before or inside its answer, is given up", async () => {
  const clock = stillClock();
  await using server = await localServer((request, response) => {
    if (request.url === "/half") response.write("half");
    setImmediate(() => clock.elapse());
  });
  const client = createHttpClient({ url: server.url, clock, limits: { retriesMax: 4, timeoutMs: 1234 } });
  for (const path of ["/none", "/half"]) {
    const error = await client.request({ path }).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(HttpTimeoutError);
    expect((error as Error).message).toContain("No byte came for 1234 ms, tried 2 times");
  }
});

test("a body beyond the limit is not read, whether announced or not", async () => {
  await using server = await localServer((request, response) => {
    if (request.url === "/announced") response.writeHead(200, { "content-length": 2000 });
    for (let j = 0; j < 200; j++) response.write("0123456789");
    response.end();
  });
  const client = createHttpClient({ url: server.url, limits: { responseBytesMax: 1999 } });
  await expect(client.request({ path: "/announced" })).rejects.toBeInstanceOf(HttpTooLargeError);
  await expect(client.request({ path: "/streamed" })).rejects.toThrow(/larger than 1999 bytes/u);
  const patient = createHttpClient({ url: server.url, limits: { responseBytesMax: 2000 } });
  expect((await patient.request({ path: "/streamed" })).body).toHaveLength(2000);
});

test("a server that is down is told at once; one that went down is tried again", async () => {
  const clock = stillClock();
  const server = await localServer((_request, response) => response.end("1"));
  const client = createHttpClient({ url: server.url, clock, limits: { retriesMax: 2 } });
  await client.request({ path: "/" });
  await server[Symbol.asyncDispose]();
  const fresh = createHttpClient({ url: server.url, clock });
  const error = await fresh.request({ path: "/" }).catch((e: unknown) => e);
  expect(error).toBeInstanceOf(HttpUnreachableError);
  expect((error as Error).message).toContain("the connection is refused, tried once");
  expect(clock.slept).toEqual([]);
  await expect(client.request({ path: "/" })).rejects.toThrow(/tried 3 times/u);
  expect(clock.slept).toEqual([500, 1000]);
});

test("an aborted signal ends a request and a pause with its reason", async () => {
  const abort = new AbortController();
  const reason = new Error("the user left");
  await using server = await localServer((request, response) => {
    if (request.url === "/hang") abort.abort(reason);
    else response.end();
  });
  const client = createHttpClient({ url: server.url, signal: abort.signal });
  await expect(client.request({ path: "/hang" })).rejects.toBe(reason);
  await expect(client.request({ path: "/again" })).rejects.toBe(reason);
  expect(server.requests).toEqual(["GET /hang"]);
});

test("a redirect is not followed with credentials", async () => {
  await using server = await localServer((request, response) => {
    if (request.url === "/here") response.writeHead(302, { location: "/there" }).end();
    else response.end("there");
  });
  const client = createHttpClient({ url: server.url });
  expect(text((await client.request({ path: "/here" })).body)).toBe("there");
  await expect(client.request({ path: "/here", headers: { authorization: "Basic eA==" } })).rejects.toThrow(/302/u);
});

test("credentials leave the URL, and no message shows them", () => {
  expect(splitUrl("http://al:p%40ss@host:8332/")).toEqual({ url: "http://host:8332", user: "al", password: "p@ss" });
  expect(splitUrl("https://explorer.example/api/")).toEqual({
    url: "https://explorer.example/api",
    user: null,
    password: "",
  });
  for (const wrong of [
    "al:s3cret@host",
    "http://al:s3/cret@host",
    "http://al:s3%cret@host",
    "ftp://al:s3cret@host",
    "http://al:s3cret",
    "http://al:s3cret/",
    "host",
  ]) {
    expect(() => splitUrl(wrong)).toThrow(UrlSyntaxError);
    expect(() => splitUrl(wrong)).not.toThrow(/s3/u);
  }
  expect(() => splitUrl("http://host:70000/x")).toThrow('"http://host:70000/x" is not');
});
