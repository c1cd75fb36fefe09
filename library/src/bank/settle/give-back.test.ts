import { expect, test } from "vitest";
import {
  ann,
  annKey,
  at,
  back,
  bankA,
  bankB,
  bankC,
  ben,
  benKey,
  entry,
  eur,
  named,
  order,
  status,
  usd,
} from "../bank-records.fixture.ts";
import { accountTellings } from "../transfer.ts";
import { problemsIn, settle, transfersIn } from "./told.fixture.ts";

const uetr = "8a562c67-ca16-48ba-b074-65581be6f011";
const references = { uetr, messageId: "M1", endToEndId: "E1" };
const original = { uetr };
const payment = order({ file: "o" }, { references });
const paid = [`${annKey} -> ${benKey} 100.00 USD`];
const returned = [`${benKey} -> ${annKey} 100.00 USD`];

test("a return (pacs.004, /RETN/) goes back between the same accounts and names what it returns", () => {
  for (const by of [{ uetr }, { messageId: "M1", endToEndId: "E1" }, { messageId: "M1" }]) {
    const settled = settle(payment, back({ file: "r" }, { original: by }));
    expect(transfersIn(settled)).toEqual([paid, returned]);
    expect(settled.payments[1]).toMatchObject({ key: `${uetr}:return`, returns: uetr });
    const { transfers } = accountTellings(settled);
    expect(transfers[1]!.returns).toEqual({ transaction: uetr, layer: "payment", index: 0 });
  }
});

test("a return told twice, or by each bank on its way, is one", () => {
  const first = back({ file: "r", number: 1 }, { original, references: { messageId: "R1" } });
  const again = back({ file: "s", number: 1 }, { original, references: { messageId: "R1" } });
  const leg = back({ file: "r", number: 2 }, { original, references: { messageId: "R2" }, returned: usd(95) });
  expect(transfersIn(settle(payment, first, again))).toEqual([paid, returned]);
  const twoLegs = settle(payment, first, leg);
  expect(transfersIn(twoLegs)).toEqual([
    paid,
    [`${benKey} -> ${annKey} 95.00 USD`, `${benKey} -> @BBBBGB2L 5.00 USD (fee)`],
  ]);
});

test("two returns of parts are two", () => {
  const part = (number: number) =>
    back({ file: "r", number }, { original, references: { messageId: `R${number}` }, returned: usd(40) });
  const settled = settle(payment, part(1), part(2));
  expect(transfersIn(settled).slice(1)).toEqual([
    [`${benKey} -> ${annKey} 40.00 USD`],
    [`${benKey} -> ${annKey} 40.00 USD`],
  ]);
  expect(settled.payments.map(({ key }) => key)).toEqual([uetr, `${uetr}:return`, `${uetr}:return#2`]);
});

test("what a return lost in charges is a fee, where with them it is what was paid", () => {
  const charges = [{ money: usd(3), agent: bankC }];
  const settled = settle(payment, back({ file: "r" }, { original, returned: usd(97), charges }));
  expect(transfersIn(settled)[1]).toEqual([
    `${benKey} -> ${annKey} 97.00 USD`,
    `${benKey} -> @CCCCDEFF 3.00 USD (fee)`,
  ]);
});

test("money that came back must have been paid, whatever a status said", () => {
  const rejected = status({ file: "s", created: at("2024-03-02T09:00") }, { original, status: "RJCT" });
  expect(transfersIn(settle(payment, rejected, back({ file: "r" }, { original })))).toEqual([paid, returned]);
});

