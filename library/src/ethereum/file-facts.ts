import { edgeDecimals } from "./edge-rows.ts";
import { coverageOf, explorerAddresses } from "./explorer-rows.ts";
import type { FileState } from "./file-state.ts";
import type { EthereumFacts } from "./source.ts";

const ordinaryDecimals = 18;

/** What files know beside their transfers. Openings are in none of them, but for a chain from its genesis on. */
export function factsOfFiles(state: FileState): EthereumFacts {
  const { network, tokens, seen, explorers } = state;
  const assets = [{ asset: network.native, decimals: 18 as number | null, symbol: network.native as string | null }];
  for (const [asset, { decimals, symbol }] of tokens) {
    assets.push({ asset, decimals: seen.assumedDecimals.has(asset) ? ordinaryDecimals : decimals, symbol });
  }
  for (const asset of seen.otherCurrencies) {
    if (asset !== network.native) assets.push({ asset, decimals: edgeDecimals, symbol: asset });
  }
  const accounts = [...explorerAddresses(explorers)].map(([account, rows]) => {
    const { coverage } = coverageOf(rows);
    return { account, coverage, about: null };
  });
  const isWhole = !missingOfFiles(state).partial && seen.genesis && state.blocks.lowest === 0;
  return { assets, accounts, openings: [], openingDefault: isWhole ? 0n : null, differences: [], compared: 0 };
}

/** What is not there, in words; and whether that makes the ledger a partial one. */
export function missingOfFiles(state: FileState): { partial: boolean; missing: string[] } {
  const { seen, blocks, counts, explorers } = state;
  const missing: string[] = [];
  const note = (holds: boolean, what: string) => {
    if (holds) missing.push(what);
  };
  const { kinds } = seen;
  const isChain = kinds.has("transaction") || kinds.has("trace") || kinds.has("log") || kinds.has("token_transfer");
  if (isChain) {
    note(!kinds.has("transaction"), "transactions and their fees missing");
    note(seen.withoutTraces > 0 || !kinds.has("trace"), "internal transfers missing");
    note(!kinds.has("log") && !kinds.has("token_transfer"), "token transfers missing");
    const noReceipt = many(seen.withoutReceipt, "transaction");
    note(seen.withoutReceipt > 0, `receipts of ${noReceipt} missing: their fees, and whether they failed`);
    const noBlock = many(seen.withoutBlock, "transaction");
    note(seen.withoutBlock > 0, `blocks of ${noBlock} missing: who got their fees, and what was burnt`);
    const making = many(seen.createdUnknown, "transaction");
    note(seen.createdUnknown > 0, `contracts made by ${making} missing: the value they were made with`);
    note(seen.tracesApart > 0, `${many(seen.tracesApart, "trace")} that stood apart from those of their block`);
    const gaps = blocks.known > 0 ? blocks.highest - blocks.lowest + 1 - blocks.known : 0;
    note(gaps > 0, `${many(gaps, "block")} missing between ${blocks.lowest} and ${blocks.highest}`);
    const lost = seen.transactionsToldByBlocks - counts.transactions;
    note(kinds.has("transaction") && lost > 0, `${many(lost, "transaction")} missing`);
    const mined = blocks.minedWithoutRewards();
    note(mined > 0, `block rewards of ${many(mined, "block")} missing`);
  }
  const partial = missing.length > 0 || !isChain || seen.transfersWithoutLogs > 0 || counts.skipped > 0;
  const silent = many(seen.statusFromGas, "transaction");
  note(seen.statusFromGas > 0, `receipts of ${silent} before Byzantium do not say that they failed; their gas does`);
  const doubtful = many(seen.transfersWithoutLogs, "token transfer");
  note(
    seen.transfersWithoutLogs > 0 && !kinds.has("contract"),
    `whether ${doubtful} are of amounts or of numbered things: logs or contracts would say`,
  );
  const assumed = many(seen.assumedDecimals.size, "token");
  note(
    seen.assumedDecimals.size > 0,
    `decimals of ${assumed}: taken to be ${ordinaryDecimals}; a file of tokens would say`,
  );
  const deposits = many(counts.otherDeposits, "deposit or withdrawal event");
  note(counts.otherDeposits > 0, `${deposits} of contracts that are not known to wrap`);
  for (const [account, rows] of explorerAddresses(explorers)) {
    for (const lack of coverageOf(rows).lacks) missing.push(`${account}: ${lack}`);
  }
  note(
    counts.otherDeposits > 0,
    `${counts.otherDeposits} deposits and withdrawals of contracts that are not known to wrap`,
  );
  return { partial, missing };
}

const many = (count: number, what: string) => `${count} ${what}${count === 1 ? "" : "s"}`;
