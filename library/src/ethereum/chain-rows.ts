import type { EthereumLog } from "./chain-record.ts";
import {
  addressOf,
  addressOrNull,
  countOf,
  countOrNull,
  hashOf,
  quantityOf,
  quantityOrNull,
  refused,
} from "./field.ts";
import { type FileState, tokensMax } from "./file-state.ts";
import { statusFromGas, withdrawalsOf } from "./node-block.ts";
import type { KnownReceipt } from "./receipt-table.ts";
import type { Row } from "./row.ts";
import { slotsOf } from "./row-kind.ts";
import { secondsOrNull } from "./time-field.ts";
import { depositTopic, pushLogTransfers, transferTopic, withdrawalTopic } from "./token-log.ts";
import { logIndex, type Place, transferOf } from "./transfer.ts";
import { placeOf, pushFees, pushTop, pushWithdrawals } from "./transfers-of-block.ts";

/*
 * Rows of ethereum-etl's and GraphSense's exports, but for traces (trace-groups.ts). Each reader throws an
 * EthereumRefusedError for a row that cannot be used, before it has added anything.
 */

const blockSlots = slotsOf("block");

/** @throws EthereumRefusedError, as all of these */
export function readBlockRow(state: FileState, row: Row): void {
  const number = countOf(row.text(blockSlots.number), "the block's number");
  const timeSeconds = secondsOrNull(row.text(blockSlots.time), "the block's time");
  if (timeSeconds === null) throw refused("the block has no time");
  const withdrawals = row.text(blockSlots.withdrawals);
  const paid = withdrawals === "" ? [] : withdrawalsOf(listIn(withdrawals));
  const transactions = countOrNull(row.text(blockSlots.transactions), "the block's count of transactions");
  const isNew = state.blocks.add({
    number,
    timeSeconds,
    miner: addressOrNull(row.text(blockSlots.miner), "the block's miner"),
    baseFee: quantityOrNull(row.text(blockSlots.baseFee), "the block's base fee"),
    hasCancunFields: row.text(blockSlots.excessBlobGas) !== "",
    isMined: (quantityOrNull(row.text(blockSlots.difficulty), "the block's difficulty") ?? 0n) > 0n && number > 0,
  });
  if (!isNew) return;
  state.counts.blocks++;
  state.seen.transactionsToldByBlocks += transactions ?? Number.NaN;
  pushWithdrawals({ number, timeSeconds, withdrawals: paid }, state.network.native, state.batch);
}

/** ethereum-etl's CSV leaves the brackets of the list away. */
function listIn(text: string): unknown {
  try {
    return JSON.parse(text.startsWith("[") ? text : `[${text}]`);
  } catch {
    throw refused("the block's withdrawals are no JSON");
  }
}

const receiptSlots = slotsOf("receipt");

export function readReceiptRow(state: FileState, row: Row): void {
  const block = countOf(row.text(receiptSlots.block), "the receipt's block");
  const position = countOf(row.text(receiptSlots.position), "the receipt's position");
  state.receipts.add(block, position, receiptIn(row, receiptSlots));
}

interface ReceiptSlots {
  readonly status: number;
  readonly gasUsed: number;
  readonly paidPrice: number;
  readonly created: number;
  readonly blobGasUsed: number;
  readonly blobGasPrice: number;
}

function receiptIn(row: Row, slots: ReceiptSlots): KnownReceipt {
  const status = countOrNull(row.text(slots.status), "the receipt's status");
  const blobGasUsed = quantityOrNull(row.text(slots.blobGasUsed), "the receipt's blob gas") ?? 0n;
  return {
    succeeded: status === null ? null : status === 1,
    gasUsed: quantityOf(row.text(slots.gasUsed), "the receipt's gas"),
    gasPrice: quantityOrNull(row.text(slots.paidPrice), "the receipt's gas price"),
    created: addressOrNull(row.text(slots.created), "the receipt's contract"),
    blobGasUsed,
    blobGasPrice: quantityOrNull(row.text(slots.blobGasPrice), "the receipt's blob gas price") ?? 0n,
  };
}

const transactionSlots = slotsOf("transaction");

