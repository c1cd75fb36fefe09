import { StoreQueryError } from "../errors/ledger.ts";
import type { AccountLedgerSummary } from "./account-contract.ts";
import { coverageNotTold, type SettledTable, settledTables, unknown32 } from "./account-schema.ts";
import { countTableRows } from "./account-state.ts";
import { type HashedTable, TipHash } from "./account-tip.ts";
import { sortedLayers } from "./arrange-transfers.ts";
import { standardCoverage } from "./load-accounts.ts";
import { readTable } from "./read-table.ts";
import { rowNumber, type Settlement } from "./settlement.ts";

/** Makes the tip of a generation of what is settled; its parts may be taken in any order. */
export class SettledHash {
  readonly #hash: TipHash;
  readonly #layerColumn: string;
  readonly #heights = new HeightRuns();

  private constructor(hash: TipHash, layerColumn: string) {
    this.#hash = hash;
    this.#layerColumn = layerColumn;
  }

  /** Transfers must be settled. */
  static async begin(settlement: Settlement): Promise<SettledHash> {
    const { network, partial, state } = settlement;
    const { missing, fromGenesis } = state;
    const layers = await usedLayers(settlement);
    const hash = new TipHash({ network, partial, missing, fromGenesis, layers: layers.names });
    return new SettledHash(hash, layers.column);
  }

  /** Takes transactions and transfers, once these are settled. */
  async takeTransfers(settlement: Settlement): Promise<void> {
    const { tables } = settlement;
    const rows = await settledRows(settlement);
    const transactions = `${tables.settled("transactions")} AS t`;
    const columns = "name, height, position, time, day_only";
    await this.#feed(settlement, { table: "transactions", select: columns, from: transactions, rows }, ([, column]) => {
      this.#heights.take(column!);
    });
    const order = new TransferOrder();
    const select = `transaction, ${this.#layerColumn}, place, payer, payee, asset, amount, is_fee`;
    const transfers = `${tables.settled("transfers")} AS t`;
    await this.#feed(settlement, { table: "transfers", select, from: transfers, rows }, (bytes) => {
      const [transaction, layer, place] = bytes;
      order.take(transaction!, place!, layer!);
    });
  }

  /** Takes what else there is, once all is settled. */
  async takeHoldings(settlement: Settlement): Promise<void> {
    const { tables, partial } = settlement;
    const rows = await settledRows(settlement);
    const feed = (table: HashedTable, select: string, from: string) =>
      this.#feed(settlement, { table, select, from, rows });
    await feed("assets", "asset, decimals, has_symbol, symbol", `${tables.settled("assets")} AS t`);
    await feed(
      "holdings",
      `a.name, t.asset, if(a.coverage = ${coverageNotTold}, ${standardCoverage(partial)}, a.coverage)`,
      `${tables.settled("holdings")} AS t INNER JOIN ${tables.settled("accounts")} AS a ON t.account = a.id`,
    );
    await feed(
      "openings",
      "holding, negative, amount",
      `(SELECT *, ${rowNumber("holding")} AS id FROM ${tables.settled("openings")}) AS t`,
    );
    await feed(
      "returns",
      "transfer, returned",
      `(SELECT *, ${rowNumber("transfer")} AS id FROM ${tables.settled("returns")}) AS t`,
    );
  }

  /** The tip, and the number of different heights. To be called once. */
  end(rows: Readonly<Record<SettledTable, number>>): { tip: AccountLedgerSummary["tip"]; blocks: number } {
    const { blocks, highest } = this.#heights;
    if (rows.transactions === 0 && rows.holdings === 0) return { tip: null, blocks };
    return { tip: { height: highest, hash: this.#hash.digest() }, blocks };
  }

  async #feed(
    { connection, name }: Settlement,
    of: {
      readonly table: HashedTable;
      readonly select: string;
      readonly from: string;
      readonly rows: Readonly<Record<SettledTable, number>>;
    },
    each?: (columns: Uint8Array[]) => void,
  ): Promise<void> {
    const { table, select, from, rows } = of;
    // Another statement runs beside, and reading in order by several threads takes three times the processor time.
    const settings = "max_threads = 1";
    const request = { select, from, rowCount: rows[table], named: { name, table }, settings };
    await readTable(connection, request, (columns) => {
      const bytes = columns.map((column) => column.bytes);
      this.#hash.take(table, bytes);
      each?.(bytes);
    });
  }
}

export async function settledRows({ connection, tables }: Settlement): Promise<Record<SettledTable, number>> {
  const rows = await countTableRows(connection, tables.database);
  const count = (table: SettledTable) => rows.get(`g${tables.generation}_${table}`) ?? 0;
  return Object.fromEntries(settledTables.map((table) => [table, count(table)])) as Record<SettledTable, number>;
}

/** The layers that transfers which count have, and the column of their numbers among these. */
async function usedLayers({ connection, tables, state }: Settlement): Promise<{ names: string[]; column: string }> {
  const used = await connection.rows<{ layer: number }>(
    `SELECT DISTINCT layer FROM ${tables.settled("transfers")} ORDER BY layer`,
  );
  const sorted = sortedLayers(state.layers);
  const names = used.map(({ layer }) => sorted[layer]!);
  if (used.length === sorted.length || used.length === 0) return { names, column: "layer" };
  const from = used.map(({ layer }) => layer).join(", ");
  return { names, column: `toUInt8(transform(layer, [${from}], [${[...used.keys()].join(", ")}], 0))` };
}

/** The numbers of a column that came out of the store, which need not be aligned there. */
function words(column: Uint8Array): Uint32Array {
  return new Uint32Array(new Uint8Array(column).buffer);
}

/** Heights never fall in the ledger's order, so that each block is one run of them. */
class HeightRuns {
  blocks = 0;
  highest: number | null = null;

  take(column: Uint8Array): void {
    for (const height of words(column)) {
      if (height === unknown32 || height === this.highest) continue;
      this.highest = height;
      this.blocks++;
    }
  }
}

/**
 * Checks what every reader relies on and the engine does not promise: that transfers were numbered in the order of
 * transaction, index and layer, none twice.
 */
class TransferOrder {
  #transaction = -1;
  #place = -1;
  #layer = -1;

  take(transactions: Uint8Array, places: Uint8Array, layers: Uint8Array): void {
    const [transaction, place] = [words(transactions), words(places)];
    for (let row = 0; row < transaction.length; row++) {
      const [t, p, l] = [transaction[row]!, place[row]!, layers[row]!];
      const rises =
        t > this.#transaction ||
        (t === this.#transaction && (p > this.#place || (p === this.#place && l > this.#layer)));
      if (!rises) throw new StoreQueryError({ sql: "INSERT INTO transfers", engine: "transfers are out of order" });
      [this.#transaction, this.#place, this.#layer] = [t, p, l];
    }
  }
}
