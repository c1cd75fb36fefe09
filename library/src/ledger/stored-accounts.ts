import type { AccountTables } from "./account-schema.ts";
import type { SettledState } from "./account-state.ts";
import type { Connection } from "./connection.ts";

/** Where a settled account ledger is read from. */
export interface StoredAccounts {
  readonly connection: Connection;
  readonly name: string;
  readonly network: string;
  readonly partial: boolean;
  readonly tables: AccountTables;
  /** What counted when the ledger was opened: its tables stay as long as it is open. */
  readonly settled: SettledState;
  /** Called once when the ledger is closed. */
  readonly onClosed: () => void;
}
