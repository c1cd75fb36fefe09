import type { FoundTransaction, LooseInput, LooseOutput, LooseTransaction } from "./loose-transaction.ts";
import { sameBytes } from "./merge-transactions.ts";
import { maxMoney } from "./transaction.ts";

type SetAside = (found: FoundTransaction, reason: string) => void;

/** The held transaction and output that a coin's name points to; null where the set does not hold its maker. */
function makerOf(coin: string, byTxid: ReadonlyMap<string, FoundTransaction>) {
  const cut = coin.indexOf(":");
  const maker = byTxid.get(coin.slice(0, cut));
  return maker === undefined ? null : { maker: maker.transaction, vout: Number(coin.slice(cut + 1)) };
}

const indexOf = (found: readonly FoundTransaction[]) => new Map(found.map((one) => [one.transaction.txid, one]));

/**
 * Sets aside what cannot be: more paid than spent, an input that spends an output its maker does not have, or that says
 * of a coin what its maker does not. Inputs get the values and scripts that their makers know.
 */
export function dropImpossible(found: readonly FoundTransaction[], setAside: SetAside): FoundTransaction[] {
  const byTxid = indexOf(found);
  const kept: FoundTransaction[] = [];
  for (const one of found) {
    const inputs: LooseInput[] = [];
    let problem: string | null = null;
    for (const input of one.transaction.inputs) {
      const known = withMaker(input, byTxid);
      if (typeof known === "string") problem ??= known;
      else inputs.push(known);
    }
    problem ??= overspending(one.transaction, inputs);
    if (problem === null) kept.push({ ...one, transaction: { ...one.transaction, inputs } });
    else setAside(one, `${one.transaction.txid} ${problem}`);
  }
  return kept;
}

function withMaker(input: LooseInput, byTxid: ReadonlyMap<string, FoundTransaction>): LooseInput | string {
  const made = makerOf(input.coin, byTxid);
  if (made === null) return input;
  const output = made.maker.outputs[made.vout];
  if (output === undefined) return `spends ${input.coin}, which does not exist`;
  if (input.value !== null && input.value !== output.value) {
    return `says that ${input.coin} is of ${input.value} satoshi; it is of ${output.value}`;
  }
  if (input.script !== null && !sameBytes(input.script, output.script)) {
    return `says that ${input.coin} has another script than it has`;
  }
  return { ...input, value: output.value, script: output.script };
}

function overspending(transaction: LooseTransaction, inputs: readonly LooseInput[]): string | null {
  const paid = transaction.outputs.reduce((sum, { value }) => sum + value, 0n);
  if (paid > BigInt(maxMoney)) return `pays ${paid} satoshi, more than there will ever be`;
  if (inputs.length === 0) return null;
  let spent = 0n;
  for (const { value } of inputs) {
    if (value === null) return null;
    spent += value;
  }
  return paid > spent ? `pays ${paid} satoshi and spends only ${spent}` : null;
}

/**
 * Sets aside all but one of the transactions that spend a coin. The one stays that is in a block, else the one that the
 * coin's maker names as its spender, else the one that was found first. What makers say of spends is brought in line
 * with the spenders that are held.
 */
export function dropDoubleSpends(found: readonly FoundTransaction[], setAside: SetAside): FoundTransaction[] {
  const byTxid = indexOf(found);
  const claimed = (coin: string): string | null => {
    const made = makerOf(coin, byTxid);
    return made?.maker.outputs[made.vout]?.spent?.by ?? null;
  };
  // Best first, so that what comes later gives way. Sorting keeps the order in which equals were found.
  const weight = ({ transaction }: FoundTransaction) => {
    if (transaction.height !== null) return 2;
    return transaction.inputs.some(({ coin }) => claimed(coin) === transaction.txid) ? 1 : 0;
  };
  const spenders = new Map<string, string>();
  const dropped = new Set<FoundTransaction>();
  for (const one of found.toSorted((a, b) => weight(b) - weight(a))) {
    const { txid, inputs, height } = one.transaction;
    const problem = doubleSpend(txid, inputs, spenders, height === null ? claimed : () => null);
    if (problem === null) {
      for (const { coin } of inputs) spenders.set(coin, txid);
    } else {
      dropped.add(one);
      setAside(one, problem);
    }
  }
  return found.filter((one) => !dropped.has(one)).map((one) => withSpenders(one, spenders));
}

function doubleSpend(
  txid: string,
  inputs: readonly LooseInput[],
  spenders: ReadonlyMap<string, string>,
  claimed: (coin: string) => string | null,
): string | null {
  const own = new Set<string>();
  for (const { coin } of inputs) {
    if (own.has(coin)) return `${txid} spends ${coin} twice`;
    own.add(coin);
    const other = spenders.get(coin);
    if (other !== undefined) return `${txid} spends ${coin}, which ${other} spends too`;
    const told = claimed(coin);
    if (told !== null && told !== txid) {
      return `${txid} is in no block, and ${coin}, which it spends, is said to be spent by ${told}`;
    }
  }
  return null;
}

function withSpenders(found: FoundTransaction, spenders: ReadonlyMap<string, string>): FoundTransaction {
  const { transaction } = found;
  let changed = false;
  const outputs = transaction.outputs.map((output, j): LooseOutput => {
    const by = spenders.get(`${transaction.txid}:${j}`);
    if (by === undefined || output.spent?.by === by) return output;
    changed = true;
    return { ...output, spent: { is: true, by } };
  });
  return changed ? { ...found, transaction: { ...transaction, outputs } } : found;
}

/**
 * Sets aside transactions that spend each other in a circle, and what spends them: no order could hold them. Only
 * sources whose txids cannot be checked bring that about.
 */
export function dropCycles(found: readonly FoundTransaction[], setAside: SetAside): FoundTransaction[] {
  const byTxid = indexOf(found);
  const spenders = new Map<FoundTransaction, FoundTransaction[]>();
  const waiting = new Map<FoundTransaction, number>();
  const ready: FoundTransaction[] = [];
  for (const one of found) {
    const makers = one.transaction.inputs.flatMap(({ coin }) => byTxid.get(coin.slice(0, coin.indexOf(":"))) ?? []);
    for (const maker of makers) {
      const list = spenders.get(maker);
      if (list === undefined) spenders.set(maker, [one]);
      else list.push(one);
    }
    if (makers.length === 0) ready.push(one);
    else waiting.set(one, makers.length);
  }
  for (let maker = ready.pop(); maker !== undefined; maker = ready.pop()) {
    for (const spender of spenders.get(maker) ?? []) {
      const left = waiting.get(spender)! - 1;
      if (left > 0) waiting.set(spender, left);
      else {
        waiting.delete(spender);
        ready.push(spender);
      }
    }
  }
  for (const one of waiting.keys()) setAside(one, `${one.transaction.txid} spends, over others, what it made itself`);
  return waiting.size === 0 ? [...found] : found.filter((one) => !waiting.has(one));
}
