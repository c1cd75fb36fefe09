import { expect, test } from "vitest";
import {
  account,
  ann,
  annKey,
  bankA,
  bankB,
  bankC,
  ben,
  benKey,
  cat,
  entry,
  eur,
  named,
  order,
  status,
  usd,
} from "../bank-records.fixture.ts";
import { fatesIn, problemsIn, settle, transfersIn } from "./told.fixture.ts";

const uetr = "8a562c67-ca16-48ba-b074-65581be6f011";
const paid = [`${annKey} -> ${benKey} 100.00 USD`];
const debit = (changes: object = {}) =>
  entry({ file: "ann" }, { statement: "A", counterparty: named("?"), ...changes });
const credit = (changes: object = {}) =>
  entry({ file: "ben" }, { statement: "B", account: ben, isCredit: true, ...changes });

test.each([
  ["UETR", { uetr }, { uetr }],
  ["end-to-end id", { endToEndId: "E1" }, { endToEndId: "E1" }],
  ["transaction id", { transactionId: "T1" }, { transactionId: "T1" }],
  ["field 20 in field 61", { messageId: "REF20" }, { instructionId: "REF20" }],
])("an order and its two entries are one movement, by %s", (_, ofOrder, ofEntry) => {
  const settled = settle(
    order({ file: "o" }, { references: ofOrder }),
    debit({ references: ofEntry }),
    credit({ references: ofEntry }),
  );
  expect(transfersIn(settled)).toEqual([paid]);
  expect(problemsIn(settled)).toEqual([]);
  expect((settled.payments[0]!.about as { tellings: unknown[] }).tellings).toHaveLength(3);
});

test("a servicer's reference (field 61 //) that is the order's reference matches it", () => {
  const settled = settle(order({ file: "o" }, { references: { messageId: "R" } }), debit({ servicerReference: "R" }));
  expect(transfersIn(settled)).toEqual([paid]);
});

test("without a reference: the same account, amount, day and counterparty", () => {
  const references = { endToEndId: "E1" };
  const settled = settle(
    order({ file: "o" }, { references }),
    debit({ counterparty: ben }),
    credit({ counterparty: ann }),
  );
  expect(transfersIn(settled)).toEqual([paid]);
  const other = settle(order({ file: "o" }, { references }), debit({ counterparty: cat }));
  expect(transfersIn(other)).toHaveLength(2);
  const nextDay = settle(order({ file: "o" }, { references }), debit({ counterparty: ben, bookingDate: "2024-03-02" }));
  expect(transfersIn(nextDay)).toHaveLength(2);
});

test("without a counterparty: the same account, amount and day, where no reference differs", () => {
  const settled = settle(order({ file: "o" }), debit({ counterparty: account("", null) }));
  expect(transfersIn(settled)).toEqual([paid]);
  const other = settle(
    order({ file: "o" }, { references: { endToEndId: "E1" } }),
    debit({ counterparty: account("", null), references: { endToEndId: "E2" } }),
  );
  expect(transfersIn(other)).toHaveLength(2);
});

test("equal entries and equal orders are paired one to one; those left over count by themselves", () => {
  const orders = [1, 2].map((item) => order({ file: "o", item }));
  const debits = (count: number) =>
    Array.from({ length: count }, (_, item) => entry({ file: "ann", item }, { counterparty: ben }));
  expect(problemsIn(settle(...orders, ...debits(2)))).toEqual([]);
  expect(transfersIn(settle(...orders, ...debits(2)))).toEqual([paid, paid]);
  expect(transfersIn(settle(...orders, ...debits(1)))).toEqual([paid, paid]);
  expect(problemsIn(settle(...orders, ...debits(1)))).toEqual([expect.stringMatching(/1 entries .* fit 2 payments/u)]);
  expect(transfersIn(settle(...orders, ...debits(3)))).toEqual([paid, paid, paid]);
});

test("an entry that fits several payments by its reference counts once, and is a problem", () => {
  const references = { endToEndId: "E1" };
  const settled = settle(
    order({ file: "o", number: 1 }, { references: { ...references, messageId: "M1" } }),
    order({ file: "o", number: 2 }, { references: { ...references, messageId: "M2" }, creditor: cat }),
    debit({ references }),
  );
  expect(transfersIn(settled)).toHaveLength(2);
  expect(problemsIn(settled)).toEqual([expect.stringMatching(/fits several payments by its reference/u)]);
});