/** What a transaction tells of its block, for rows that do not tell their time. */
export function noteTransactionTime(state: FileState, row: Row): void {
  const block = countOf(row.text(transactionSlots.block), "the transaction's block");
  const time = secondsOrNull(row.text(transactionSlots.time), "the transaction's time");
  if (time !== null) state.blocks.noteTime(block, time);
}

export function readTransactionRow(state: FileState, row: Row): void {
  const s = transactionSlots;
  const hash = hashOf(row.text(s.hash), "the transaction's hash");
  const block = countOf(row.text(s.block), "the transaction's block");
  const position = countOf(row.text(s.position), "the transaction's position");
  const from = addressOf(row.text(s.from), "the transaction's from");
  const to = addressOrNull(row.text(s.to), "the transaction's to");
  const value = quantityOf(row.text(s.value), "the transaction's value");
  const receipt = row.text(s.gasUsed) === "" ? state.receipts.get(block, position) : receiptIn(row, s);
  const time = secondsOrNull(row.text(s.time), "the transaction's time");
  const gasPrice = receipt?.gasPrice ?? quantityOrNull(row.text(s.gasPrice), "the transaction's gas price");
  const gas = quantityOrNull(row.text(s.gas), "the transaction's gas");
  if (time !== null) state.blocks.noteTime(block, time);
  state.counts.transactions++;
  const known = state.blocks.get(block);
  const isBlockKnown = state.blocks.isKnown(block);
  if (!isBlockKnown) state.seen.withoutBlock++;
  const place = placeOf(known, hash, position);
  const { native } = state.network;
  if (receipt === null) state.seen.withoutReceipt++;
  else pushFees(place, isBlockKnown ? known : null, { from, ...receipt, gasPrice }, native, state.batch);
  // Where the block's calls are traced they tell all that it moved, and whether it did.
  if (state.blocks.hasTraces(block)) return;
  state.seen.withoutTraces++;
  let succeeded = receipt?.succeeded ?? null;
  if (succeeded === null && receipt !== null && gas !== null && statusFromGas({ gas }, receipt) === false) {
    succeeded = false;
    state.seen.statusFromGas++;
  }
  const created = receipt?.created ?? null;
  if (to === null && created === null && value > 0n && succeeded !== false) state.seen.createdUnknown++;
  pushTop(place, { from, to, created, value, succeeded }, native, state.batch);
}

const logSlots = slotsOf("log");

/** Lists of topics may be written with brackets and quotes before them. */
const topicHeads = [transferTopic, depositTopic, withdrawalTopic].flatMap((topic) =>
  ["", "[", "['", '["'].map((before) => Buffer.from(before + topic)),
);

/** Logs of one transaction stand together in every export; they are read together, for what wraps (token-log.ts). */
export class LogGroups {
  readonly #state: FileState;
  #transaction = "";
  #place: Place | null = null;
  #logs: EthereumLog[] = [];

  constructor(state: FileState) {
    this.#state = state;
  }

