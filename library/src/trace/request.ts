import {
  BackwardRuleError,
  SeedAmountError,
  SeedUnknownError,
  SeedValueUnknownError,
  TraceRequestError,
} from "../errors/trace.ts";
import { type CoinColumns, type SubsidyAt, valueNotKnown } from "./columns.ts";
import { type Direction, type Rule, ruleFacts, rules } from "./rule.ts";

/** Where a trail begins: a coin, or its first units. */
export interface TraceSeed {
  /** The coin's id in the columns. */
  readonly output: number;
  /** The coin's first units, satoshi; null for the whole coin. */
  readonly amount: bigint | null;
  /** Index into {@link TraceRequest.labels}. */
  readonly label: number;
}

/** How far a trail may go. What is not followed for it is listed, with its reason and amount; no member is a clock. */
export interface TraceBudget {
  /** Transactions processed for each rule, in the order in which they are processed. */
  readonly movements?: number;
  /** A coin that is this many transactions away from its nearest seed is not followed. */
  readonly hops?: number;
  /** A coin with less traced value than this (satoshi, over all labels; poison: its face value) is not followed. */
  readonly min?: bigint;
}

/**
 * What to trace through a coin ledger.
 *
 * Forward, for each rule on its own: transactions are taken in the ledger's order. The inputs of a transaction form
 * one queue in index order; its outputs are filled in index order, the fee last. `fifo` takes units from the front of
 * the queue, `lifo` from its back (inputs reversed, and the units inside each). `haircut` gives output j
 * floor(T * (v_0 + … + v_j) / V) less the same for j - 1, with T the traced value and V the value of all inputs;
 * the fee gets the rest. `clean-first` and `dirty-first` pay that pool out first; `tiho` gives traced value to outputs
 * by descending value, ties by index. Under `fifo` and `lifo` labels ride on their units. Under the other conserved
 * rules the amounts above are those of all labels together, and each output's, then the fee's, is split over the
 * labels in proportion to what is left of each, so labels and outputs both add up and a total never depends on the
 * labels. `poison` flags every output of a transaction with a flagged input, and counts each flagged coin at face
 * value once a label.
 *
 * Seeds are applied when their coin exists, in the order given. Where traced value already reaches a seed's coin only
 * the difference is seeded anew: under `fifo` and `lifo` those of the first units that are clean, otherwise
 * max(0, amount - traced).
 *
 * Backward, transactions are taken in reverse order: `fifo` and `lifo` find for each unit the unit of an input that it
 * was, `haircut` divides what is traced over the inputs by value (with the same floors), `poison` takes all ancestors.
 */
export interface TraceRequest {
  readonly direction: Direction;
  readonly rules: readonly Rule[];
  /** Names of the thefts that are traced at once. */
  readonly labels: readonly string[];
  readonly seeds: readonly TraceSeed[];
  /** [ceil(outputCount / 32)] Bit o % 32 of word o / 32: coin o is an exit, spent or not, unless it is a seed. */
  readonly stopOutputs: Uint32Array | null;
  /** Forward: a coin whose spender is higher is an exit. Backward: a coin whose maker is lower is one. */
  readonly stopHeight: number | null;
  readonly budget: TraceBudget;
  /**
   * Follow fees into the coinbase of their block (ledgers of whole blocks only; elsewhere it changes nothing). Its
   * queue is the subsidy, then the fees in the block's order; what the miner did not claim comes last and ends as a
   * fee. A coinbase is taken after the other transactions of its block (backward: before them).
   */
  readonly followFees: boolean;
  readonly subsidyAt: SubsidyAt;
}

/** @throws TraceRequestError, BackwardRuleError, SeedUnknownError, SeedAmountError, SeedValueUnknownError */
export function checkRequest(columns: CoinColumns, request: TraceRequest): void {
  const refuse = (field: string, why: string) => new TraceRequestError({ field, why });
  if (request.rules.length === 0) throw refuse("rules", "it names no rule");
  if (new Set(request.rules).size !== request.rules.length) throw refuse("rules", "it names a rule twice");
  if (new Set(request.labels).size !== request.labels.length) throw refuse("labels", "it names a label twice");
  for (const rule of request.rules) {
    if (!rules.includes(rule)) throw refuse("rules", `"${rule}" is not a rule`);
    const why = ruleFacts[rule].backwardRefusal;
    if (request.direction === "backward" && why !== null) throw new BackwardRuleError({ rule, why });
  }
  const { movements, hops, min } = request.budget;
  for (const [name, limit] of Object.entries({ movements, hops, stopHeight: request.stopHeight ?? undefined })) {
    if (limit === undefined || (Number.isSafeInteger(limit) && limit >= 0)) continue;
    throw refuse(name, `${limit} is not a whole number from 0 on`);
  }
  if (min !== undefined && min < 0n) throw refuse("min", `${min} is negative`);
  if (request.stopOutputs !== null && request.stopOutputs.length < Math.ceil(columns.outputCount / 32)) {
    throw refuse("stopOutputs", "it has fewer bits than the ledger has outputs");
  }
  for (const seed of request.seeds) checkSeed(columns, request, seed);
}

function checkSeed(columns: CoinColumns, request: TraceRequest, seed: TraceSeed): void {
  const { output, amount, label } = seed;
  const labelCount = request.labels.length;
  if (!(Number.isInteger(output) && output >= 0 && output < columns.outputCount && label >= 0 && label < labelCount)) {
    throw new SeedUnknownError({ output, outputCount: columns.outputCount, label, labelCount });
  }
  const value = columns.outputValue[output]!;
  if (value === valueNotKnown) {
    const rule = request.rules.find((name) => name !== "poison");
    if (rule !== undefined) throw new SeedValueUnknownError({ output, rule });
    if (amount !== null && amount <= 0n) throw new SeedAmountError({ output, amount, value: 0n });
  } else if (amount !== null && (amount <= 0n || amount > BigInt(value))) {
    throw new SeedAmountError({ output, amount, value: BigInt(value) });
  }
}