test("a debit of more, and a credit of less, than was ordered: fees of the two banks", () => {
  const references = { uetr };
  const settled = settle(
    order({ file: "o" }, { references }),
    debit({ references, money: usd(103) }),
    credit({ references, money: usd(98) }),
  );
  expect(transfersIn(settled)).toEqual([
    [
      `${annKey} -> ${benKey} 98.00 USD`,
      `${annKey} -> @AAAAUS33 3.00 USD (fee)`,
      `${annKey} -> @BBBBGB2L 2.00 USD (fee)`,
    ],
  ]);
});

test("a credit of more than was ordered is believed, and the payee's bank paid it in", () => {
  const references = { uetr };
  const settled = settle(order({ file: "o" }, { references }), credit({ references, money: usd(120) }));
  expect(transfersIn(settled)).toEqual([[`${annKey} -> ${benKey} 100.00 USD`, `@BBBBGB2L -> ${benKey} 20.00 USD`]]);
  expect(problemsIn(settled)).toEqual([
    expect.stringMatching(/with an amount that its messages do not explain/u),
    expect.stringMatching(/grew by 20.00 USD/u),
  ]);
});

test("a debit in one currency and a credit in another: changed where the amounts part", () => {
  const references = { uetr };
  const atPayer = settle(
    order({ file: "o" }, { references }),
    debit({ references, money: eur(90) }),
    credit({ references }),
  );
  expect(transfersIn(atPayer)).toEqual([[`${annKey} -> @AAAAUS33 90.00 EUR`, `@AAAAUS33 -> ${benKey} 100.00 USD`]]);
  const atPayee = settle(debit({ references }), credit({ references, money: eur(90) }));
  expect(transfersIn(atPayee)).toEqual([[`${annKey} -> @BBBBGB2L 100.00 USD`, `@BBBBGB2L -> ${benKey} 90.00 EUR`]]);
  expect(atPayee.payments[0]!.about.fx).toMatchObject([{ at: "@BBBBGB2L", rate: null }]);
});

test("an entry on a bank's account with another bank, under the payment's UETR, moves nothing more", () => {
  const references = { uetr };
  const nostro = entry({ file: "n" }, { account: account("NOSTRO", bankC, "Bank A"), references });
  const settled = settle(order({ file: "o" }, { references }), nostro);
  expect(transfersIn(settled)).toEqual([paid]);
  expect(settled.accounts.find(({ key }) => key === "NOSTRO@CCCCDEFF")!.coverage).toBe("partly");
});

test("an account that only the entry knows is the order's, where bank and owner fit", () => {
  const references = { uetr };
  const byName = order({ file: "o" }, { references, debtor: named("Ann Archer", bankA) });
  expect(transfersIn(settle(byName, debit({ references })))).toEqual([paid]);
});

test("one debit for all orders of a message (batch booking) books them all", () => {
  const file = (item: number, creditor: typeof ben, dollars: number) =>
    order(
      { file: "o", item },
      {
        level: "initiation",
        settled: null,
        instructed: usd(dollars),
        creditor,
        references: { messageId: "FILE1", endToEndId: `E${item}` },
      },
    );
  const settled = settle(
    file(1, ben, 100),
    file(2, cat, 50),
    debit({ money: usd(150), references: { messageId: "FILE1" } }),
  );
  expect(transfersIn(settled)).toEqual([paid, [`${annKey} -> 333@CCCCDEFF 50.00 USD`]]);
  expect(settled.unsettled).toEqual([]);
});

test("one debit for a block of a customer's file books its orders, but those that were rejected", () => {
  const block = (item: number, related: string, dollars = 100) =>
    order(
      { file: "o", item },
      {
        level: "initiation",
        settled: null,
        instructed: usd(dollars),
        references: { messageId: "FILE1", endToEndId: `E${item}`, related },
      },
    );
  const settled = settle(
    block(1, "BLOCK1"),
    block(2, "BLOCK1", 50),
    block(3, "BLOCK1", 7),
    block(4, "BLOCK2"),
    status({ file: "s" }, { original: { endToEndId: "E3" }, status: "RJCT" }),
    debit({ money: usd(150), references: { messageId: "FILE1", related: "BLOCK1" } }),
  );
  expect(transfersIn(settled)).toEqual([paid, [`${annKey} -> ${benKey} 50.00 USD`]]);
  expect(fatesIn(settled).sort()).toEqual(["instructed", "rejected"]);
});