  /**
   * @param canWait whether a log whose block's time nothing has told yet may be left for later
   * @returns false where it is
   */
  add(row: Row, canWait: boolean): boolean {
    const block = countOf(row.text(logSlots.block), "the log's block");
    if (!topicHeads.some((head) => row.startsWith(logSlots.topics, head))) {
      this.#state.counts.logs++;
      this.#state.blocks.noteLogs(block);
      return true;
    }
    const topics = topicsIn(row.text(logSlots.topics));
    const hash = row.text(logSlots.hash);
    const transaction = hash === this.#transaction ? this.#transaction : hashOf(hash, "the log's transaction");
    const log = {
      index: countOf(row.text(logSlots.index), "the log's index"),
      address: addressOf(row.text(logSlots.address), "the log's address"),
      topics,
      data: dataIn(row.text(logSlots.data)),
    };
    if (transaction !== this.#transaction) {
      const position = countOrNull(row.text(logSlots.position), "the log's position");
      const time = secondsOrNull(row.text(logSlots.time), "the log's time");
      if (canWait && time === null && this.#state.blocks.timeOf(block) === null) return false;
      this.flush();
      this.#state.blocks.noteLogs(block);
      if (time !== null) this.#state.blocks.noteTime(block, time);
      this.#transaction = transaction;
      const timeSeconds = this.#state.blocks.timeOf(block);
      this.#place = { ...placeOf({ number: block, timeSeconds }, transaction, position ?? 0), position };
    }
    if (topics.length === 4 && topics[0] === transferTopic) noteNumbered(this.#state, log.address);
    this.#logs.push(log);
    return true;
  }

  flush(): void {
    if (this.#place !== null && this.#logs.length > 0) {
      const { wrapped, counts, batch } = this.#state;
      pushLogTransfers(this.#place, this.#logs, { wrapped }, counts, batch);
    }
    this.#logs = [];
    this.#transaction = "";
    this.#place = null;
  }
}

function noteNumbered(state: FileState, contract: string): void {
  if (state.numbered.size < tokensMax) state.numbered.add(contract);
}

const topicPattern = /0x[0-9a-fA-F]{64}/gu;

/** `0x…,0x…` as ethereum-etl writes them; other lists of the same are taken too. */
function topicsIn(text: string): string[] {
  const topics: string[] = [];
  if (text.length % 67 === 66) {
    let at = 0;
    for (; at < text.length && text.startsWith("0x", at); at += 67) {
      topics.push(at + 66 === text.length || text[at + 66] === "," ? text.slice(at, at + 66) : "");
    }
    if (at > text.length && !topics.includes("")) return topics;
  }
  return text.match(topicPattern) ?? [];
}

function dataIn(text: string): string {
  if (text === "") return "0x";
  if (!text.startsWith("0x")) throw refused("the log's data is no hex");
  return text;
}

const tokenTransferSlots = slotsOf("token_transfer");

/** ethereum-etl's token transfers are what it reads from logs; where the block's logs are there, those are read. */
export function readTokenTransferRow(state: FileState, row: Row): void {
  const s = tokenTransferSlots;
  const block = countOf(row.text(s.block), "the transfer's block");
  if (state.blocks.hasLogs(block)) return;
  const token = addressOf(row.text(s.token), "the token's address");
  const from = addressOf(row.text(s.from), "the transfer's from");
  const to = addressOf(row.text(s.to), "the transfer's to");
  const amount = quantityOf(row.text(s.value), "the transfer's value");
  const hash = hashOf(row.text(s.hash), "the transfer's transaction");
  const index = countOf(row.text(s.index), "the transfer's index");
  const time = secondsOrNull(row.text(s.time), "the transfer's time");
  if (time !== null) state.blocks.noteTime(block, time);
  state.counts.tokenTransfers++;
  state.seen.transfersWithoutLogs++;
  if (state.numbered.has(token)) {
    state.counts.notFungible++;
    return;
  }
  const payer = from === zeroAddress ? null : from;
  const receiver = to === zeroAddress ? null : to;
  if (amount === 0n || (payer === null && receiver === null)) return;
  const place = { ...placeOf({ number: block, timeSeconds: state.blocks.timeOf(block) }, hash, 0), position: null };
  state.batch.push(transferOf(place, "log", logIndex + index, payer, receiver, token, amount, false));
}

const zeroAddress = `0x${"0".repeat(40)}`;

const tokenSlots = slotsOf("token");

export function readTokenRow(state: FileState, row: Row): void {
  const address = addressOf(row.text(tokenSlots.address), "the token's address");
  const decimals = countOrNull(row.text(tokenSlots.decimals), "the token's decimals");
  if (decimals !== null && decimals > 255) throw refused(`the token has ${decimals} decimals; 255 is the most`);
  const symbol = row
    .words(tokenSlots.symbol)
    .replace(/[\p{C}]/gu, "")
    .trim()
    .slice(0, 64);
  if (state.tokens.size >= tokensMax) throw refused(`it is one of more than ${tokensMax} tokens`);
  state.tokens.set(address, { decimals, symbol: symbol === "" ? null : symbol });
}

const contractSlots = slotsOf("contract");

export function readContractRow(state: FileState, row: Row): void {
  const address = addressOf(row.text(contractSlots.address), "the contract's address");
  if (/^(?:true|1)$/iu.test(row.text(contractSlots.isErc721))) noteNumbered(state, address);
}
