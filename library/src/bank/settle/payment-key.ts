import { hash } from "node:crypto";
import { NumberedTexts } from "../../sets/numbered-texts.ts";
import { dayOfDate, dayOfInstant } from "../calendar-day.ts";
import type { References } from "../record.ts";
import { isUnnamed, realReference } from "../reference.ts";
import { type Flow, flowDay, flowMonies, type Money, onlyOrderOf, orderMoney, ordersOf } from "./flow.ts";
import { uetrsOf } from "./flow-index.ts";
import type { PlainRows } from "./plain-rows.ts";

/**
 * Gives every payment its key, and every plain row that is one. It does not depend on files or their order: the UETR;
 * for what gives back, the key of what it gives back with `:return` or `:reversal`; else a hash of references, amount,
 * day and accounts. What is the same in all of these is numbered in listing order (`#2`).
 */
export function nameFlows(flows: readonly Flow[], plain: readonly PlainRows[] = []): void {
  const given = new NumberedTexts();
  const again = new Map<string, number>();
  const keyOf = (key: string) => {
    const { count } = given;
    if (given.give(key) === count) return key;
    const times = (again.get(key) ?? 1) + 1;
    again.set(key, times);
    return `${key}#${times}`;
  };
  // What gives back is named after what it gives back.
  const first = flows.filter(({ original }) => original === null).sort(byRank);
  const others = flows.filter(({ original }) => original !== null).sort(byRank);
  let at = 0;
  const nameUntil = (rank: number) => {
    for (; at < first.length && first[at]!.rank < rank; at++) first[at]!.key = keyOf(plainKey(first[at]!));
  };
  for (const rows of plain) {
    for (let row = 0; row < rows.ranks.length; row++) {
      if (rows.isRaised[row] === 1) continue;
      nameUntil(rows.ranks[row]!);
      rows.keys[row] = keyOf(rowKey(rows, row));
    }
  }
  nameUntil(Number.POSITIVE_INFINITY);
  for (const flow of others) flow.key = keyOf(`${flow.original!.key}:${flow.kind}`);
}

const byRank = (a: Flow, b: Flow) => a.rank - b.rank;

function plainKey(flow: Flow): string {
  const [uetr] = uetrsOf(flow);
  if (uetr !== undefined) return flow.kind === "payment" ? uetr : `${uetr}:${flow.kind}`;
  const order = ordersOf(flow)[0];
  const movement = flow.debit ?? flow.credit;
  const references = order?.references ?? flow.returnRecords[0]?.references ?? movement?.references;
  const { pays, gets } = monies(flow);
  const ends = `${flow.kind}\n${flow.debtorKey}\n${flow.creditorKey}`;
  const what = `${textOf(pays)}\n${textOf(gets)}\n${flowDay(flow)}`;
  const servicer = realReference(movement?.records[0]?.servicerReference ?? null);
  return hashed(`${ends}\n${what}\n${references === undefined ? "" : textOfAll(references)}\n${servicer}`);
}

/** The key that the payment of a row would have as a flow. */
function rowKey({ orders, accounts }: PlainRows, row: number): string {
  const ends = `payment\n${accounts[orders.debtorAt(row)]}\n${accounts[orders.creditorAt(row)]}`;
  const money = `${orders.amount[row]} ${orders.currencyAt(row)}`;
  const { time, day: date } = orders.timeAt(row);
  const day = dayOfInstant(time) ?? dayOfDate(date);
  return hashed(`${ends}\n${money}\n${money}\n${day}${nothingElse}`);
}

const noneOfAll = "\n\n\n\n\n";
const nothingElse = `\n${noneOfAll}\n${null}`;

const hashed = (identity: string) => `bank-${hash("sha256", identity, "hex").slice(0, keyDigits)}`;

/** 96 bits: among a billion payments two of one key are one chance in a hundred billion. */
const keyDigits = 24;

function textOfAll(references: References): string {
  if (isUnnamed(references)) return noneOfAll;
  const { messageId, instructionId, endToEndId, transactionId, clearingReference, related } = references;
  const texts = [messageId, instructionId, endToEndId, transactionId, clearingReference, related];
  return texts.map((text) => (text === null ? "" : realReference(text))).join("\n");
}

function monies(flow: Flow): { pays: Money | null; gets: Money | null } {
  const only = onlyOrderOf(flow);
  if (only === null) return flowMonies(flow);
  const money = orderMoney(only);
  return { pays: money, gets: money };
}

const textOf = (money: Money | null) => (money === null ? "" : `${money.amount} ${money.currency}`);
