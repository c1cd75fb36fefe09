// Ingests a generated chain, for tests that kill it: node ingest-child.ts FOLDER SEED BLOCKS SALT REWIND_TO
import { DataFolder } from "../data-folder.ts";
import { buildChain, planChain, testChain } from "./generated-chain.ts";

const [folderPath = "", seed, blockCount, salt, rewindTo] = process.argv.slice(2);
const blocks = buildChain(
  planChain({ seed: Number(seed), blocks: Number(blockCount), transactionsMax: 40, salt: Number(salt) }),
);
const folder = await DataFolder.open(folderPath, { chainOf: () => testChain });
process.send?.("open");
const writer = await folder.coinLedgerWriter({
  name: "killed",
  network: "test",
  overlayBlocks: 2,
  room: { transactions: 200, outputs: 600, inputs: 600, scriptBytes: 60_000 },
});
if (Number(rewindTo) >= 0 && (writer.tip()?.height ?? -1) > Number(rewindTo)) await writer.rewind(Number(rewindTo));
for (let next = writer.nextHeight(); next < blocks.length; next++) await writer.append(blocks[next]!);
await writer.finish();
process.send?.("done");
await folder.close();
