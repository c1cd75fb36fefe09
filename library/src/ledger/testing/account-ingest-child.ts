// Ingests rounds of transfers, for tests that kill it: node account-ingest-child.ts FOLDER SEED ROUNDS append|replace
import type { TransferTelling } from "../account-contract.ts";
import { DataFolder } from "../data-folder.ts";
import { blocksPerRound, transfersOfBlock } from "./account-rounds.ts";
import { testChain } from "./generated-chain.ts";

const [path = "", seedText = "", rounds = "", mode = ""] = process.argv.slice(2);
const seed = Number(seedText);
const folder = await DataFolder.open(path, { chainOf: () => testChain });
const writer = await folder.accountLedgerWriter({
  name: "killed",
  network: "test",
  partial: false,
  transfersAtOnce: 150,
});

/** What the bank's ingest does: records are kept, transfers made of all of them anew. */
async function* derive(): AsyncGenerator<TransferTelling[]> {
  for await (const record of writer.records()) {
    const { height } = JSON.parse(record) as { height: number };
    yield transfersOfBlock(seed, height);
  }
}

const held = await writer.heights();
for (let next = held === null ? 0 : held.to + 1; next < Number(rounds) * blocksPerRound; ) {
  const end = next - (next % blocksPerRound) + blocksPerRound;
  for (; next < end; next++) {
    if (mode === "append") await writer.append(transfersOfBlock(seed, next));
    else await writer.appendRecords([{ key: `block ${next}`, json: JSON.stringify({ height: next }) }]);
    await writer.markRange({ from: next, to: next });
  }
  await writer.settle(mode === "append" ? {} : { replaceTransfers: derive() });
}
// The last round may have been marked without its settlement.
if (held !== null) await writer.settle(mode === "append" ? {} : { replaceTransfers: derive() });
await writer.finish();
await folder.close();
