import { setTimeout as pauseFor } from "node:timers/promises";
import { EthereumNodeError, EthereumNonsenseError, EthereumRpcError, EthereumUrlError } from "../errors/ethereum.ts";

export interface NodeOptions {
  /** `http://USER:PASSWORD@HOST:PORT/PATH`; what may be a key (user, password, path, query) is never shown. */
  readonly url: string;
  /** A request is given up after so long: traces of a full block take a node a while. 120,000 by default. */
  readonly timeoutMs?: number;
  /** Repetitions after the first try, where the node is busy or broken. 6 by default. */
  readonly retriesMax?: number;
  /** The pause before the first repetition; each further one is twice as long, 30 s at most. 500 by default. */
  readonly retryDelayMs?: number;
  /** Longest answer that is read. 512 MB by default: traces of a crowded block are large. */
  readonly responseBytesMax?: number;
  /** Calls in one request; 1 for a node that takes no batches. 50 by default. */
  readonly callsPerRequest?: number;
  readonly signal?: AbortSignal | undefined;
  /** How to wait before a repetition; tests bring one that does not. */
  readonly pause?: (ms: number, signal: AbortSignal | undefined) => Promise<void>;
}

export interface NodeCall {
  readonly method: string;
  readonly params: readonly unknown[];
}

export interface NodeClient {
  /** As it may be shown. */
  readonly url: string;
  /** @throws EthereumRpcError where the node refuses; EthereumNodeError, EthereumNonsenseError; the signal's reason */
  call(method: string, params: readonly unknown[]): Promise<unknown>;
  /** All of them, in few requests; a refusal stands in its place. */
  callMany(calls: readonly NodeCall[]): Promise<unknown[]>;
}

const retryDelayMsMax = 30_000;
/** A node that asks to wait longer than this is not waited for. */
const retryAfterMsMax = 120_000;
/** EIP-1474 "limit exceeded", what several providers use beside it, and HTTP's "too many requests" as a code. */
const busyCodes = new Set([-32005, -32016, -32029, 429]);
const busyStatuses = new Set([408, 429, 500, 502, 503, 504]);

/**
 * Calls a node's JSON-RPC over HTTP, by viem's transport. Busy answers are repeated with growing pauses; a node that
 * never answered is more likely absent than busy, and said to be so at once.
 */
export async function createNodeClient(options: NodeOptions): Promise<NodeClient> {
  const address = splitUrl(options.url);
  // Loaded here, because it takes a fifth of a second that reading files should not pay.
  const { createClient, http } = await import("viem");
  const signal = options.signal;
  const shared = {
    retryCount: 0,
    timeout: options.timeoutMs ?? 120_000,
    maxResponseBodySize: options.responseBytesMax ?? 512 << 20,
    fetchOptions: { headers: address.headers, redirect: "error" as const },
    fetchFn: (input: string | URL | Request, init?: RequestInit) => fetch(input, withSignal(init, signal)),
  };
  const callsPerRequest = options.callsPerRequest ?? 50;
  const single = createClient({ transport: http(address.full, shared) });
  const batch = callsPerRequest > 1 ? { batchSize: callsPerRequest } : false;
  const fetchFn: typeof shared.fetchFn = async (input, init) =>
    withAllAnswers(await shared.fetchFn(input, init), init?.body, shared.maxResponseBodySize);
  const batched = createClient({ transport: http(address.full, { ...shared, batch, fetchFn }) });
  const pause = options.pause ?? ((ms, until) => pauseFor(ms, undefined, until === undefined ? {} : { signal: until }));
  const state = { answered: false };

  async function send(client: typeof single, { method, params }: NodeCall): Promise<unknown> {
    for (let attempt = 0; ; attempt++) {
      signal?.throwIfAborted();
      try {
        const result = await client.request({ method, params } as never, { retryCount: 0 });
        state.answered = true;
        if (result === undefined) throw new EthereumNonsenseError({ url: address.shown, method, why: noAnswerWhy });
        return result as unknown;
      } catch (error) {
        signal?.throwIfAborted();
        if (error instanceof EthereumNonsenseError) throw error;
        const failure = failureOf(error, address, method);
        const retriesMax = failure.waitMs === null ? 0 : (options.retriesMax ?? 6);
        const absent = failure.isConnection && !state.answered;
        if (!failure.isConnection) state.answered = true;
        if (absent || attempt >= retriesMax || failure.waitMs === null) throw failure.error;
        if (failure.waitMs > retryAfterMsMax) throw failure.error;
        const backoff = Math.min((options.retryDelayMs ?? 500) * 2 ** attempt, retryDelayMsMax);
        await pause(Math.max(failure.waitMs, backoff), signal);
      }
    }
  }

  return {
    url: address.shown,
    call: (method, params) => send(single, { method, params }),
    callMany: (calls) =>
      Promise.all(
        calls.map((call) =>
          send(batched, call)
            // A node that takes no batches answers them with nonsense.
            .catch((error: unknown) => {
              if (error instanceof EthereumNonsenseError && callsPerRequest > 1) return send(single, call);
              throw error;
            })
            .catch((error: unknown) => {
              if (error instanceof EthereumRpcError) return error;
              throw error;
            }),
        ),
      ),
  };
}

function withSignal(init: RequestInit | undefined, signal: AbortSignal | undefined): RequestInit {
  if (signal === undefined) return init ?? {};
  const own = init?.signal;
  return { ...init, signal: own === undefined || own === null ? signal : AbortSignal.any([own, signal]) };
}

const noAnswerWhy = "it is no JSON-RPC answer";

