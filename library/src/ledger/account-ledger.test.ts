import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { AccountLedger, AccountLedgerFacts, TransferTelling } from "./account-contract.ts";
import { expectSameAccountLedger } from "./account-ledger.conformance.ts";
import { DataFolder } from "./data-folder.ts";
import { testChain } from "./testing/generated-chain.ts";
import { madeFacts, madeTellings, supersedes } from "./testing/made-transfers.ts";
import { oracleAccountLedger } from "./testing/oracle-account-ledger.ts";

let path: string;
let folder: DataFolder;
let made = 0;

beforeAll(async () => {
  path = await mkdtemp(join(tmpdir(), "spoor-accounts-"));
  folder = await DataFolder.open(path, { chainOf: () => testChain });
});

afterAll(async () => {
  await folder.close();
  await rm(path, { recursive: true });
});

/** Stores tellings in several batches and ingests, and opens the ledger. */
async function stored(
  ingests: readonly (readonly TransferTelling[])[],
  facts: AccountLedgerFacts,
  { partial, transfersAtOnce = 7 }: { partial: boolean; transfersAtOnce?: number },
): Promise<AccountLedger> {
  const name = `made-${made++}`;
  for (const [n, tellings] of ingests.entries()) {
    const writer = await folder.accountLedgerWriter({ name, network: "test", partial, transfersAtOnce });
    await writer.append(tellings);
    if (n === 0) await writer.addFacts(facts);
    await writer.setMissing(["this and that"]);
    await writer.settle({ supersedes });
    await writer.finish();
  }
  return folder.accountLedger(name);
}

const about = (partial: boolean) => ({
  name: `made-${made - 1}`,
  network: "test",
  partial,
  missing: ["this and that"],
  supersedes,
});

test("a stored ledger is what the oracle in memory is, however it was cut into batches and ingests", async () => {
  await fc.assert(
    fc.asyncProperty(madeTellings, madeFacts, fc.boolean(), fc.nat(100), async (tellings, facts, partial, cut) => {
      const at = Math.floor((cut * tellings.length) / 100);
      const ledger = await stored([tellings.slice(0, at), tellings.slice(at)], facts, { partial });
      const oracle = oracleAccountLedger(tellings, facts, about(partial));
      await expectSameAccountLedger(ledger, oracle);
      await ledger.close();
    }),
    { numRuns: 12, endOnFailure: true },
  );
}, 300_000);

test("the suite sees a ledger that is off by one unit", async () => {
  const [tellings = []] = fc.sample(
    madeTellings.filter((all) => all.length > 3),
    { numRuns: 1, seed: 7 },
  );
  const wrong = tellings.map((one, n) =>
    n === 0 ? { ...one, amount: one.amount === 0n ? 1n : one.amount - 1n } : one,
  );
  made++;
  const [ledger, oracle] = [wrong, tellings].map((all) => oracleAccountLedger(all, {}, about(false)));
  await expect(expectSameAccountLedger(ledger!, oracle!)).rejects.toThrow(/to deeply equal/u);
});
