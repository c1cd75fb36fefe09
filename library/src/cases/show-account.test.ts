import { expect, test } from "vitest";
import { madeAccounts } from "./account-case.fixture.ts";
import { showInAccountLedger } from "./show-account.ts";

const made = () =>
  madeAccounts(
    "case",
    { "pay-1": ["a>b 5 USD", "a> 1 USD fee"], "pay-2": ["b>c 4 EUR"], "pay-3": ["c>d 3 USD"] },
    {
      transactions: ["pay-1", "pay-2", "pay-3"].map((transaction, n) => ({
        transaction,
        about: JSON.stringify({ references: { endToEndId: ["RUN-7"], instructionId: [`ORDER-${n}`] } }),
      })),
    },
  );
const show = async (text: string, limit = 10) =>
  showInAccountLedger((await made()).ledger, { text, limit, after: null });

test("a payment is shown by its key, one of its transfers, or a reference that it alone bears", async () => {
  const expected = { kind: "transfers", transaction: { name: "pay-2" }, transfers: [{ name: "pay-2:0", to: "c" }] };
  for (const text of ["pay-2", "pay-2:0", "ORDER-1"]) expect(await show(text)).toMatchObject(expected);
});

test("of a reference that several bear their transfers are shown, as many payments as were asked for", async () => {
  const names = ["pay-1:0", "pay-1:1", "pay-2:0", "pay-3:0"];
  const shown = { kind: "payments", reference: "RUN-7", isCut: false, transfers: names.map((name) => ({ name })) };
  expect(await show("RUN-7")).toMatchObject(shown);
  expect(await show("RUN-7", 3)).toMatchObject(shown);
  const cut = { isCut: true, transfers: names.slice(0, 3).map((name) => ({ name })) };
  expect(await show("RUN-7", 2)).toMatchObject(cut);
});

test.each(["pay-4", "pay-2:1", "ORDER", "endToEndId", "nobody"])("%s is not there, and that is said", async (text) => {
  await expect(show(text)).rejects.toThrow(`holds no payment, transaction, transfer or account ${text}`);
});
