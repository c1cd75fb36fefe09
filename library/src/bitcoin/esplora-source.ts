import { SpoorError } from "../errors/base.ts";
import { HttpNonsenseError, TransactionNotFoundError } from "../errors/bitcoin-sources.ts";
import type { Instant } from "../money/instant.ts";
import { addressOfScript, scriptsOfAddress } from "./address.ts";
import type { SkippedPlace } from "./block-source.ts";
import { type Clock, systemClock } from "./clock.ts";
import { type EsploraAnswer, type EsploraClient, openEsploraClient } from "./esplora-client.ts";
import { readEsploraTransaction } from "./esplora-transaction.ts";
import type { HttpLimits } from "./http-client.ts";
import { isObject } from "./json-field.ts";
import type { FoundTransaction, LooseTransaction } from "./loose-transaction.ts";
import { sameBytes } from "./merge-transactions.ts";
import type { Network } from "./networks.ts";
import { noCache, openResponseCache } from "./response-cache.ts";
import { scriptKind } from "./script.ts";
import { settleTransactions } from "./settle-transactions.ts";

export interface EsploraTrailRequest {
  /** The base of the API: `https://blockstream.info/api`. */
  readonly url: string;
  readonly network: Network;
  /** Where the trail begins: transactions (all their coins), and addresses (all coins that they received). */
  readonly txids?: readonly string[];
  readonly addresses?: readonly string[];
  /** To where the coins went, or to where they came from. */
  readonly direction: "forward" | "backward";
  /** Transactions that are fetched at most; 1,000 by default. */
  readonly transactionsMax?: number;
  /** A transaction that leads to more others is fetched and not followed; 500 by default. */
  readonly branchesMax?: number;
  /** Pages of an address's transactions (25 on most servers) that are fetched at most; 40 by default. */
  readonly addressPagesMax?: number;
  /** Coins of these addresses are not followed, nor what happened after (backward: before) a height. */
  readonly stops?: { readonly addresses?: Iterable<string>; readonly height?: number };
  /** Where answers are kept; nowhere where it is left out. */
  readonly cacheFolder?: string;
  readonly limits?: Partial<HttpLimits>;
  /** Transactions that are asked for at once; 4 by default. */
  readonly parallel?: number;
  readonly clock?: Clock;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: (done: { transactions: number; waiting: number; requests: number }) => void;
}

export interface EsploraTrail {
  /** Nearest to the beginning first. */
  readonly transactions: LooseTransaction[];
  readonly skipped: SkippedPlace[];
  /** What the bounds kept from being fetched; empty where the trail is whole. */
  readonly notFetched: readonly NotFetched[];
  /** The server's tip when the fetch began, and the time of it. */
  readonly tip: { readonly height: number; readonly hash: string };
  readonly asOf: Instant;
  readonly requests: number;
  /** Answers that came from the cache in place of a request. */
  readonly fromCache: number;
}

export interface NotFetched {
  readonly bound: "transactionsMax" | "branchesMax" | "addressPagesMax";
  /**
   * The txid that was not fetched; with `branchesMax` the txid whose neighbours were not; with `addressPagesMax` the
   * address whose older transactions were not.
   */
  readonly name: string;
}

/**
 * Fetches the transactions of a trail from an Esplora server as it grows, nearest first, until nothing is left to
 * follow or a bound is met. Of every transaction it names the hash of the bytes that told of it. A transaction that
 * the server tells wrongly is set aside; a failure of the server ends the fetch, and the cache keeps what there was.
 *
 * @throws TransactionNotFoundError where a txid to begin with is unknown, AddressError, and what
 *   {@link openEsploraClient} throws
 */
export async function fetchEsploraTrail(request: EsploraTrailRequest): Promise<EsploraTrail> {
  const { network, clock = systemClock } = request;
  const asOf = clock.now() as Instant;
  const own = (request.addresses ?? []).map((address) => ({ address, scripts: scriptsOfAddress(network, address) }));
  const client = await openEsploraClient({
    url: request.url,
    network,
    cache: request.cacheFolder === undefined ? noCache : openResponseCache(request.cacheFolder),
    limits: request.limits,
    clock,
    signal: request.signal,
  });
  const growth = new Growth(client, request);
  for (const txid of request.txids ?? []) growth.beginAt(txid);
  for (const { address, scripts } of own) await growth.beginAtAddress(address, scripts);
  await growth.grow();
  const { transactions, skipped } = settleTransactions([...growth.found.values()]);
  return {
    transactions,
    skipped: growth.skipped.concat(skipped),
    notFetched: growth.notFetched,
    tip: client.tip,
    asOf,
    requests: client.requests,
    fromCache: client.fromCache,
  };
}

