import { expect, test } from "vitest";
import { account, annKey, bankA, bankB, bankC, benKey, eur, named, order, usd } from "../bank-records.fixture.ts";
import { problemsIn, settle, transfersIn } from "./told.fixture.ts";

const uetr = "8a562c67-ca16-48ba-b074-65581be6f011";
const plain = [`${annKey} -> ${benKey} 100.00 USD`];

test("a payment is keyed by its UETR, and moves from the payer's to the payee's account", () => {
  const settled = settle(order({}, { references: { uetr } }));
  expect(transfersIn(settled)).toEqual([plain]);
  expect(settled.payments[0]).toMatchObject({
    key: uetr,
    dayOnly: true,
    time: Date.parse("2024-03-01"),
    returns: null,
  });
  expect(problemsIn(settled)).toEqual([]);
});

test("the same message twice, in two files, counts once, and both are named", () => {
  const references = { messageId: "M1", endToEndId: "E1" };
  const settled = settle(order({ file: "a" }, { references }), order({ file: "b" }, { references }));
  expect(transfersIn(settled)).toEqual([plain]);
  const told = (settled.payments[0]!.about as { tellings: { file: string }[] }).tellings;
  expect(told.map(({ file }) => file)).toEqual(["a", "b"]);
  expect(problemsIn(settled)).toEqual([]);
});

test("a message with the ids of another that says otherwise is a problem, and the first counts", () => {
  const references = { messageId: "M1", endToEndId: "E1" };
  const settled = settle(
    order({ file: "a" }, { references }),
    order({ file: "b" }, { references, creditor: account("999", bankB) }),
  );
  expect(transfersIn(settled)).toEqual([plain]);
  expect(problemsIn(settled)).toEqual([expect.stringMatching(/has the ids of an earlier one and says otherwise/u)]);
  expect(settled.problems[0]!.sources.map(({ file }) => file)).toEqual(["a", "b"]);
});

test("one reference on two payments that have nothing in common counts twice, and says so", () => {
  const references = { messageId: "M1" };
  const other = { debtor: account("7", bankA), creditor: account("8", bankC), settled: usd(5) };
  const settled = settle(order({ file: "a" }, { references }), order({ file: "b" }, { references, ...other }));
  expect(transfersIn(settled)).toEqual([plain, ["7@AAAAUS33 -> 8@CCCCDEFF 5.00 USD"]]);
  expect(problemsIn(settled)).toEqual([expect.stringMatching(/nothing in common/u)]);
});

test("two transactions of one message are two payments, whatever they have in common", () => {
  const references = { messageId: "M1", endToEndId: "NOTPROVIDED" };
  const settled = settle(order({ item: 1 }, { references }), order({ item: 2 }, { references }));
  expect(transfersIn(settled)).toEqual([plain, plain]);
  expect(new Set(settled.payments.map(({ key }) => key)).size).toBe(2);
});

test("NOTPROVIDED is no reference: it joins nothing", () => {
  const references = { endToEndId: "NOTPROVIDED", instructionId: "NONREF" };
  const settled = settle(
    order({ number: 1 }, { references: { ...references, messageId: "M1" } }),
    order({ number: 2 }, { references: { ...references, messageId: "M2" } }),
  );
  expect(transfersIn(settled)).toEqual([plain, plain]);
});

test("rows without an id: what a file says twice happened twice, what two files say happened once", () => {
  const row = (file: string, number: number) => order({ file, number }, { message: "csv" });
  expect(transfersIn(settle(row("a", 1), row("a", 2)))).toEqual([plain, plain]);
  const overlapping = settle(row("a", 1), row("a", 2), row("b", 1));
  expect(transfersIn(overlapping)).toEqual([plain, plain]);
  expect(problemsIn(overlapping)).toEqual([expect.stringMatching(/no reference of its own; it counts once/u)]);
});

test("serial legs with one UETR are one payment; what is lost on the way is a fee", () => {
  const leg = (number: number, settled: number, from: typeof bankA, to: typeof bankA) =>
    order(
      { number },
      { references: { uetr, messageId: `M${number}` }, settled: usd(settled), instructing: from, instructedAgent: to },
    );
  const one = leg(1, 100, bankA, bankC);
  const two = leg(2, 90, bankC, bankB);
  for (const records of [
    [one, two],
    [two, one],
  ]) {
    const settled = settle(...records);
    expect(transfersIn(settled)).toEqual([
      [`${annKey} -> ${benKey} 90.00 USD`, `${annKey} -> @CCCCDEFF 10.00 USD (fee)`],
    ]);
    expect(problemsIn(settled)).toEqual([]);
  }
});

test("charges that a message lists (ChrgsInf, 71F) are fees of the bank that it names", () => {
  const settled = settle(
    order(
      {},
      {
        references: { uetr },
        instructed: usd(100),
        settled: usd(93),
        chargeBearer: "SHAR",
        charges: [
          { money: usd(5), agent: bankC },
          { money: usd(2), agent: null },
        ],
        instructing: bankA,
      },
    ),
  );
  expect(transfersIn(settled)).toEqual([
    [
      `${annKey} -> ${benKey} 93.00 USD`,
      `${annKey} -> @CCCCDEFF 5.00 USD (fee)`,
      `${annKey} -> @AAAAUS33 2.00 USD (fee)`,
    ],
  ]);
});

test("charges that the payer sends along (OUR, 71G) are the payee's bank's", () => {
  const charges = [{ money: usd(7), agent: bankB }];
  const settled = settle(order({}, { instructed: usd(100), settled: usd(107), chargeBearer: "DEBT", charges }));
  expect(transfersIn(settled)).toEqual([
    [`${annKey} -> ${benKey} 100.00 USD`, `${annKey} -> @BBBBGB2L 7.00 USD (fee)`],
  ]);
});

