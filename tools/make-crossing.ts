/**
 * Makes scenarios/crossing: bank messages, an Ethereum chain and a Bitcoin chain of one theft, the chains on real
 * nodes: `node tools/make-crossing.ts [FOLDER]`. The bank's and Ethereum's files come out the same on every run, but
 * for the address that the bridge is to pay to; Bitcoin's node makes new keys, so the ids there differ.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { readBankFiles } from "../library/src/bank/read-bank-file.ts";
import type { BankRecord } from "../library/src/bank/record.ts";
import { settleRecords } from "../library/src/bank/settle/settle-records.ts";
import { type Bitcoind, hasBitcoind, startBitcoind } from "../library/src/bitcoin/bitcoind.fixture.ts";
import { hasAnvil, startAnvil } from "../library/src/ethereum/anvil.fixture.ts";
import { bankFiles, bankHappenings, bankPayments, mapping } from "./crossing/bank-story.ts";
import { blocksAfter, blocksBefore, chainBegins, steps } from "./crossing/coin-story.ts";
import { csvText } from "./crossing/csv-text.ts";
import { EtherChain } from "./crossing/ether-chain.ts";
import { etherFiles } from "./crossing/ether-files.ts";
import { type EtherStory, endowed, playEther } from "./crossing/ether-story.ts";
import type { Happening } from "./crossing/happening.ts";
import { banks, holders } from "./crossing/parties.ts";
import { blockFileOf, StoryChain } from "./demo-chain/story-chain.ts";

const network = "eip155:31337";

/** Writes the bank's files, and returns the name of the payment that only statements tell. */
async function makeBank(folder: string): Promise<string> {
  for (const [name, text] of Object.entries(bankFiles())) writeFileSync(join(folder, name), text);
  const records: BankRecord[] = [];
  for await (const event of readBankFiles(
    Object.keys(bankFiles())
      .filter((name) => /\.(?:xml|fin)$/u.test(name))
      .map((name) => join(folder, name)),
    { mapping: null },
  )) {
    if (event.kind === "file") continue;
    records.push(...event.records);
  }
  const { payments } = settleRecords(records);
  const ofStatements = payments.filter(({ transfers }) =>
    transfers.some(({ from, to }) => from === holders.mule3.iban && to === holders.broker.iban),
  );
  if (ofStatements.length !== 1) throw new RangeError(`${ofStatements.length} payments to the broker by statements`);
  return ofStatements[0]!.key;
}

async function makeCoins(node: Bitcoind): Promise<StoryChain> {
  const chain = new StoryChain(node);
  let seconds = Date.parse(chainBegins) / 1000;
  for (let j = 0; j < blocksBefore; j++) {
    seconds += 420 + ((j * 97) % 361);
    await chain.mine(seconds);
  }
  for (const { at, payments } of steps) {
    seconds = Date.parse(at) / 1000;
    for (const payment of payments) await chain.pay(payment, seconds);
    await chain.mine(seconds);
  }
  for (let j = 0; j < blocksAfter; j++) {
    seconds += 600;
    await chain.mine(seconds);
  }
  return chain;
}

async function makeEther(folder: string, payout: string): Promise<{ chain: EtherChain; story: EtherStory }> {
  await using node = await startAnvil(["--accounts", "1", "--balance", "0", "--hardfork", "shanghai"]);
  const chain = new EtherChain(node);
  for (const { holder, ether } of endowed) await chain.endow(holder, ether);
  await chain.setBlockProducer("block producer");
  const story = await playEther(chain, payout);
  const genesis = endowed.map(({ holder, ether }) => ({
    address: chain.addressOf(holder).toLowerCase(),
    wei: BigInt(ether) * 10n ** 18n,
  }));
  const tokens = [
    { address: story.token.address.toLowerCase(), symbol: "TRND", name: "Tern Dollar", decimals: 6 },
    { address: story.wrapped.address.toLowerCase(), symbol: "WETH", name: "Wrapped Ether", decimals: 18 },
  ];
  const files = await etherFiles(node, genesis, tokens);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return { chain, story };
}

const tagColumns = ["address", "label", "category", "source"];

function tagsOf(ether: EtherChain, coins: StoryChain): string[][] {
  const answer = "Pelican Exchange, answer to a request of 2026-05-11";
  const own = [...ether.addresses, ...coins.addresses];
  const exchange = own
    .filter(([holder]) => holder.startsWith("Pelican Exchange"))
    .map(([holder, address]) => [address, holder, "exchange", answer]);
  const bridge = own
    .filter(([holder]) => holder.startsWith("Fulmar Bridge"))
    .map(([holder, address]) => [address, holder, "bridge", "Fulmar Bridge, documentation"]);
  const { broker } = holders;
  const desk = ether.addresses.get("Lanternfish OTC desk")!;
  return [
    ...exchange,
    ...bridge,
    [broker.iban, broker.name, "otc desk", `${banks.broker.name}, answer to a request of 2026-05-11`],
    [desk, "Lanternfish OTC desk", "otc desk", "Lanternfish, web page"],
  ];
}

