import type { AccountLedgerSummary } from "./account-contract.ts";
import { AccountTables, unknown32 } from "./account-schema.ts";
import type { AccountState, SettledState } from "./account-state.ts";
import {
  type ArrangedCounts,
  arrangeTransfers,
  type Supersedes,
  settleReturns,
  sortedLayers,
  transferConflicts,
} from "./arrange-transfers.ts";
import type { Connection } from "./connection.ts";
import { dropUnusedHoldings, numberHoldings, settleHoldings, settleTransfersByAccount } from "./gather-holdings.ts";
import { SettledHash, settledRows } from "./hash-settled.ts";
import { orderTransactions, settleTransactions } from "./order-transactions.ts";
import { settleOpenings } from "./settle-openings.ts";
import { type AccountConflicts, bounded, conflictsListed, type Settlement, settleBeside } from "./settlement.ts";
import { runInTwoLanes } from "./two-lanes.ts";

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
  const settlement: Settlement = { ...source, beside: connection.beside, tables, state };
  await runInTwoLanes(connection, tables.createSettled());
  const { counts, conflicts } = await arrange(settlement, supersedes);
  const hash = await SettledHash.begin(settlement);
  const [{ returnsNotHeld, openingConflicts, fits }] = await settleBeside(
    settlement,
    async (lane) => {
      await settleHoldings(lane);
      const openingConflicts = await settleOpenings(lane);
      const returnsNotHeld = await settleReturns(lane);
      await hash.takeHoldings(lane);
      return { openingConflicts, returnsNotHeld, fits: await fitsDoubles(lane) };
    },
    async (lane) => {
      await settleTransfersByAccount(lane);
      await hash.takeTransfers(lane);
    },
  );
  const rows = await settledRows(settlement);
  const { tip, blocks } = hash.end(rows);
  const { missing, fromGenesis } = state;
  const layers = sortedLayers(state.layers);
  const allConflicts = [...conflicts, openingConflicts];
  return {
    settled: { generation, rows, layers, missing, fromGenesis, blocks, tip, fitsDoubles: fits },
    result: {
      transactions: rows.transactions,
      transfers: rows.transfers,
      accounts: rows.accounts,
      repeated: counts.repeated,
      superseded: counts.superseded,
      returnsNotHeld,
      conflicts: {
        count: allConflicts.reduce((sum, { count }) => sum + count, 0),
        listed: allConflicts.flatMap(({ listed }) => listed).slice(0, conflictsListed),
      },
      tip,
    },
  };
}

/** Numbers transactions, holdings and transfers. */
async function arrange(
  settlement: Settlement,
  supersedes: readonly Supersedes[],
): Promise<{ counts: ArrangedCounts; conflicts: AccountConflicts[] }> {
  const [transactionConflicts] = await settleBeside(settlement, orderTransactions, (lane) => numberHoldings(lane));
  const [counts] = await settleBeside(
    settlement,
    (lane) => arrangeTransfers(lane, supersedes),
    (lane) => settleTransactions(lane),
  );
  const conflicts = [transactionConflicts];
  if (counts.repeated > 0) conflicts.push(await transferConflicts(settlement, supersedes));
  // Where all transfers count, and none was told in an epoch before, each holding has one, or an opening.
  const allCount = settlement.state.epoch === 0 && counts.kept === settlement.state.rows.transfers;
  if (!allCount && (await dropUnusedHoldings(settlement))) await arrangeTransfers(settlement, supersedes);
  return { counts, conflicts };
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
