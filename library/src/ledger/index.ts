export * from "./account-contract.ts";
export {
  AccountLedgerWriter,
  type AccountLedgerWriterOptions,
  type TellingBatches,
} from "./account-ledger-writer.ts";
export type { BatchRoom } from "./batch-rows.ts";
export { CoinLedgerWriter, type CoinLedgerWriterOptions, roomDefault, type Tip } from "./coin-ledger-writer.ts";
export type { ColumnBytes, Connection, Lane, Parameters } from "./connection.ts";
export * from "./contract.ts";
export { DataFolder, type DataFolderOptions, type LedgerEntry } from "./data-folder.ts";
export { type EmbeddedConnection, type EmbeddedOptions, openEmbedded } from "./embedded-connection.ts";
export { loadTransfersMax } from "./load-accounts.ts";
export { type MemoryLedgerAbout, memoryAccountLedger } from "./memory-account-ledger.ts";
export { afterCursor, type MemoryContents, type MemoryTransaction, memoryCoinLedger } from "./memory-coin-ledger.ts";
export { type Appended, PartialLedgerWriter } from "./partial-ledger.ts";
export type { SettledAccounts, Supersedes } from "./settle-accounts.ts";
export type { AccountConflict, AccountConflicts } from "./settlement.ts";
export { type PackedTellings, TellingPacker } from "./telling-packer.ts";
