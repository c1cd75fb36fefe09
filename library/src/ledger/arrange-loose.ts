import { createHash } from "node:crypto";
import { LooseConflictError, LooseCycleError } from "../errors/ledger.ts";
import type { CoinRecord, LedgerSummary, LooseOutput, LooseTransaction } from "./contract.ts";
import type { MemoryContents, MemoryTransaction } from "./memory-coin-ledger.ts";
import { outpointPattern } from "./merge-loose.ts";

/** A transaction on its way to its place. */
interface Node {
  readonly loose: LooseTransaction;
  /** For each input the output that it spends, where the ledger holds it. */
  readonly parents: ({ readonly node: Node; readonly vout: number } | null)[];
  readonly children: Set<Node>;
  /** By output, who spends it here. */
  readonly spenders: (Node | null)[];
  orderHeight: number;
  /** Parents that have no place yet. */
  waiting: number;
  id: number;
}

/**
 * Puts loose transactions, each told once, into a ledger's order: parents first, then by height, position in the
 * block, time and txid, what is not known last. Coins whose maker is not held follow the others, in the order in which
 * they are spent.
 * @throws LooseConflictError, LooseCycleError
 */
export function arrangeLoose(
  loose: Iterable<LooseTransaction>,
  { name, network }: { name: string; network: string },
): MemoryContents {
  const nodes = link([...loose].sort((a, b) => (a.txid < b.txid ? -1 : 1)));
  const ordered = order(nodes);
  let firstOutput = 0;
  let inputs = 0;
  const coins: CoinRecord[] = [];
  for (const { loose: transaction, spenders, id } of ordered) {
    transaction.outputs.forEach(({ value, script, spent }, vout) => {
      const spender = spenders[vout]?.id ?? spendOf(spent);
      coins.push({ id: coins.length, name: `${transaction.txid}:${vout}`, maker: id, value, script, spender });
    });
  }
  const starts: number[] = [];
  for (const node of ordered) {
    starts.push(firstOutput);
    firstOutput += node.loose.outputs.length;
  }
  const transactions = ordered.map((node): MemoryTransaction => {
    const spends = node.parents.map((parent, i) => {
      if (parent !== null) return starts[parent.node.id]! + parent.vout;
      const { coin, value, script } = node.loose.inputs[i]!;
      return coins.push({ id: coins.length, name: coin, maker: null, value, script, spender: node.id }) - 1;
    });
    inputs += spends.length;
    const { txid, height, position, time, outputs, raw } = node.loose;
    return {
      id: node.id,
      txid,
      height,
      position,
      time,
      firstOutput: starts[node.id]!,
      outputCount: outputs.length,
      inputCount: spends.length,
      inputs: spends,
      orderHeight: Number.isFinite(node.orderHeight) ? node.orderHeight : null,
      raw,
    };
  });
  const summary: LedgerSummary = {
    name,
    kind: "coin",
    network,
    partial: true,
    blocks: 0,
    transactions: transactions.length,
    inputs,
    outputs: firstOutput,
    tip: tipOf(nodes),
  };
  return { summary, blocks: [], transactions, coins, wholeBlocks: false };
}

function spendOf(spent: LooseOutput["spent"]): CoinRecord["spender"] {
  if (spent === null) return "not-known";
  return spent.is ? "spent-elsewhere" : "unspent";
}

/**
 * The highest height, and SHA-256 over a line for each transaction, sorted. All that a trail can depend on is in it:
 * the txid; height, position and time; for each input the coin, its value and script; for each output its value,
 * script, and who spends it: a txid, `-` unspent, `+` spent elsewhere. What is not known is `?`. Separated by spaces.
 */
function tipOf(nodes: readonly Node[]): LedgerSummary["tip"] {
  if (nodes.length === 0) return null;
  const marks = { unspent: "-", "spent-elsewhere": "+", "not-known": "?" };
  const hash = createHash("sha256");
  let height: number | null = null;
  const hex = (script: Uint8Array | null) => (script === null ? "?" : `0x${Buffer.from(script).toString("hex")}`);
  for (const { loose, parents, spenders } of nodes) {
    const inputs = loose.inputs.flatMap(({ coin, value, script }, i) => {
      const parent = parents[i];
      const known = parent?.node.loose.outputs[parent.vout] ?? { value, script };
      const name = parent ? `${parent.node.loose.txid}:${parent.vout}` : JSON.stringify(coin);
      return [name, known.value ?? "?", hex(known.script)];
    });
    const outputs = loose.outputs.flatMap(({ value, script, spent }, vout) => {
      const state = spendOf(spent);
      const by = spenders[vout]?.loose.txid ?? (typeof state === "string" ? marks[state] : "?");
      return [value, hex(script), by];
    });
    const placed = [loose.height ?? "?", loose.position ?? "?", loose.time ?? "?"];
    hash.update(`${[loose.txid, ...placed, ...inputs, ...outputs].join(" ")}\n`);
    if (loose.height !== null && loose.height > (height ?? -1)) height = loose.height;
  }
  return { height, hash: hash.digest("hex") };
}

/** Finds for every input the output it spends. `sorted` by txid. */
function link(sorted: readonly LooseTransaction[]): Node[] {
  const nodes = sorted.map(
    (loose): Node => ({
      loose,
      parents: [],
      children: new Set(),
      spenders: loose.outputs.map(() => null),
      orderHeight: Number.POSITIVE_INFINITY,
      waiting: 0,
      id: -1,
    }),
  );
  const byTxid = new Map(nodes.map((node) => [node.loose.txid, node]));
  const byAlias = aliases(nodes);
  const foreign = new Map<string, Node>();
  for (const node of nodes) {
    for (const [i, { coin }] of node.loose.inputs.entries()) {
      const outpoint = outpointPattern.exec(coin);
      const maker = outpoint === null ? undefined : byTxid.get(outpoint[1]!);
      const parent = maker === undefined ? (byAlias.get(coin) ?? null) : { node: maker, vout: Number(outpoint![2]) };
      node.parents.push(parent);
      if (parent === null) {
        const other = foreign.get(coin);
        if (other !== undefined) throw spentTwice(node, coin, other);
        foreign.set(coin, node);
      } else spend(node, i, parent);
    }
  }
  return nodes;
}

