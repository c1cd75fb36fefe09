import { EthereumRpcError } from "../errors/ethereum.ts";
import type { EthereumNetwork } from "./networks.ts";
import type { NodeCall, NodeClient } from "./node-client.ts";
import type { EthereumFacts } from "./source.ts";
import type { EthereumTransfer } from "./transfer.ts";

export interface BalanceOptions {
  /**
   * Asks for the balances of all that was touched: before the first block (openings) and after the last (compared with
   * what the transfers add up to). The node must keep the state of both. False by default.
   */
  readonly balances?: boolean;
  /** Pairs of account and asset that are asked for at most; beyond, none are. 20,000 by default. */
  readonly balancesMax?: number;
  /** Tokens that are asked for their decimals and symbol at most. 20,000 by default. */
  readonly tokensMax?: number;
}

/** Function selectors of ERC-20. */
const selectors = {
  decimals: "0x313ce567",
  symbol: "0x95d89b41",
  totalSupply: "0x18160ddd",
  balanceOf: "0x70a08231",
} as const;

const callsAtOnce = 500;

interface Pair {
  readonly account: string;
  readonly asset: string;
  /** Received less paid. */
  change: bigint;
}

interface Setting {
  readonly node: NodeClient;
  readonly network: EthereumNetwork;
  readonly from: number;
  readonly to: number;
  readonly tip: number;
  readonly missing: string[];
  readonly options: BalanceOptions;
}

/** What a node says beside its blocks: of tokens, and of the balances of what transfers touched. */
export class NodeFacts {
  readonly #setting: Setting;
  readonly #tokens = new Set<string>();
  /** By account and asset; null where balances are not asked for, or are too many. */
  #pairs: Map<string, Pair> | null;
  #asked: Promise<EthereumFacts> | null = null;

  constructor(setting: Setting) {
    this.#setting = setting;
    this.#pairs = setting.options.balances === true ? new Map() : null;
  }

  /** Notes what transfers touch. */
  note(transfers: readonly EthereumTransfer[]): void {
    const { network, options, missing } = this.#setting;
    const pairsMax = options.balancesMax ?? 20_000;
    for (const { from, to, asset, amount } of transfers) {
      if (asset !== network.native) this.#tokens.add(asset);
      if (this.#pairs === null) continue;
      if (from !== null) this.#pairOf(this.#pairs, from, asset).change -= amount;
      if (to !== null) this.#pairOf(this.#pairs, to, asset).change += amount;
      if (this.#pairs.size > pairsMax) {
        this.#pairs = null;
        missing.push(`opening balances: there are more than ${pairsMax} balances to ask for`);
      }
    }
  }

  #pairOf(pairs: Map<string, Pair>, account: string, asset: string): Pair {
    const key = `${account} ${asset}`;
    let pair = pairs.get(key);
    if (pair === undefined) {
      pair = { account, asset, change: 0n };
      pairs.set(key, pair);
    }
    return pair;
  }

  /**
   * Whether a contract wraps the native asset one to one: it is a token of 18 decimals whose supply is its own balance,
   * as WETH9's is. A vault that only has WETH's events is none.
   */
  async wraps(contract: string): Promise<boolean> {
    const { node, tip } = this.#setting;
    const at = `0x${tip.toString(16)}`;
    const [decimals, supply, balance] = await node.callMany([
      ethCall(contract, selectors.decimals, at),
      ethCall(contract, selectors.totalSupply, at),
      { method: "eth_getBalance", params: [contract, at] },
    ]);
    const held = quantity(balance);
    return word(decimals) === 18n && held !== null && word(supply) === held;
  }

  /** Asks once; the same answer afterwards. */
  ask(): Promise<EthereumFacts> {
    this.#asked ??= this.#askAll();
    return this.#asked;
  }