/** Which of a transaction's coins are followed: all, or those of the addresses that the trail began with. */
type Followed = "all" | ReadonlySet<number>;

class Growth {
  readonly found = new Map<string, FoundTransaction>();
  readonly skipped: SkippedPlace[] = [];
  readonly #notFetched = new Map<string, NotFetched>();
  readonly #client: EsploraClient;
  readonly #request: EsploraTrailRequest;
  readonly #stops: ReadonlySet<string>;
  readonly #seeds = new Set<string>();
  /** What is to be fetched and followed next, in order. */
  #waiting = new Map<string, Followed>();
  readonly #followed = new Map<string, Followed>();
  /** Transactions of which the server told who spends their coins. */
  readonly #spendsTold = new Set<string>();
  /** What an address's page told, to be fetched no second time. */
  readonly #told = new Map<string, EsploraAnswer>();

  constructor(client: EsploraClient, request: EsploraTrailRequest) {
    this.#client = client;
    this.#request = request;
    this.#stops = new Set(request.stops?.addresses ?? []);
  }

  beginAt(text: string): void {
    const txid = text.toLowerCase();
    if (!/^[0-9a-f]{64}$/u.test(txid)) {
      const what = `a transaction "${text.slice(0, 80)}": a txid has 64 hex digits`;
      throw new TransactionNotFoundError({ url: this.#client.url, what });
    }
    this.#seeds.add(txid);
    this.#waiting.set(txid, "all");
  }

  /** All transactions of the address; those that pay it are followed from its coins (backward: to all their inputs). */
  async beginAtAddress(address: string, scripts: readonly Uint8Array[]): Promise<void> {
    if (scripts.length === 0) {
      throw new TransactionNotFoundError({ url: this.#client.url, what: `the account ${address}: it has no address` });
    }
    const pagesMax = this.#request.addressPagesMax ?? 40;
    let before: string | null = null;
    for (let page = 0; ; page++) {
      const answer = await this.#client.addressPage(address, before);
      const list = this.#listOf(answer);
      let oldest: string | null = null;
      let fresh = false;
      for (const one of list) {
        const found = this.#read(answer, one, undefined);
        if (found === null) continue;
        const { txid, outputs, height } = found.transaction;
        if (height !== null) oldest = txid;
        if (this.#told.has(txid)) continue;
        fresh = true;
        this.#told.set(txid, { ...answer, json: one });
        const coins = outputs.flatMap(({ script }, j) => (scripts.some((own) => sameBytes(own, script)) ? [j] : []));
        const follow = this.#request.direction === "backward" && coins.length > 0 ? "all" : new Set(coins);
        this.#waiting.set(txid, union(this.#waiting.get(txid), follow));
      }
      if (!fresh || oldest === null) return;
      if (page + 1 >= pagesMax) {
        this.#bound("addressPagesMax", address);
        return;
      }
      before = oldest;
    }
  }

  #listOf(answer: EsploraAnswer): readonly unknown[] {
    if (Array.isArray(answer.json)) return answer.json;
    throw new HttpNonsenseError({ url: answer.url, why: "its list of transactions is no list" });
  }

  /** Level by level: the bound then cuts what is farthest, and the order does not depend on who answers first. */
  async grow(): Promise<void> {
    const transactionsMax = this.#request.transactionsMax ?? 1000;
    while (this.#waiting.size > 0) {
      const level = [...this.#waiting];
      this.#waiting = new Map();
      let room = transactionsMax - this.found.size;
      const wanted = level.filter(([txid, followed]) => {
        if (this.found.has(txid)) return this.#asksSpends(followed) && !this.#spendsTold.has(txid);
        if (room-- > 0) return true;
        this.#bound("transactionsMax", txid);
        return false;
      });
      const fetched = await this.#fetchAll(wanted);
      for (const one of fetched) if (one !== null) this.found.set(one.transaction.txid, one);
      for (const [txid, followed] of level) {
        const found = this.found.get(txid);
        if (found !== undefined) this.#follow(found.transaction, followed);
      }
      this.#request.onProgress?.({
        transactions: this.found.size,
        waiting: this.#waiting.size,
        requests: this.#client.requests,
      });
    }
  }

  async #fetchAll(level: readonly (readonly [string, Followed])[]): Promise<(FoundTransaction | null)[]> {
    const results: (FoundTransaction | null)[] = level.map(() => null);
    let next = 0;
    let failed = false;
    const work = async () => {
      while (next < level.length && !failed) {
        const j = next++;
        try {
          results[j] = await this.#fetch(...level[j]!);
        } catch (error) {
          failed = true;
          throw error;
        }
      }
    };
    await Promise.all(Array.from({ length: this.#request.parallel ?? 4 }, work));
    return results;
  }

  async #fetch(txid: string, followed: Followed): Promise<FoundTransaction | null> {
    const answer = this.#told.get(txid) ?? (await this.#client.transaction(txid));
    const isSeed = this.#seeds.has(txid);
    if (answer === null) {
      const { url } = this.#client;
      if (isSeed) throw new TransactionNotFoundError({ url, what: `the transaction ${txid}` });
      this.#skip(`${url}/tx/${txid}`, `the server names the transaction ${txid} and does not know it`);
      return null;
    }
    const found = this.#read(answer, answer.json, undefined);
    if (found === null || found.transaction.txid !== txid) {
      const why = `its answer is not the transaction ${txid}`;
      if (isSeed) throw new HttpNonsenseError({ url: answer.url, why });
      if (found !== null) this.#skip(answer.url, why);
      return null;
    }
    if (!this.#asksSpends(followed)) return found;
    const unspendable = new Set(
      found.transaction.outputs.flatMap(({ script }, j) =>
        scriptKind(script, 0, script.length) === "data" ? [j] : [],
      ),
    );
    const spends = await this.#client.outspends(txid, unspendable);
    if (!Array.isArray(spends.json) || spends.json.length !== found.transaction.outputs.length) {
      throw new HttpNonsenseError({ url: spends.url, why: `it tells no spends of ${txid}` });
    }
    this.#spendsTold.add(txid);
    return this.#read(answer, answer.json, spends.json) ?? found;
  }

  #asksSpends(followed: Followed): boolean {
    return this.#request.direction === "forward" && (followed === "all" || followed.size > 0);
  }

  #bound(bound: NotFetched["bound"], name: string): void {
    this.#notFetched.set(`${bound} ${name}`, { bound, name });
  }

  get notFetched(): NotFetched[] {
    return [...this.#notFetched.values()];
  }

  #read(answer: EsploraAnswer, json: unknown, outspends: unknown): FoundTransaction | null {
    const at = { network: this.#request.network, name: answer.url, sha256: answer.sha256, offset: null, block: null };
    try {
      if (!isObject(json)) throw new HttpNonsenseError({ url: answer.url, why: "a transaction is no object" });
      return readEsploraTransaction(json, at, outspends);
    } catch (error) {
      if (!(error instanceof SpoorError)) throw error;
      this.#skip(answer.url, error.what);
      return null;
    }
  }

  #skip(file: string, reason: string): void {
    this.skipped.push({ file, offset: null, reason });
  }

  #follow(transaction: LooseTransaction, followed: Followed): void {
    const { txid, inputs, outputs, height } = transaction;
    const done = this.#followed.get(txid);
    if (done === "all" || (done !== undefined && followed !== "all" && followed.isSubsetOf(done))) return;
    this.#followed.set(txid, union(done, followed));
    const forward = this.#request.direction === "forward";
    const { height: stop } = this.#request.stops ?? {};
    if (stop !== undefined && height !== null && (forward ? height > stop : height < stop)) return;
    const next = forward
      ? outputs.flatMap(({ script, spent }, j) =>
          spent?.by && (followed === "all" || followed.has(j)) && !this.#isStop(script) ? [spent.by] : [],
        )
      : inputs.flatMap(({ coin, script }) => (followed !== "all" || this.#isStop(script) ? [] : [coin.slice(0, 64)]));
    if (next.length > (this.#request.branchesMax ?? 500)) {
      this.#bound("branchesMax", txid);
      return;
    }
    for (const name of next) if (this.#followed.get(name) !== "all") this.#waiting.set(name, "all");
  }

  #isStop(script: Uint8Array | null): boolean {
    if (script === null || this.#stops.size === 0) return false;
    const address = addressOfScript(this.#request.network, script);
    return address !== null && this.#stops.has(address);
  }
}

function union(a: Followed | undefined, b: Followed): Followed {
  if (a === undefined || b === "all") return b;
  return a === "all" ? a : a.union(b);
}
