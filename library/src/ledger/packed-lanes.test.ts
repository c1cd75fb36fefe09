import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { TransferTelling } from "./account-contract.ts";
import type { AccountLedgerWriter } from "./account-ledger-writer.ts";
import { DataFolder } from "./data-folder.ts";
import { TellingPacker } from "./telling-packer.ts";
import { testChain } from "./testing/generated-chain.ts";
import { madeTellings, telling } from "./testing/made-transfers.ts";

let path: string;
let folder: DataFolder;
let made = 0;

beforeAll(async () => {
  path = await mkdtemp(join(tmpdir(), "spoor-packed-lanes-"));
  folder = await DataFolder.open(path, { chainOf: () => testChain });
});

afterAll(async () => {
  await folder.close();
  await rm(path, { recursive: true });
});

const transfersAtOnce = 5;

async function settledBy(write: (writer: AccountLedgerWriter) => Promise<void>) {
  const name = `lanes-${made++}`;
  const writer = await folder.accountLedgerWriter({ name, network: "test", partial: false, transfersAtOnce });
  await write(writer);
  const settled = await writer.settle({ supersedes: [{ layer: "call", of: "top" }] });
  await writer.finish();
  return settled;
}

/** As another thread would: in memory that is shared, sent as plain data, each batch once the one before is stored. */
function laneOf(writer: AccountLedgerWriter) {
  const packer = new TellingPacker({ ledger: "of a lane", transfersAtOnce, isShared: true });
  const store = writer.laneForPacked();
  let stored = Promise.resolve();
  const send = async () => {
    await stored;
    const { tables, counts, layers } = packer.take();
    const { promise, resolve } = Promise.withResolvers<void>();
    await store(structuredClone({ tables, counts, layers }), resolve);
    stored = promise;
  };
  return async (tellings: readonly TransferTelling[]) => {
    packer.check(tellings);
    for (const one of tellings) {
      if (packer.isFull) await send();
      packer.push(one);
    }
    if (!packer.isEmpty) await send();
  };
}

test("what several packers pack comes to what one writer makes of it, in the order of the batches", async () => {
  const piece = fc.tuple(fc.nat(2), madeTellings);
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { minLength: 1, maxLength: 5 }), async (pieces) => {
      const alone = await settledBy(async (writer) => {
        for (const [, tellings] of pieces) await writer.append(tellings);
      });
      const inLanes = await settledBy(async (writer) => {
        const lanes = [laneOf(writer), laneOf(writer)];
        for (const [which, tellings] of pieces) {
          const lane = lanes[which];
          if (lane !== undefined) await lane(tellings);
          else {
            await writer.append(tellings);
            await writer.commit();
          }
        }
      });
      expect(inLanes).toEqual(alone);
    }),
    { numRuns: 8 },
  );
}, 300_000);

test("layers of all lanes together are bounded, and what is one too many changes nothing", async () => {
  const layered = (prefix: string) =>
    Array.from({ length: 33 }, (_, n) => telling({ transaction: `t${n}`, layer: `${prefix}${n}` }));
  const write = async (writer: AccountLedgerWriter) => {
    await laneOf(writer)(layered("a"));
    await expect(laneOf(writer)(layered("b"))).rejects.toThrow("64");
  };
  expect(await settledBy(write)).toMatchObject({ transfers: 33 });
});
