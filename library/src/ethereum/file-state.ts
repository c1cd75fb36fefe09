import { BlockTable } from "./block-table.ts";
import type { EthereumNetwork } from "./networks.ts";
import { ReceiptTable } from "./receipt-table.ts";
import { type EthereumCounts, emptyCounts, type SkippedRow, skippedMax } from "./source.ts";
import type { EthereumTransfer } from "./transfer.ts";

/** What a reading of files knows so far; the readers of the kinds of rows add to it. */
export interface FileState {
  readonly network: EthereumNetwork;
  readonly wrapped: ReadonlySet<string>;
  readonly blocks: BlockTable;
  readonly receipts: ReceiptTable;
  readonly counts: EthereumCounts;
  readonly skipped: SkippedRow[];
  /** Transfers that are not yet given on. */
  batch: EthereumTransfer[];
  /** By contract; of tokens' own files and of explorers' exports. */
  readonly tokens: Map<string, { decimals: number | null; symbol: string | null }>;
  /** Contracts of numbered things: from contracts' files, and from logs that have their form. */
  readonly numbered: Set<string>;
  /** What the notes on what is missing are made of. */
  readonly seen: Seen;
  readonly explorers: ExplorerFile[];
}

export interface Seen {
  /** Kinds of rows that came. */
  readonly kinds: Set<string>;
  transactionsToldByBlocks: number;
  withoutReceipt: number;
  withoutBlock: number;
  statusFromGas: number;
  createdUnknown: number;
  withoutTraces: number;
  tracesApart: number;
  transfersWithoutLogs: number;
  genesis: boolean;
  readonly assumedDecimals: Set<string>;
  readonly otherCurrencies: Set<string>;
}

/** An explorer's export, of one address. */
export interface ExplorerFile {
  readonly kind: string;
  readonly rows: number;
  /** Addresses that all its rows have in common, or the one that the file's name names. */
  readonly candidates: readonly string[];
}

/** More tokens than any chain has; keeps a file of rubbish from filling the memory. */
export const tokensMax = 5_000_000;

export function fileState(network: EthereumNetwork, wrapped: readonly string[]): FileState {
  return {
    network,
    wrapped: new Set([...network.wrapped, ...wrapped].map((contract) => contract.toLowerCase())),
    blocks: new BlockTable(network.cancunSeconds),
    receipts: new ReceiptTable(),
    counts: emptyCounts(),
    skipped: [],
    batch: [],
    tokens: new Map(),
    numbered: new Set(),
    seen: {
      kinds: new Set(),
      transactionsToldByBlocks: 0,
      withoutReceipt: 0,
      withoutBlock: 0,
      statusFromGas: 0,
      createdUnknown: 0,
      withoutTraces: 0,
      tracesApart: 0,
      transfersWithoutLogs: 0,
      genesis: false,
      assumedDecimals: new Set(),
      otherCurrencies: new Set(),
    },
    explorers: [],
  };
}

/** Sets a row aside, or a file as a whole where there is no row. */
export function setAside(
  state: FileState,
  file: string,
  place: { readonly number: number; readonly offset: number } | null,
  reason: string,
): void {
  state.counts.skipped++;
  if (state.skipped.length >= skippedMax) return;
  state.skipped.push({ file, row: place?.number ?? null, offset: place?.offset ?? null, reason });
}
