import { expect, test } from "vitest";
import type { Trail } from "../trace/trail.ts";
import { madeAccounts } from "./account-case.fixture.ts";
import { doubtfulDebts } from "./doubtful-debts.ts";

test("a debt of an account of which not all payments are known may be none", async () => {
  const accounts = [
    { account: "mule", coverage: "partly" as const, about: null },
    { account: "firm", coverage: "covered" as const, about: null },
  ];
  const payments = { one: ["victim>mule 5 USD", "victim>firm 5 USD", "victim>shop 5 USD"] };
  const ledger = await madeAccounts("bank", payments, { accounts });
  const debt = "repaid a debt of the account";
  const end = (account: string, why: string) => ({ ledger: "bank", account, why });
  const ends = [end("mule", debt), end("firm", debt), end("shop", "still in the account when the ledger ends")];
  expect(await doubtfulDebts([ledger], { ends } as unknown as Trail)).toEqual([
    "bank: value ends in debts of mule: by what is known of them before, they paid more than they had; " +
      "where the ledger lacks what came in, that was no debt",
  ]);
  expect(await doubtfulDebts([ledger], { ends: ends.slice(1) } as unknown as Trail)).toEqual([]);
});
