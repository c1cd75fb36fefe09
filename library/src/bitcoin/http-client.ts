import {
  HttpStatusError,
  HttpTimeoutError,
  HttpTooLargeError,
  HttpUnreachableError,
  UrlSyntaxError,
} from "../errors/bitcoin-sources.ts";
import { type Clock, systemClock } from "./clock.ts";

/** The bounds of talking to one server. */
export interface HttpLimits {
  /** A request is given up when no byte came for so long. */
  readonly timeoutMs: number;
  /** Longest body that is read. */
  readonly responseBytesMax: number;
  /** How often a request is repeated after the first try; once at most where the server stayed silent. */
  readonly retriesMax: number;
  /** The pause before the first repetition; each further one is twice as long, up to `backoffMsMax`. */
  readonly backoffMs: number;
  readonly backoffMsMax: number;
  /** A server that asks to wait longer than this is not waited for. */
  readonly retryAfterMsMax: number;
  /** Requests are started no closer together than this allows; Infinity where the server needs no sparing. */
  readonly requestsPerSecond: number;
}

export const httpLimitsDefault: HttpLimits = {
  timeoutMs: 30_000,
  responseBytesMax: 64 << 20,
  retriesMax: 5,
  backoffMs: 500,
  backoffMsMax: 30_000,
  retryAfterMsMax: 120_000,
  requestsPerSecond: Number.POSITIVE_INFINITY,
};

export interface HttpRequest {
  /** Put behind the client's URL: `/tx/…`. */
  readonly path: string;
  /** Sent by POST; a request without it is a GET. */
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** What to do with an answer; by default 2xx is taken, 429 and 5xx are retried, the rest is refused. */
  readonly judge?: (status: number, body: Uint8Array) => Verdict;
}

export type Verdict = "take" | "retry" | "refuse";

export interface HttpAnswer {
  /** Without credentials. */
  readonly url: string;
  readonly status: number;
  readonly body: Uint8Array;
}

export interface HttpClient {
  /** Without credentials. */
  readonly url: string;
  /** Requests sent so far, repetitions included. */
  readonly requests: number;
  /**
   * @throws HttpUnreachableError, HttpTimeoutError, HttpStatusError, HttpTooLargeError; the signal's reason where it
   * was aborted
   */
  request(request: HttpRequest): Promise<HttpAnswer>;
}

