import { expect, test } from "vitest";
import { isOnlyOne } from "./the-victim.ts";

test.each([
  ["Fenwick was robbed. The exchange said so.", true],
  ["The exchange Fenwick was robbed. The exchange said so.", true],
  ["Fenwick, an exchange in Gibraltar, was robbed.", true],
  ["Fenwick was robbed. An exchange in Malta said so.", false],
  ["Fenwick was robbed. The exchange Kolm said so.", false],
  ["Fenwick was robbed. Kolm, a rival exchange, said so.", false],
])("%s", (text, is) => {
  expect(isOnlyOne(text, "exchange", "Fenwick")).toBe(is);
});

test("only what is a firm is meant by a noun", () => {
  expect(isOnlyOne("Fenwick was robbed. The man said so.", "man", "Fenwick")).toBe(false);
});
