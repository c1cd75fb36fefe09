import { expect, test } from "vitest";
import { ann, annKey, at, balances, bankA, benKey, entry, eur, order, statement, usd } from "./bank-records.fixture.ts";
import { settle } from "./settle/told.fixture.ts";
import { accountTellings } from "./transfer.ts";

const uetr = "8a562c67-ca16-48ba-b074-65581be6f011";

test("payments are transactions, currencies assets, and transfers are numbered within the payment", () => {
  const changed = order(
    { file: "o" },
    { references: { uetr }, instructed: eur(90), settled: usd(100), instructing: bankA },
  );
  const { transfers, facts } = accountTellings(settle(changed));
  const shared = {
    transaction: uetr,
    height: null,
    position: 0,
    time: at("2024-03-01T00:00"),
    dayOnly: true,
    layer: "payment",
    isFee: false,
    returns: null,
  };
  expect(transfers).toEqual([
    { ...shared, index: 0, from: annKey, to: "@AAAAUS33", asset: "EUR", amount: 9000n },
    { ...shared, index: 1, from: "@AAAAUS33", to: benKey, asset: "USD", amount: 10000n },
  ]);
  expect(facts.assets).toEqual([
    { asset: "EUR", decimals: 2, symbol: null },
    { asset: "USD", decimals: 2, symbol: null },
  ]);
});

test("positions follow the order of settlement", () => {
  const settled = settle(
    order({ file: "o", number: 1 }, { settlementDate: "2024-03-09" }),
    order({ file: "o", number: 2 }, { settlementDate: "2024-03-01" }),
  );
  expect(
    accountTellings(settled).transfers.map(({ position, time }) => [position, new Date(time!).getUTCDate()]),
  ).toEqual([
    [0, 1],
    [1, 9],
  ]);
});

test("facts: accounts with their owners, openings with who says so, payments with what tells of them, as JSON", () => {
  const settled = settle(
    statement({ file: "s.xml" }, { balances: balances(500, 400), created: at("2024-03-02T08:00") }),
    entry({ file: "s.xml" }, { references: { uetr }, remittance: ["Invoice 7"] }),
    order({ file: "o.xml", created: at("2024-03-01T08:00") }, { references: { uetr } }),
  );
  const { facts } = accountTellings(settled);
  expect(facts.openings).toEqual([
    {
      account: annKey,
      asset: "USD",
      amount: 50000n,
      source: expect.stringMatching(/^s\.xml, message 1 \(SHA-256 [0-9a-f]{64}\)$/u),
    },
  ]);
  const about = facts.accounts.find(({ account }) => account === annKey)!;
  expect(JSON.parse(about.about)).toEqual({ names: ["Ann Archer"], ...ann });
  const payment = JSON.parse(facts.transactions[0]!.about);
  expect(payment).toMatchObject({
    remittance: ["Invoice 7"],
    references: { uetr: [uetr] },
    tellings: [
      {
        kind: "order",
        file: "o.xml",
        number: 1,
        created: "2024-03-01T08:00:00Z",
        places: { money: "/Document/Tx[1]/Amt" },
      },
      { kind: "entry", file: "s.xml" },
    ],
    matched: ["debit by UETR"],
  });
});
