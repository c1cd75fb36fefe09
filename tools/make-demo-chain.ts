/**
 * Makes the chain of scenarios/hot-wallet-theft on a real node in regtest mode and writes what the demo needs:
 * `node tools/make-demo-chain.ts [FOLDER]`. Ids differ on every run (the node makes new keys); the story does not.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Bitcoind, hasBitcoind, startBitcoind } from "../library/src/bitcoin/bitcoind.fixture.ts";
import { networks } from "../library/src/bitcoin/index.ts";
import { bitcoin, formatAmount } from "../library/src/money/index.ts";
import { actors, blocksAfter, blocksBefore, chainBegins, multisigHolders, steps } from "./demo-chain/story.ts";
import { blockFileOf, StoryChain } from "./demo-chain/story-chain.ts";

const { regtest } = networks;

async function makeChain(node: Bitcoind): Promise<{ chain: StoryChain; seeds: { coin: string; value: bigint }[] }> {
  const chain = new StoryChain(node, multisigHolders);
  let seconds = Date.parse(chainBegins) / 1000;
  for (let j = 0; j < blocksBefore; j++) {
    // Seven to thirteen minutes apart.
    seconds += 420 + ((j * 97) % 361);
    await chain.mine(seconds);
  }
  const seeds: { coin: string; value: bigint }[] = [];
  for (const step of steps) {
    const at = Date.parse(step.at) / 1000;
    // Everyday's blocks in between, so that the chain does not consist of the story alone.
    if (at - seconds > 86_400) await chain.mine(Math.floor((seconds + at) / 2));
    seconds = at;
    for (const payment of step.payments) {
      if (payment.from.includes("hot 1")) {
        for (const name of payment.from) {
          const { txid, vout, value } = chain.coins.get(name)!;
          seeds.push({ coin: `${txid}:${vout}`, value });
        }
      }
      await chain.pay(payment, seconds);
    }
    await chain.mine(seconds);
  }
  for (let j = 0; j < blocksAfter; j++) {
    seconds += 540 + j * 60;
    await chain.mine(seconds);
  }
  return { chain, seeds };
}

interface Tag {
  readonly address: string;
  readonly label: string;
  readonly category: string;
  readonly source: string;
}

function tagsOf(chain: StoryChain): Tag[] {
  const tags: Tag[] = [];
  for (const [holder, address] of chain.addresses) {
    const actor = actors.find(({ name }) => holder.startsWith(name));
    if (actor === undefined) throw new RangeError(`"${holder}" belongs to no actor`);
    if (actor.tagged !== null) tags.push({ address, label: holder, category: actor.tagged, source: actor.source });
  }
  return tags;
}

async function main(folder: string): Promise<void> {
  if (!hasBitcoind) throw new RangeError("bitcoind-regtest brings no node for this platform; run it on Linux, x64");
  await using node = await startBitcoind();
  const { chain, seeds } = await makeChain(node);
  // Ended cleanly, so that the file on disk is whole.
  await node.stop();
  const stolen = seeds.reduce((sum, { value }) => sum + value, 0n);
  const tags = tagsOf(chain);
  const story = {
    title: "The theft from Kestrel Exchange's hot wallet",
    note: "The names are invented; the chain is real: a node in regtest mode mined it.",
    ledgers: [{ name: "demo", kind: "bitcoin", files: ["blk00000.dat"] }],
    stops: ["tags.csv"],
    network: regtest.name,
    blocks: chain.height + 1,
    stolen: String(stolen),
    seeds: seeds.map(({ coin }) => coin),
    happened: chain.events,
    actors: actors.map(({ name, role }) => ({
      name,
      role,
      addresses: [...chain.addresses].filter(([holder]) => holder.startsWith(name)).map(([, address]) => address),
    })),
    tagged: tags,
  };
  mkdirSync(folder, { recursive: true });
  const blockFile = blockFileOf(node);
  writeFileSync(join(folder, "blk00000.dat"), blockFile);
  writeFileSync(join(folder, "story.json"), `${JSON.stringify(story, null, 2)}\n`);
  const quoted = (text: string) => (/[",\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const rows = tags.map((tag) => [tag.address, tag.label, tag.category, tag.source].map(quoted).join(","));
  writeFileSync(join(folder, "tags.csv"), `${["address,label,category,source", ...rows].join("\n")}\n`);
  console.log(
    `${folder}: ${chain.height + 1} blocks, ${blockFile.length} bytes, ${formatAmount(bitcoin, stolen)} stolen`,
  );
}

await main(process.argv[2] ?? join(dirname(import.meta.dirname), "scenarios", "hot-wallet-theft"));
