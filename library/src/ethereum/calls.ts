import type { CallKind, EthereumCall } from "./chain-record.ts";
import { addressOf, countOf, listOf, quantityOf, recordOf, refused } from "./field.ts";
import { callsPerTransactionMax } from "./transfer.ts";

/** What `trace_block` and etl's traces call the kinds, and what the call tracer calls them. */
const kinds: Readonly<Record<string, CallKind>> = {
  call: "call",
  callcode: "callcode",
  delegatecall: "delegatecall",
  staticcall: "staticcall",
  create: "create",
  create2: "create",
  suicide: "selfdestruct",
  selfdestruct: "selfdestruct",
};

export function callKindOf(name: unknown): CallKind {
  const kind = typeof name === "string" ? (kinds[name] ?? kinds[name.toLowerCase()]) : undefined;
  if (kind === undefined) throw refused(`the call's type ${JSON.stringify(name ?? null).slice(0, 40)} is not known`);
  return kind;
}

const callValue = (value: unknown, kind: CallKind) =>
  value === undefined || value === null
    ? kind === "call" || kind === "create"
      ? 0n
      : null
    : quantityOf(value, "a call's value");

/**
 * The calls of one transaction from geth's call tracer (`debug_traceTransaction` with `callTracer`), in the order of
 * execution. Nested deeper than any stack of ours: walked without recursion.
 * @throws EthereumRefusedError
 */
export function callsOfCallTracer(result: unknown): EthereumCall[] {
  const calls: EthereumCall[] = [];
  const waiting: { frame: unknown; depth: number }[] = [{ frame: result, depth: 0 }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const frame = recordOf(next.frame, "a call");
    const kind = callKindOf(frame.type);
    const failed = frame.error !== undefined && frame.error !== null && frame.error !== "";
    const value = callValue(frame.value, kind) ?? 0n;
    // Reth and anvil name no heir where a self-destruct in a contract's own favour moves nothing (EIP-6780).
    const mayLackTo = failed || (kind === "selfdestruct" && value === 0n);
    calls.push({
      kind,
      from: addressOf(frame.from, "a call's from"),
      to: mayLackTo ? addressIfAny(frame.to) : addressOf(frame.to, "a call's to"),
      value,
      failed,
      depth: next.depth,
    });
    if (calls.length > callsPerTransactionMax) throw refused(`it makes more than ${callsPerTransactionMax} calls`);
    const inner = frame.calls === undefined || frame.calls === null ? [] : listOf(frame.calls, "a call's calls");
    for (let j = inner.length - 1; j >= 0; j--) waiting.push({ frame: inner[j], depth: next.depth + 1 });
  }
  return calls;
}

function addressIfAny(value: unknown): string | null {
  return typeof value === "string" && /^0x[0-9a-fA-F]{40}$/u.test(value) ? value.toLowerCase() : null;
}

/**
 * One entry of `trace_block`: OpenEthereum's format, which Erigon, Nethermind, Reth, Besu and geth's flat tracer share.
 */
export type FlatTrace =
  | {
      readonly is: "call";
      readonly transaction: string | null;
      readonly path: readonly number[];
      readonly call: EthereumCall;
    }
  | { readonly is: "reward"; readonly to: string; readonly amount: bigint };

/** @throws EthereumRefusedError */
export function flatTraceOf(entry: unknown): FlatTrace {
  const trace = recordOf(entry, "a trace");
  const action = recordOf(trace.action, "a trace's action");
  if (trace.type === "reward") {
    return {
      is: "reward",
      to: addressOf(action.author, "a reward's author"),
      amount: quantityOf(action.value, "a reward"),
    };
  }
  const path = listOf(trace.traceAddress, "a trace's address").map((step) =>
    countOf(step, "a step of a trace's address"),
  );
  const failed = trace.error !== undefined && trace.error !== null && trace.error !== "";
  const transaction = typeof trace.transactionHash === "string" ? trace.transactionHash.toLowerCase() : null;
  return { is: "call", transaction, path, call: flatCall(trace, action, failed, path.length) };
}

function flatCall(
  trace: Readonly<Record<string, unknown>>,
  action: Readonly<Record<string, unknown>>,
  failed: boolean,
  depth: number,
): EthereumCall {
  const kind = callKindOf(trace.type === "call" ? (action.callType ?? "call") : trace.type);
  if (kind === "selfdestruct") {
    const from = addressOf(action.address, "a self-destruct's address");
    const heir = addressOf(action.refundAddress, "a self-destruct's heir");
    return { kind, from, to: heir, value: quantityOf(action.balance, "a self-destruct's balance"), failed, depth };
  }
  const result = trace.result === undefined || trace.result === null ? {} : recordOf(trace.result, "a trace's result");
  const to = kind === "create" ? result.address : action.to;
  return {
    kind,
    from: addressOf(action.from, "a call's from"),
    to: failed ? addressIfAny(to) : addressOf(to, kind === "create" ? "a made contract" : "a call's to"),
    value: callValue(action.value, kind) ?? 0n,
    failed,
    depth,
  };
}

/** Orders what stands at positions in a tree as it was executed: a call before what it calls, siblings by number. */
export function byPath(a: readonly number[], b: readonly number[]): number {
  const shared = Math.min(a.length, b.length);
  for (let j = 0; j < shared; j++) if (a[j] !== b[j]) return a[j]! - b[j]!;
  return a.length - b.length;
}
