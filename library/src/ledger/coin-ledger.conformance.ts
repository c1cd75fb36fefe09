import { expect } from "vitest";
import type { Account, CoinLedger } from "./contract.ts";

/** What a ledger does not have in common with the oracle, and why. */
export interface Differences {
  /** A partial ledger counts no blocks and knows no headers; its tip is a hash of its own. */
  readonly partial?: boolean;
  readonly accountKey: (script: Uint8Array) => Uint8Array;
  /** Scripts whose accounts are asked for. */
  readonly scripts: readonly Uint8Array[];
}

const exactly = (key: Uint8Array, script: Uint8Array): Account => ({
  key,
  accepts: (other) => Buffer.compare(script, other) === 0,
});

/** Asks a ledger everything that the contract offers and compares it with an oracle of the same contents. */
export async function expectSameLedger(
  ledger: CoinLedger,
  oracle: CoinLedger,
  differences: Differences,
): Promise<void> {
  const expected = await oracle.summary();
  const { transactions, outputs, inputs } = expected;
  const summary = await ledger.summary();
  if (differences.partial) expect(summary).toMatchObject({ transactions, outputs, inputs, partial: true, blocks: 0 });
  else expect(summary).toEqual(expected);
  await expectSameTransactions(ledger, oracle, transactions);
  await expectSameCoins(ledger, oracle, outputs);
  await expectSameAccounts(ledger, oracle, differences);
  if (!differences.partial) await expectSameBlocks(ledger, oracle, expected.blocks);
  await expectSameColumns(ledger, oracle, outputs, differences);
}

const upTo = (count: number) => Array.from({ length: count }, (_, id) => id);

async function expectSameTransactions(ledger: CoinLedger, oracle: CoinLedger, count: number): Promise<void> {
  const expected = await oracle.transactionsById(upTo(count));
  expect(await ledger.transactionsById(upTo(count))).toEqual(expected);
  for (const { id, txid } of expected) {
    expect(await ledger.transaction(txid)).toEqual(await oracle.transaction(txid));
    expect(await ledger.inputsOf(id)).toEqual(await oracle.inputsOf(id));
    expect(await ledger.rawTransaction(id)).toEqual(await oracle.rawTransaction(id));
  }
  expect(await ledger.transaction("ab".repeat(32))).toBeNull();
  expect(await ledger.transaction("no txid")).toBeNull();
  await expect((async () => ledger.transactionsById([count]))()).rejects.toThrow(/There is no transaction/u);
}

async function expectSameCoins(ledger: CoinLedger, oracle: CoinLedger, count: number): Promise<void> {
  const ids = [...upTo(count).reverse(), ...upTo(Math.min(count, 2))];
  expect(await ledger.coinsById(ids)).toEqual(await oracle.coinsById(ids));
  await expect((async () => ledger.coinsById([2 ** 40]))()).rejects.toThrow(/There is no coin/u);
}

async function expectSameAccounts(
  ledger: CoinLedger,
  oracle: CoinLedger,
  { accountKey, scripts }: Differences,
): Promise<void> {
  const accounts = scripts.flatMap((script): Account[] => [
    exactly(accountKey(script), script),
    { key: accountKey(script), accepts: () => true },
  ]);
  for (const account of accounts) {
    const all = await oracle.coinsOfAccount(account, { after: null, limit: 1_000_000 });
    for (const limit of [3, 1000]) {
      const items = [];
      let after: string | null = null;
      do {
        const page = await ledger.coinsOfAccount(account, { after, limit });
        expect(page.items.length).toBeLessThanOrEqual(limit);
        items.push(...page.items);
        after = page.next;
      } while (after !== null);
      expect(items).toEqual(all.items);
    }
    expect(await ledger.totalsOfAccount(account)).toEqual(await oracle.totalsOfAccount(account));
  }
  expect(await ledger.coinIdsOfAccounts(accounts.slice(0, 4))).toEqual(
    await oracle.coinIdsOfAccounts(accounts.slice(0, 4)),
  );
  const nobody: Account = { key: new Uint8Array(16).fill(9), accepts: () => true };
  expect(await ledger.coinsOfAccount(nobody, { after: null, limit: 5 })).toEqual({ items: [], next: null });
  expect(await ledger.totalsOfAccount(nobody)).toEqual({ coins: 0, received: 0n, held: 0, balance: 0n });
  await expect(ledger.coinsOfAccount(nobody, { after: "x'", limit: 1 })).rejects.toThrow(/not a page cursor/u);
}

async function expectSameBlocks(ledger: CoinLedger, oracle: CoinLedger, blocks: number): Promise<void> {
  for (let height = 0; height <= blocks; height++) {
    const expected = await oracle.block(height);
    expect(await ledger.block(height)).toEqual(expected);
    if (expected !== null) expect(await ledger.block(expected.hash)).toEqual(expected);
  }
  expect(await ledger.block("cd".repeat(32))).toBeNull();
}

async function expectSameColumns(
  ledger: CoinLedger,
  oracle: CoinLedger,
  outputs: number,
  { partial }: Differences,
): Promise<void> {
  const expected = await oracle.loadAll();
  const loaded = await ledger.loadAll();
  expect(loaded).toEqual({ ...expected, columns: { ...expected.columns, wholeBlocks: !partial } });
  expect(loaded.columns.outputValue.buffer).toBeInstanceOf(SharedArrayBuffer);
  for (const direction of ["forward", "backward"] as const) {
    for (const coins of [[0], [outputs - 1], [Math.floor(outputs / 2), Math.floor(outputs / 3)]]) {
      if (outputs === 0) continue;
      for (const stops of [[], [1, Math.floor(outputs / 2)]].map((ids) => Float64Array.from(ids))) {
        for (const transactionsMax of [2, 1_000_000]) {
          const request = { coins, direction, stops, transactionsMax };
          expect(await ledger.loadReach(request)).toEqual(await oracle.loadReach(request));
        }
      }
    }
  }
}
