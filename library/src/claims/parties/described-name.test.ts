import { expect, test } from "vitest";
import { withoutDescription } from "./described-name.ts";

test.each([
  ["the tracing firm Kolm", "Kolm"],
  ["Gibraltar crypto exchange Fenwick Markets", "Fenwick Markets"],
  ["Cryptocurrency exchange Fenwick Markets", "Fenwick Markets"],
  ["Kolm, a tracing firm", "Kolm"],
  ["Fenwick, one of Ruritania's largest crypto exchanges", "Fenwick"],
  ["Arden Bank", "Arden Bank"],
  ["the Ruritanian foreign ministry", "the Ruritanian foreign ministry"],
  ["Ana Cole, the head of Arden Bank", "Ana Cole, the head of Arden Bank"],
  ["the company", "the company"],
])("%s is %s", (name, bare) => {
  expect(withoutDescription(name)).toBe(bare);
});
