import { expect, test } from "vitest";
import { madeAccounts } from "./account-case.fixture.ts";
import { seedAccounts, transfersNamed } from "./seed-accounts.ts";

const address = "0x6dd68bb7177edfb4f2f88fe62d80a6545378ef40";
const made = () =>
  madeAccounts("case", {
    "pay@1": ["victim>mule 700 USD", "mule>broker 500 USD", "victim> 3 USD fee"],
    "pay@1=2": [`mule>${address} 9 EUR`, `mule>${address} 4 USD`],
    last: ["123@BANKDEFF>thief@home 50 USD"],
  });

const placesOf = async (text: string, assets: readonly string[] = []) =>
  (await seedAccounts(await made(), text, assets))?.map(({ at, asset, amount, label }) => [
    at.kind === "transfer" ? `${at.transfer.from}>${at.transfer.to}` : at.account,
    asset,
    amount,
    label,
  ]);

test("a transaction is what it brings to those who do not pay it on at once; charges are no seeds", async () => {
  expect(await placesOf("pay@1")).toEqual([["mule>broker", "USD", null, "theft"]]);
  expect(await placesOf("pay@1:0")).toEqual([["victim>mule", "USD", null, "theft"]]);
});

test("names may hold the signs of amounts and labels: the longest name that is there is meant", async () => {
  expect(await placesOf("pay@1=2=4@loot", ["USD"])).toEqual([[`mule>${address}`, "USD", 4n, "loot"]]);
  expect(await placesOf("pay@1@loot")).toEqual([["mule>broker", "USD", null, "loot"]]);
  expect(await placesOf("123@BANKDEFF")).toEqual([["123@BANKDEFF", "USD", null, "theft"]]);
  expect(await placesOf("123@BANKDEFF=7.50USD@gone")).toEqual([["123@BANKDEFF", "USD", 750n, "gone"]]);
});

test("an account is all that it held and received, in the assets asked for; capitals do not matter", async () => {
  const checksummed = "0x6Dd68bB7177EdFB4F2f88fe62D80a6545378eF40";
  expect(await placesOf(checksummed)).toEqual([
    [address, "EUR", null, "theft"],
    [address, "USD", null, "theft"],
  ]);
  expect(await placesOf(checksummed, ["EUR"])).toEqual([[address, "EUR", null, "theft"]]);
});

test("what the ledger does not hold is nobody's seed", async () => {
  expect(await placesOf("nobody")).toBeUndefined();
  expect(await transfersNamed((await made()).ledger, "pay@2", null)).toBeNull();
});

test.each([
  ["pay@1=501", /asks for 501 of 500/u],
  ["pay@1=2=1", /several assets/u],
  ["last=0", /zero/u],
  ["last=1.5", /needs a unit/u],
  ["", /empty/u],
  ["a\u0000", /not printable/u],
])("%j is refused", async (text, reason) => {
  await expect(placesOf(text)).rejects.toThrow(reason);
});

test("a reference names the one payment that bears it, and none where several do", async () => {
  const about = (references: object) => JSON.stringify({ references, debtor: { party: { name: "INV-3" } } });
  const ledger = await madeAccounts(
    "case",
    { one: ["a>b 5 USD"], two: ["b>c 4 USD"], three: ["c>d 3 USD"] },
    {
      transactions: [
        { transaction: "one", about: about({ endToEndId: ["INV-1", "RUN-7"] }) },
        { transaction: "two", about: about({ endToEndId: ['INV "2"'], servicerReference: ["RUN-7"] }) },
        { transaction: "three", about: about({}) },
      ],
    },
  );
  const placeOf = async (text: string) =>
    (await seedAccounts(ledger, text, []))?.map(({ at, amount, label }) => [
      at.kind === "transfer" ? at.transfer.to : at.account,
      amount,
      label,
    ]);
  expect(await placeOf("INV-1")).toEqual([["b", null, "theft"]]);
  expect(await placeOf('INV "2":0=3@loot')).toEqual([["c", 3n, "loot"]]);
  // What somebody is called, and a part of a reference, are no references.
  expect(await placeOf("INV-3")).toBeUndefined();
  expect(await placeOf("INV")).toBeUndefined();
  await expect(placeOf("RUN-7")).rejects.toThrow(/RUN-7 is a reference that 2 payments of the ledger case bear/u);
});
