import { displayHash, internalHash } from "./hash.ts";
import { hex, meetsTarget, targetBytes, workOfBits } from "./header.ts";
import { type HeaderTable, indexByHash, none } from "./header-table.ts";
import type { Network } from "./networks.ts";
import { type Ancestry, isRegular, nextBits, warpsTime } from "./retarget.ts";

/** A header that was set aside; `index` is its row in the table. */
export interface HeaderFinding {
  readonly index: number;
  readonly reason: string;
}

/** The best chain in a table of headers: the one with the most work from the network's genesis. */
export interface HeaderChain {
  /** Of the last block; -1 where the table does not hold the genesis block. */
  readonly height: number;
  /** [height + 1] Rows of the table. */
  readonly rows: Int32Array;
  /** The work of the whole chain, in hashes tried on average. */
  readonly work: bigint;
  /** Headers that are valid and on another branch. */
  readonly stale: number;
  /** Headers whose ancestors the table does not hold back to the genesis block. */
  readonly orphans: number;
  /** Headers that break a rule, or were refused, and those that build on them. */
  readonly unusable: number;
  /** Further copies of blocks that the table holds already. */
  readonly repeated: number;
  /** What was set aside and why: one for each branch, run of orphans, and header that breaks a rule. */
  readonly findings: readonly HeaderFinding[];
  /**
   * Refuses a block of the chain whose body turned out to be bad, with all that builds on it. Where another copy of
   * the block is in the table it takes its place. Finds the best chain anew, in this same object.
   * @returns the height of the last block that both chains have
   */
  refuse(height: number, reason: string): number;
}

/**
 * Finds the best chain, with headers in any order, stale branches, orphans and repetitions. Each header's link, proof
 * of work and bits (by the network's retarget rule) are checked. Of branches with the same work the one whose last
 * block stands first in the table wins, as nodes keep what they saw first.
 */
export function findBestChain(table: HeaderTable, network: Network): HeaderChain {
  const state = visitFromGenesis(table, network);
  return chainOf(state, []);
}

const workLimbs = 4;

interface State extends Ancestry {
  readonly table: HeaderTable;
  readonly network: Network;
  readonly nextCopy: Int32Array;
  /** [count] Rows of visited headers, each after its parent; `visited` of them. */
  readonly order: Int32Array;
  visited: number;
  /** [4 × count] Work from the genesis block on, 128 bits, lowest limb first. */
  readonly work: Uint32Array;
  /** [count] 1 where the header, or an ancestor, breaks a rule or was refused. */
  readonly bad: Uint8Array;
  readonly broken: HeaderFinding[];
  /** [count] The row that now stands for a row: itself, or a later copy of the block. */
  readonly copy: Int32Array;
  readonly repeated: number;
}

function visitFromGenesis(table: HeaderTable, network: Network): State {
  const { count } = table;
  const index = indexByHash(table);
  const parent = new Int32Array(count);
  const firstChild = new Int32Array(count).fill(none);
  const nextSibling = new Int32Array(count).fill(none);
  const isRepeat = new Uint8Array(count);
  for (const copy of index.nextCopy) if (copy !== none) isRepeat[copy] = 1;
  let repeated = 0;
  // Backward, so that children stand in the order in which they were seen.
  for (let row = count - 1; row >= 0; row--) {
    const above = index.find(table.previous, 32 * row);
    parent[row] = above;
    repeated += isRepeat[row]!;
    if (above === none || isRepeat[row] === 1) continue;
    nextSibling[row] = firstChild[above]!;
    firstChild[above] = row;
  }
  const state: State = {
    table,
    network,
    parent,
    nextCopy: index.nextCopy,
    height: new Int32Array(count).fill(none),
    regular: new Int32Array(count),
    order: new Int32Array(count),
    visited: 0,
    work: new Uint32Array(workLimbs * count),
    bad: new Uint8Array(count),
    broken: [],
    copy: Int32Array.from({ length: count }, (_, row) => row),
    repeated,
  };
  const genesis = count === 0 ? none : index.find(internalHash(network.genesisHash), 0);
  if (genesis !== none) visit(state, genesis, firstChild, nextSibling);
  return state;
}

