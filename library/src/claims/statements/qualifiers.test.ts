import { expect, test } from "vitest";
import { findQualifiers } from "./qualifiers.ts";

test.each([
  ["it allegedly took up to $2bn", ["hedge allegedly", "hedge up to"]],
  ["about 40 banks, and more about banks", ["hedge about"]],
  ["some two million", ["hedge some"]],
  ["not more than five", ["hedge not more than"]],
  ["it did not pay, and never will, nor didn’t", ["negation not", "negation never", "negation nor", "negation didn’t"]],
  ["at least 9 in May 2031 may be lost", ["hedge at least", "hedge may"]],
  ["an estimated 7 tonnes were believed to be gone", ["hedge an estimated", "hedge believed to"]],
  ["notable nobles know", []],
])("%s", (text, expected) => {
  const found = findQualifiers(text, { from: 0, to: text.length });
  expect(found.map(({ kind, from, to }) => `${kind} ${text.slice(from, to)}`)).toEqual(expected);
});