function aliases(nodes: readonly Node[]): Map<string, { node: Node; vout: number }> {
  const byAlias = new Map<string, { node: Node; vout: number }>();
  for (const node of nodes) {
    for (const [vout, { alias }] of node.loose.outputs.entries()) {
      if (alias === null) continue;
      const other = byAlias.get(alias);
      if (other !== undefined) {
        const why = `calls its output ${vout} ${alias}, as ${other.node.loose.txid} calls one of its own`;
        throw conflict(node, other.node, why);
      }
      byAlias.set(alias, { node, vout });
    }
  }
  return byAlias;
}

function conflict(node: Node, other: Node, why: string): LooseConflictError {
  return new LooseConflictError({
    txid: node.loose.txid,
    other: other.loose.txid,
    source: node.loose.source.name,
    why,
  });
}

function spentTwice(node: Node, coin: string, other: Node): LooseConflictError {
  return conflict(node, other, `spends the coin ${coin}, which ${other.loose.txid} spends too`);
}

function spend(node: Node, i: number, { node: maker, vout }: { node: Node; vout: number }): void {
  const input = node.loose.inputs[i]!;
  const output = maker.loose.outputs[vout];
  if (output === undefined) {
    throw conflict(
      node,
      maker,
      `spends ${input.coin}, but ${maker.loose.txid} has ${maker.loose.outputs.length} outputs`,
    );
  }
  if (input.value !== null && input.value !== output.value) {
    throw conflict(node, maker, `says that ${input.coin} is worth ${input.value}, its maker says ${output.value}`);
  }
  const other = maker.spenders[vout];
  if (other !== null && other !== undefined) throw spentTwice(node, input.coin, other);
  maker.spenders[vout] = node;
  maker.children.add(node);
}

/** @throws LooseCycleError, LooseConflictError where a parent is in a later block than its child */
function order(nodes: readonly Node[]): Node[] {
  for (const node of nodes) node.waiting = new Set(node.parents.flatMap((parent) => parent?.node ?? [])).size;
  const topological: Node[] = nodes.filter((node) => node.waiting === 0);
  for (const node of topological) for (const child of node.children) if (--child.waiting === 0) topological.push(child);
  if (topological.length < nodes.length) {
    throw new LooseCycleError({ circle: circleOf(nodes.find((node) => node.waiting > 0)!) });
  }
  for (const node of topological.toReversed()) {
    // A transaction whose block is not known stands before the first that needs it.
    const lowest = Math.min(...[...node.children].map((child) => child.orderHeight), Number.POSITIVE_INFINITY);
    node.orderHeight = node.loose.height ?? lowest;
    if (node.orderHeight <= lowest) continue;
    const child = [...node.children].find((one) => one.orderHeight === lowest)!;
    const why = `is at height ${lowest} at most, but spends from ${node.loose.txid} at ${node.loose.height}`;
    throw conflict(child, node, why);
  }
  for (const node of nodes) node.waiting = new Set(node.parents.flatMap((parent) => parent?.node ?? [])).size;
  const ready = new Heap(nodes.filter((node) => node.waiting === 0));
  const ordered: Node[] = [];
  for (let node = ready.pop(); node !== undefined; node = ready.pop()) {
    node.id = ordered.push(node) - 1;
    for (const child of node.children) if (--child.waiting === 0) ready.push(child);
  }
  return ordered;
}

/** The txids of a circle that a transaction waits for: from parent to parent until one comes again. */
function circleOf(stuck: Node): string[] {
  const path = new Map<Node, number>();
  let node = stuck;
  for (; !path.has(node); node = node.parents.find((parent) => (parent?.node.waiting ?? 0) > 0)!.node) {
    path.set(node, path.size);
  }
  return [...path.keys()].slice(path.get(node)).map(({ loose }) => loose.txid);
}

const last = Number.POSITIVE_INFINITY;

function before(a: Node, b: Node): boolean {
  const facts = (node: Node) => [node.orderHeight, node.loose.position ?? last, node.loose.time ?? last];
  const [x, y] = [facts(a), facts(b)];
  for (let k = 0; k < x.length; k++) if (x[k] !== y[k]) return x[k]! < y[k]!;
  return a.loose.txid < b.loose.txid;
}

/** A binary heap: the first of what is ready. */
class Heap {
  readonly #nodes: Node[] = [];

  constructor(nodes: readonly Node[]) {
    for (const node of nodes) this.push(node);
  }

  push(node: Node): void {
    const heap = this.#nodes;
    let at = heap.push(node) - 1;
    while (at > 0) {
      const up = (at - 1) >> 1;
      if (!before(node, heap[up]!)) break;
      heap[at] = heap[up]!;
      at = up;
    }
    heap[at] = node;
  }

  pop(): Node | undefined {
    const heap = this.#nodes;
    const top = heap[0];
    const node = heap.pop();
    if (top === undefined || node === undefined || heap.length === 0) return top;
    let at = 0;
    for (;;) {
      let down = 2 * at + 1;
      if (down >= heap.length) break;
      if (down + 1 < heap.length && before(heap[down + 1]!, heap[down]!)) down++;
      if (!before(heap[down]!, node)) break;
      heap[at] = heap[down]!;
      at = down;
    }
    heap[at] = node;
    return top;
  }
}