test("a return and the two entries that book it are one movement; the payment's own entries are its own", () => {
  const settled = settle(
    payment,
    entry({ file: "ann", item: 1 }, { references: { uetr } }),
    entry({ file: "ben", item: 1 }, { statement: "B", account: ben, isCredit: true, references: { uetr } }),
    back({ file: "r" }, { original }),
    entry({ file: "ben", item: 2 }, { statement: "B", account: ben, references: { uetr }, bookingDate: "2024-03-04" }),
    entry(
      { file: "ann", item: 2 },
      { isCredit: true, references: { uetr }, bookingDate: "2024-03-04", returns: { reason: "AC04" } },
    ),
  );
  expect(transfersIn(settled)).toEqual([paid, returned]);
  expect(problemsIn(settled)).toEqual([]);
});

test("entries alone can tell of a return: marked as one, or the other way round under the payment's UETR", () => {
  const marked = entry(
    { file: "ann", item: 2 },
    {
      isCredit: true,
      references: { endToEndId: "E1" },
      bookingDate: "2024-03-04",
      returns: { reason: "AC04" },
    },
  );
  expect(transfersIn(settle(payment, marked))).toEqual([paid, returned]);
  expect(settle(payment, marked).payments[1]).toMatchObject({ returns: uetr });
  const unmarked = entry({ file: "ann", item: 2 }, { isCredit: true, references: { uetr }, bookingDate: "2024-03-04" });
  expect(transfersIn(settle(payment, unmarked))).toEqual([paid, returned]);
  // The payment itself may be known by its entry only.
  const first = entry({ file: "ann", item: 1 }, { references: { endToEndId: "E1" }, counterparty: ben });
  const both = settle(first, marked);
  expect(transfersIn(both)).toEqual([paid, returned]);
  expect(both.payments[1]!.returns).toBe(both.payments[0]!.key);
});

test("what gives back goes to the account that was paid from, whichever entry names it", () => {
  const byName = order({ file: "o" }, { references, debtor: named("Ann Archer", bankA) });
  const debit = entry({ file: "ann", item: 1 }, { references: { uetr } });
  const credit = entry({ file: "ann", item: 2 }, { isCredit: true, references: { uetr }, returns: { reason: "AC04" } });
  const message = back({ file: "r" }, { original });
  expect(transfersIn(settle(byName, debit, message))).toEqual([paid, returned]);
  expect(transfersIn(settle(byName, message, credit))).toEqual([paid, returned]);
});

test("a return message finds a payment that only an entry tells of", () => {
  const first = entry({ file: "ann" }, { references: { uetr }, counterparty: ben });
  const settled = settle(first, back({ file: "r" }, { original }));
  expect(transfersIn(settled)).toEqual([paid, returned]);
  expect(settled.payments[1]!.returns).toBe(uetr);
});

test("a return of nothing that is there counts as a payment of its own, and is a problem", () => {
  const settled = settle(back({ file: "r" }, { original, debtor: ben, creditor: ann }));
  expect(transfersIn(settled)).toEqual([returned]);
  expect(problemsIn(settled)).toEqual([expect.stringMatching(/gives back a payment that is not in the records/u)]);
});

test("a return of more than was paid is a problem", () => {
  const settled = settle(payment, back({ file: "r" }, { original, returned: usd(101) }));
  expect(problemsIn(settled)).toEqual([expect.stringMatching(/gives back 101.00 USD, and only 100.00 USD/u)]);
});

test("a return of a payment that was changed goes back in the currency in which it comes", () => {
  const changed = order({ file: "o" }, { references, instructed: eur(90), settled: usd(100) });
  const settled = settle(changed, back({ file: "r" }, { original }));
  expect(transfersIn(settled)[1]).toEqual([`${benKey} -> ${annKey} 100.00 USD`]);
});

test("what gives back comes after what it gives back, on the same day too", () => {
  const timed = order({ file: "z" }, { references, settlementTime: at("2024-03-01T15:00") });
  const settled = settle(timed, back({ file: "a" }, { original, settlementDate: "2024-03-01" }));
  expect(transfersIn(settled)).toEqual([paid, returned]);
  expect(settled.payments[1]!.time).toBe(settled.payments[0]!.time);
  const early = settle(timed, back({ file: "a" }, { original, settlementDate: "2024-02-01" }));
  expect(transfersIn(early)).toEqual([paid, returned]);
  expect(problemsIn(early)).toEqual([expect.stringMatching(/is dated before it/u)]);
});

