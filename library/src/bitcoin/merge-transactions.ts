import type { FoundTransaction, LooseInput, LooseOutput, LooseTransaction } from "./loose-transaction.ts";

/**
 * Makes one of all that is told of a txid. Each source may know what another does not: the values that inputs spend,
 * the block, whether and by what an output is spent (later word wins over earlier: a coin does not become unspent).
 * What contradicts what was told before is set aside.
 */
export function mergeTransactions(
  found: readonly FoundTransaction[],
  setAside: (found: FoundTransaction, reason: string) => void,
): FoundTransaction[] {
  const merged = new Map<string, FoundTransaction>();
  for (const one of found) {
    const { txid } = one.transaction;
    const known = merged.get(txid);
    if (known === undefined) {
      merged.set(txid, one);
      continue;
    }
    const both = mergeTwo(known.transaction, one.transaction);
    if (typeof both === "string") setAside(one, `${txid} was told before, in ${known.file}, otherwise: ${both}`);
    else merged.set(txid, { ...known, transaction: both });
  }
  return [...merged.values()];
}

/** The two as one, or how they contradict each other. */
function mergeTwo(a: LooseTransaction, b: LooseTransaction): LooseTransaction | string {
  if (a.inputs.length !== b.inputs.length) return `with ${a.inputs.length} inputs, now ${b.inputs.length}`;
  if (a.outputs.length !== b.outputs.length) return `with ${a.outputs.length} outputs, now ${b.outputs.length}`;
  if (a.height !== null && b.height !== null && a.height !== b.height) {
    return `at height ${a.height}, now ${b.height}`;
  }
  const inputs: LooseInput[] = [];
  for (let j = 0; j < a.inputs.length; j++) {
    const input = mergeInput(a.inputs[j]!, b.inputs[j]!);
    if (typeof input === "string") return `its input ${j} ${input}`;
    inputs.push(input);
  }
  const outputs: LooseOutput[] = [];
  for (let j = 0; j < a.outputs.length; j++) {
    const output = mergeOutput(a.outputs[j]!, b.outputs[j]!);
    if (typeof output === "string") return `its output ${j} ${output}`;
    outputs.push(output);
  }
  return {
    ...a,
    inputs,
    outputs,
    // The time of a block is worth more than the time at which somebody first saw the transaction.
    time: a.height === null && b.height !== null ? (b.time ?? a.time) : (a.time ?? b.time),
    height: a.height ?? b.height,
    position: a.position ?? b.position,
    raw: longer(a.raw, b.raw),
  };
}

/** The one with the witnesses, where one source has left them out. */
function longer(a: Uint8Array | null, b: Uint8Array | null): Uint8Array | null {
  return (b?.length ?? 0) > (a?.length ?? 0) ? b : a;
}

function mergeInput(a: LooseInput, b: LooseInput): LooseInput | string {
  const named = isTxidCoin(a.coin) === isTxidCoin(b.coin);
  if (named && a.coin !== b.coin) return `spent ${a.coin}, now ${b.coin}`;
  if (a.value !== null && b.value !== null && a.value !== b.value) return `spent ${a.value} satoshi, now ${b.value}`;
  if (a.script !== null && b.script !== null && !sameBytes(a.script, b.script)) return "spent a coin of another script";
  return {
    coin: isTxidCoin(a.coin) ? a.coin : b.coin,
    value: a.value ?? b.value,
    script: a.script ?? b.script,
  };
}

function mergeOutput(a: LooseOutput, b: LooseOutput): LooseOutput | string {
  if (a.value !== b.value) return `was of ${a.value} satoshi, now ${b.value}`;
  if (!sameBytes(a.script, b.script)) return "had another script";
  const [byA, byB] = [a.spent?.by ?? null, b.spent?.by ?? null];
  if (byA !== null && byB !== null && byA !== byB) return `was spent by ${byA}, now by ${byB}`;
  const is = a.spent?.is === true || b.spent?.is === true;
  const spent = a.spent === null && b.spent === null ? null : { is, by: byA ?? byB };
  return { ...a, spent, alias: a.alias ?? b.alias };
}

const isTxidCoin = (coin: string) => coin.indexOf(":") === 64;

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}
