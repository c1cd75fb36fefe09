import { expect, test } from "vitest";
import { madeAccounts } from "./account-case.fixture.ts";
import { findExchanges } from "./find-exchanges.ts";

const found = async (...transfers: string[]) => {
  const links = await findExchanges(await madeAccounts("bank", { before: ["x>ann 1 USD"], pay: transfers }), 2);
  return links.map(({ link, from, to }) => ({
    from: [link.from.account, link.from.amount, link.from.asset, from.ids],
    to: [link.to.account, link.to.amount, link.to.asset, to.ids],
    said: `${link.kind} ${link.basis} ${link.source} ${link.from.transactions}`,
    parts: [from.part, to.part],
  }));
};

test("a bank that changes the currency of a payment: the payer's money is what the payee gets", async () => {
  expect(await found("ann>@bank 110 USD", "ann>@bank 2 USD fee", "@bank>ben 100 EUR")).toEqual([
    {
      from: ["ann", 110n, "USD", [1]],
      to: ["ben", 100n, "EUR", [3]],
      said: "fx same-transaction bank/exchange@1 pay",
      parts: [2, 2],
    },
  ]);
});

test("of two exchanges on the way the first and the last transfer are linked", async () => {
  const [link, ...more] = await found("ann>@a 110 USD", "@a>@b 100 EUR", "@b>ben 90 GBP");
  expect(link).toMatchObject({ from: ["ann", 110n, "USD", [1]], to: ["ben", 90n, "GBP", [3]] });
  expect(more).toEqual([]);
});

test.each([
  ["one currency", ["ann>ben 1 USD", "ben>cat 1 USD"]],
  ["two that do not meet", ["ann>@bank 1 USD", "@other>ben 1 EUR"]],
  ["a bank that adds to it", ["ann>@bank 1 USD", "@bank>ben 1 EUR", "@other>ben 1 EUR"]],
  ["nobody", ["ann> 1 USD", ">ben 1 EUR"]],
])("no exchange: %s", async (_, transfers) => {
  expect(await found(...transfers)).toEqual([]);
});