function visit(state: State, genesis: number, firstChild: Int32Array, nextSibling: Int32Array): void {
  const { network, table, order, parent, height, regular, bad } = state;
  const targets = new Map<number, { bytes: Uint8Array; work: Uint32Array }>();
  order[0] = genesis;
  let end = 1;
  for (let at = 0; at < end; at++) {
    const row = order[at]!;
    const above = parent[row]!;
    const bits = table.bits[row]!;
    height[row] = row === genesis ? 0 : height[above]! + 1;
    let reason = row !== genesis && bad[above] === 0 ? brokenRule(state, row, above) : null;
    if (reason === null && (row === genesis || bad[above] === 0)) {
      const target = targets.get(bits) ?? { bytes: targetBytes(bits), work: limbsOf(workOfBits(bits)) };
      targets.set(bits, target);
      if (!meetsTarget(table.hash, 32 * row, target.bytes)) reason = `its hash does not meet its bits ${hex(bits)}`;
      else addWork(state.work, row === genesis ? none : above, target.work, row);
    }
    if (reason !== null) state.broken.push({ index: row, reason: `Block ${nameOf(state, row)}: ${reason}` });
    bad[row] = reason !== null || (row !== genesis && bad[above] === 1) ? 1 : 0;
    regular[row] = row === genesis || isRegular(network, height[row]!, bits) ? row : regular[above]!;
    for (let child = firstChild[row]!; child !== none; child = nextSibling[child]!) order[end++] = child;
  }
  state.visited = end;
}

function brokenRule(state: State, row: number, above: number): string | null {
  const { network, table } = state;
  const expected = nextBits(network, state, above, table.time[row]!);
  if (expected !== table.bits[row]) {
    const rule = `the retarget rule of ${network.name} asks for ${hex(expected)}`;
    return `its bits are ${hex(table.bits[row]!)}, and ${rule}`;
  }
  if (warpsTime(network, state, above, table.time[row]!)) {
    return "it begins a period over ten minutes before its parent (BIP 94)";
  }
  return null;
}

function chainOf(state: State, refused: HeaderFinding[]): HeaderChain {
  let best = choose(state, refused);
  return {
    repeated: state.repeated,
    get height() {
      return best.rows.length - 1;
    },
    get rows() {
      return best.rows;
    },
    get work() {
      return best.work;
    },
    get stale() {
      return best.stale;
    },
    get orphans() {
      return best.orphans;
    },
    get unusable() {
      return best.unusable;
    },
    get findings() {
      return best.findings;
    },
    refuse(height, reason) {
      const row = best.rows[height];
      if (row === undefined) throw new RangeError(`refuse: the chain has no height ${height}`);
      refused.push({ index: row, reason: `Block ${nameOf(state, row)}: ${reason}` });
      const original = originalOf(state, row);
      const copy = state.nextCopy[row]!;
      if (copy === none) state.bad[original] = 1;
      else state.copy[original] = copy;
      const before = best.rows;
      best = choose(state, refused);
      let same = 0;
      while (same < height && before[same] === best.rows[same]) same += 1;
      return same - 1;
    },
  };
}

/** The first copy of a block, which has its links, of the copy at `row`. */
function originalOf(state: State, row: number): number {
  if (state.copy[row] === row && state.height[row] !== none) return row;
  for (let at = 0; at < state.visited; at++) {
    const original = state.order[at]!;
    if (state.copy[original] === row) return original;
  }
  return row;
}

interface Choice {
  readonly rows: Int32Array;
  readonly work: bigint;
  readonly stale: number;
  readonly orphans: number;
  readonly unusable: number;
  readonly findings: readonly HeaderFinding[];
}

function choose(state: State, refused: readonly HeaderFinding[]): Choice {
  const { order, visited, parent, bad, work } = state;
  let tip = none;
  let unusable = 0;
  for (let at = 0; at < visited; at++) {
    const row = order[at]!;
    // Parents stand before their children: one pass takes a refusal down to all that builds on it.
    if (at > 0 && bad[parent[row]!] === 1) bad[row] = 1;
    if (bad[row] === 1) unusable += 1;
    else if (tip === none || compareWork(work, row, tip) > 0) tip = row;
    else if (compareWork(work, row, tip) === 0 && row < tip) tip = row;
  }
  const rows = new Int32Array(tip === none ? 0 : state.height[tip]! + 1);
  const onChain = new Uint8Array(state.table.count);
  for (let row = tip, height = rows.length - 1; height >= 0; height--) {
    onChain[row] = 1;
    rows[height] = state.copy[row]!;
    row = parent[row]!;
  }
  const findings = [...state.broken, ...refused];
  const stale = findStale(state, onChain, tip, findings);
  const lost = findLost(state, findings);
  return {
    rows,
    work: tip === none ? 0n : bigOfLimbs(work, tip),
    stale,
    orphans: lost,
    unusable,
    findings,
  };
}

