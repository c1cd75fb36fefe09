import { expect, test } from "vitest";
import { bicOfTerminal, parseBic } from "./bic.ts";

test("ISO 9362: 8 or 11 characters; the head office's XXX is left out", () => {
  expect(parseBic("AAAAUS33")).toBe("AAAAUS33");
  expect(parseBic("AAAAUS33XXX")).toBe("AAAAUS33");
  expect(parseBic("AAAAUS33CHI")).toBe("AAAAUS33CHI");
  expect(parseBic(" aaaaus33xxx ")).toBe("AAAAUS33");
  for (const text of ["", "AAAAUS3", "AAAAUS33X", "AAAA1S33", "AAAAUS33XXXX", "AAAA US33", "A".repeat(1_000_000)]) {
    expect(parseBic(text)).toBeNull();
  }
});

test("a logical terminal's address holds the BIC around the terminal's letter", () => {
  expect(bicOfTerminal("AAAAUS33AXXX")).toBe("AAAAUS33");
  expect(bicOfTerminal("AAAAUS33BCHI")).toBe("AAAAUS33CHI");
  expect(bicOfTerminal("AAAAUS33XXX")).toBeNull();
});
