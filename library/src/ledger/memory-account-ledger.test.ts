import fc from "fast-check";
import { expect, test } from "vitest";
import { expectSameAccountLedger } from "./account-ledger.conformance.ts";
import { compareNames } from "./compare-names.ts";
import { memoryAccountLedger } from "./memory-account-ledger.ts";
import { madeFacts, madeTellings, supersedes, telling } from "./testing/made-transfers.ts";
import { oracleAccountLedger } from "./testing/oracle-account-ledger.ts";

test("a ledger in memory is what the oracle is, in whatever order its transfers were told", async () => {
  await fc.assert(
    fc.asyncProperty(madeTellings, madeFacts, fc.boolean(), async (tellings, facts, partial) => {
      const about = { name: "made", network: "test", partial, missing: ["this and that"], supersedes };
      const ledger = memoryAccountLedger(tellings.values(), facts, about);
      await expectSameAccountLedger(ledger, oracleAccountLedger(tellings, facts, about));
    }),
    { numRuns: 150 },
  );
}, 120_000);

test("what was loaded is the caller's own: to change it does not change the ledger", async () => {
  const ledger = memoryAccountLedger([telling()], {}, { name: "own", network: "test", partial: false });
  const first = await ledger.load();
  first.columns.transferFrom.fill(7);
  first.columns.txTime.fill(7);
  expect((await ledger.load()).columns.transferFrom).toEqual(Uint32Array.of(0));
  expect(await ledger.transfersById([0])).toMatchObject([{ from: "alice", to: "bob" }]);
});

test("names compare as their bytes do", () => {
  const names = fc.string({ unit: fc.constantFrom("a", "b", "é", "ﬁ", "\u{ffff}", "😀", "\u{10000}"), maxLength: 4 });
  fc.assert(
    fc.property(names, names, (a, b) => {
      expect(Math.sign(compareNames(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
    }),
  );
});
