import type { PlainOrders } from "../csv/plain-orders.ts";
import type { BankRecord } from "../record.ts";
import { AccountBook } from "./account-key.ts";
import { arrangeRecords } from "./arrange-records.ts";
import type { Settling } from "./flow.ts";
import { listTogether, type PlainRows, raiseRows, rowNoter } from "./plain-rows.ts";

/** Records of a kind, in listing order. */
export type OfKind = <Kind extends BankRecord["kind"]>(kind: Kind) => Extract<BankRecord, { kind: Kind }>[];

export interface BegunSettling {
  readonly settling: Settling;
  readonly ofKind: OfKind;
  /** Rows, of which those that were not raised are payments as they stand. */
  readonly plain: readonly PlainRows[];
}

/** Puts everything into the listing order, and finds the rows with which nothing else has to do. */
export function beginSettling(records: Iterable<BankRecord>, given: readonly PlainOrders[]): BegunSettling {
  const files = given.filter(({ count }) => count > 0);
  const areDistinct = new Set(files.map(({ file }) => file.sha256)).size === files.length;
  // Which rows of a file that was given twice are the same is told by their records.
  const rowRecords = areDistinct ? [] : files.flatMap((orders) => [...orders.records()]);
  const arranged = arrangeRecords(rowRecords.length === 0 ? records : [...records, ...rowRecords]);
  const book = new AccountBook();
  const rankOf = new Map<BankRecord, number>();
  const byKind = new Map<BankRecord["kind"], BankRecord[]>();
  const plain = listTogether(arranged, areDistinct ? files : [], {
    record: (record, rank) => {
      rankOf.set(record, rank);
      noteSides(book, record);
      const known = byKind.get(record.kind);
      if (known === undefined) byKind.set(record.kind, [record]);
      else known.push(record);
    },
    row: rowNoter(book),
  });
  book.close();
  const ofKind: OfKind = <Kind extends BankRecord["kind"]>(kind: Kind) =>
    (byKind.get(kind) ?? []) as Extract<BankRecord, { kind: Kind }>[];
  const raised = raiseRows(book, plain, { orders: ofKind("order"), entries: ofKind("entry") });
  for (const { order, rank } of raised) rankOf.set(order, rank);
  if (raised.length > 0) {
    const orders = [...ofKind("order"), ...raised.map(({ order }) => order)];
    byKind.set(
      "order",
      orders.sort((a, b) => rankOf.get(a)! - rankOf.get(b)!),
    );
  }
  return { settling: { book, rankOf, problems: [] }, ofKind, plain };
}

function noteSides(book: AccountBook, record: BankRecord): void {
  switch (record.kind) {
    case "order":
      book.note(record.debtor);
      book.note(record.creditor);
      book.note(record.underlying?.debtor ?? null);
      book.note(record.underlying?.creditor ?? null);
      book.noteAgent(record.instructing);
      book.noteAgent(record.instructedAgent);
      for (const agent of record.intermediaries) book.noteAgent(agent);
      break;
    case "return":
      book.note(record.debtor);
      book.note(record.creditor);
      break;
    case "statement":
      book.note(record.account);
      break;
    case "entry":
      book.note(record.account);
      book.note(record.counterparty);
      break;
    default:
  }
  if ("charges" in record) for (const { agent } of record.charges) book.noteAgent(agent);
}
