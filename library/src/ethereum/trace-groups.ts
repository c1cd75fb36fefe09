import { pushCallTransfers } from "./call-transfers.ts";
import { byPath, callKindOf } from "./calls.ts";
import type { EthereumCall } from "./chain-record.ts";
import { addressOf, addressOrNull, countOf, countOrNull, isLowerHex, quantityOrNull, refused } from "./field.ts";
import { type FileState, setAside } from "./file-state.ts";
import type { Row } from "./row.ts";
import { slotsOf } from "./row-kind.ts";
import { secondsOrNull } from "./time-field.ts";
import { blockEnd, callsPerTransactionMax, transferOf } from "./transfer.ts";
import { placeOf } from "./transfers-of-block.ts";

const slots = slotsOf("trace");

interface TraceRow {
  readonly transaction: string;
  /** Index in the block; null where the source does not tell it. */
  readonly position: number | null;
  readonly path: readonly number[];
  /** Order in the block; null where the source does not tell it. */
  readonly order: number | null;
  readonly call: EthereumCall;
  /** Where it stands in the file. */
  readonly number: number;
  readonly offset: number;
}

/** Made by no transaction: rewards, the genesis, what the DAO fork moved. */
interface BlockRow {
  readonly layer: "reward" | "genesis" | "fork";
  readonly from: string | null;
  readonly to: string;
  readonly amount: bigint;
}

/** A block of Ethereum has some thousands; a file that is one block without end must not fill the memory. */
export const tracesPerBlockMax = 4_000_000;

/**
 * Traces as rows (ethereum-etl's, GraphSense's), put in order by block. The traces of a block stand together in every
 * export; where they come again later they cannot be put in order with the earlier ones, and are set aside.
 */
export class TraceGroups {
  readonly #state: FileState;
  readonly #file: string;
  #block = -1;
  #rows: TraceRow[] = [];
  #blockRows: BlockRow[] = [];

  constructor(state: FileState, file: string) {
    this.#state = state;
    this.#file = file;
  }

