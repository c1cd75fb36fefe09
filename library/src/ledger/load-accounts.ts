import { TooManyTransfersError } from "../errors/ledger-accounts.ts";
import type { AssetFact, LoadedAccounts } from "./account-contract.ts";
import { coverageNotTold, unknown32 } from "./account-schema.ts";
import { amountWords, readAmount } from "./amount-column.ts";
import type { NativeColumn } from "./native-format.ts";
import { readTable } from "./read-table.ts";
import type { StoredAccounts } from "./stored-accounts.ts";

/**
 * Transfers that are loaded at once where the caller names no other number: below 1 GB as doubles, 4 GB as bigints.
 */
export const loadTransfersMax = 50_000_000;

/** The number of the coverage of accounts of which nobody told any: `partly` in a partial ledger, else `covered`. */
export function standardCoverage(partial: boolean): number {
  return partial ? 1 : 0;
}

/** The whole of a settled ledger as columns. @throws TooManyTransfersError, StoreDamagedError */
export async function loadAccounts(
  source: StoredAccounts,
  assets: readonly AssetFact[],
  transfersMax: number,
): Promise<LoadedAccounts> {
  const { name, settled } = source;
  const { transactions, transfers, holdings } = settled.rows;
  if (transfers > transfersMax) throw new TooManyTransfersError({ name, transfers, transfersMax });
  const moves = await loadTransfers(source);
  const held = await loadHoldings(source);
  return {
    columns: {
      transactionCount: transactions,
      transferCount: transfers,
      holdingCount: holdings,
      ...(await loadTransactions(source)),
      ...moves,
      returnOf: await loadReturns(source),
      openings: await loadOpenings(source),
      openingDefault: settled.fromGenesis ? 0n : null,
      holdingCoverage: held.coverage,
    },
    holdingAccount: held.account,
    holdingAsset: held.asset,
    assets,
  };
}

type Readable = "transactions" | "transfers" | "holdings" | "accounts";

function read(
  { connection, name, settled, tables }: StoredAccounts,
  { table, select }: { table: Readable; select: string },
  take: (columns: readonly NativeColumn[], first: number, rowCount: number) => void,
): Promise<void> {
  const named = { name, table };
  return readTable(
    connection,
    { select, from: `${tables.settled(table)} AS t`, rowCount: settled.rows[table], named },
    take,
  );
}

/** Copies what came out of the store into a column; the store's bytes are not aligned. */
function copy(column: Uint32Array | Uint8Array | Float64Array, { bytes }: NativeColumn, first: number): void {
  new Uint8Array(column.buffer).set(bytes, first * column.BYTES_PER_ELEMENT);
}

async function loadTransactions(source: StoredAccounts) {
  const count = source.settled.rows.transactions;
  const txHeight = new Uint32Array(count);
  const txTime = new Float64Array(count);
  const txDayOnly = new Uint8Array(count);
  const select = "height, if(isFinite(time), time, nan), day_only";
  await read(source, { table: "transactions", select }, ([height, time, dayOnly], first) => {
    copy(txHeight, height!, first);
    copy(txTime, time!, first);
    copy(txDayOnly, dayOnly!, first);
  });
  return { txHeight, txTime, txDayOnly };
}

async function loadTransfers(source: StoredAccounts) {
  const { settled } = source;
  const { transactions, transfers } = settled.rows;
  const transferFrom = new Uint32Array(transfers);
  const transferTo = new Uint32Array(transfers);
  const transferIsFee = new Uint8Array(transfers);
  const transaction = new Uint32Array(transfers);
  const doubles = settled.fitsDoubles ? new Float64Array(transfers) : null;
  const bigints: bigint[] = [];
  const select = `payer, payee, is_fee, transaction, ${doubles === null ? "amount" : "toFloat64(amount)"}`;
  await read(source, { table: "transfers", select }, ([payer, payee, isFee, of, amount], first, rowCount) => {
    copy(transferFrom, payer!, first);
    copy(transferTo, payee!, first);
    copy(transferIsFee, isFee!, first);
    copy(transaction, of!, first);
    if (doubles !== null) {
      copy(doubles, amount!, first);
      return;
    }
    const words = amountWords(amount!.bytes);
    for (let row = 0; row < rowCount; row++) bigints.push(readAmount(words, row));
  });
  const txFirstTransfer = new Uint32Array(transactions + 1);
  for (let transfer = 0; transfer < transfers; transfer++) txFirstTransfer[transaction[transfer]! + 1]!++;
  for (let t = 0; t < transactions; t++) txFirstTransfer[t + 1]! += txFirstTransfer[t]!;
  return { txFirstTransfer, transferFrom, transferTo, transferIsFee, transferAmount: doubles ?? bigints };
}

async function loadHoldings(source: StoredAccounts) {
  const { partial, settled } = source;
  const account = new Uint32Array(settled.rows.holdings);
  const asset = new Uint32Array(settled.rows.holdings);
  const ofAccount = new Uint8Array(settled.rows.accounts);
  await read(source, { table: "holdings", select: "account, asset" }, ([accounts, assets], first) => {
    copy(account, accounts!, first);
    copy(asset, assets!, first);
  });
  await read(source, { table: "accounts", select: "coverage" }, ([coverage], first) => {
    copy(ofAccount, coverage!, first);
  });
  const standard = standardCoverage(partial);
  const coverage = Uint8Array.from(account, (id) => {
    const told = ofAccount[id]!;
    return told === coverageNotTold ? standard : told;
  });
  return { account, asset, coverage };
}

async function loadReturns({ connection, tables }: StoredAccounts): Promise<Map<number, number>> {
  const rows = await connection.rows<{ transfer: number; returned: number }>(
    `SELECT transfer, returned FROM ${tables.settled("returns")} ORDER BY transfer`,
  );
  return new Map(rows.map(({ transfer, returned }) => [transfer, returned]));
}

async function loadOpenings({ connection, tables }: StoredAccounts): Promise<Map<number, bigint>> {
  const rows = await connection.rows<{ holding: number; amount: string }>(
    `SELECT holding, concat(if(negative = 1, '-', ''), toString(amount)) AS amount
     FROM ${tables.settled("openings")} WHERE holding != ${unknown32} ORDER BY holding`,
  );
  return new Map(rows.map(({ holding, amount }) => [holding, BigInt(amount)]));
}