interface Made {
  readonly thirdKey: string;
  readonly ether: EtherChain;
  readonly etherStory: EtherStory;
  readonly coins: StoryChain;
}

/** What the CSV of links says: where value went over from one ledger to the next, and on whose word. */
function linksOf({ thirdKey, etherStory, coins }: Made): string[][] {
  const { otc, rival, lock } = etherStory.did;
  const payout = coins.events.find(({ what }) => what.startsWith("The bridge pays"))!.transaction;
  const toBroker = `bank/${bankPayments.firstToBroker}+${thirdKey}`;
  const byAmount = "600,000.00 EUR at 1.08, sent out the morning after the second payment came in";
  const first = "first guess of the victim's bank: the desk's next payment, almost as large";
  return [
    [toBroker, `chain/${otc}`, "otc", "amount-and-time", "0.7", byAmount],
    [toBroker, `chain/${rival}`, "otc", "amount-and-time", "0.6", first],
    [`chain/${lock}`, `coins/${payout}:0`, "bridge", "memo", "0.95", "the payout address in the bridge's Locked event"],
  ];
}

function storyOf({ thirdKey, ether, etherStory, coins }: Made) {
  const coinEvents = coins.events.map(
    ({ time, transaction, what }): Happening => ({ time, ledger: "coins", transaction, what }),
  );
  const happened = [...bankHappenings(thirdKey), ...ether.events, ...coinEvents];
  happened.sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0));
  const change = coins.events.find(({ what }) => what.startsWith("4 BTC more"))!.transaction;
  return {
    title: "The theft from Oosterling Scheepsmotoren, from a bank to Ethereum to Bitcoin",
    note: "The names are invented, and so are the banks' messages; the chains are real: nodes in test mode made them.",
    ledgers: [
      { name: "bank", kind: "bank", files: ["bank"], mapping: "mapping.yaml" },
      { name: "chain", kind: "ethereum", files: ["ethereum"], network },
      { name: "coins", kind: "bitcoin", files: ["bitcoin/blk00000.dat"] },
    ],
    stolen: "90000000",
    seeds: bankPayments.seeds.map((uetr) => `bank/${uetr}`),
    tags: ["tags.csv"],
    links: ["links.csv"],
    happened,
    accounts: {
      victim: holders.victim.iban,
      corvane: holders.mule1.iban,
      petrel: holders.mule2.iban,
      ilvesta: holders.mule3.iban,
      lanternfish: holders.broker.iban,
    },
    ethereum: {
      ...etherStory.did,
      token: etherStory.token.address.toLowerCase(),
      addresses: Object.fromEntries(ether.addresses),
    },
    bitcoin: { change: `${change}:0`, addresses: Object.fromEntries(coins.addresses) },
  };
}

async function main(folder: string): Promise<void> {
  if (!hasBitcoind || !hasAnvil) throw new RangeError("there are no nodes for this platform; run it on Linux, x64");
  for (const part of ["bank", "ethereum", "bitcoin"]) mkdirSync(join(folder, part), { recursive: true });
  const thirdKey = await makeBank(join(folder, "bank"));
  await using node = await startBitcoind();
  const coins = await makeCoins(node);
  const { chain: ether, story: etherStory } = await makeEther(
    join(folder, "ethereum"),
    await coins.addressOf("thief 2"),
  );
  // Ended cleanly, so that the file on disk is whole.
  await node.stop();
  writeFileSync(join(folder, "bitcoin", "blk00000.dat"), blockFileOf(node));
  const made = { thirdKey, ether, etherStory, coins };
  writeFileSync(join(folder, "mapping.yaml"), mapping);
  writeFileSync(join(folder, "tags.csv"), csvText(tagColumns, tagsOf(ether, coins)));
  const linkColumns = ["from", "to", "kind", "basis", "confidence", "source"];
  writeFileSync(join(folder, "links.csv"), csvText(linkColumns, linksOf(made)));
  writeFileSync(join(folder, "story.json"), `${JSON.stringify(storyOf(made), null, 2)}\n`);
  console.log(`${folder}: ${coins.height + 1} blocks of Bitcoin`);
}

await main(process.argv[2] ?? join(dirname(import.meta.dirname), "scenarios", "crossing"));
