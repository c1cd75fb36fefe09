import { expect, test } from "vitest";
import type { LooseTransaction } from "./contract.ts";
import { mergeLoose } from "./merge-loose.ts";

const told = (raw: Uint8Array | null): LooseTransaction => ({
  txid: "a".repeat(64),
  height: null,
  time: null,
  position: null,
  inputs: [],
  outputs: [],
  raw,
  source: { name: "a file", sha256: "00" },
});

test("of two serialisations with one txid the one with witnesses stays, whichever came first", () => {
  const [stripped, full] = [told(Uint8Array.of(1)), told(Uint8Array.of(1, 2))];
  for (const merged of [mergeLoose(stripped, full), mergeLoose(full, stripped), mergeLoose(told(null), full)]) {
    expect(merged.raw).toEqual(full.raw);
  }
});
