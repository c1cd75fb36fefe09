import { createHash } from "node:crypto";
import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import { promisify } from "node:util";
import { brotliDecompress, gunzip, inflate, inflateRaw } from "node:zlib";
import { SpoorError } from "../../errors/base.ts";
import { UrlAnswerError, UrlLimitError, UrlRefusedError } from "../../errors/claims.ts";
import { type Answer, type CaptureLimits, fetchOnce } from "./fetch-once.ts";
import { captureLimits } from "./limits.ts";
import { isLoopback, notPublicBecause } from "./public-address.ts";
import { type Exchange, writeWarc } from "./warc.ts";

export interface CaptureOptions {
  /** The clock: ISO 8601 in UTC. */
  readonly now: () => string;
  readonly userAgent?: string;
  readonly limits?: Partial<CaptureLimits>;
  readonly signal?: AbortSignal;
  /** Looks a name up, once for each hop; all addresses that it gives have to be public. */
  readonly resolve?: (name: string) => Promise<readonly string[]>;
  /** Lets servers on this machine be asked, for tests. Nothing but code can set it, and private networks stay shut. */
  readonly allowLoopback?: boolean;
}

/** What an address gave. */
export interface Capture {
  readonly requestedUrl: string;
  /** Where the redirects ended. */
  readonly url: string;
  readonly address: string;
  readonly capturedAt: string;
  readonly mediaType: string | null;
  /** The body with its content encoding undone: the document. */
  readonly bytes: Uint8Array;
  readonly sha256: string;
  /** All hops, request and response, as WARC 1.1. */
  readonly warc: Uint8Array;
}

/** More are not tried where the first ones cannot be reached. */
const addressesMax = 3;
const encodingsMax = 2;
const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/**
 * Fetches a document from the public web. Only http and https; every name is looked up once for each hop, every address
 * it has must be public, and the connection is made to one of those, in figures. Nothing is run, no cookie is kept.
 * @throws UrlRefusedError, UrlAnswerError, UrlLimitError
 */
export async function captureUrl(url: string, options: CaptureOptions): Promise<Capture> {
  const limits: CaptureLimits = { ...captureLimits, ...options.limits };
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), limits.millisecondsMax);
  const signal = options.signal === undefined ? stop.signal : AbortSignal.any([stop.signal, options.signal]);
  try {
    return await follow(url, options, limits, signal);
  } catch (error) {
    if (!stop.signal.aborted) throw error;
    throw new UrlLimitError({ url, limit: "millisecondsMax", max: limits.millisecondsMax, unit: "milliseconds" });
  } finally {
    clearTimeout(timer);
  }
}

async function follow(
  start: string,
  options: CaptureOptions,
  limits: CaptureLimits,
  signal: AbortSignal,
): Promise<Capture> {
  const exchanges: Exchange[] = [];
  let url = checkedUrl(start, null);
  for (;;) {
    const addresses = await checkedAddresses(url, options, signal);
    const at = options.now();
    const { answer, address } = await fetchFirst(url, addresses, options, limits, signal);
    exchanges.push({ url: url.href, address, at, payload: answer.body, ...answer });
    const location = redirects.has(answer.status) ? answer.headers.location : undefined;
    if (typeof location === "string") {
      if (exchanges.length > limits.redirectsMax)
        throw new UrlLimitError({ url: start, limit: "redirectsMax", max: limits.redirectsMax, unit: "redirects" });
      url = checkedUrl(location, url);
      continue;
    }
    if (answer.status !== 200 && answer.status !== 203) {
      const why = `the server answers ${answer.status} ${answer.statusText}`.trim();
      throw new UrlAnswerError({ url: url.href, status: answer.status, why });
    }
    const bytes = await decoded(answer, url, limits);
    return {
      requestedUrl: start,
      url: url.href,
      address,
      capturedAt: at,
      mediaType: typeof answer.headers["content-type"] === "string" ? answer.headers["content-type"] : null,
      bytes,
      sha256: createHash("sha256").update(bytes).digest("hex"),
      warc: writeWarc(exchanges),
    };
  }
}

function checkedUrl(text: string, base: URL | null): URL {
  const url = URL.parse(text, base?.href);
  const shown = base === null ? text : `${base.href} → ${text}`;
  const refuse = (why: string): never => {
    throw new UrlRefusedError({ url: shown, why });
  };
  if (url === null) return refuse("it is no URL");
  if (url.protocol !== "http:" && url.protocol !== "https:") return refuse(`${url.protocol} is not fetched`);
  if (url.username !== "" || url.password !== "") return refuse("it holds a user name or a password");
  url.hash = "";
  return url;
}

