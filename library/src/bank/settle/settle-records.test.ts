import fc from "fast-check";
import { expect, test } from "vitest";
import { ann, ben, cat, entry, usd } from "../bank-records.fixture.ts";
import type { BankRecord } from "../record.ts";
import type { SettledBank } from "../settled.ts";
import { day, owner, records, references, side } from "./random-records.fixture.ts";
import { settleRecords } from "./settle-records.ts";
import { wholeOf } from "./told.fixture.ts";

const shuffled = records.chain((all) =>
  fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
);

test("the order of records does not matter", () => {
  fc.assert(
    fc.property(shuffled, ([all, inOtherOrder]) => {
      expect(wholeOf(settleRecords(inOtherOrder))).toEqual(wholeOf(settleRecords(all)));
    }),
    { numRuns: 400 },
  );
});

test("a file that is given again under another name changes nothing", () => {
  fc.assert(
    fc.property(records, (all) => {
      const copies = all.map((record) => ({ ...record, source: { ...record.source, file: `z${record.source.file}` } }));
      const settled = wholeOf(settleRecords(all));
      expect(wholeOf(settleRecords([...copies, ...all]))).toEqual(settled);
      expect(wholeOf(settleRecords([...all, ...copies]))).toEqual(settled);
    }),
    { numRuns: 100 },
  );
});

test("any of the records given again change nothing", () => {
  const some = records.chain((all) => fc.tuple(fc.constant(all), fc.subarray(all)));
  fc.assert(
    fc.property(some, ([all, again]) => {
      const copies = again.map((record) => structuredClone(record));
      expect(wholeOf(settleRecords([...copies, ...all]))).toEqual(wholeOf(settleRecords(all)));
    }),
    { numRuns: 400 },
  );
});

test("no transfer is of nothing, or from or to nobody", () => {
  fc.assert(
    fc.property(records, (all) => {
      for (const { transfers, key } of settleRecords(all).payments) {
        expect(transfers.length, key).toBeGreaterThan(0);
        for (const { amount, from, to } of transfers) {
          expect(amount).toBeGreaterThan(0n);
          expect(from).not.toBeNull();
          expect(to).not.toBeNull();
        }
      }
    }),
    { numRuns: 200 },
  );
});

test("keys of payments are unique, times do not fall, and what gives back comes after what it gives back", () => {
  fc.assert(
    fc.property(records, (all) => {
      const { payments, unsettled } = settleRecords(all);
      const keys = [...payments, ...unsettled].map(({ key }) => key);
      expect(new Set(keys).size).toBe(keys.length);
      const times = payments.map(({ time }) => time ?? Number.MAX_VALUE);
      expect(times).toEqual([...times].sort((a, b) => a - b));
      const places = new Map(payments.map(({ key }, i) => [key, i]));
      payments.forEach(({ returns }, i) => {
        if (returns !== null && places.has(returns)) expect(places.get(returns)).toBeLessThan(i);
      });
    }),
    { numRuns: 400 },
  );
});

/** Message by message, everything that a result names. */
function namedIn(settled: SettledBank): Set<string> {
  const named = new Set<string>();
  const add = (one: { sha256: string; message: number }) => named.add(`${one.sha256} ${one.message}`);
  for (const { about } of settled.payments) {
    for (const { sha256, number } of about.tellings as { sha256: string; number: number }[])
      add({ sha256, message: number });
  }
  for (const { sources } of [...settled.unsettled, ...settled.recalls, ...settled.problems])
    for (const one of sources) add(one);
  for (const { source, also } of settled.statements) for (const one of [source, ...also]) add(one);
  return named;
}

test("every record is accounted for: in a payment, unsettled, a recall, a statement or a problem", () => {
  const apart = records.map((all) =>
    all.map(
      (record, i) =>
        ({
          ...record,
          source: {
            ...record.source,
            message: record.kind === "statement" || record.kind === "entry" ? record.source.message : 100 + i,
          },
        }) as BankRecord,
    ),
  );
  fc.assert(
    fc.property(apart, (all) => {
      const named = namedIn(settleRecords(all));
      for (const { source, kind } of all) expect(named.has(`${source.sha256} ${source.message}`), kind).toBe(true);
    }),
    { numRuns: 400 },
  );
});

test("what is booked on an account is what moves on it: statements only, each entry once", () => {
  const booked = fc.array(
    fc.record({
      isCredit: fc.boolean(),
      money: fc.integer({ min: 1, max: 3 }).map(usd),
      account: owner,
      bookingDate: day,
      references,
      counterparty: side,
    }),
    { maxLength: 20 },
  );
  fc.assert(
    fc.property(booked, (all) => {
      const told = all.map((one, item) =>
        entry({ file: "s", item }, { ...one, references: { ...one.references, uetr: null } }),
      );
      const settled = settleRecords(told);
      // What moved on an account over what its entries say; the other end's entry may be the one that tells of it.
      for (const owned of [ann, ben, cat]) {
        const own = told.filter(({ account }) => account === owned);
        const key = settled.accounts.find(({ side: one }) => one.account?.other === owned.account!.other)?.key;
        const paid = (isCredit: boolean) =>
          sum(own.filter((one) => one.isCredit === isCredit).map((one) => BigInt(one.money.amount)));
        const moved = (end: "from" | "to") =>
          sum(
            settled.payments
              .flatMap(({ transfers }) => transfers)
              .filter((one) => one[end] === key)
              .map(({ amount }) => amount),
          );
        expect(moved("from") >= paid(false)).toBe(true);
        expect(moved("to") >= paid(true)).toBe(true);
      }
    }),
    { numRuns: 200 },
  );
});

const sum = (amounts: readonly bigint[]) => amounts.reduce((total, amount) => total + amount, 0n);
