import { type BalanceRecord, coverageNames } from "./account-contract.ts";
import { coverageNotTold } from "./account-schema.ts";
import type { Parameters } from "./connection.ts";
import type { Page } from "./contract.ts";
import { standardCoverage } from "./load-accounts.ts";
import { idRuns } from "./read-numbers.ts";
import { namesOf } from "./read-transfers.ts";
import type { StoredAccounts } from "./stored-accounts.ts";

interface HoldingRow {
  id: number;
  account: number;
  asset: number;
  transfers: number;
  received: string;
  received_high: string;
  paid: string;
  paid_high: string;
}

/** Holdings by account, then asset. */
export async function readBalances(
  source: StoredAccounts,
  where: string,
  parameters: Parameters,
): Promise<(BalanceRecord & { holding: number; account: string })[]> {
  const { connection, tables, settled } = source;
  const rows = await connection.rows<HoldingRow>(
    `SELECT id, account, asset, transfers, toString(received_low) AS received,
       toString(t.received_high) AS received_high, toString(paid_low) AS paid, toString(t.paid_high) AS paid_high
     FROM (SELECT * FROM ${tables.settled("holdings")} WHERE ${where}) AS t ORDER BY id`,
    parameters,
  );
  const ids = new Set(rows.map(({ account }) => account));
  const accounts = await namesOf(source, "accounts", ids);
  const assets = await namesOf(source, "assets", new Set(rows.map(({ asset }) => asset)));
  const covered = await coveredAmong(source, ids);
  const openings = new Map<number, bigint>();
  for (const run of idRuns(rows.map(({ id }) => id))) {
    const found = await connection.rows<{ holding: number; amount: string }>(
      `SELECT holding, concat(if(negative = 1, '-', ''), toString(amount)) AS amount
       FROM ${tables.settled("openings")} WHERE holding IN {ids:Array(UInt32)}`,
      { ids: run },
    );
    for (const { holding, amount } of found) openings.set(holding, BigInt(amount));
  }
  return rows.map((row) => {
    const received = BigInt(row.received) + (BigInt(row.received_high) << 128n);
    const paid = BigInt(row.paid) + (BigInt(row.paid_high) << 128n);
    const opening = openings.get(row.id) ?? (settled.fromGenesis ? 0n : null);
    return {
      holding: row.id,
      account: accounts.get(row.account)!,
      asset: assets.get(row.asset)!,
      transfers: row.transfers,
      received,
      paid,
      opening,
      balance: opening !== null && covered.has(row.account) ? opening + received - paid : null,
    };
  });
}

/** Of the other accounts the ledger may lack transfers: their balances are not known. */
async function coveredAmong(source: StoredAccounts, accounts: ReadonlySet<number>): Promise<Set<number>> {
  const { connection, tables, partial } = source;
  const covered = new Set<number>();
  for (const run of idRuns([...accounts])) {
    const rows = await connection.rows<{ id: number; coverage: number }>(
      `SELECT id, coverage FROM ${tables.settled("accounts")} WHERE id IN {ids:Array(UInt32)}`,
      { ids: run },
    );
    for (const { id, coverage } of rows) {
      const number = coverage === coverageNotTold ? standardCoverage(partial) : coverage;
      if (coverageNames[number] === "covered") covered.add(id);
    }
  }
  return covered;
}

export async function pageOfBalances(
  source: StoredAccounts,
  { after, limit }: { after: number; limit: number },
): Promise<Page<BalanceRecord & { account: string }>> {
  const range = { from: after + 1, to: after + 1 + limit };
  const rows = await readBalances(source, "id >= {from:UInt64} AND id < {to:UInt64}", range);
  const last = rows.at(-1)?.holding;
  const isLast = last === undefined || last + 1 >= source.settled.rows.holdings;
  return { items: rows.map(({ holding, ...balance }) => balance), next: isLast ? null : String(last) };
}
