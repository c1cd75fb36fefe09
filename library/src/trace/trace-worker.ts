import { parentPort, workerData } from "node:worker_threads";
import type { RuleTrace } from "./coin-trace.ts";
import type { TraceRequest } from "./request.ts";
import type { Rule } from "./rule.ts";
import { adoptRoom } from "./share-columns.ts";
import { traceRule } from "./trace-coins.ts";
import type { WorkerTask } from "./trace-coins-parallel.ts";

// The thread of traceCoinsParallel: gets a rule, gives its trace.
const { columns, room, request, subsidies } = workerData as WorkerTask;
const whole: TraceRequest = { ...request, subsidyAt: (height) => subsidies[height]! };
if (room !== null) adoptRoom(columns, room);

parentPort?.on("message", (rule: Rule) => {
  const trace = traceRule(columns, whole, rule);
  parentPort?.postMessage(trace, buffersOf(trace));
});

function buffersOf({ transactions, hops, coins, ends }: RuleTrace): ArrayBuffer[] {
  const arrays = [transactions, hops, coins.coin, coins.start, coins.label, coins.amount];
  const all = [...arrays, ends.coin, ends.reason, ends.start, ends.label, ends.amount];
  return [...new Set(all.map(({ buffer }) => buffer as ArrayBuffer))];
}
