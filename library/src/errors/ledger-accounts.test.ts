import { expect, test } from "vitest";
import type { SpoorError } from "./base.ts";
import * as errors from "./ledger-accounts.ts";

type ErrorClass = new (data: unknown) => SpoorError;

const anyData = new Proxy({}, { get: () => "X" });

test.each(Object.entries(errors) as [string, ErrorClass][])("%s is told in sentences", (_, Class) => {
  const { what, remedy } = new Class(anyData);
  expect(what).toMatch(/^["\p{Lu}\p{N}].*[^.]$/u);
  expect(remedy).toMatch(/^\p{Lu}.*\.$/u);
});

test("what a source wrote is cut short", () => {
  const { message } = new errors.TellingRefusedError({ ledger: "a", of: "x".repeat(5000), why: "y".repeat(5000) });
  expect(message.length).toBeLessThan(500);
});
