import { hash } from "node:crypto";
import type { References } from "../record.ts";
import { isUnnamed, realReference } from "../reference.ts";
import { type Flow, flowDay, flowMonies, type Money, onlyOrderOf, orderMoney, ordersOf } from "./flow.ts";
import { uetrsOf } from "./flow-index.ts";

/**
 * Gives every payment its key. It does not depend on files or their order: the UETR; for what gives back, the key of
 * what it gives back with `:return` or `:reversal`; else a hash of references, amount, day and accounts. What is the
 * same in all of these is numbered in listing order (`#2`).
 */
export function nameFlows(flows: readonly Flow[]): void {
  const given = new Set<string>();
  const again = new Map<string, number>();
  // What gives back is named after what it gives back.
  const first = flows.filter(({ original }) => original === null).sort(byRank);
  const others = flows.filter(({ original }) => original !== null).sort(byRank);
  for (const flow of first.concat(others)) {
    const plain = flow.original === null ? plainKey(flow) : `${flow.original.key}:${flow.kind}`;
    const size = given.size;
    if (given.add(plain).size > size) {
      flow.key = plain;
      continue;
    }
    const times = (again.get(plain) ?? 1) + 1;
    again.set(plain, times);
    flow.key = `${plain}#${times}`;
  }
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
  const identity = `${ends}\n${what}\n${references === undefined ? "" : textOfAll(references)}\n${servicer}`;
  return `bank-${hash("sha256", identity, "hex").slice(0, keyDigits)}`;
}

/** 96 bits: among a billion payments two of one key are one chance in a hundred billion. */
const keyDigits = 24;

function textOfAll(references: References): string {
  if (isUnnamed(references)) return "\n\n\n\n\n";
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
