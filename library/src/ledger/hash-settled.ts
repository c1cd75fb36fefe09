import { StoreQueryError } from "../errors/ledger.ts";
import type { AccountLedgerSummary } from "./account-contract.ts";
import { coverageNotTold, type SettledTable, unknown32 } from "./account-schema.ts";
import { type HashedTable, TipHash } from "./account-tip.ts";
import { sortedLayers } from "./arrange-transfers.ts";
import { standardCoverage } from "./load-accounts.ts";
import { readTable } from "./read-table.ts";
import { rowNumber, type Settlement } from "./settlement.ts";

/** The tip of a generation, and its number of different heights. */
export async function hashSettled(
  settlement: Settlement,
  rows: Readonly<Record<SettledTable, number>>,
): Promise<{ tip: AccountLedgerSummary["tip"]; blocks: number }> {
  const { connection, name, network, partial, tables, state } = settlement;
  const { missing, fromGenesis } = state;
  const layers = await usedLayers(settlement);
  const hash = new TipHash({ network, partial, missing, fromGenesis, layers: layers.names });
  const feed = async (table: HashedTable, select: string, from: string, each?: (columns: Uint8Array[]) => void) =>
    readTable(connection, { select, from, rowCount: rows[table], named: { name, table } }, (columns) => {
      const bytes = columns.map((column) => column.bytes);
      hash.take(table, bytes);
      each?.(bytes);
    });
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
  const heights = new HeightRuns();
  const transactions = `${tables.settled("transactions")} AS t`;
  await feed("transactions", "name, height, position, time, day_only", transactions, ([, column]) => {
    heights.take(column!);
  });
  const order = new TransferOrder();
  await feed(
    "transfers",
    `transaction, ${layers.column}, place, payer, payee, asset, amount, is_fee`,
    `${tables.settled("transfers")} AS t`,
    ([transaction, layer, place]) => {
      order.take(transaction!, place!, layer!);
    },
  );
  await feed(
    "returns",
    "transfer, returned",
    `(SELECT *, ${rowNumber("transfer")} AS id FROM ${tables.settled("returns")}) AS t`,
  );
  const { blocks, highest } = heights;
  if (rows.transactions === 0 && rows.holdings === 0) return { tip: null, blocks };
  return { tip: { height: highest, hash: hash.digest() }, blocks };
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
