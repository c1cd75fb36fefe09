import type { DayOrder } from "../trace/day-order.ts";
import type { TraceBudget } from "../trace/request.ts";
import type { Direction, Rule } from "../trace/rule.ts";
import type { IngestProgress } from "./ingest-blocks.ts";
import type { Stop } from "./stop.ts";

/** What a person asks of one ledger or of several. */
export interface Theft {
  /** The data folder. */
  readonly data: string;
  /** Names of the ledgers that the trail may run through. */
  readonly ledgers: readonly string[];
  /** Bank files to trace as they are, kept nowhere: one more ledger, {@link filesLedger}. */
  readonly bankFiles?: { readonly files: readonly string[]; readonly mapping: string | null };
  /** As a person writes them, see `parseSeed` and `seedAccounts`; with several ledgers `LEDGER/SEED` says which. */
  readonly seeds: readonly string[];
  /** Only value in these assets is seeded; empty: in any. */
  readonly assets?: readonly string[];
  /** `all`: every rule that is defined in the direction and for the ledgers. */
  readonly rules: readonly Rule[] | "all";
  readonly direction: Direction;
  readonly stops: readonly Stop[];
  readonly tagFiles?: readonly string[];
  readonly through?: readonly string[];
  readonly budget: TraceBudget;
  readonly followFees: boolean;
  readonly links?: {
    /** Files of declared links. Those that the data folder keeps are always looked at. */
    readonly files: readonly string[];
    /** Links below it are not followed; default {@link confidenceDefault}. */
    readonly confidenceMin?: number;
    /** Whether swaps and wraps are looked for inside transactions; default true. */
    readonly find?: boolean;
  };
  /** Which comes first on a day without hours; default `as-listed`. */
  readonly order?: DayOrder;
  readonly throughDebt?: boolean;
  /** Ledgers that tell what one of the ledgers tells in another way, where reports contradict each other. */
  readonly otherReports?: readonly { readonly of: string; readonly ledger: string }[];
  /** Whether to say what other assumptions would change, which costs a trace each; default true. */
  readonly alternatives?: boolean;
  readonly onProgress?: (progress: IngestProgress) => void;
}

/** The name of the ledger that bank files make which are traced without being kept. */
export const filesLedger = "files";

/** A link that is as likely wrong as right is not followed. */
export const confidenceDefault = 0.5;
