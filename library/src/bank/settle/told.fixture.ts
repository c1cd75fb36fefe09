import type { BankRecord } from "../record.ts";
import type { SettledBank } from "../settled.ts";
import { settleRecords } from "./settle-records.ts";

/** `222@BBBBGB2L -> 333@CCCCDEFF 100.00 USD`, ` (fee)` where it is one. */
export function transfersIn(settled: SettledBank): string[][] {
  return settled.payments.map(({ transfers }) =>
    transfers.map(({ from, to, amount, currency, isFee }) => {
      const digits = String(amount).padStart(3, "0");
      const plain = `${from} -> ${to} ${digits.slice(0, -2)}.${digits.slice(-2)} ${currency}`;
      return isFee ? `${plain} (fee)` : plain;
    }),
  );
}

export const problemsIn = (settled: SettledBank) => settled.problems.map(({ what }) => what);
export const fatesIn = (settled: SettledBank) => settled.unsettled.map(({ fate }) => fate);

export function settle(...records: BankRecord[]): SettledBank {
  return settleRecords(records);
}

/** With what is only made when it is asked for, so that two results can be compared whole. */
export function wholeOf(settled: SettledBank) {
  const payments = settled.payments.map(({ key, time, dayOnly, transfers, returns, about }) => {
    return { key, time, dayOnly, transfers, returns, about };
  });
  return { ...settled, payments };
}
