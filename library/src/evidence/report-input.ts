import type { Asset } from "../money/asset.ts";
import type { TraceBudget } from "../trace/request.ts";
import type { Trail } from "../trace/trail.ts";

/** Everything that a report says; it is a pure function of this, so the same input gives the same bytes. */
export interface ReportInput {
  readonly trail: Trail;
  /** The assets of the trail; amounts of an asset that is not here are printed in smallest units. */
  readonly assets: readonly Asset[];
  /** Several tags of one account stand side by side, each with its source. */
  readonly tags: readonly ReportTag[];
  /** Size of each ledger of the trail, by name. */
  readonly ledgers: readonly ReportLedger[];
  /** The command that made the trail, one argument an entry, the program's name first. */
  readonly command: readonly string[];
  /** Version of the engine that traced. */
  readonly engine: string;
  /** Files that went in: blocks, transactions, tags. */
  readonly files: readonly ReportFile[];
  /** Stops as they were given: `address:X`, `tags:FILE`, `height:N`. */
  readonly stops: readonly string[];
  readonly budget: TraceBudget;
  readonly followFees: boolean;
}

export interface ReportTag {
  readonly account: string;
  /** What the source says of the account, such as the name of a service. */
  readonly label: string;
  readonly source: string;
}

/** How much a ledger holds; which kind it is the trail says. */
export type ReportLedger = ReportCoinLedger | ReportAccountLedger;

export interface ReportCoinLedger {
  readonly name: string;
  readonly blocks: number;
  readonly transactions: number;
  readonly inputs: number;
  readonly outputs: number;
}

export interface ReportAccountLedger {
  readonly name: string;
  readonly transactions: number;
  readonly transfers: number;
  readonly accounts: number;
  /** What it is known not to hold: `internal transfers missing`. */
  readonly missing?: readonly string[];
}

export interface ReportFile {
  readonly name: string;
  /** Hex. */
  readonly sha256: string;
}
