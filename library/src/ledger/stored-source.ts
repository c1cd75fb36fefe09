import type { Totals } from "./batch-journal.ts";
import type { Connection } from "./connection.ts";
import type { CoinChain } from "./contract.ts";

/** Where a stored coin ledger is read from. */
export interface StoredSource {
  readonly connection: Connection;
  readonly name: string;
  readonly network: string;
  readonly database: string;
  readonly chain: CoinChain;
  /** What counted when the ledger was opened: it stays a picture of that moment while more is appended. */
  readonly totals: Totals;
}
