import type { AccountLedgerSummary } from "../account-contract.ts";
import { unknown32 } from "../account-schema.ts";
import { TipHash } from "../account-tip.ts";
import { writeAmount } from "../amount-column.ts";
import { bytesOf } from "../column-bytes.ts";
import { compareNames } from "../compare-names.ts";
import { StringColumn } from "../string-column.ts";
import type { MemoryAccounts } from "./oracle-account-ledger.ts";
import { coverageOf } from "./oracle-holdings.ts";
import { holdingPlaces } from "./oracle-load.ts";

/** The tip of a ledger in memory: the same columns as of a stored one. */
export function oracleTip(ledger: MemoryAccounts): AccountLedgerSummary["tip"] {
  const { about, transactions, transfers, holdings, accounts, assets } = ledger;
  if (transactions.length === 0 && holdings.length === 0) return null;
  const layers = [...new Set(transfers.map(({ layer }) => layer))].sort(compareNames);
  const hash = new TipHash({ ...about, layers });
  const place = holdingPlaces(ledger);
  const assetOf = new Map(assets.map(({ asset }, id) => [asset, id]));
  const coverage = new Map(accounts.map((account) => [account.name, coverageOf(account.coverage, about.partial)]));
  hash.take("assets", [
    texts(assets.map(({ asset }) => asset)),
    words(assets.map(({ decimals }) => decimals ?? unknown32)),
    Uint8Array.from(assets, ({ symbol }) => (symbol === null ? 0 : 1)),
    texts(assets.map(({ symbol }) => symbol ?? "")),
  ]);
  hash.take("holdings", [
    texts(holdings.map(({ account }) => account)),
    words(holdings.map(({ asset }) => assetOf.get(asset)!)),
    Uint8Array.from(holdings, ({ account }) => coverage.get(account)!),
  ]);
  const opened = holdings.flatMap(({ opening }, id) => (opening === null ? [] : [{ id, opening }]));
  hash.take("openings", [
    words(opened.map(({ id }) => id)),
    Uint8Array.from(opened, ({ opening }) => (opening < 0n ? 1 : 0)),
    amounts(opened.map(({ opening }) => (opening < 0n ? -opening : opening))),
  ]);
  hash.take("transactions", [
    texts(transactions.map(({ name }) => name)),
    words(transactions.map(({ height }) => height)),
    words(transactions.map(({ position }) => position)),
    bytesOf(Float64Array.from(transactions, ({ time }) => time)),
    Uint8Array.from(transactions, ({ dayOnly }) => Number(dayOnly)),
  ]);
  hash.take("transfers", [
    words(transfers.map(({ transaction }) => transaction)),
    Uint8Array.from(transfers, ({ layer }) => layers.indexOf(layer)),
    words(transfers.map(({ index }) => index)),
    words(transfers.map(({ from, asset }) => place(from, asset))),
    words(transfers.map(({ to, asset }) => place(to, asset))),
    words(transfers.map(({ asset }) => assetOf.get(asset)!)),
    amounts(transfers.map(({ amount }) => amount)),
    Uint8Array.from(transfers, ({ isFee }) => Number(isFee)),
  ]);
  const returning = transfers.filter(({ returns }) => returns !== null);
  hash.take("returns", [words(returning.map(({ id }) => id)), words(returning.map(({ returns }) => returns!))]);
  const heights = transactions.map(({ height }) => height).filter((height) => height !== unknown32);
  return { height: heights.at(-1) ?? null, hash: hash.digest() };
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
  all.forEach((amount, row) => {
    writeAmount(column, row, amount);
  });
  return bytesOf(column);
}