test("an amount in another currency than settled (33B, 36) is two transfers through the bank that changed it", () => {
  const settled = settle(
    order(
      {},
      { references: { uetr }, instructed: eur(90), settled: usd(100), exchangeRate: "1.1111", instructing: bankA },
    ),
  );
  expect(transfersIn(settled)).toEqual([[`${annKey} -> @AAAAUS33 90.00 EUR`, `@AAAAUS33 -> ${benKey} 100.00 USD`]]);
  expect(settled.payments[0]!.about.fx).toEqual([
    {
      at: "@AAAAUS33",
      from: { currency: "EUR", amount: "9000" },
      to: { currency: "USD", amount: "10000" },
      rate: "1.1111",
    },
  ]);
});

test("a cover joins by UETR and moves nothing more, also where it calls itself a bank's own transfer", () => {
  const cover = { settled: usd(100), debtor: named("A", bankA), creditor: named("B", bankB) };
  const payment = order({ number: 1 }, { references: { uetr } });
  const underlying = { debtor: payment.debtor, creditor: payment.creditor, instructed: null };
  for (const level of ["cover", "bank"] as const) {
    const record = order(
      { number: 2 },
      { references: { uetr, messageId: "C" }, level, ...cover, underlying: level === "cover" ? underlying : null },
    );
    const settled = settle(payment, record);
    expect(transfersIn(settled)).toEqual([plain]);
    expect(settled.unsettled).toEqual([]);
    expect(problemsIn(settled)).toEqual([]);
  }
});

test("a cover without a UETR joins by its related reference and the parties it covers", () => {
  const payment = order({ number: 1 }, { references: { messageId: "REF20" } });
  const underlying = { debtor: payment.debtor, creditor: payment.creditor, instructed: null };
  const cover = (changes: object) =>
    order(
      { number: 2 },
      {
        level: "cover",
        references: { messageId: "C1", related: "REF20" },
        debtor: named("A", bankA),
        creditor: named("B", bankB),
        underlying,
        ...changes,
      },
    );
  expect(transfersIn(settle(payment, cover({})))).toEqual([plain]);
  expect(settle(payment, cover({})).unsettled).toEqual([]);
  // The amount may be less by charges; the parties may not be others.
  expect(settle(payment, cover({ settled: usd(98) })).unsettled).toEqual([]);
  const stranger = { debtor: account("1", bankA), creditor: account("2", bankB), instructed: null };
  expect(settle(payment, cover({ underlying: stranger })).unsettled).toMatchObject([
    { fate: "cover-only", from: "1@AAAAUS33", to: "2@BBBBGB2L" },
  ]);
  // Without parties the amount decides.
  expect(settle(payment, cover({ underlying: null })).unsettled).toEqual([]);
  expect(settle(payment, cover({ underlying: null, settled: usd(98) })).unsettled).toHaveLength(1);
});

test("a cover that fits two payments joins neither, and is a problem", () => {
  const payment = (number: number) => order({ number }, { references: { messageId: `M${number}`, endToEndId: "E" } });
  const cover = order({ number: 3 }, { level: "cover", references: { related: "E" }, debtor: named("A", bankA) });
  const settled = settle(payment(1), payment(2), cover);
  expect(transfersIn(settled)).toEqual([plain, plain]);
  expect(settled.unsettled).toMatchObject([{ fate: "cover-only" }]);
  expect(problemsIn(settled)).toEqual([expect.stringMatching(/which 2 payments bear/u)]);
});

test("one UETR on payments between other accounts is a problem, and each counts", () => {
  const settled = settle(
    order({ number: 1 }, { references: { uetr, messageId: "M1" } }),
    order({ number: 2 }, { references: { uetr, messageId: "M2" }, creditor: account("999", bankB), settled: usd(7) }),
  );
  expect(transfersIn(settled)).toEqual([plain, [`${annKey} -> 999@BBBBGB2L 7.00 USD`]]);
  expect(settled.payments.map(({ key }) => key)).toEqual([uetr, `${uetr}#2`]);
  expect(problemsIn(settled)).toEqual([expect.stringMatching(/stands on 2 payments that cannot be one/u)]);
});

test("one UETR with two end-to-end ids, or with amounts that no charge explains, is on two payments", () => {
  const one = order({ number: 1 }, { references: { uetr, messageId: "M1", endToEndId: "E1" } });
  const other = (changes: object) =>
    order({ number: 2 }, { references: { uetr, messageId: "M2", ...changes }, ...changes });
  expect(settle(one, other({ endToEndId: "E2" })).payments).toHaveLength(2);
  expect(settle(one, other({ settled: usd(51) })).payments).toHaveLength(2);
  expect(settle(one, other({ settled: usd(95) })).payments).toHaveLength(1);
});

test("the customer's order and the bank's message are one by end-to-end id, amount and accounts", () => {
  const references = { endToEndId: "RENT" };
  const month = (number: number, day: string) => [
    order(
      { number },
      {
        references: { ...references, messageId: `P${number}` },
        level: "initiation",
        settled: null,
        instructed: usd(100),
        settlementDate: day,
      },
    ),
    order({ number: number + 1 }, { references: { ...references, messageId: `M${number}` }, settlementDate: day }),
  ];
  const settled = settle(...month(1, "2024-03-01"), ...month(11, "2024-04-02"));
  expect(transfersIn(settled)).toEqual([plain, plain]);
  expect(settled.unsettled).toEqual([]);
  const other = order({ number: 9 }, { references, level: "initiation", settled: null, instructed: usd(101) });
  expect(settle(...month(1, "2024-03-01"), other).unsettled).toMatchObject([{ fate: "instructed", amount: 10100n }]);
});
