import { expect } from "vitest";
import type { AccountLedger } from "./account-contract.ts";

const upTo = (count: number) => Array.from({ length: count }, (_, id) => id);

/** Asks a ledger everything that the contract offers and compares it with an oracle of the same contents. */
export async function expectSameAccountLedger(ledger: AccountLedger, oracle: AccountLedger): Promise<void> {
  const expected = await oracle.summary();
  expect(await ledger.summary()).toEqual(expected);
  expect(await ledger.assets()).toEqual(await oracle.assets());
  await expectSameTransactions(ledger, oracle, expected.transactions);
  await expectSameTransfers(ledger, oracle, expected.transfers);
  await expectSameAccounts(ledger, oracle, expected.accounts);
  expect(await allPages((page) => ledger.balances(page))).toEqual(await allPages((page) => oracle.balances(page)));
  expect(await ledger.load()).toEqual(await oracle.load());
  await expect(ledger.load({ transfersMax: expected.transfers - 1 })).rejects.toMatchObject({
    code: "ledger/too-many-transfers",
  });
}

async function expectSameTransactions(ledger: AccountLedger, oracle: AccountLedger, count: number): Promise<void> {
  const ids = [...upTo(count).reverse(), ...upTo(Math.min(count, 2))];
  const expected = await oracle.transactionsById(ids);
  expect(await ledger.transactionsById(ids)).toEqual(expected);
  for (const { id, name } of expected) {
    expect(await ledger.transaction(name)).toEqual(await oracle.transaction(name));
    expect(await ledger.transfersOf(id)).toEqual(await oracle.transfersOf(id));
  }
  expect(await ledger.transaction("no such ' transaction")).toBeNull();
  const texts = expected.flatMap(({ about }) => (about === null ? [] : [about, about.slice(1, 3)]));
  for (const text of new Set([...texts, "no 'about' says \\ this", '"'])) {
    const all = await oracle.transactionsSaying(text, { after: null, limit: 1_000_000 });
    expect(await allPages((page) => ledger.transactionsSaying(text, page))).toEqual(all.items);
  }
  await expect(ledger.transactionsById([count])).rejects.toThrow(/There is no transaction/u);
  await expect(ledger.transfersOf(-1)).rejects.toThrow(/There is no transaction/u);
}

async function expectSameTransfers(ledger: AccountLedger, oracle: AccountLedger, count: number): Promise<void> {
  const ids = [...upTo(count).reverse(), ...upTo(Math.min(count, 2))];
  expect(await ledger.transfersById(ids)).toEqual(await oracle.transfersById(ids));
  await expect(ledger.transfersById([0.5])).rejects.toThrow(/There is no transfer/u);
}

async function expectSameAccounts(ledger: AccountLedger, oracle: AccountLedger, count: number): Promise<void> {
  const expected = await oracle.accountsById(upTo(count));
  expect(await ledger.accountsById(upTo(count))).toEqual(expected);
  const names = expected.map(({ name }) => name).reverse();
  expect(await ledger.accountsNamed([...names, "nobody's", ...names.slice(0, 1)])).toEqual(
    await oracle.accountsNamed([...names, ...names.slice(0, 1)]),
  );
  expect(await ledger.account("nobody's")).toBeNull();
  for (const { id, name } of expected) {
    expect(await ledger.account(name)).toEqual(expected[id]);
    expect(await ledger.balancesOf(id)).toEqual(await oracle.balancesOf(id));
    const all = await oracle.transfersOfAccount(id, { after: null, limit: 1_000_000 });
    expect(await allPages((page) => ledger.transfersOfAccount(id, page))).toEqual(all.items);
    await expect(ledger.transfersOfAccount(id, { after: "x'", limit: 1 })).rejects.toThrow(/not a page cursor/u);
  }
  await expect(ledger.balancesOf(count)).rejects.toThrow(/There is no account/u);
}

type Pages<Item> = (page: {
  after: string | null;
  limit: number;
}) => Promise<{ items: readonly Item[]; next: string | null }>;

async function allPages<Item>(read: Pages<Item>): Promise<Item[]> {
  const items: Item[] = [];
  let after: string | null = null;
  do {
    const page = await read({ after, limit: 3 });
    expect(page.items.length).toBeLessThanOrEqual(3);
    items.push(...page.items);
    after = page.next;
  } while (after !== null);
  return items;
}
