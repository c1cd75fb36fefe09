import { instantOfSeconds } from "../money/instant.ts";
import { displayedAmount } from "./displayed-amount.ts";
import { addressOf, addressOrNull, countOrNull, hashOf, refused } from "./field.ts";
import type { ExplorerFile, FileState } from "./file-state.ts";
import { ListedIndices } from "./listed-index.ts";
import type { Row } from "./row.ts";
import { type RowKind, slotsOf } from "./row-kind.ts";
import { secondsOrNull } from "./time-field.ts";
import { callIndex, type Layer, logIndex, type Place, transferOf } from "./transfer.ts";

/*
 * Etherscan's CSV exports of one address: transactions, internal transactions, ERC-20 transfers, withdrawals. Amounts
 * are as they are displayed; they become smallest units exactly. Which address it is the export of, it does not say in
 * words: it is the one that all its rows have in common, or that the file's name names.
 */

/** Rows of a file, after which its export is taken to be cut off: the explorer stops there. */
const exportRowsMax = 5000;
const nativeDecimals = 18;
const ordinaryDecimals = 18;

/** Decimals of tokens that most exports hold, for exports without a file of tokens. From the contracts themselves. */
const wellKnownDecimals: Readonly<Record<string, number>> = {
  "0xdac17f958d2ee523a2206206994597c13d831ec7": 6,
  "0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48": 6,
  "0x2260fac5e5542a773aa44fbcfedf7c193bc2c599": 8,
  "0x6b175474e89094c44da98b954eedeac495271d0f": 18,
  "0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2": 18,
};

const internalSlots = slotsOf("explorer_internal");
const normalSlots = slotsOf("explorer_normal");
const tokenSlots = slotsOf("explorer_token");
const withdrawalSlots = slotsOf("explorer_withdrawal");

export class ExplorerRows {
  readonly #state: FileState;
  readonly #internal = new ListedIndices({ first: callIndex + 1, count: logIndex - callIndex - 2 });
  readonly #tokens = new ListedIndices({ first: logIndex, count: 2 ** 30 });
  /** Of the file that is being read. */
  #kind: RowKind | null = null;
  #rows = 0;
  /** Addresses that every row so far has in common; null before the first. */
  #common: Set<string> | null = null;
  #named: readonly string[] = [];

  constructor(state: FileState) {
    this.#state = state;
  }

  beginFile(file: string, kind: RowKind): void {
    this.#kind = kind;
    this.#rows = 0;
    this.#common = null;
    const name = file.slice(file.lastIndexOf("/") + 1).toLowerCase();
    this.#named = name.match(/0x[0-9a-f]{40}/gu) ?? [];
    this.#internal.nextFile();
    this.#tokens.nextFile();
  }

