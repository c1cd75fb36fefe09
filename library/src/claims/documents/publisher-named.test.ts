import { expect, test } from "vitest";
import { publisherNamed } from "./publisher-named.ts";
import { publishers } from "./publishers.ts";

test("an agency is known by its long name", () => {
  expect(publisherNamed("the associated press")).toMatchObject({ name: "AP", kind: "agency" });
  expect(publisherNamed("Nobody's Gazette")).toBeNull();
});

test("no domain and no name of the table means two publishers", () => {
  const domains = publishers.flatMap((one) => one.domains);
  expect(new Set(domains).size).toBe(domains.length);
  const names = publishers.flatMap((one) => [one.name, ...one.names].map((name) => name.toLowerCase()));
  expect(new Set(names).size).toBe(names.length);
});
