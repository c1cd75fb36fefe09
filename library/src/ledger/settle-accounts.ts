import type { AccountLedgerSummary } from "./account-contract.ts";
import { AccountTables, type SettledTable, settledTables, unknown32 } from "./account-schema.ts";
import { type AccountState, countTableRows, type SettledState } from "./account-state.ts";
import {
  arrangeTransfers,
  type Supersedes,
  settleReturns,
  sortedLayers,
  transferConflicts,
} from "./arrange-transfers.ts";
import type { Connection } from "./connection.ts";
import { dropUnusedHoldings, gatherHoldings, numberHoldings, settleHoldings } from "./gather-holdings.ts";
import { hashSettled } from "./hash-settled.ts";
import { orderTransactions } from "./order-transactions.ts";
import { settleOpenings } from "./settle-openings.ts";
import { type AccountConflicts, bounded, conflictsListed, type Settlement } from "./settlement.ts";

export type { Supersedes } from "./arrange-transfers.ts";

/** What a settlement came to. */
export interface SettledAccounts {
  readonly transactions: number;
  readonly transfers: number;
  readonly accounts: number;
  /** Tellings of transfers that were told before: alike, or in conflict. */
  readonly repeated: number;
  /** Transfers that do not count because another layer of their transaction does. */
  readonly superseded: number;
  /** Transfers that give back one that is not held, or that stands after them: they return nothing. */
  readonly returnsNotHeld: number;
  /** All are counted, the first ones listed. */
  readonly conflicts: AccountConflicts;
  readonly tip: AccountLedgerSummary["tip"];
}

/** Makes a new generation of all that is staged. It counts once the caller has marked it. */
export async function settleAccounts(
  source: {
    readonly connection: Connection;
    readonly database: string;
    readonly name: string;
    readonly network: string;
    readonly partial: boolean;
  },
  state: AccountState,
  supersedes: readonly Supersedes[],
): Promise<{ settled: SettledState; result: SettledAccounts }> {
  const generation = (state.settled?.generation ?? 0) + 1;
  const { connection, database } = source;
  const tables = new AccountTables(database, { epoch: state.epoch, generation });
  const settlement: Settlement = { ...source, tables, state };
  for (const sql of tables.createSettled()) await connection.run(sql);
  const transactionConflicts = await orderTransactions(settlement);
  await gatherHoldings(settlement);
  await numberHoldings(settlement);
  const counts = await arrangeTransfers(settlement, supersedes);
  const conflicts = [
    transactionConflicts,
    counts.repeated === 0 ? { count: 0, listed: [] } : await transferConflicts(settlement),
  ];
  if (await dropUnusedHoldings(settlement)) {
    await numberHoldings(settlement);
    await arrangeTransfers(settlement, supersedes);
  }
  await settleHoldings(settlement);
  const returnsNotHeld = await settleReturns(settlement);
  conflicts.push(await settleOpenings(settlement));
  const rows = await settledRows(settlement);
  const { tip, blocks } = await hashSettled(settlement, rows);
  const settled: SettledState = {
    generation,
    rows,
    layers: sortedLayers(state.layers),
    missing: state.missing,
    fromGenesis: state.fromGenesis,
    blocks,
    tip,
    fitsDoubles: await fitsDoubles(settlement),
  };
  for (const sql of tables.dropScratch()) await connection.run(sql);
  return {
    settled,
    result: {
      transactions: rows.transactions,
      transfers: rows.transfers,
      accounts: rows.accounts,
      repeated: counts.repeated,
      superseded: counts.superseded,
      returnsNotHeld,
      conflicts: {
        count: conflicts.reduce((sum, { count }) => sum + count, 0),
        listed: conflicts.flatMap(({ listed }) => listed).slice(0, conflictsListed),
      },
      tip,
    },
  };
}

async function settledRows({ connection, tables }: Settlement): Promise<Record<SettledTable, number>> {
  const rows = await countTableRows(connection, tables.database);
  const count = (table: SettledTable) => rows.get(`g${tables.generation}_${table}`) ?? 0;
  return Object.fromEntries(settledTables.map((table) => [table, count(table)])) as Record<SettledTable, number>;
}

/** Whether no amount, and no balance that a holding can reach, is 2^53 or more. */
async function fitsDoubles({ connection, tables }: Settlement): Promise<boolean> {
  const limit = "toUInt256('9007199254740992')";
  const holdings = tables.settled("holdings");
  // With a known opening a balance lies between opening - paid and opening + received. With an unknown one, the least
  // opening that keeps it from falling below zero is at most what was paid, so that received + paid bounds it.
  const rows = await connection.rows(
    `SELECT 1 FROM ${holdings} AS h LEFT JOIN
       (SELECT holding, amount, 1 AS known FROM ${tables.settled("openings")}) AS o ON h.id = o.holding
     WHERE received_high > 0 OR paid_high > 0 OR received_low >= ${limit} OR paid_low >= ${limit} OR
       o.amount >= ${limit} OR
       if(o.known = 1, o.amount + greatest(received_low, paid_low), received_low + paid_low) >= ${limit}
     LIMIT 1 UNION ALL
     SELECT 1 FROM ${tables.settled("transfers")} WHERE payer = ${unknown32} AND payee = ${unknown32}
     AND amount >= ${limit} LIMIT 1 SETTINGS ${bounded}`,
  );
  return rows.length === 0;
}