/**
 * viem puts the answers of a batch in order and takes the first for the first call. Where one is missing each would be
 * taken for another's: such an answer is made nonsense.
 */
async function withAllAnswers(response: Response, request: unknown, bytesMax: number): Promise<Response> {
  if (!response.ok || typeof request !== "string") return response;
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of response.body ?? []) {
    pieces.push(piece);
    size += piece.length;
    // Long enough for viem to refuse it.
    if (size > bytesMax) return new Response(Buffer.concat(pieces), response);
  }
  const body = Buffer.concat(pieces);
  const ids = (list: unknown) =>
    Array.isArray(list)
      ? list.map((one) => (one as { id?: unknown } | null)?.id).sort((a, b) => Number(a) - Number(b))
      : [];
  try {
    const asked = ids(JSON.parse(request));
    const answered = ids(JSON.parse(body.toString("utf8")));
    if (asked.length === answered.length && asked.every((id, j) => id === answered[j])) {
      return new Response(body, response);
    }
  } catch {
    return new Response(body, response);
  }
  return new Response("null", { status: response.status });
}

interface NodeAddress {
  readonly full: string;
  readonly shown: string;
  readonly headers: Record<string, string>;
  readonly secrets: readonly string[];
}

/** @throws EthereumUrlError, which shows nothing of the URL: any part of it may be a key */
function splitUrl(text: string): NodeAddress {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null) throw new EthereumUrlError({ why: "it is not a URL" });
  if (url.protocol !== "http:" && url.protocol !== "https:") {
    throw new EthereumUrlError({ why: `its protocol is ${url.protocol.slice(0, 20)} and not http or https` });
  }
  const { username, password } = url;
  let headers: Record<string, string> = {};
  try {
    const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
    if (pair !== ":") headers = { authorization: `Basic ${Buffer.from(pair).toString("base64")}` };
  } catch {
    throw new EthereumUrlError({ why: "its user or password has a % that begins no escape" });
  }
  url.username = "";
  url.password = "";
  const path = url.pathname + url.search;
  const secrets = [text, url.href, path.slice(1), password].filter((secret) => secret.length > 3);
  return { full: url.href, shown: url.origin + (path === "/" ? "" : "/…"), headers, secrets };
}

interface Failure {
  readonly error: Error;
  /** How long the node asks to be left alone; null where trying again makes no sense. */
  readonly waitMs: number | null;
  readonly isConnection: boolean;
}

/** viem's errors hold the URL and the request: only what they are is taken, never their message as a whole. */
function failureOf(error: unknown, { shown, secrets }: NodeAddress, method: string): Failure {
  const chain: Record<string, unknown>[] = [];
  for (let next = error; typeof next === "object" && next !== null && chain.length < 8; ) {
    chain.push(next as Record<string, unknown>);
    next = (next as { cause?: unknown }).cause;
  }
  const named = (name: string) => chain.find((one) => one.name === name);
  const hide = (text: string) => secrets.reduce((kept, secret) => kept.replaceAll(secret, "…"), text);
  const rpc = named("RpcRequestError");
  if (rpc !== undefined) {
    const rpcCode = typeof rpc.code === "number" ? rpc.code : 0;
    const rpcMessage = hide(oneLine(rpc.details ?? ""));
    const refusal = new EthereumRpcError({ url: shown, method, rpcCode, rpcMessage });
    const isBusy = busyCodes.has(rpcCode) || /too many requests|rate limit/iu.test(rpcMessage);
    return { error: refusal, waitMs: isBusy ? 0 : null, isConnection: false };
  }
  const noAnswer = (why: string) => new EthereumNodeError({ url: shown, method, why });
  if (named("ResponseBodyTooLargeError") !== undefined) {
    return { error: noAnswer("it is longer than allowed"), waitMs: null, isConnection: false };
  }
  if (named("TimeoutError") !== undefined) return { error: noAnswer("time is up"), waitMs: 0, isConnection: true };
  const nonsense = (why: string) => ({
    error: new EthereumNonsenseError({ url: shown, method, why }),
    waitMs: null,
    isConnection: false,
  });
  const request = named("HttpRequestError");
  const isNoJson = /is not valid JSON|JSON input/u.test(String(request?.details ?? request?.message ?? ""));
  if (isNoJson && request?.status === undefined) return nonsense("it is no JSON");
  if (request !== undefined && typeof request.status === "number") {
    const why = `it answers with status ${request.status}`;
    const headers = request.headers instanceof Headers ? request.headers : null;
    const waitMs = busyStatuses.has(request.status) ? 1000 * Number(headers?.get("retry-after") ?? 0) || 0 : null;
    return { error: noAnswer(why), waitMs, isConnection: false };
  }
  if (request !== undefined) {
    return { error: noAnswer(hide(connectionReason(chain))), waitMs: 0, isConnection: true };
  }
  // What viem makes of JSON that is no answer is a TypeError of its own.
  return nonsense(noAnswerWhy);
}

/** Undici wraps the reason: "fetch failed", caused by ECONNREFUSED. */
function connectionReason(chain: readonly Record<string, unknown>[]): string {
  const code = chain.map((one) => one.code).find((one) => typeof one === "string");
  if (code === "ECONNREFUSED") return "the connection is refused";
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") return "the host name has no address";
  if (code === "ECONNRESET" || code === "UND_ERR_SOCKET") return "the connection broke off";
  return oneLine(code ?? chain.at(-1)?.message ?? "the connection failed");
}

function oneLine(value: unknown): string {
  return String(value)
    .slice(0, 400)
    .replace(/[\p{C}\s]+/gu, " ")
    .trim();
}
