import type { EthereumLog } from "./chain-record.ts";
import { isLowerHex } from "./field.ts";
import { type EthereumTransfer, logIndex, type Place, transferOf } from "./transfer.ts";

/** ERC-20 `Transfer(address,address,uint256)`; ERC-721 has the same name and another meaning of the number. */
export const transferTopic = "0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef";
/** WETH9's `Deposit(address,uint256)` and `Withdrawal(address,uint256)`. */
export const depositTopic = "0xe1fffcc4923d04b559f4d29a8bfc6cda04eb5b0d3c460751c2402c5c5cc9109c";
export const withdrawalTopic = "0x7fcf532c15f0a6db0bd6d0e038bea71d30d808c7d98cb3bf7268a95bf5081b65";

const zeroAddress = `0x${"0".repeat(40)}`;
const zeros24 = "0".repeat(24);

/**
 * Contracts that number things by ERC-20's event with nothing indexed, from before ERC-721 (CryptoKitties: the core and
 * its two auctions' kind). Their numbers are no amounts.
 */
const numberedThings = new Set(["0x06012c8cf97bead5deae237070f9587f8e7a266d"]);

export interface LogCounts {
  logs: number;
  /** `Transfer` logs, whatever became of them. */
  tokenTransfers: number;
  /** Of these: of things that are numbered (ERC-721). They are no amounts. */
  notFungible: number;
  /** Of these: in no form that is known. */
  unread: number;
  /** `Deposit` and `Withdrawal` logs of contracts that are not known to wrap the native asset. */
  otherDeposits: number;
}

export interface LogRules {
  /** Contracts that wrap the native asset one to one. */
  readonly wrapped: ReadonlySet<string>;
}

interface TransferWords {
  readonly from: string;
  readonly to: string;
  readonly amount: bigint;
}

const wordDigits = 64;

/** An address from 32 bytes in hex without 0x; null where the bytes before it are not zero. */
function addressOfWord(word: string): string | null {
  const lower = isLowerHex(word, "", wordDigits) ? word : word.toLowerCase();
  return lower.length === wordDigits && lower.startsWith(zeros24) ? `0x${lower.slice(24)}` : null;
}

/** An amount from 32 bytes in hex without 0x; null where they are none. */
function amountOfWord(word: string): bigint | null {
  const isHex = isLowerHex(word, "", wordDigits) || /^[0-9a-fA-F]{64}$/u.test(word);
  return isHex ? BigInt(`0x${word}`) : null;
}

/**
 * Reads a `Transfer` log. Topics after the first, then the words of the data, are from, to and amount in that order:
 * three topics and a word of data is the standard; with fewer topics a token left `indexed` away (ethereum-etl reads
 * them so too: which of the two a token with one indexed address meant, the log does not say). Four topics and no data
 * is ERC-721.
 */
export function readTransferLog(log: EthereumLog): TransferWords | "not fungible" | "unread" {
  const { topics, data, address } = log;
  const words = (data.length - 2) / 64;
  if (topics.length === 4 && words === 0) return "not fungible";
  if (topics.length > 3 || topics.length + words !== 4) return "unread";
  if (topics.length === 1 && numberedThings.has(address)) return "not fungible";
  const word = (j: number) => (j < topics.length ? topics[j]!.slice(2) : dataWord(data, j - topics.length));
  const from = addressOfWord(word(1));
  const to = addressOfWord(word(2));
  const amount = amountOfWord(word(3));
  return from === null || to === null || amount === null ? "unread" : { from, to, amount };
}

const dataWord = (data: string, j: number) => data.slice(2 + 64 * j, 66 + 64 * j);

/** @returns the account and the amount of WETH9's two events, `unread` where they are in another form */
function readWrapping(log: EthereumLog): { account: string; amount: bigint } | "unread" {
  const { topics, data } = log;
  const words = (data.length - 2) / 64;
  if (topics.length + words !== 3 || topics.length > 2) return "unread";
  const account = addressOfWord(topics.length === 2 ? topics[1]!.slice(2) : dataWord(data, 0));
  const amount = amountOfWord(dataWord(data, words - 1));
  return account === null || amount === null ? "unread" : { account, amount };
}

export const emptyLogCounts = (): LogCounts => ({
  logs: 0,
  tokenTransfers: 0,
  notFungible: 0,
  unread: 0,
  otherDeposits: 0,
});

/**
 * What the logs of one transaction move, appended to `into`. The zero address stands for nobody: minted, burnt. Logs
 * say what arrived, so a token that keeps a fee needs no rule. `Deposit` and `Withdrawal` of a contract that wraps the
 * native asset are minted and burnt, unless the contract emits a `Transfer` for the same beside it.
 */
export function pushLogTransfers(
  place: Place,
  logs: readonly EthereumLog[],
  rules: LogRules,
  counts: LogCounts,
  into: EthereumTransfer[],
): void {
  const first = into.length;
  let wrappings: EthereumLog[] | null = null;
  for (const log of logs) {
    counts.logs++;
    const topic = log.topics[0];
    if (topic === transferTopic) {
      counts.tokenTransfers++;
      const read = readTransferLog(log);
      if (read === "not fungible") counts.notFungible++;
      else if (read === "unread") counts.unread++;
      else pushToken(place, log, read.from, read.to, read.amount, into);
    } else if (topic === depositTopic || topic === withdrawalTopic) {
      if (rules.wrapped.has(log.address)) {
        wrappings ??= [];
        wrappings.push(log);
      } else {
        counts.otherDeposits++;
      }
    }
  }
  if (wrappings !== null) pushWrappings(place, wrappings, counts, first, into);
}

function pushToken(
  place: Place,
  log: EthereumLog,
  from: string,
  to: string,
  amount: bigint,
  into: EthereumTransfer[],
): void {
  const payer = from === zeroAddress ? null : from;
  const receiver = to === zeroAddress ? null : to;
  if (amount === 0n || (payer === null && receiver === null)) return;
  into.push(transferOf(place, "log", logIndex + log.index, payer, receiver, log.address, amount, false));
}

function pushWrappings(
  place: Place,
  wrappings: readonly EthereumLog[],
  counts: LogCounts,
  first: number,
  into: EthereumTransfer[],
): void {
  const told = into.slice(first);
  for (const log of wrappings) {
    const read = readWrapping(log);
    if (read === "unread") {
      counts.unread++;
      continue;
    }
    const { account, amount } = read;
    const isDeposit = log.topics[0] === depositTopic;
    const twin = told.findIndex(
      (transfer) =>
        transfer.asset === log.address &&
        transfer.amount === amount &&
        (isDeposit
          ? transfer.from === null && transfer.to === account
          : transfer.from === account && transfer.to === null),
    );
    // Each Transfer stands for one of them.
    if (twin >= 0) told.splice(twin, 1);
    else if (isDeposit) pushToken(place, log, zeroAddress, account, amount, into);
    else pushToken(place, log, account, zeroAddress, amount, into);
  }
}