  /** Notes of whom the export may be. */
  endFile(): void {
    if (this.#kind === null || this.#rows === 0) return;
    const common = [...(this.#common ?? [])];
    const named = common.filter((address) => this.#named.includes(address));
    const candidates = named.length === 1 ? named : common;
    this.#state.explorers.push({ kind: this.#kind, rows: this.#rows, candidates });
    this.#kind = null;
  }

  /** @throws EthereumRefusedError */
  add(row: Row): void {
    if (this.#kind === "explorer_normal") this.#normal(row);
    else if (this.#kind === "explorer_internal") this.#internalRow(row);
    else if (this.#kind === "explorer_token") this.#token(row);
    else if (this.#kind === "explorer_withdrawal") this.#withdrawal(row);
    else {
      this.#state.counts.tokenTransfers++;
      this.#state.counts.notFungible++;
    }
    this.#rows++;
  }

  #saw(...addresses: (string | null)[]): void {
    const here = new Set(addresses.filter((address) => address !== null));
    this.#common = this.#common === null ? here : this.#common.intersection(here);
  }

  #normal(row: Row): void {
    const s = normalSlots;
    const place = placeIn(row, s);
    const from = addressOf(row.text(s.from), "from");
    const to = addressOrNull(row.text(s.to), "to") ?? addressOrNull(row.text(s.created), "the contract");
    const amount = amountIn(row, s);
    const fee = row.text(s.fee) === "" ? 0n : displayedAmount(row.text(s.fee), nativeDecimals, "the fee");
    const failed = hasFailed(row, s);
    if (to === null && amount > 0n && !failed) throw refused("it names nobody who gets its value");
    this.#saw(from, to);
    const { native } = this.#state.network;
    const { batch } = this.#state;
    this.#state.counts.transactions++;
    // The export tells what the gas cost, not what of it was burnt, nor who was paid.
    if (fee > 0n) batch.push(transferOf(place, "whole-fee", 0, from, null, native, fee, true));
    if (amount > 0n && !failed) batch.push(transferOf(place, "top", callIndex, from, to, native, amount, false));
  }

  #internalRow(row: Row): void {
    const s = internalSlots;
    const place = placeIn(row, s);
    const from = addressOf(row.text(s.from), "from");
    const to = addressOrNull(row.text(s.to), "to") ?? addressOrNull(row.text(s.created), "the contract");
    const amount = amountIn(row, s);
    const failed = hasFailed(row, s);
    if (to === null && amount > 0n && !failed) throw refused("it names nobody who gets its value");
    this.#saw(from, to);
    this.#state.counts.traces++;
    if (failed) return;
    this.#push(this.#internal, place, "internal", from, to, this.#state.network.native, amount);
  }

  #token(row: Row): void {
    const s = tokenSlots;
    const place = placeIn(row, s);
    const from = addressOf(row.text(s.from), "from");
    const to = addressOf(row.text(s.to), "to");
    const contract = addressOrNull(row.text(s.contract), "the token's contract") ?? this.#contractOfFile();
    const known = this.#state.tokens.get(contract)?.decimals ?? wellKnownDecimals[contract] ?? null;
    const amount = displayedAmount(row.text(s.amount), known ?? ordinaryDecimals, "the token's amount");
    this.#saw(from, to);
    this.#state.counts.tokenTransfers++;
    if (known === null) this.#state.seen.assumedDecimals.add(contract);
    if (this.#state.tokens.get(contract) === undefined) {
      const symbol = row
        .words(s.symbol)
        .replace(/[\p{C}]/gu, "")
        .trim()
        .slice(0, 64);
      this.#state.tokens.set(contract, { decimals: known, symbol: symbol === "" ? null : symbol });
    }
    const payer = from === zeroAddress ? null : from;
    const receiver = to === zeroAddress ? null : to;
    if (payer !== null || receiver !== null)
      this.#push(this.#tokens, place, "token", payer, receiver, contract, amount);
  }

  /** A token's own page exports its transfers without saying which token it is; the file's name does. */
  #contractOfFile(): string {
    const [contract, other] = this.#named;
    if (contract !== undefined && other === undefined) return contract;
    throw refused("it does not say which token's transfer it is, and neither does the file's name");
  }

  #withdrawal(row: Row): void {
    const s = withdrawalSlots;
    const [named, other] = this.#named;
    const told = addressOrNull(row.text(s.to), "the recipient") ?? (other === undefined ? named : undefined);
    if (told === undefined) throw refused("it does not say who was paid, and neither does the file's name");
    const height = countOrNull(row.text(s.block), "the block");
    const index = countOrNull(row.text(s.index), "the index");
    const seconds = secondsOrNull(row.text(s.seconds), "the time") ?? secondsOrNull(row.text(s.date), "the time");
    const amount = displayedAmount(row.text(s.amount), nativeDecimals, "the amount");
    if (height === null || index === null) throw refused("it has no block, or no index");
    this.#saw(told);
    if (amount === 0n) return;
    const transaction = `withdrawal:${index}`;
    const time = seconds === null ? null : instantOfSeconds(seconds);
    const place: Place = { transaction, height, position: null, time, dayOnly: false };
    const { native } = this.#state.network;
    this.#state.batch.push(transferOf(place, "withdrawal", 0, null, told, native, amount, false));
  }

  #push(
    indices: ListedIndices,
    place: Place,
    layer: Layer,
    from: string | null,
    to: string | null,
    asset: string,
    amount: bigint,
  ): void {
    if (amount === 0n) return;
    const index = indices.indexOf(place.transaction, `${from} ${to} ${asset} ${amount}`);
    this.#state.batch.push(transferOf(place, layer, index, from, to, asset, amount, false));
  }
}

const zeroAddress = `0x${"0".repeat(40)}`;

function placeIn(row: Row, s: { hash: number; block: number; seconds: number; date: number }): Place {
  const seconds = secondsOrNull(row.text(s.seconds), "the time") ?? secondsOrNull(row.text(s.date), "the time");
  return {
    transaction: hashOf(row.text(s.hash), "the transaction's hash"),
    height: countOrNull(row.text(s.block), "the block"),
    position: null,
    time: seconds === null ? null : instantOfSeconds(seconds),
    dayOnly: false,
  };
}

/** What came in or what went out; both where an address paid itself. */
function amountIn(row: Row, s: { in: number; out: number }): bigint {
  const [come, gone] = [s.in, s.out].map((slot) => {
    const text = row.text(slot);
    return text === "" ? 0n : displayedAmount(text, nativeDecimals, "the value");
  }) as [bigint, bigint];
  if (come > 0n && gone > 0n && come !== gone) throw refused("what came in and what went out differ in one transfer");
  return come > 0n ? come : gone;
}

/** Empty or 0 where all went well: `Error(0)`, `1`, `execution reverted`. */
function hasFailed(row: Row, s: { status: number; error: number }): boolean {
  const status = row.text(s.status).trim();
  return (status !== "" && status !== "0") || row.text(s.error).trim() !== "";
}

/**
 * The addresses that exports are of, each with the kinds of its exports and the rows of each. Where all rows have two
 * addresses in common, it is the one of which there is another export.
 */
export function explorerAddresses(files: readonly ExplorerFile[]): Map<string, Map<string, number>> {
  const own = new Set(
    files.filter(({ candidates }) => candidates.length === 1).map(({ candidates }) => candidates[0]!),
  );
  const addresses = new Map<string, Map<string, number>>();
  for (const { kind, rows, candidates } of files) {
    const known = candidates.filter((candidate) => own.has(candidate));
    if (known.length !== 1) continue;
    const kinds = addresses.get(known[0]!) ?? new Map<string, number>();
    kinds.set(kind, Math.max(kinds.get(kind) ?? 0, rows));
    addresses.set(known[0]!, kinds);
  }
  return addresses;
}

/**
 * How much of an address an explorer's exports hold: all where its transactions, internal transactions and ERC-20
 * transfers are there and none ends where the explorer stops, else a part.
 */
export function coverageOf(rows: ReadonlyMap<string, number>): { coverage: "covered" | "partly"; lacks: string[] } {
  const kinds = {
    explorer_normal: "transactions",
    explorer_internal: "internal transactions",
    explorer_token: "ERC-20 transfers",
  };
  const lacks = Object.entries(kinds).flatMap(([kind, name]) => {
    const count = rows.get(kind);
    if (count === undefined) return [`no export of its ${name}`];
    return count >= exportRowsMax ? [`the export of its ${name} ends at ${count} rows`] : [];
  });
  return { coverage: lacks.length === 0 ? "covered" : "partly", lacks };
}
