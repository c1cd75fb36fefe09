import { expect, test } from "vitest";
import { bitcoin, currency, ether, token } from "../money/asset.ts";
import { instantOfSeconds } from "../money/instant.ts";
import { falseEther, usdt } from "./account-parts.fixture.ts";
import { amountPrinter, assetName, countPlaces, endName, movementTime } from "./wording.ts";

test("amounts print by their own asset, all digits but zeros at the end of a long fraction", () => {
  const print = amountPrinter([bitcoin, ether, usdt, currency("JPY"), currency("USD")]);
  expect(print("BTC", 150_000_000n)).toBe("1.50000000 BTC");
  expect(print("USD", 100_000_099n)).toBe("1,000,000.99 USD");
  expect(print("JPY", 12_345n)).toBe("12,345 JPY");
  expect(print("ETH", 10n ** 18n)).toBe("1.00 ETH");
  expect(print("ETH", 1n)).toBe("0.000000000000000001 ETH");
  expect(print("ETH", 1_230_000_000_000_000_001n, "digits")).toBe("1.230000000000000001");
  expect(print(usdt.id, 1_500_000n)).toBe("1.500000 USDX (0x0000…00d1)");
  expect(print("0xunknown", 1_000n)).toBe("1,000 smallest units of 0xunknown");
});

test("a token's symbol never stands without its contract, and only where it is plain", () => {
  expect(assetName(ether)).toBe("ETH");
  expect(assetName(falseEther)).toBe("ETH (0x0000…00f3)");
  const named = (symbol: string) => assetName(token(usdt.id, { decimals: 6, symbol }));
  expect(named("USD\u20ae")).toBe("USD\u20ae (0x0000…00d1)");
  for (const symbol of ["\u202eHTE", "\u05d0\u05d1", "", "A B", "a".repeat(40), "US\u200bDT"]) {
    expect(named(symbol)).toBe("0x0000…00d1");
  }
});

test("accounts hold, coins are unspent; places are counted as what they are", () => {
  const coin = { coin: "c:0", account: "a" };
  const account = { coin: null, account: "a" };
  expect([endName("unspent", coin), endName("unspent", account)]).toEqual(["unspent", "held"]);
  expect(endName("fee", { coin: null, account: null })).toBe("fee");
  expect(countPlaces([coin, account, account])).toBe("1 coin and 2 accounts");
  expect(countPlaces([coin, coin])).toBe("2 coins");
});

test("a day without an hour is told as a day", () => {
  const time = instantOfSeconds(1_454_544_000);
  expect(movementTime({ time, dayOnly: true })).toBe("2016-02-04");
  expect(movementTime({ time })).toBe("2016-02-04 00:00:00 UTC");
  expect(movementTime({ time: null })).toBe("time not known");
});
