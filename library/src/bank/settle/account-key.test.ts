import { expect, test } from "vitest";
import { account, bank, bankA, bankB, named } from "../bank-records.fixture.ts";
import type { Agent, Side } from "../record.ts";
import { AccountBook, normaliseName } from "./account-key.ts";

function keys(...sides: Side[]): (string | null)[] {
  const book = new AccountBook();
  for (const side of sides) book.note(side);
  book.close();
  return sides.map((side) => book.keyOf(side));
}

const iban = (text: string, agent: Agent | null = null): Side => ({
  account: { iban: text, other: null, currency: null },
  party: null,
  agent,
});
const cleared = (clearing: string, bic: string | null = null): Agent => ({ bic, clearing, name: null });

test("an IBAN is the account, with its bank or without", () => {
  const one = "GB33BUKB20201555555555";
  expect(keys(iban(one), iban(one, bankA), iban(one, bankB))).toEqual([one, one, one]);
});

test("another id is ID@BIC8, whatever branch, and spaces do not count", () => {
  const here = ["AAAAUS33", "AAAAUS33XXX", "AAAAUS33NYC"].map((bic) => account("12 34", bank(bic)));
  expect(new Set(keys(...here))).toEqual(new Set(["1234@AAAAUS33"]));
  expect(keys(account("1234", bankB))).toEqual(["1234@BBBBGB2L"]);
});

test("without a BIC the bank is its clearing id, then its name", () => {
  expect(keys(account("1", cleared("USABA:021000021")))).toEqual(["1@USABA:021000021"]);
  expect(keys(account("1", { bic: null, clearing: null, name: "Bänk of Nowhere" }))).toEqual(["1@BANK OF NOWHERE"]);
});

test("a clearing id is the bank of a BIC where the two only ever go together", () => {
  const both = account("1", cleared("USABA:021000021", "AAAAUS33"));
  const only = account("1", cleared("USABA:021000021"));
  expect(keys(both, only)).toEqual(["1@AAAAUS33", "1@AAAAUS33"]);
  const otherBank = account("2", cleared("USABA:021000021", "BBBBGB2L"));
  expect(keys(both, only, otherBank)[1]).toBe("1@USABA:021000021");
  const otherBranch = account("2", cleared("USABA:011104238", "AAAAUS33"));
  expect(keys(both, only, otherBranch)[1]).toBe("1@USABA:021000021");
});

test("one id at one BIC with two sort codes is two accounts", () => {
  const [x, y] = ["GBDSC:200000", "GBDSC:201111"].map((code) => account("12345678", cleared(code, "BUKBGB22")));
  expect(keys(x!, y!)).toEqual(["12345678@GBDSC:200000", "12345678@GBDSC:201111"]);
});

test("an id without a bank is the account where only one bank has it, and apart where two have", () => {
  expect(keys(account("1", null), account("1", bankA))).toEqual(["1@AAAAUS33", "1@AAAAUS33"]);
  expect(keys(account("1", null), account("1", bankA), account("1", bankB))[0]).toBe("1");
  const book = new AccountBook();
  for (const side of [account("1", null), account("1", bankA), account("1", bankB)]) book.note(side);
  book.close();
  expect(book.unsureIds()).toEqual(["1"]);
});

test("an id that is an IBAN without its country and check digits is that IBAN, in the same country", () => {
  const whole = iban("FR1420041010050500013M02606");
  const part = (agent: Agent | null) => account("20041010050500013M02606", agent);
  expect(keys(whole, part(null), part(bank("DDDDFRPP")))).toEqual(Array(3).fill("FR1420041010050500013M02606"));
  expect(keys(whole, part(bankA))[1]).toBe("20041010050500013M02606@AAAAUS33");
});

test("an id that is the account's number in an IBAN is that IBAN, at its clearing id", () => {
  const one = "DE89370400440532013000";
  const here = cleared("DEBLZ:37040044");
  expect(keys(iban(one), account("532013000", here), account("0532013000", here))).toEqual([one, one, one]);
  const elsewhere = account("532013000", cleared("DEBLZ:50010517"));
  expect(keys(iban(one), elsewhere)).toEqual([one, "532013000@DEBLZ:50010517"]);
  // Part of a number is another number.
  expect(keys(iban(one), account("2013000", here))).toEqual([one, "2013000@DEBLZ:37040044"]);
});

test("an id that is the account's number in an IBAN is that IBAN, at a BIC with which the IBAN is given", () => {
  const [one, other] = ["DE89370400440532013000", "DE48500105170532013000"];
  const here = bank("COBADEFFXXX");
  expect(keys(iban(one, here), account("0532013000", here))).toEqual([one, one]);
  expect(keys(iban(one), account("0532013000", here))).toEqual([one, "0532013000@COBADEFF"]);
  // Two branches of one BIC, each with an account of that number; a clearing id would say which.
  const either = account("0532013000", here);
  expect(keys(iban(one, here), iban(other, here), either)).toEqual([one, other, "0532013000@COBADEFF"]);
  expect(keys(iban(one, here), account("0532013000", cleared("DEBLZ:50010517", "COBADEFFXXX")))[1]).not.toBe(one);
  const british = "GB33BUKB20201555555555";
  expect(keys(iban(british, bank("BUKBGB22")), account("55555555", bank("BUKBGB22")))).toEqual([british, british]);
});

test("a party without an account is its name at its bank, and never a numbered account of that name", () => {
  expect(keys(named("José  Müller-Lüdenscheidt", bankA), account("1", bankA, "Jose Muller Ludenscheidt"))).toEqual([
    "JOSE MULLER LUDENSCHEIDT@AAAAUS33",
    "1@AAAAUS33",
  ]);
  expect(keys(named("Ann"))).toEqual(["ANN"]);
});

test("a name that looks like another account's key is told apart", () => {
  expect(keys(account("ANN", bankA), named("Ann", bankA))).toEqual(["ANN@AAAAUS33", "name:ANN@AAAAUS33"]);
  expect(keys(account("1@BBBBGB2L", null), account("1", bankB))).toEqual(["1%40BBBBGB2L", "1@BBBBGB2L"]);
});

test("no account and no name, or the bank's own name: the bank itself; nothing at all: nobody", () => {
  const self: Agent = { bic: "AAAAUS33", clearing: null, name: "Bank A" };
  expect(keys({ account: null, party: null, agent: bankA }, named("BANK A", self))).toEqual(["@AAAAUS33", "@AAAAUS33"]);
  expect(keys({ account: null, party: null, agent: null })).toEqual([null]);
});

test("a key is not asked for before all is noted, nor of what was not", () => {
  const book = new AccountBook();
  book.note(named("Ann"));
  expect(() => book.keyOf(named("Ann"))).toThrow(RangeError);
  book.close();
  expect(() => book.keyOf(named("Ben"))).toThrow(RangeError);
  expect(() => book.note(named("Ben"))).toThrow(RangeError);
});

test("letters of all scripts stay in a name", () => {
  expect(normaliseName(" Банк «Север», ООО ")).toBe("БАНК СЕВЕР ООО");
  expect(normaliseName("中国银行")).toBe("中国银行");
  expect(normaliseName("--")).toBe("");
});
