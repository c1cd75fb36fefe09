import { expect, test } from "vitest";
import type { SpoorError } from "./base.ts";
import * as errors from "./ledger.ts";

type ErrorClass = new (data: unknown) => SpoorError;

/** Stands for any data: lists where lists are asked for, else texts. */
const anyData = new Proxy({}, { get: (_, field) => (field === "known" || field === "circle" ? ["a", "b"] : "X") });

test.each(Object.entries(errors) as [string, ErrorClass][])("%s is told in sentences", (_, Class) => {
  const { what, remedy } = new Class(anyData);
  expect(what).toMatch(/^["\p{Lu}\p{N}].*[^.]$/u);
  expect(remedy).toMatch(/^\p{Lu}.*\.$/u);
});
