import { LooseConflictError } from "../errors/ledger.ts";
import type { LooseInput, LooseOutput, LooseTransaction } from "./contract.ts";

/** `TXID:VOUT`, as opposed to a name that only one source has for a coin. */
export const outpointPattern = /^([0-9a-f]{64}):(\d{1,10})$/u;

/**
 * What two tellings of one transaction say together. What a transaction is (what it takes and gives) must agree; of
 * what is said about it the later telling counts where it says something, but a coin that was spent stays spent.
 * @throws LooseConflictError
 */
export function mergeLoose(earlier: LooseTransaction, later: LooseTransaction): LooseTransaction {
  const conflict = (why: string) =>
    new LooseConflictError({ txid: later.txid, other: null, source: later.source.name, why });
  const differs = (what: string) => conflict(`is told with other ${what} than by ${earlier.source.name}`);
  if (earlier.inputs.length !== later.inputs.length) throw differs("inputs");
  if (earlier.outputs.length !== later.outputs.length) throw differs("outputs");
  return {
    txid: earlier.txid,
    height: later.height ?? earlier.height,
    time: later.time ?? earlier.time,
    position: later.position ?? earlier.position,
    inputs: earlier.inputs.map((input, i) => mergeInput(input, later.inputs[i]!, () => differs(`facts of input ${i}`))),
    outputs: earlier.outputs.map((output, vout) =>
      mergeOutput(output, later.outputs[vout]!, () => differs(`facts of output ${vout}`)),
    ),
    raw: longer(earlier.raw, later.raw),
    source: earlier.source,
  };
}

/** Both have the txid: the longer has the witnesses where a source left them out (BIP 141). */
function longer(a: Uint8Array | null, b: Uint8Array | null): Uint8Array | null {
  return (b?.length ?? 0) > (a?.length ?? 0) ? b : a;
}

/** Bytes that are told twice must be the same. */
function agree(a: Uint8Array | null, b: Uint8Array | null): boolean {
  return a === null || b === null || Buffer.compare(a, b) === 0;
}

function mergeInput(a: LooseInput, b: LooseInput, differs: () => LooseConflictError): LooseInput {
  const isOutpoint = (input: LooseInput) => outpointPattern.test(input.coin);
  if (isOutpoint(a) && isOutpoint(b) && a.coin !== b.coin) throw differs();
  if (a.value !== null && b.value !== null && a.value !== b.value) throw differs();
  if (!agree(a.script, b.script)) throw differs();
  return { coin: isOutpoint(b) ? b.coin : a.coin, value: a.value ?? b.value, script: a.script ?? b.script };
}

function mergeOutput(a: LooseOutput, b: LooseOutput, differs: () => LooseConflictError): LooseOutput {
  if (a.value !== b.value || !agree(a.script, b.script)) throw differs();
  return { value: a.value, script: a.script, spent: mergeSpent(a.spent, b.spent), alias: a.alias ?? b.alias };
}

function mergeSpent(a: LooseOutput["spent"], b: LooseOutput["spent"]): LooseOutput["spent"] {
  if (a === null || b === null) return b ?? a;
  const is = a.is || b.is;
  return { is, by: is ? (b.by ?? a.by) : null };
}
