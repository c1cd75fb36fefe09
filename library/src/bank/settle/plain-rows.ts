import type { PlainOrders } from "../csv/plain-orders.ts";
import type { BankRecord, EntryRecord, OrderRecord } from "../record.ts";
import type { AccountBook } from "./account-key.ts";
import { type ArrangedRecords, compareText } from "./arrange-records.ts";
import { isFingerprinted, orderFingerprint, rowFingerprint } from "./order-fingerprint.ts";

/**
 * The plain orders of one file on their way through settling. Nothing can be found to be about them by a name, since
 * they have none; so what other records can change of them is known at once (`raiseRows`), and the others are payments
 * as they stand, of which no more is made than a key and a time.
 */
export interface PlainRows {
  readonly orders: PlainOrders;
  /** [rows] Their places in the listing order. */
  readonly ranks: Uint32Array;
  /** [sides] The accounts' keys. */
  accounts: readonly (string | null)[];
  /** [rows] 1: it was made an order like others. */
  readonly isRaised: Uint8Array;
  /** [rows] The payments' keys. */
  readonly keys: string[];
}

/** Who is told of what comes in the listing order. */
interface Listing {
  readonly record: (record: BankRecord, rank: number) => void;
  readonly row: (orders: PlainOrders, row: number) => void;
}

/** Goes through records and plain orders in the order in which their records would be listed together. */
export function listTogether(
  { all, names }: ArrangedRecords,
  files: readonly PlainOrders[],
  listing: Listing,
): PlainRows[] {
  const sorted = [...files].sort(
    (a, b) => compareText(a.file.file, b.file.file) || compareText(a.file.sha256, b.file.sha256),
  );
  let [at, rank] = [0, 0];
  const comesBefore = (record: BankRecord, orders: PlainOrders, row: number) => {
    if (record.created !== null) return false;
    const { sha256, message: number } = record.source;
    const byFile = compareText(names.get(sha256)!, orders.file.file) || compareText(sha256, orders.file.sha256);
    return (byFile || number - orders.messageAt(row)) < 0;
  };
  const plain = sorted.map((orders): PlainRows => {
    const ranks = new Uint32Array(orders.count);
    for (let row = 0; row < orders.count; row++) {
      while (at < all.length && comesBefore(all[at]!, orders, row)) listing.record(all[at++]!, rank++);
      ranks[row] = rank++;
      listing.row(orders, row);
    }
    return { orders, ranks, accounts: [], isRaised: new Uint8Array(orders.count), keys: [] };
  });
  while (at < all.length) listing.record(all[at++]!, rank++);
  return plain;
}

/** Takes note of the sides of rows, each once. */
export function rowNoter(book: AccountBook): Listing["row"] {
  const noted = new Map<PlainOrders, number>();
  return (orders, row) => {
    // Sides are numbered in the order in which rows name them.
    const count = Math.max(noted.get(orders) ?? 0, orders.debtorAt(row) + 1, orders.creditorAt(row) + 1);
    for (let side = noted.get(orders) ?? 0; side < count; side++) book.note(orders.sides[side]!);
    noted.set(orders, count);
  };
}

/**
 * Makes orders like others of those rows with which other records may have to do: another row or an order without
 * references may say the same, or one of the accounts has entries, which are matched to orders by what they say.
 */
export function raiseRows(
  book: AccountBook,
  plain: readonly PlainRows[],
  others: { readonly orders: readonly OrderRecord[]; readonly entries: readonly EntryRecord[] },
): { readonly order: OrderRecord; readonly rank: number }[] {
  const withEntries = new Set(others.entries.map(({ account }) => book.keyOf(account)));
  const fingerprints = plain.map(({ orders }) => {
    const hashes = orders.sides.map((side) => book.keyHashOf(side));
    const ofRows = new Int32Array(orders.count);
    for (let row = 0; row < orders.count; row++) ofRows[row] = rowFingerprint(orders, row, hashes);
    return ofRows;
  });
  const unnamed = plain.length === 0 ? [] : others.orders.filter(isFingerprinted);
  const crowded = repeatedIn([...fingerprints, Int32Array.from(unnamed, (order) => orderFingerprint(book, order))]);
  const raised: { order: OrderRecord; rank: number }[] = [];
  plain.forEach((rows, file) => {
    const { orders, ranks, isRaised } = rows;
    rows.accounts = orders.sides.map((side) => book.keyOf(side));
    const hasEntries = rows.accounts.map((account) => account === null || withEntries.has(account));
    for (let row = 0; row < orders.count; row++) {
      const [debtor, creditor] = [orders.debtorAt(row), orders.creditorAt(row)];
      if (!hasEntries[debtor] && !hasEntries[creditor] && !crowded.has(fingerprints[file]![row]!)) continue;
      isRaised[row] = 1;
      raised.push({ order: orders.record(row), rank: ranks[row]! });
    }
  });
  return raised;
}

/** The numbers that are there more than once. A set of all of them would cost more than sorting them. */
function repeatedIn(parts: readonly Int32Array[]): Set<number> {
  const all = new Int32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  all.sort();
  const repeated = new Set<number>();
  for (let n = 1; n < all.length; n++) if (all[n] === all[n - 1]) repeated.add(all[n]!);
  return repeated;
}

/** The accounts of the rows that are payments, and those of them that pay. */
export function rowAccounts(plain: readonly PlainRows[]): { readonly payers: Set<string>; readonly all: Set<string> } {
  const [payers, all] = [new Set<string>(), new Set<string>()];
  for (const { orders, accounts, isRaised } of plain) {
    const pays = new Uint8Array(accounts.length);
    const isNamed = new Uint8Array(accounts.length);
    for (let row = 0; row < isRaised.length; row++) {
      if (isRaised[row] === 1) continue;
      pays[orders.debtorAt(row)] = 1;
      isNamed[orders.debtorAt(row)] = 1;
      isNamed[orders.creditorAt(row)] = 1;
    }
    accounts.forEach((account, side) => {
      if (account !== null && pays[side] === 1) payers.add(account);
      if (account !== null && isNamed[side] === 1) all.add(account);
    });
  }
  return { payers, all };
}
