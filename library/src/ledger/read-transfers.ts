import type { TransferRecord } from "./account-contract.ts";
import { unknown32 } from "./account-schema.ts";
import type { Parameters } from "./connection.ts";
import { idRuns } from "./read-numbers.ts";
import type { StoredAccounts } from "./stored-accounts.ts";

interface TransferRow {
  id: number;
  transaction: number;
  layer: number;
  place: number;
  payer: number;
  payee: number;
  asset: number;
  amount: string;
  is_fee: number;
  returned: number;
}

/** Transfers in the ledger's order, with the names of who pays, who receives and in what. */
export async function readTransfers(
  source: StoredAccounts,
  where: string,
  parameters: Parameters,
): Promise<TransferRecord[]> {
  const { connection, tables, settled } = source;
  const rows = await connection.rows<TransferRow>(
    `SELECT id, transaction, layer, place, payer, payee, asset, toString(t.amount) AS amount, is_fee, returned
     FROM (SELECT * FROM ${tables.settled("transfers")} WHERE ${where}) AS t ORDER BY id`,
    parameters,
  );
  const accounts = await accountsOfHoldings(source, new Set(rows.flatMap(({ payer, payee }) => [payer, payee])));
  const assets = await namesOf(source, "assets", new Set(rows.map(({ asset }) => asset)));
  const returning = rows.filter(({ returned }) => returned !== 0).map(({ id }) => id);
  const returns = new Map<number, number>();
  for (const run of idRuns(returning)) {
    const found = await connection.rows<{ transfer: number; returned: number }>(
      `SELECT transfer, returned FROM ${tables.settled("returns")} WHERE transfer IN {ids:Array(UInt32)}`,
      { ids: run },
    );
    for (const { transfer, returned } of found) returns.set(transfer, returned);
  }
  return rows.map(({ id, transaction, layer, place, payer, payee, asset, amount, is_fee }) => ({
    id,
    transaction,
    layer: settled.layers[layer]!,
    index: place,
    from: accounts.get(payer) ?? null,
    to: accounts.get(payee) ?? null,
    asset: assets.get(asset)!,
    amount: BigInt(amount),
    isFee: is_fee === 1,
    returns: returns.get(id) ?? null,
  }));
}

async function accountsOfHoldings(source: StoredAccounts, holdings: ReadonlySet<number>): Promise<Map<number, string>> {
  const { connection, tables } = source;
  const accountOf = new Map<number, number>();
  for (const run of idRuns([...holdings].filter((holding) => holding !== unknown32))) {
    const rows = await connection.rows<{ id: number; account: number }>(
      `SELECT id, account FROM ${tables.settled("holdings")} WHERE id IN {ids:Array(UInt32)}`,
      { ids: run },
    );
    for (const { id, account } of rows) accountOf.set(id, account);
  }
  const names = await namesOf(source, "accounts", new Set(accountOf.values()));
  return new Map([...accountOf].map(([holding, account]) => [holding, names.get(account)!]));
}

/** The names of accounts or assets by id. */
export async function namesOf(
  { connection, tables }: StoredAccounts,
  table: "accounts" | "assets",
  ids: ReadonlySet<number>,
): Promise<Map<number, string>> {
  const names = new Map<number, string>();
  for (const run of idRuns([...ids])) {
    const rows = await connection.rows<{ id: number; name: string }>(
      `SELECT id, ${table === "accounts" ? "name" : "asset AS name"} FROM ${tables.settled(table)}
       WHERE id IN {ids:Array(UInt32)}`,
      { ids: run },
    );
    for (const { id, name } of rows) names.set(id, name);
  }
  return names;
}