  async #askAll(): Promise<EthereumFacts> {
    const { network, from, to } = this.#setting;
    const assets = [{ asset: network.native, decimals: 18, symbol: network.native }, ...(await this.#askTokens())];
    const none = { assets, accounts: [], openings: [], openingDefault: null, differences: [], compared: 0 };
    if (this.#pairs === null) return none;
    const pairs = [...this.#pairs.values()];
    // The genesis block has no transactions: what stands after it stood before the first of them.
    const before = Math.max(0, from - 1);
    const openings = await this.#balancesAt(pairs, before, "opening balances");
    const closings = openings === null ? null : await this.#balancesAt(pairs, to, "balances at the end");
    if (openings === null) return none;
    const known = pairs.flatMap(({ account, asset }, j) => {
      const amount = openings[j] ?? null;
      const source = `${this.#setting.node.url}, block ${before}`;
      return amount === null ? [] : [{ account, asset, amount, source }];
    });
    const compared = pairs.flatMap(({ account, asset, change }, j) => {
      const opening = openings[j] ?? null;
      const found = closings?.[j] ?? null;
      return opening === null || found === null ? [] : [{ account, asset, expected: opening + change, found }];
    });
    return {
      ...none,
      openings: known,
      openingDefault: from === 0 && known.length === pairs.length ? 0n : null,
      differences: compared.filter(({ expected, found }) => expected !== found),
      compared: compared.length,
    };
  }

  async #askTokens(): Promise<{ asset: string; decimals: number | null; symbol: string | null }[]> {
    const { tip, options, missing } = this.#setting;
    const tokensMax = options.tokensMax ?? 20_000;
    const tokens = [...this.#tokens];
    const at = `0x${tip.toString(16)}`;
    if (tokens.length > tokensMax) missing.push(`decimals of ${tokens.length - tokensMax} tokens: they were not asked`);
    const answers = await this.#callAll(
      tokens
        .slice(0, tokensMax)
        .flatMap((token) => [ethCall(token, selectors.decimals, at), ethCall(token, selectors.symbol, at)]),
    );
    return tokens.map((asset, j) => {
      const decimals = word(answers[2 * j]);
      return {
        asset,
        decimals: decimals !== null && decimals <= 255n ? Number(decimals) : null,
        symbol: symbolOf(answers[2 * j + 1]),
      };
    });
  }

  /** Null, and a note of what is missing, where the node does not keep the state of that block. */
  async #balancesAt(pairs: readonly Pair[], height: number, what: string): Promise<(bigint | null)[] | null> {
    const { network, missing } = this.#setting;
    const at = `0x${height.toString(16)}`;
    const answers = await this.#callAll(
      pairs.map(({ account, asset }) =>
        asset === network.native
          ? { method: "eth_getBalance", params: [account, at] }
          : ethCall(asset, `${selectors.balanceOf}${account.slice(2).padStart(64, "0")}`, at),
      ),
    );
    const refusal = answers.find(
      (answer, j) => pairs[j]!.asset === network.native && answer instanceof EthereumRpcError,
    );
    if (refusal instanceof EthereumRpcError) {
      missing.push(`${what}: the node does not tell those of block ${height} (${refusal.rpcMessage.slice(0, 60)})`);
      return null;
    }
    // Before a token was deployed nobody had any of it: a call to no code answers with nothing.
    return answers.map((answer, j) => {
      if (pairs[j]!.asset === network.native) return quantity(answer);
      return answer === "0x" ? 0n : word(answer);
    });
  }

  async #callAll(calls: readonly NodeCall[]): Promise<unknown[]> {
    const answers: unknown[] = [];
    for (let from = 0; from < calls.length; from += callsAtOnce) {
      answers.push(...(await this.#setting.node.callMany(calls.slice(from, from + callsAtOnce))));
    }
    return answers;
  }
}

const ethCall = (to: string, data: string, at: string): NodeCall => ({
  method: "eth_call",
  params: [{ to, data }, at],
});

const quantity = (answer: unknown) =>
  typeof answer === "string" && /^0x[0-9a-fA-F]{1,64}$/u.test(answer) ? BigInt(answer) : null;

/** The first 32 bytes of what a call returned; null where there are none. */
function word(answer: unknown): bigint | null {
  return typeof answer === "string" && /^0x[0-9a-fA-F]{64}/u.test(answer) ? BigInt(answer.slice(0, 66)) : null;
}

/** Longer than any that is meant to be read. */
const symbolBytesMax = 64;

/** ABI `string`, or 32 bytes as MKR has it. What is no text of a reasonable length is no symbol. */
export function symbolOf(answer: unknown): string | null {
  if (typeof answer !== "string" || !/^0x(?:[0-9a-fA-F]{2}){32,}$/u.test(answer)) return null;
  const bytes = Buffer.from(answer.slice(2, 2 + 2 * 4096), "hex");
  let text: Buffer;
  if (bytes.length === 32) {
    const end = bytes.indexOf(0);
    text = bytes.subarray(0, end < 0 ? 32 : end);
  } else {
    const length = bytes.length < 64 ? -1 : bytes.readUInt32BE(60);
    if (length < 0 || length > symbolBytesMax || bytes.length < 64 + length) return null;
    text = bytes.subarray(64, 64 + length);
  }
  const symbol = text
    .toString("utf8")
    .replace(/[\p{C}\uFFFD]/gu, "")
    .trim();
  return symbol === "" ? null : symbol;
}
