import { IdRangeError } from "../errors/ledger.ts";
import type { CoinRecord } from "./contract.ts";
import { readNativeBlocks, stringsOf, textsOf } from "./native-format.ts";
import { idRuns, numbersOf, readNumbers } from "./read-numbers.ts";
import type { StoredSource } from "./stored-source.ts";

/** @throws IdRangeError */
export function refuseOutside(what: string, id: number, count: number): void {
  if (!Number.isInteger(id) || id < 0 || id >= count) throw new IdRangeError({ what, id, count });
}

/** The coins in the order of `ids`, which may name one twice. */
export async function readCoins(source: StoredSource, ids: readonly number[]): Promise<CoinRecord[]> {
  for (const id of ids) refuseOutside("coin", id, source.totals.outputs);
  const coins = new Map<number, CoinRecord>();
  for (const run of idRuns(ids)) await readRun(source, run, coins);
  return ids.map((id) => coins.get(id)!);
}

async function readRun({ connection, database, totals }: StoredSource, ids: number[], coins: Map<number, CoinRecord>) {
  const made = await connection.native(
    `SELECT id, transaction, value, script FROM ${database}.outputs WHERE id IN {ids:Array(UInt64)}`,
    { ids },
  );
  const makers = await readMakers({ connection, database }, ids);
  const [spent, spender] = await readNumbers(
    connection,
    `SELECT output, transaction FROM ${database}.spends
     WHERE output IN {ids:Array(UInt64)} AND transaction < {transactions:UInt64}`,
    { ids, transactions: totals.transactions },
  );
  const spenderOf = new Map<number, number>();
  for (let row = 0; row < spent.length; row++) spenderOf.set(spent[row]!, spender[row]!);
  for (const { rowCount, columns } of readNativeBlocks(made)) {
    const [id, maker, value] = columns.slice(0, 3).map((column) => numbersOf(column, rowCount)) as Numbers;
    let row = 0;
    for (const script of stringsOf(columns[3]!)) {
      const { txid, firstOutput } = makers.get(maker[row]!)!;
      coins.set(id[row]!, {
        id: id[row]!,
        name: `${txid}:${id[row]! - firstOutput}`,
        maker: maker[row]!,
        value: BigInt(value[row]!),
        // A copy: the coin is kept longer than all that was read with it.
        script: new Uint8Array(script),
        spender: spenderOf.get(id[row]!) ?? "unspent",
      });
      row++;
    }
  }
}

type Numbers = [Float64Array, Float64Array, Float64Array];

/** The transactions that made these coins. */
async function readMakers({ connection, database }: Pick<StoredSource, "connection" | "database">, coins: number[]) {
  const bytes = await connection.native(
    `SELECT id, first_output, lower(hex(reverse(txid))) FROM ${database}.transactions
     WHERE id IN (SELECT transaction FROM ${database}.outputs WHERE id IN {coins:Array(UInt64)})`,
    { coins },
  );
  const makers = new Map<number, { readonly txid: string; readonly firstOutput: number }>();
  for (const { rowCount, columns } of readNativeBlocks(bytes)) {
    const [id, first] = columns.slice(0, 2).map((column) => numbersOf(column, rowCount)) as Numbers;
    textsOf(columns[2]!).forEach((txid, row) => {
      makers.set(id[row]!, { txid, firstOutput: first[row]! });
    });
  }
  return makers;
}
