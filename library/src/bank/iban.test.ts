import fc from "fast-check";
import { expect, test } from "vitest";
import { looksLikeIban, parseIban } from "./iban.ts";

/** Check digits by bigint, sharing nothing with the reader. */
function withCheckDigits(country: string, account: string): string {
  const number = [...`${account}${country}00`].map((character) => Number.parseInt(character, 36)).join("");
  return `${country}${String(98n - (BigInt(number) % 97n)).padStart(2, "0")}${account}`;
}

test("ISO 13616: an IBAN is read with spaces, in small letters, after its name", () => {
  const iban = withCheckDigits("DE", "370400440532013000");
  expect(iban).toBe("DE89370400440532013000");
  for (const text of [iban, "DE89 3704 0044 0532 0130 00", "de89370400440532013000", `IBAN ${iban}`, `IBAN: ${iban}`]) {
    expect(parseIban(text)).toEqual({ iban, problem: null });
  }
});

test("ISO 7064 MOD 97-10: check digits of made accounts fit, and any one changed digit does not", () => {
  const account = fc.stringMatching(/^[0-9A-Z]{18}$/u);
  fc.assert(
    fc.property(account, fc.nat({ max: 17 }), fc.integer({ min: 1, max: 9 }), (made, at, step) => {
      const iban = withCheckDigits("DE", made);
      expect(parseIban(iban).iban).toBe(iban);
      const digit = iban[4 + at]!;
      if (!/\d/u.test(digit)) return;
      const other = `${iban.slice(0, 4 + at)}${(Number(digit) + step) % 10}${iban.slice(5 + at)}`;
      expect(parseIban(other).iban).toBeNull();
    }),
  );
});

test("what is no IBAN says why", () => {
  expect(parseIban("DE88370400440532013000").problem).toBe("its check digits do not fit");
  expect(parseIban("DE8937040044053201300").problem).toBe("an IBAN of DE has 22 characters, and it has 21");
  expect(parseIban("US64SVBKUS6S3300958879").problem).toBe("it does not begin with a country that has IBANs");
  expect(parseIban("DE89/70400440532013000").problem).toBe("it holds characters that no IBAN has");
  expect(parseIban("").iban).toBeNull();
  expect(parseIban("DE".repeat(1_000_000)).iban).toBeNull();
});

test("an account number does not look like an IBAN; a mistyped IBAN does", () => {
  expect(looksLikeIban("0532013000")).toBe(false);
  expect(looksLikeIban("AB12CD")).toBe(false);
  expect(looksLikeIban("DE88 3704 0044 0532 0130 00")).toBe(true);
});