async function checkedAddresses(url: URL, options: CaptureOptions, signal: AbortSignal): Promise<readonly string[]> {
  const name = url.hostname.replace(/^\[|\]$/gu, "");
  const addresses = isIP(name) !== 0 ? [name] : await resolved(name, url, options, signal);
  const mayAsk = (address: string) => options.allowLoopback === true && isLoopback(address);
  for (const address of addresses) {
    const why = notPublicBecause(address);
    if (why !== null && !mayAsk(address))
      throw new UrlRefusedError({ url: url.href, why: `${address} is not on the public internet: ${why}` });
    // Ports below 1024 speak other protocols, which an answer could be made to abuse.
    const port = Number(url.port || "80");
    if (port < 1024 && port !== 80 && port !== 443)
      throw new UrlRefusedError({ url: url.href, why: `port ${port} is not one of the web` });
  }
  return addresses;
}

async function resolved(
  name: string,
  url: URL,
  options: CaptureOptions,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const resolve = options.resolve ?? (async (one) => (await lookup(one, { all: true })).map(({ address }) => address));
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener(
      "abort",
      () => reject(new UrlAnswerError({ url: url.href, status: null, why: "stopped" })),
      {
        once: true,
      },
    );
  });
  // Nobody waits for it any more once the name is known.
  aborted.catch(() => {});
  try {
    const addresses = await Promise.race([resolve(name), aborted]);
    if (addresses.length > 0) return addresses;
  } catch (error) {
    if (error instanceof SpoorError) throw error;
    throw new UrlAnswerError({ url: url.href, status: null, why: `the name ${name} is not known` }, error);
  }
  throw new UrlAnswerError({ url: url.href, status: null, why: `the name ${name} has no address` });
}

/** Machines without IPv6 cannot reach the first address of many names. */
async function fetchFirst(
  url: URL,
  addresses: readonly string[],
  options: CaptureOptions,
  limits: CaptureLimits,
  signal: AbortSignal,
): Promise<{ answer: Answer; address: string }> {
  const userAgent = options.userAgent ?? "Spoor (reads documents that a person names)";
  let failure: unknown;
  for (const address of addresses.slice(0, addressesMax)) {
    try {
      return { answer: await fetchOnce(url, address, { limits, userAgent, signal }), address };
    } catch (error) {
      failure = error;
      const cause = error instanceof UrlAnswerError ? (error.cause as { code?: string } | undefined) : undefined;
      if (!["ECONNREFUSED", "EHOSTUNREACH", "ENETUNREACH", "EADDRNOTAVAIL"].includes(cause?.code ?? "")) throw error;
    }
  }
  throw failure;
}

type Decoder = (bytes: Uint8Array, options: { maxOutputLength: number }) => Promise<Buffer>;
const decoders: Readonly<Record<string, Decoder>> = {
  gzip: promisify(gunzip) as Decoder,
  "x-gzip": promisify(gunzip) as Decoder,
  br: promisify(brotliDecompress) as Decoder,
  // Some servers leave the zlib header away, against RFC 9110.
  deflate: (bytes, options) => {
    const hasHeader = ((bytes[0] ?? 0) & 0x0f) === 8 && ((bytes[0] ?? 0) * 256 + (bytes[1] ?? 0)) % 31 === 0;
    return (promisify(hasHeader ? inflate : inflateRaw) as Decoder)(bytes, options);
  },
};

async function decoded(answer: Answer, url: URL, limits: CaptureLimits): Promise<Uint8Array> {
  const encodings = String(answer.headers["content-encoding"] ?? "")
    .toLowerCase()
    .split(",")
    .map((one) => one.trim())
    .filter((one) => one !== "" && one !== "identity");
  let bytes: Buffer = answer.body;
  const max = limits.decodedBytesMax;
  for (const encoding of encodings.reverse()) {
    const decode = decoders[encoding];
    if (decode === undefined || encodings.length > encodingsMax) {
      const why = `its content encoding ${JSON.stringify(encodings.join(", ").slice(0, 60))} is not known`;
      throw new UrlAnswerError({ url: url.href, status: answer.status, why });
    }
    try {
      bytes = await decode(bytes, { maxOutputLength: max });
    } catch (error) {
      if ((error as { code?: string }).code === "ERR_BUFFER_TOO_LARGE")
        throw new UrlLimitError({ url: url.href, limit: "decodedBytesMax", max, unit: "bytes when unpacked" });
      const why = `its ${encoding} content is damaged`;
      throw new UrlAnswerError({ url: url.href, status: answer.status, why }, error);
    }
  }
  if (bytes.length > max)
    throw new UrlLimitError({ url: url.href, limit: "decodedBytesMax", max, unit: "bytes when unpacked" });
  return bytes;
}
