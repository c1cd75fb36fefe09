import type { AccountLedgerSummary } from "./account-contract.ts";
import { unknown32 } from "./account-schema.ts";
import { TipHash } from "./account-tip.ts";
import { writeAmount } from "./amount-column.ts";
import { bytesOf } from "./column-bytes.ts";
import type { MemoryAccounts } from "./memory-accounts.ts";
import { StringColumn } from "./string-column.ts";

/** The tip of a ledger in memory: the same columns as of a stored one. */
export function memoryTip(ledger: MemoryAccounts): AccountLedgerSummary["tip"] {
  const { about, layers, accounts, assets, txHeight, holdingAccount } = ledger;
  if (txHeight.length === 0 && holdingAccount.length === 0) return null;
  const hash = new TipHash({ ...about, layers });
  hash.take("assets", [
    texts(assets.map(({ asset }) => asset)),
    words(assets.map(({ decimals }) => decimals ?? unknown32)),
    Uint8Array.from(assets, ({ symbol }) => (symbol === null ? 0 : 1)),
    texts(assets.map(({ symbol }) => symbol ?? "")),
  ]);
  hash.take("holdings", [
    texts(Array.from(holdingAccount, (account) => accounts[account]!.name)),
    bytesOf(ledger.holdingAsset),
    ledger.holdingCoverage,
  ]);
  const openings = [...ledger.openings.values()];
  hash.take("openings", [
    words([...ledger.openings.keys()]),
    Uint8Array.from(openings, (opening) => (opening < 0n ? 1 : 0)),
    amounts(openings.map((opening) => (opening < 0n ? -opening : opening))),
  ]);
  hash.take("transactions", [
    texts(ledger.transactionNames),
    bytesOf(txHeight),
    bytesOf(ledger.txPosition),
    bytesOf(ledger.txTime),
    ledger.txDayOnly,
  ]);
  hash.take("transfers", [
    bytesOf(ledger.transferTransaction),
    Uint8Array.from(ledger.transferLayer),
    bytesOf(ledger.transferIndex),
    bytesOf(ledger.transferFrom),
    bytesOf(ledger.transferTo),
    bytesOf(ledger.transferAsset),
    amounts(ledger.amounts),
    ledger.transferIsFee,
  ]);
  hash.take("returns", [words([...ledger.returnOf.keys()]), words([...ledger.returnOf.values()])]);
  const last = txHeight.findLast((height) => height !== unknown32);
  return { height: last ?? null, hash: hash.digest() };
}

function texts(all: readonly string[]): Uint8Array {
  const column = new StringColumn();
  for (const text of all) column.push(text);
  return column.data();
}

function words(all: readonly number[]): Uint8Array {
  return bytesOf(Uint32Array.from(all));
}

function amounts(all: readonly bigint[]): Uint8Array {
  const column = new BigUint64Array(4 * all.length);
  for (let row = 0; row < all.length; row++) writeAmount(column, row, all[row]!);
  return bytesOf(column);
}
