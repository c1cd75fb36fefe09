import { HttpNonsenseError, WrongChainError } from "../errors/bitcoin-sources.ts";
import { type Clock, systemClock } from "./clock.ts";
import { createHttpClient, excerpt, type HttpClient, type HttpLimits, splitUrl, type Verdict } from "./http-client.ts";
import { isObject } from "./json-field.ts";
import type { Network } from "./networks.ts";
import type { CachedAnswer, ResponseCache } from "./response-cache.ts";

/** Public servers ask for restraint; one's own can take more. */
export const esploraLimitsDefault: Partial<HttpLimits> = { requestsPerSecond: 4, responseBytesMax: 32 << 20 };

/** Blocks as deep as this are taken as settled: what is said of them is not asked for again. */
export const settledDepth = 6;

export interface EsploraAnswer {
  readonly json: unknown;
  /** The URL, and the SHA-256 (hex) of the bytes that it answered with. */
  readonly url: string;
  readonly sha256: string;
}

export interface EsploraClient {
  /** Without credentials. */
  readonly url: string;
  readonly tip: { readonly height: number; readonly hash: string };
  readonly requests: number;
  readonly fromCache: number;
  /** Null where the server does not know the transaction. */
  transaction(txid: string): Promise<EsploraAnswer | null>;
  /** @param unspendable outputs that are data: unspent for ever, whatever happens */
  outspends(txid: string, unspendable: ReadonlySet<number>): Promise<EsploraAnswer>;
  /** The newest transactions of an address, or those before one that was given. Empty after the oldest. */
  addressPage(address: string, before: string | null): Promise<EsploraAnswer>;
}

export interface EsploraOptions {
  /** The base of the API: `https://blockstream.info/api`, `http://127.0.0.1:3002`. */
  readonly url: string;
  readonly network: Network;
  readonly cache: ResponseCache;
  readonly limits?: Partial<HttpLimits> | undefined;
  readonly clock?: Clock | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Talks to an Esplora server. Of the cached answers those are used again that cannot change: transactions, and the
 * spends of transactions all of whose coins are spent, in blocks at least {@link settledDepth} deep. The tip, coins not
 * spent yet, unconfirmed transactions and addresses are asked for every time.
 *
 * @throws WrongChainError where the server's genesis block is not the network's, HttpNonsenseError, and what
 *   {@link createHttpClient} throws
 */
export async function openEsploraClient(options: EsploraOptions): Promise<EsploraClient> {
  const pages = new Pages(options);
  const never = () => false;
  const hash = /^[0-9a-f]{64}$/u;
  const genesis = await pages.text("/block-height/0", hash);
  if (genesis !== options.network.genesisHash) {
    const found = `a chain that begins with block ${genesis}`;
    throw new WrongChainError({ url: pages.base, wanted: options.network.name, found });
  }
  const height = Number(await pages.text("/blocks/tip/height", /^\d{1,9}$/u));
  const tip = { height, hash: await pages.text(`/block-height/${height}`, hash) };
  const isSettled = (status: unknown) =>
    isObject(status) && status.confirmed === true && Number(status.block_height) <= height - settledDepth;
  return {
    url: pages.base,
    tip,
    get requests() {
      return pages.requests;
    },
    get fromCache() {
      return pages.fromCache;
    },
    transaction: (txid) => pages.json(`/tx/${txid}`, (tx) => isObject(tx) && isSettled(tx.status)),
    outspends: (txid, unspendable) =>
      pages.existingJson(
        `/tx/${txid}/outspends`,
        (list) =>
          Array.isArray(list) && list.every((one, j) => unspendable.has(j) || (isObject(one) && isSettled(one.status))),
      ),
    addressPage: (address, before) =>
      pages.existingJson(`/address/${address}/txs${before === null ? "" : `/chain/${before}`}`, never),
  };
}

/** The pages of one server, from the cache where a kept answer cannot have changed. */
class Pages {
  /** Without credentials. */
  readonly base: string;
  fromCache = 0;
  readonly #http: HttpClient;
  readonly #cache: ResponseCache;
  readonly #clock: Clock;
  readonly #headers: Readonly<Record<string, string>>;

  constructor({ url, cache, limits, clock = systemClock, signal }: EsploraOptions) {
    const { url: base, user, password } = splitUrl(url);
    this.base = base;
    this.#cache = cache;
    this.#clock = clock;
    this.#http = createHttpClient({ url: base, limits: { ...esploraLimitsDefault, ...limits }, clock, signal });
    const basic = Buffer.from(`${user}:${password}`).toString("base64");
    this.#headers = user === null ? {} : { authorization: `Basic ${basic}` };
  }

  get requests(): number {
    return this.#http.requests;
  }

  /**
   * Null where there is no such page.
   * @param isFinal whether an answer can never change, so that the cached one is as good as a new one
   */
  async #get(path: string, isFinal: (body: Uint8Array) => boolean): Promise<CachedAnswer | null> {
    const url = this.base + path;
    const known = await this.#cache.get(url);
    if (known !== null && isFinal(known.body)) {
      this.fromCache++;
      return known;
    }
    const { status, body } = await this.#http.request({ path, headers: this.#headers, judge });
    return status === 404 ? null : await this.#cache.put(url, body, this.#clock.now());
  }

  /** Never from the cache: what these tell is what a server is asked first. */
  async text(path: string, pattern: RegExp): Promise<string> {
    const answer = await this.#get(path, () => false);
    const body = answer === null ? "" : Buffer.from(answer.body).toString("utf8").trim();
    if (pattern.test(body)) return body;
    const why = answer === null ? "it has no such page" : `"${excerpt(answer.body)}" is no answer to ${path}`;
    throw new HttpNonsenseError({ url: this.base + path, why });
  }

  async json(path: string, isFinal: (json: unknown) => boolean): Promise<EsploraAnswer | null> {
    const url = this.base + path;
    // Nonsense is kept too, as evidence, and not believed a second time.
    const answer = await this.#get(path, (body) => isJson(body) && isFinal(parse(url, body)));
    return answer === null ? null : { json: parse(url, answer.body), url, sha256: answer.sha256 };
  }

  async existingJson(path: string, isFinal: (json: unknown) => boolean): Promise<EsploraAnswer> {
    const answer = await this.json(path, isFinal);
    if (answer === null) throw new HttpNonsenseError({ url: this.base + path, why: "it has no such page" });
    return answer;
  }
}

function judge(status: number): Verdict {
  if (status === 200 || status === 404) return "take";
  return status === 429 || status >= 500 ? "retry" : "refuse";
}

function isJson(body: Uint8Array): boolean {
  try {
    JSON.parse(Buffer.from(body).toString("utf8"));
    return true;
  } catch {
    return false;
  }
}

function parse(url: string, body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString("utf8"));
  } catch (error) {
    throw new HttpNonsenseError({ url, why: `"${excerpt(body)}" is not JSON` }, error);
  }
}