const reversal = (changes: object) =>
  entry({ file: "ann", item: 9 }, { isCredit: true, isReversal: true, bookingDate: "2024-03-02", ...changes });

test("a reversal (RvslInd, RD) gives back what it reverses: by reference, else by amount and counterparty", () => {
  const booked = entry({ file: "ann", item: 1 }, { servicerReference: "S1", counterparty: ben });
  for (const changes of [{ servicerReference: "S1" }, { counterparty: ben }]) {
    const settled = settle(booked, reversal(changes));
    expect(transfersIn(settled)).toEqual([paid, returned]);
    expect(settled.payments[1]!.returns).toBe(settled.payments[0]!.key);
    expect(problemsIn(settled)).toEqual([]);
  }
});

test("a reversal of an order's entry, told at both ends (RD and RC), is one", () => {
  const settled = settle(
    payment,
    entry({ file: "ann", item: 1 }, { references: { uetr } }),
    entry({ file: "ben", item: 1 }, { statement: "B", account: ben, isCredit: true, references: { uetr } }),
    reversal({ references: { uetr } }),
    entry(
      { file: "ben", item: 2 },
      { statement: "B", account: ben, isReversal: true, references: { uetr }, bookingDate: "2024-03-02" },
    ),
  );
  expect(transfersIn(settled)).toEqual([paid, returned]);
  expect(settled.payments[1]).toMatchObject({ key: `${uetr}:reversal`, returns: uetr });
});

test("a reversal of what went to nobody knows whom, or was a charge, comes back from there", () => {
  const nobodyKnown = { counterparty: named(""), servicerReference: "S1" };
  const unnamed = settle(entry({ file: "ann", item: 1 }, nobodyKnown), reversal(nobodyKnown));
  expect(transfersIn(unnamed)).toEqual([
    [`${annKey} -> unknown-payee@${annKey} 100.00 USD`],
    [`unknown-payee@${annKey} -> ${annKey} 100.00 USD`],
  ]);
  const charge = { counterparty: named(""), references: { endToEndId: "C" }, code: "NCHG" };
  expect(transfersIn(settle(entry({ file: "ann", item: 1 }, charge), reversal(charge)))).toEqual([
    [`${annKey} -> @AAAAUS33 100.00 USD (fee)`],
    [`@AAAAUS33 -> ${annKey} 100.00 USD`],
  ]);
});

test("two reversals of two equal entries reverse one each", () => {
  const booked = [1, 2].map((item) => entry({ file: "ann", item }, { counterparty: ben }));
  const settled = settle(...booked, reversal({ counterparty: ben }), {
    ...reversal({ counterparty: ben }),
    number: 10,
  });
  const [one, two, ...reversals] = settled.payments;
  expect(new Set(reversals.map(({ returns }) => returns))).toEqual(new Set([one!.key, two!.key]));
});

test("a reversal of nothing that is there moves by itself, and is a problem", () => {
  const settled = settle(reversal({ counterparty: ben }));
  expect(transfersIn(settled)).toEqual([returned]);
  expect(problemsIn(settled)).toEqual([expect.stringMatching(/reverses nothing that is in the records/u)]);
});

test("the bank that is paid back through is named by the message", () => {
  const bank = { debtor: ben, creditor: ann };
  const settled = settle(
    payment,
    back({ file: "r" }, { original, ...bank, charges: [{ money: usd(5), agent: bankB }], returned: usd(95) }),
  );
  expect(transfersIn(settled)[1]).toEqual([
    `${benKey} -> ${annKey} 95.00 USD`,
    `${benKey} -> @BBBBGB2L 5.00 USD (fee)`,
  ]);
});
