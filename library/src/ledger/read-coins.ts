import { IdRangeError } from "../errors/ledger.ts";
import type { CoinRecord } from "./contract.ts";
import { idRuns, readNumbers } from "./read-numbers.ts";
import type { StoredSource } from "./stored-source.ts";

/** @throws IdRangeError */
export function refuseOutside(what: string, id: number, count: number): void {
  if (!Number.isInteger(id) || id < 0 || id >= count) throw new IdRangeError({ what, id, count });
}

interface CoinRow {
  id: string;
  transaction: string;
  value: string;
  script: string;
}

/** The coins in the order of `ids`, which may name one twice. */
export async function readCoins(source: StoredSource, ids: readonly number[]): Promise<CoinRecord[]> {
  const { connection, database, totals } = source;
  for (const id of ids) refuseOutside("coin", id, totals.outputs);
  const coins = new Map<number, CoinRecord>();
  for (const run of idRuns(ids)) {
    const rows = await connection.rows<CoinRow>(
      `SELECT id, transaction, value, hex(script) AS script FROM ${database}.outputs WHERE id IN {ids:Array(UInt64)}`,
      { ids: run },
    );
    const makers = await connection.rows<{ id: string; txid: string; first_output: string }>(
      `SELECT id, lower(hex(reverse(txid))) AS txid, first_output FROM ${database}.transactions
       WHERE id IN {ids:Array(UInt64)}`,
      { ids: [...new Set(rows.map((row) => Number(row.transaction)))] },
    );
    const [spent, spender] = await readNumbers(
      connection,
      `SELECT output, transaction FROM ${database}.spends
       WHERE output IN {ids:Array(UInt64)} AND transaction < {transactions:UInt64}`,
      { ids: run, transactions: totals.transactions },
    );
    const makerOf = new Map(makers.map((maker) => [maker.id, maker]));
    const spenderOf = new Map(Array.from(spent, (output, row) => [output, spender[row]!]));
    for (const row of rows) {
      const id = Number(row.id);
      const maker = makerOf.get(row.transaction)!;
      coins.set(id, {
        id,
        name: `${maker.txid}:${id - Number(maker.first_output)}`,
        maker: Number(row.transaction),
        value: BigInt(row.value),
        script: new Uint8Array(Buffer.from(row.script, "hex")),
        spender: spenderOf.get(id) ?? "unspent",
      });
    }
  }
  return ids.map((id) => coins.get(id)!);
}
