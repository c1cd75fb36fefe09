import { expect, test } from "vitest";
import { isOnlyOne, isOwnOf } from "./the-victim.ts";

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

test.each([
  ["Thieves took $5m from Kestrel, its founders said.", "its founders", true],
  ["Thieves took $5m from Kestrel. Nordhavn was safe, its founders said.", "its founders", false],
  ["Thieves took $5m from Kestrel, its rival said.", "its rival", false],
])("%s: %s are the victim's: %s", (text, words, is) => {
  expect(isOwnOf(text, words, "Kestrel")).toBe(is);
});
