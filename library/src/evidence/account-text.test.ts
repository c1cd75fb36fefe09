import fc from "fast-check";
import { expect, test } from "vitest";
import { accountText, shortAccount } from "./account-text.ts";
import { visibleText } from "./text-safety.ts";

test.each([
  ["0x1234567890abcdef1234567890ABCDEF1234abcd", "0x1234…abcd"],
  [`0x${"ab".repeat(32)}`, "0xabab…abab"],
  ["0x1234", "0x1234"],
  ["bcrt1qxyzxyzxyzxyzxyzxyzxyzxyzxyzxyzxyz", "bcrt1qxyzxyzx…xyzxyz"],
  ["GB00TEST00000000000123", "GB00 TEST 0000 0000 0001 23"],
  ["12345678@INVXGB2L", "12345678@INVXGB2L"],
  ["AN INVENTED TRADING COMPANY@INVXGB2LXXX", "AN INVENTE…PANY@INVXGB2LXXX"],
  ["a wallet with a very long name of no form", "a wallet with…o form"],
])("%s is read as %s", (account, expected) => {
  expect(shortAccount(account)).toBe(expected);
});

test("without room for the bank, the account's own name is kept", () => {
  expect(shortAccount("10000000@INVXGB2L", 12)).toBe("10000000");
  expect(shortAccount("AN INVENTED TRADING COMPANY@INVXGB2L", 12)).toBe("AN INVEN…ANY");
});

test("grouping an IBAN loses nothing", () => {
  const iban = fc.stringMatching(/^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$/u);
  fc.assert(
    fc.property(iban, (text) => {
      expect(accountText(text).replaceAll(" ", "")).toBe(text);
      expect(
        accountText(text)
          .split(" ")
          .every((group) => group.length <= 4),
      ).toBe(true);
    }),
  );
});

test("whatever an account is called, it is short and safe", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 80 }), fc.integer({ min: 8, max: 40 }), (text, max) => {
      const shown = shortAccount(text, max);
      expect(visibleText(shown)).toBe(shown);
      expect(Array.from(shown).length).toBeLessThanOrEqual(Math.max(max, 14));
    }),
  );
});