/** One finding for each branch that leaves the best chain. */
function findStale(state: State, onChain: Uint8Array, tip: number, findings: HeaderFinding[]): number {
  const { order, visited, parent, bad, work } = state;
  const branches = new Map<number, { blocks: number; last: number }>();
  const branchOf = new Int32Array(state.table.count);
  let stale = 0;
  for (let at = 1; at < visited; at++) {
    const row = order[at]!;
    if (onChain[row] === 1 || bad[row] === 1) continue;
    stale += 1;
    const first = onChain[parent[row]!] === 1 ? row : branchOf[parent[row]!]!;
    branchOf[row] = first;
    const branch = branches.get(first) ?? { blocks: 0, last: row };
    branch.blocks += 1;
    if (compareWork(work, row, branch.last) > 0) branch.last = row;
    branches.set(first, branch);
  }
  for (const [first, { blocks, last }] of branches) {
    const why = compareWork(work, last, tip) === 0 ? "as much work as the best chain, seen later" : "less work";
    const count = blocks === 1 ? "a stale block" : `a stale branch of ${blocks} blocks`;
    findings.push({ index: first, reason: `Block ${nameOf(state, first)}: ${count} with ${why}` });
  }
  return stale;
}

/** One finding for each run of headers that the genesis block does not reach, counted where their first one stands. */
function findLost(state: State, findings: HeaderFinding[]): number {
  const { table, parent, height } = state;
  const top = new Int32Array(table.count).fill(none);
  const counts = new Map<number, number>();
  const repeats = new Uint8Array(table.count);
  for (const copy of state.nextCopy) if (copy !== none) repeats[copy] = 1;
  let orphans = 0;
  for (let row = 0; row < table.count; row++) {
    if (height[row] !== none || repeats[row] === 1) continue;
    orphans += 1;
    let first = row;
    while (top[first] === none && parent[first] !== none) first = parent[first]!;
    const found = top[first] === none ? first : top[first]!;
    for (let at = row; at !== none && top[at] === none; at = parent[at]!) top[at] = found;
    counts.set(found, (counts.get(found) ?? 0) + 1);
  }
  for (const [first, blocks] of counts) {
    const absent = displayHash(table.previous, 32 * first);
    const run = blocks === 1 ? "its parent" : `it and ${blocks - 1} more that build on it are left out: its parent`;
    findings.push({ index: first, reason: `Block ${displayHash(table.hash, 32 * first)}: ${run} ${absent} is absent` });
  }
  return orphans;
}

function nameOf({ table, height }: State, row: number): string {
  const at = height[row] === none ? "" : ` at height ${height[row]}`;
  return `${displayHash(table.hash, 32 * row)}${at}`;
}

function limbsOf(work: bigint): Uint32Array {
  // The work of a header is met by its hash: 2^128 hashes were never tried.
  return Uint32Array.from({ length: workLimbs }, (_, limb) => Number((work >> BigInt(32 * limb)) & 0xffff_ffffn));
}

function bigOfLimbs(work: Uint32Array, row: number): bigint {
  let sum = 0n;
  for (let limb = workLimbs - 1; limb >= 0; limb--) sum = (sum << 32n) | BigInt(work[workLimbs * row + limb]!);
  return sum;
}

function addWork(work: Uint32Array, above: number, own: Uint32Array, row: number): void {
  let carry = 0;
  for (let limb = 0; limb < workLimbs; limb++) {
    const sum = (above === none ? 0 : work[workLimbs * above + limb]!) + own[limb]! + carry;
    work[workLimbs * row + limb] = sum >>> 0;
    carry = sum > 0xffff_ffff ? 1 : 0;
  }
}

function compareWork(work: Uint32Array, a: number, b: number): number {
  for (let limb = workLimbs - 1; limb >= 0; limb--) {
    const [x, y] = [work[workLimbs * a + limb]!, work[workLimbs * b + limb]!];
    if (x !== y) return x - y;
  }
  return 0;
}