test("orders that were debited in one sum are credited one by one", () => {
  const file = (item: number, creditor: typeof ben) =>
    order(
      { file: "o", item },
      { level: "initiation", creditor, references: { messageId: "FILE1", endToEndId: `E${item}` } },
    );
  const settled = settle(
    file(1, ben),
    file(2, cat),
    debit({ money: usd(200), references: { messageId: "FILE1" } }),
    credit({ references: { endToEndId: "E1" } }),
  );
  expect(transfersIn(settled)).toEqual([paid, [`${annKey} -> 333@CCCCDEFF 100.00 USD`]]);
});

test("a charge that is booked by itself under the payment's reference stays a charge", () => {
  const references = { uetr };
  const charge = entry({ file: "ann", item: 1 }, { references, money: usd(5), code: "NCHG" });
  const settled = settle(order({ file: "o" }, { references }), charge, entry({ file: "ann", item: 2 }, { references }));
  expect(transfersIn(settled)).toEqual([[`${annKey} -> @AAAAUS33 5.00 USD (fee)`], paid]);
});

test("an entry books a customer's order that nothing else says was carried out", () => {
  const initiation = order(
    { file: "o" },
    { level: "initiation", settled: null, instructed: usd(100), references: { endToEndId: "E1" } },
  );
  expect(fatesIn(settle(initiation))).toEqual(["instructed"]);
  expect(transfersIn(settle(initiation, debit({ references: { endToEndId: "E1" } })))).toEqual([paid]);
});

test("two entries of one payment, a debit at one bank and a credit at the other, are one", () => {
  const references = { endToEndId: "E1" };
  const day = "2024-03-02";
  expect(
    transfersIn(settle(debit({ references, counterparty: ben }), credit({ references, bookingDate: day }))),
  ).toEqual([paid]);
  expect(transfersIn(settle(debit({ counterparty: ben }), credit({ counterparty: ann })))).toEqual([paid]);
  // Nobody says whom the credit is from: it may be another payment.
  expect(transfersIn(settle(debit({ counterparty: ben }), credit()))).toHaveLength(2);
  expect(transfersIn(settle(debit({ references, counterparty: cat }), credit({ references })))).toHaveLength(2);
  const byName = debit({ references, counterparty: named("Ben Baker", bankB) });
  expect(transfersIn(settle(byName, credit({ references })))).toEqual([paid]);
});

test("entries that name each other's account are one where the credit comes days later, as over a weekend", () => {
  const out = (bookingDate: string, item = 1) =>
    entry({ file: "ann", item }, { counterparty: ben, bookingDate, valueDate: bookingDate });
  const into = (bookingDate: string, item = 1) =>
    entry(
      { file: "ben", item },
      { statement: "B", account: ben, isCredit: true, counterparty: ann, bookingDate, valueDate: bookingDate },
    );
  expect(transfersIn(settle(out("2024-03-01"), into("2024-03-04")))).toEqual([paid]);
  expect(transfersIn(settle(out("2024-03-04"), into("2024-03-01")))).toEqual([paid, paid]);
  expect(transfersIn(settle(out("2024-03-01"), into("2024-03-07")))).toEqual([paid, paid]);
  // Each day's credit comes a day later; those of one day are put together first, and nothing is left over.
  const days = ["2024-03-04", "2024-03-05", "2024-03-06", "2024-03-07"];
  const settled = settle(...days.slice(0, 3).map(out), ...days.slice(1).map(into));
  expect(transfersIn(settled)).toEqual([paid, paid, paid]);
  expect(problemsIn(settled)).toEqual([]);
});

test("of three equal debits and two equal credits two pairs are made", () => {
  const debits = [1, 2, 3].map((item) => entry({ file: "ann", item }, { counterparty: ben }));
  const credits = [1, 2].map((item) =>
    entry({ file: "ben", item }, { statement: "B", account: ben, isCredit: true, counterparty: ann }),
  );
  expect(transfersIn(settle(...debits, ...credits))).toEqual([paid, paid, paid]);
  expect(transfersIn(settle(...debits.slice(2), ...credits))).toEqual([paid, paid]);
});