export interface HttpClientOptions {
  /** The base of all requests, without credentials ({@link splitUrl}). */
  readonly url: string;
  readonly limits?: Partial<HttpLimits>;
  readonly clock?: Clock;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Takes user and password out of an HTTP URL, and the slash off its end.
 * @throws UrlSyntaxError, which shows nothing that may be a password
 */
export function splitUrl(text: string): { url: string; user: string | null; password: string } {
  let parsed: URL | null = null;
  let user = "";
  let password = "";
  try {
    const url = new URL(text);
    user = decodeURIComponent(url.username);
    password = decodeURIComponent(url.password);
    parsed = url;
  } catch {
    // Refused below.
  }
  if (parsed === null || (parsed.protocol !== "http:" && parsed.protocol !== "https:")) {
    throw new UrlSyntaxError({ url: withoutSecrets(text).slice(0, 200) });
  }
  parsed.username = "";
  parsed.password = "";
  parsed.hash = "";
  return { url: parsed.href.replace(/\/+$/u, ""), user: user === "" ? null : user, password };
}

/** What may be shown of a text that is no URL: nothing before an `@`, nor what stands for a port and is none. */
function withoutSecrets(text: string): string {
  return text.slice(text.lastIndexOf("@") + 1).replace(/^([^:]*:\/\/[^:/?#]*):(?!\d+(?:[/?#]|$)).*$/su, "$1:…");
}

type Outcome =
  | { readonly kind: "answer"; readonly answer: HttpAnswer; readonly retryAfter: string | null }
  | { readonly kind: "timeout" }
  | { readonly kind: "failed"; readonly why: string; readonly cause: unknown };

export function createHttpClient(options: HttpClientOptions): HttpClient {
  const limits = { ...httpLimitsDefault, ...options.limits };
  const clock = options.clock ?? systemClock;
  const intervalMs = 1000 / limits.requestsPerSecond;
  let nextStart = 0;
  let requests = 0;
  let answeredOnce = false;

  async function waitForTurn(): Promise<void> {
    if (intervalMs === 0) return;
    const now = clock.now();
    const start = Math.max(now, nextStart);
    nextStart = start + intervalMs;
    if (start > now) await clock.sleep(start - now, options.signal);
  }

  /** What is thrown when there is no further try. */
  function failure(outcome: Outcome, url: string, attempts: number): Error {
    if (outcome.kind === "timeout") return new HttpTimeoutError({ url, timeoutMs: limits.timeoutMs, attempts });
    if (outcome.kind === "failed") return new HttpUnreachableError({ url, why: outcome.why, attempts }, outcome.cause);
    const { status, body } = outcome.answer;
    return new HttpStatusError({ url, status, attempts, body: excerpt(body) });
  }

  async function request(wanted: HttpRequest): Promise<HttpAnswer> {
    const judge = wanted.judge ?? judgeByStatus;
    const url = options.url + wanted.path;
    for (let attempt = 1; ; attempt++) {
      await waitForTurn();
      options.signal?.throwIfAborted();
      requests++;
      const outcome = await send(url, wanted, limits, clock, options.signal);
      if (outcome.kind === "answer") {
        answeredOnce = true;
        const verdict = judge(outcome.answer.status, outcome.answer.body);
        if (verdict === "take") return outcome.answer;
        if (verdict === "refuse") throw failure(outcome, url, attempt);
      }
      // A server that never answered is more likely absent than busy: say so at once.
      const absent = outcome.kind === "failed" && !answeredOnce;
      const triesMax = 1 + (outcome.kind === "timeout" ? Math.min(1, limits.retriesMax) : limits.retriesMax);
      if (absent || attempt >= triesMax) throw failure(outcome, url, attempt);
      const asked = outcome.kind === "answer" ? retryAfterMs(outcome.retryAfter, clock.now()) : 0;
      if (asked > limits.retryAfterMsMax) throw failure(outcome, url, attempt);
      const backoff = Math.min(limits.backoffMs * 2 ** (attempt - 1), limits.backoffMsMax);
      await clock.sleep(Math.max(asked, backoff), options.signal);
    }
  }

  return {
    url: options.url,
    get requests() {
      return requests;
    },
    request,
  };
}

function judgeByStatus(status: number): Verdict {
  if (status >= 200 && status < 300) return "take";
  return status === 429 || status >= 500 ? "retry" : "refuse";
}

async function send(
  url: string,
  wanted: HttpRequest,
  limits: HttpLimits,
  clock: Clock,
  signal: AbortSignal | undefined,
): Promise<Outcome> {
  const giveUp = new AbortController();
  let timedOut = false;
  let cancelTimer = () => {};
  // Started anew with every piece that arrives: a large block over a slow line is not a dead server.
  const restartTimer = () => {
    cancelTimer();
    cancelTimer = clock.timer(limits.timeoutMs, () => {
      timedOut = true;
      giveUp.abort();
    });
  };
  restartTimer();
  try {
    const response = await fetch(url, {
      method: wanted.body === undefined ? "GET" : "POST",
      headers: { accept: "application/json", ...wanted.headers },
      signal: signal === undefined ? giveUp.signal : AbortSignal.any([giveUp.signal, signal]),
      // Credentials are for the server that was named, not for one that it points to.
      redirect: wanted.headers?.authorization === undefined ? "follow" : "manual",
      ...(wanted.body === undefined ? {} : { body: wanted.body }),
    });
    const body = await readBody(url, response, limits.responseBytesMax, restartTimer);
    return {
      kind: "answer",
      answer: { url, status: response.status, body },
      retryAfter: response.headers.get("retry-after"),
    };
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof HttpTooLargeError) throw error;
    return timedOut ? { kind: "timeout" } : { kind: "failed", why: reasonOf(error), cause: error };
  } finally {
    cancelTimer();
    giveUp.abort();
  }
}

async function readBody(url: string, response: Response, bytesMax: number, arrived: () => void): Promise<Uint8Array> {
  if (Number(response.headers.get("content-length") ?? 0) > bytesMax) throw new HttpTooLargeError({ url, bytesMax });
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of response.body ?? []) {
    arrived();
    size += piece.length;
    if (size > bytesMax) throw new HttpTooLargeError({ url, bytesMax });
    pieces.push(piece);
  }
  return pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces);
}

/** RFC 9110 section 10.2.3: seconds, or a date. What is neither counts as no wish. */
function retryAfterMs(header: string | null, now: number): number {
  if (header === null) return 0;
  if (/^\d{1,9}$/u.test(header.trim())) return Number(header) * 1000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? 0 : Math.max(0, date - now);
}

/** Undici wraps the reason: "fetch failed", caused by ECONNREFUSED, perhaps one for each address of a host. */
function reasonOf(error: unknown): string {
  let inner: unknown = error;
  for (let depth = 0; depth < 8 && inner instanceof Error && inner.cause instanceof Error; depth++) inner = inner.cause;
  if (inner instanceof AggregateError && inner.errors[0] instanceof Error) inner = inner.errors[0];
  const code = inner instanceof Error && "code" in inner ? String(inner.code) : "";
  if (code === "ECONNREFUSED") return "the connection is refused";
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") return "the host name has no address";
  if (code === "ECONNRESET" || code === "UND_ERR_SOCKET") return "the connection broke off";
  return inner instanceof Error ? inner.message : String(inner);
}

/** The beginning of a body in one line, without control characters. */
export function excerpt(body: Uint8Array): string {
  const text = Buffer.from(body.subarray(0, 400)).toString("utf8");
  const line = text.replace(/[\p{C}\s]+/gu, " ").trim();
  return line.length > 100 ? `${line.slice(0, 100)}…` : line;
}
