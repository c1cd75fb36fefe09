import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { CoinTrace, RuleTrace } from "./coin-trace.ts";
import { type CoinColumns, heightNotKnown } from "./columns.ts";
import { checkRequest, type TraceRequest } from "./request.ts";
import type { Rule } from "./rule.ts";
import { isShared, roomOf, type SharedRoom } from "./share-columns.ts";
import { traceRule } from "./trace-coins.ts";

/** What a worker is given, once. The subsidy goes as a table, because a function cannot be sent. */
export interface WorkerTask {
  readonly columns: CoinColumns;
  readonly room: SharedRoom | null;
  readonly request: Omit<TraceRequest, "subsidyAt">;
  /** [height] */
  readonly subsidies: Float64Array;
}

export interface ParallelOptions {
  /** Threads beside the calling one; default: as many as there are processors, and not more than rules. */
  readonly threads?: number;
  /** Fewer transactions than this, a rule, are traced in the calling thread. */
  readonly transactionsMin?: number;
}

/** See the measurement in `traceCoinsParallel`. */
const transactionsMinDefault = 200_000;

/**
 * The same as `traceCoins`, and the same result, with each rule in a thread of its own where that pays: several rules,
 * columns from `shareColumns`, and at least 200,000 transactions that a rule may touch (the whole ledger, or the
 * budget of movements). Measured: a thread costs 0.3 s of processor time, to begin and to compile the kernels anew,
 * in which one rule goes through some 200,000 transactions.
 * The calling thread stays free meanwhile.
 * @throws the errors of `traceCoins`
 */
export async function traceCoinsParallel(
  columns: CoinColumns,
  request: TraceRequest,
  options: ParallelOptions = {},
): Promise<CoinTrace> {
  checkRequest(columns, request);
  const { rules, budget } = request;
  const reach = Math.min(columns.transactionCount, budget.movements ?? columns.transactionCount);
  const threads = Math.min(rules.length, options.threads ?? availableParallelism());
  const isWorthIt = reach >= (options.transactionsMin ?? transactionsMinDefault) && isShared(columns);
  const traced = new Map<Rule, RuleTrace>();
  if (threads > 1 && isWorthIt) {
    const task = taskOf(columns, request);
    const waiting = [...rules];
    await Promise.all(Array.from({ length: threads }, () => work(task, waiting, traced)));
  }
  // Also what a thread failed at: asked here, it throws its own kind of error.
  return {
    direction: request.direction,
    rules: rules.map((rule) => traced.get(rule) ?? traceRule(columns, request, rule)),
  };
}

function taskOf(columns: CoinColumns, request: TraceRequest): WorkerTask {
  const { subsidyAt, ...rest } = request;
  let highest = 0;
  if (request.followFees && columns.wholeBlocks) {
    for (const height of columns.txHeight) if (height !== heightNotKnown && height > highest) highest = height;
  }
  const subsidies = Float64Array.from({ length: request.followFees ? highest + 1 : 0 }, (_, height) =>
    subsidyAt(height),
  );
  return { columns, room: roomOf(columns), request: rest, subsidies };
}

/** Lets one worker take rules from those that wait, until none is left. */
function work(task: WorkerTask, waiting: Rule[], traced: Map<Rule, RuleTrace>): Promise<void> {
  // Node runs the sources as they are; a compiled library has its worker beside it likewise.
  const file = import.meta.url.endsWith(".ts") ? "./trace-worker.ts" : "./trace-worker.js";
  return new Promise((resolve) => {
    const worker = new Worker(new URL(file, import.meta.url), { workerData: task });
    const next = () => {
      const rule = waiting.shift();
      if (rule === undefined) void worker.terminate().then(() => resolve());
      else worker.postMessage(rule);
    };
    worker.on("message", (trace: RuleTrace) => {
      traced.set(trace.rule, trace);
      next();
    });
    // A rule that fails is missing from `traced` and asked again by the caller; so are those still waiting.
    worker.on("error", () => resolve());
    next();
  });
}