  /** @throws EthereumRefusedError */
  add(row: Row): void {
    const block = countOf(row.text(slots.block), "the trace's block");
    const time = secondsOrNull(row.text(slots.time), "the trace's time");
    const kind = kindOfRow(row);
    const read =
      kind === "reward" || kind === "genesis" || kind === "fork" ? null : callRow(row, block, kind, this.#rows.at(-1));
    const own = read === null ? blockRow(row, kind as BlockRow["layer"]) : null;
    if (block !== this.#block) {
      this.flush();
      // Refuses a height that cannot be.
      this.#state.blocks.timeOf(block);
      this.#block = block;
    }
    if (this.#rows.length >= tracesPerBlockMax) throw refused(`its block has more than ${tracesPerBlockMax} traces`);
    if (time !== null) this.#state.blocks.noteTime(block, time);
    this.#state.counts.traces++;
    if (read !== null) this.#rows.push(read);
    else if (own !== null) this.#blockRows.push(own);
  }

  flush(): void {
    const block = this.#block;
    const rows = this.#rows;
    const blockRows = this.#blockRows;
    this.#block = -1;
    this.#rows = [];
    this.#blockRows = [];
    if (block < 0) return;
    const { blocks } = this.#state;
    if (!blocks.closeTraces(block)) {
      this.#state.seen.tracesApart += rows.length;
      for (const row of rows) {
        setAside(this.#state, this.#file, row, `other traces of block ${block} came before; sort the traces by block`);
      }
      return;
    }
    if (rows.length > 0) blocks.noteTraces(block);
    this.#pushCalls(block, rows);
    this.#pushBlockRows(block, blockRows);
  }

  #pushCalls(block: number, rows: TraceRow[]): void {
    const byTransaction = new Map<string, TraceRow[]>();
    for (const row of rows) {
      const list = byTransaction.get(row.transaction);
      if (list === undefined) byTransaction.set(row.transaction, [row]);
      else list.push(row);
    }
    const known = this.#state.blocks.get(block);
    const rules = { native: this.#state.network.native, selfDestructKeeps: known.selfDestructKeeps };
    // Where no position is told: each transaction has at least one trace, and they stand in the block's order.
    const lists = [...byTransaction.values()];
    if (rows[0]?.order !== null) lists.sort((a, b) => (a[0]!.order ?? 0) - (b[0]!.order ?? 0));
    lists.forEach((list, rank) => {
      const { transaction, position } = list[0]!;
      if (list.length > callsPerTransactionMax) {
        setAside(this.#state, this.#file, list[0]!, `${transaction} makes more than ${callsPerTransactionMax} calls`);
        return;
      }
      if (!isInOrder(list)) list.sort(inOrder);
      const place = placeOf(known, transaction, position ?? rank);
      pushCallTransfers(
        place,
        list.map(({ call }) => call),
        rules,
        this.#state.batch,
      );
    });
  }

  #pushBlockRows(block: number, rows: readonly BlockRow[]): void {
    const timeSeconds = this.#state.blocks.timeOf(block);
    const names = { reward: `block:${block}:rewards`, genesis: "block:0:genesis", fork: `block:${block}:fork` };
    const { native } = this.#state.network;
    rows.forEach(({ layer, from, to, amount }, j) => {
      if (layer === "reward") this.#state.blocks.noteRewards(block);
      if (layer === "genesis") this.#state.seen.genesis = true;
      if (amount === 0n) return;
      // The fork took effect before the block's transactions; so does the genesis, which has none.
      const place = placeOf({ number: block, timeSeconds }, names[layer], layer === "reward" ? blockEnd : 0);
      this.#state.batch.push(transferOf(place, layer, j, from, to, native, amount, false));
    });
  }
}

const inOrder = (a: TraceRow, b: TraceRow) => byPath(a.path, b.path) || (a.order ?? 0) - (b.order ?? 0);

/** Looked at first: sorting what is sorted takes as long as all else that is done with it. */
function isInOrder(list: readonly TraceRow[]): boolean {
  for (let j = 1; j < list.length; j++) if (inOrder(list[j - 1]!, list[j]!) > 0) return false;
  return true;
}

type Kind = EthereumCall["kind"] | BlockRow["layer"];

function kindOfRow(row: Row): Kind {
  // GraphSense leaves the type out, but for what the trace's id begins with.
  const type = row.text(slots.type) || (/^([a-z]+)_/u.exec(row.text(slots.id))?.[1] ?? "");
  if (type === "reward" || type === "genesis") return type;
  if (type === "daofork") return "fork";
  const callType = row.text(slots.callType);
  return callKindOf(type === "call" || type === "" ? callType || type : type);
}

function blockRow(row: Row, layer: BlockRow["layer"]): BlockRow {
  return {
    layer,
    from: layer === "fork" ? addressOf(row.text(slots.from), "the fork's from") : null,
    to: addressOf(row.text(slots.to), "the trace's to"),
    amount: quantityOrNull(row.text(slots.value), "the trace's value") ?? 0n,
  };
}

/** What moves nothing, and makes and destroys nothing: four calls of five. Only its place counts. */
const idleCall: EthereumCall = { kind: "staticcall", from: "", to: null, value: 0n, failed: false, depth: 0 };

function callRow(row: Row, block: number, kind: EthereumCall["kind"], last: TraceRow | undefined): TraceRow {
  const status = row.text(slots.status);
  const failed = status === "0" || status === "false" || row.text(slots.error) !== "";
  const pathText = row.text(slots.path);
  const path = pathText === "" ? rootPath : pathOf(pathText);
  const value = quantityOrNull(row.text(slots.value), "the trace's value") ?? 0n;
  const isIdle = !failed && value === 0n && kind !== "create" && kind !== "selfdestruct";
  return {
    transaction: transactionOf(row, block, last),
    position: countOrNull(row.text(slots.position), "the trace's position"),
    path,
    order: countOrNull(row.text(slots.order), "the trace's order"),
    call: isIdle && path.length === 0 ? idleCall : callOf(row, { kind, value, failed, depth: path.length, isIdle }),
    number: row.number,
    offset: row.offset,
  };
}

const rootPath: readonly number[] = [];

function pathOf(text: string): readonly number[] {
  const name = "the trace's address";
  // Most calls stand right below the outermost.
  if (!text.includes(",")) return [countOf(text, name)];
  return text.split(",").map((step) => countOf(step.trim(), name));
}

function callOf(
  row: Row,
  call: { kind: EthereumCall["kind"]; value: bigint; failed: boolean; depth: number; isIdle: boolean },
): EthereumCall {
  const { kind, value, failed, depth, isIdle } = call;
  if (isIdle) return { ...idleCall, depth };
  const from = addressOf(row.text(slots.from), "the trace's from");
  const to = failed ? null : addressOrNull(row.text(slots.to), "the trace's to");
  if (to === null && !failed && value > 0n) throw refused("the trace moves value and names nobody who gets it");
  return { kind, from, to, value, failed, depth };
}

/** The hash, where there is one; GraphSense's older files have it in the trace's id, its test files have none. */
function transactionOf(row: Row, block: number, last: TraceRow | undefined): string {
  const hash = row.text(slots.hash);
  if (last !== undefined && hash === last.transaction) return last.transaction;
  if (isLowerHex(hash, "0x", 64)) return hash;
  const id = row.text(slots.id);
  const [found] = /0x[0-9a-fA-F]{64}/u.exec(hash === "" ? id : hash) ?? [];
  if (found !== undefined) return found.toLowerCase();
  const [, name] = /^(\w{1,100})_\d+$/u.exec(id) ?? [];
  if (name === undefined) throw refused("the trace names no transaction");
  return `block:${block}:${name}`;
}
