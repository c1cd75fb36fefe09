import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { LooseTransaction } from "../ledger/contract.ts";
import { ingestLoose } from "./ingest-loose.ts";
import { withFolder } from "./open-folder.ts";

const txid = (digit: string) => digit.repeat(64);
const told = (digit: string, ...coins: string[]): LooseTransaction => ({
  txid: txid(digit),
  height: null,
  time: null,
  position: null,
  inputs: coins.map((coin) => ({ coin, value: null, script: null })),
  outputs: [{ value: 1n, script: new Uint8Array(1), spent: null, alias: null }],
  raw: null,
  source: { name: `file-${digit}`, sha256: "00" },
});

test("what contradicts the ledger is set aside and the rest comes in, whatever the order of txids", async () => {
  const data = await mkdtemp(join(tmpdir(), "spoor-loose-"));
  const coin = `${txid("a")}:0`;
  await withFolder(data, async (folder) => {
    for (const [held, added] of ["bc", "cb"]) {
      const writer = await folder.partialLedgerWriter({ name: `x-${held}`, network: "mainnet" });
      await ingestLoose(writer, [told("a"), told(held!, coin)]);
      // The one that is held is told again beside the one that contradicts it.
      const skipped = await ingestLoose(writer, [told(held!, coin), told(added!, coin), told("d")]);
      expect(skipped.map(({ file }) => file)).toEqual([`file-${added}`]);
      expect(await (await folder.ledger(`x-${held}`)).summary()).toMatchObject({ transactions: 3, inputs: 1 });
    }
  });
  await rm(data, { recursive: true });
});

test("of a circle over what is held the new transaction is set aside", async () => {
  const data = await mkdtemp(join(tmpdir(), "spoor-loose-"));
  await withFolder(data, async (folder) => {
    const writer = await folder.partialLedgerWriter({ name: "x", network: "mainnet" });
    await ingestLoose(writer, [told("b", `${txid("c")}:0`)]);
    const skipped = await ingestLoose(writer, [told("c", `${txid("b")}:0`)]);
    expect(skipped.map(({ file }) => file)).toEqual(["file-c"]);
  });
  await rm(data, { recursive: true });
});
