import type { EthereumCall } from "./chain-record.ts";
import { callIndex, type EthereumTransfer, type Place, transferOf } from "./transfer.ts";

/**
 * What calls move, appended to `into`: value of `call` and `create`, the balance of a self-destruct. `delegatecall`,
 * `staticcall` and `callcode` move nothing to anybody else. A call that failed, and everything below it, moves nothing.
 *
 * A contract that destroys itself in its own favour burns its balance, and so does what it is sent afterwards in the
 * same transaction; since EIP-6780 only if it was made in that transaction.
 *
 * @param calls of one transaction, in the order of execution
 */
export function pushCallTransfers(
  place: Place,
  calls: readonly EthereumCall[],
  rules: { native: string; selfDestructKeeps: boolean },
  into: EthereumTransfer[],
): void {
  const first = into.length;
  let failedDepth = Number.POSITIVE_INFINITY;
  let created: Set<string> | null = null;
  // Where in `into` each destroyed contract was destroyed.
  let destroyed: Map<string, number> | null = null;
  for (let j = 0; j < calls.length; j++) {
    const { kind, from, to, value, failed, depth } = calls[j]!;
    if (depth > failedDepth) continue;
    failedDepth = failed ? depth : Number.POSITIVE_INFINITY;
    if (failed || kind === "delegatecall" || kind === "staticcall" || kind === "callcode") continue;
    if (kind === "create" && to !== null) {
      created ??= new Set();
      created.add(to);
    }
    const burns = kind === "selfdestruct" && (!rules.selfDestructKeeps || created?.has(from) === true);
    if (kind === "selfdestruct" && to === from && !burns) continue;
    if (value > 0n) {
      const receiver = burns && to === from ? null : to;
      into.push(transferOf(place, "call", callIndex + j, from, receiver, rules.native, value, false));
    }
    if (burns) {
      destroyed ??= new Map();
      destroyed.set(from, into.length);
    }
  }
  if (destroyed !== null) pushLateBurns(place, destroyed, rules.native, callIndex + calls.length, first, into);
}

/** What a destroyed contract got after it was destroyed, and did not pay on, is gone when the transaction ends. */
function pushLateBurns(
  place: Place,
  destroyed: ReadonlyMap<string, number>,
  native: string,
  nextIndex: number,
  first: number,
  into: EthereumTransfer[],
): void {
  const last = into.length;
  let index = nextIndex;
  for (const [account, since] of destroyed) {
    let held = 0n;
    for (let j = Math.max(first, since); j < last; j++) {
      const { from, to, amount } = into[j]!;
      if (to === account) held += amount;
      if (from === account) held -= amount;
    }
    if (held > 0n) into.push(transferOf(place, "call", index++, account, null, native, held, false));
  }
}
