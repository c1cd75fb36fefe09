/**
 * Makes the chain of scenarios/hot-wallet-theft on a real node in regtest mode and writes what the demo needs:
 * `node tools/make-demo-chain.ts [FOLDER]`. Ids differ on every run (the node makes new keys); the story does not.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Bitcoind, hasBitcoind, startBitcoind } from "../library/src/bitcoin/bitcoind.fixture.ts";
import { encodeTransaction, networks, scriptsOfAddress, type Transaction } from "../library/src/bitcoin/index.ts";
import { bitcoin, formatAmount, formatInstant, instantOfSeconds, parseAmount } from "../library/src/money/index.ts";
import {
  actors,
  blocksAfter,
  blocksBefore,
  chainBegins,
  multisigHolders,
  type Payment,
  steps,
} from "./demo-chain/story.ts";

const { regtest } = networks;

interface Coin {
  readonly txid: string;
  readonly vout: number;
  readonly value: bigint;
}

interface Event {
  readonly height: number;
  readonly time: string;
  readonly transaction: string;
  readonly what: string;
}

class DemoChain {
  readonly addresses = new Map<string, string>();
  readonly coins = new Map<string, Coin>();
  readonly events: Event[] = [];
  readonly #node: Bitcoind;
  height = 0;

  constructor(node: Bitcoind) {
    this.#node = node;
  }

  async addressOf(holder: string): Promise<string> {
    let address = this.addresses.get(holder);
    if (address === undefined) {
      const fresh = async () => (await this.#node.rpc.call("getnewaddress")) as string;
      address = multisigHolders.has(holder)
        ? ((await this.#node.rpc.call("addmultisigaddress", 2, [
            await fresh(),
            await fresh(),
            await fresh(),
          ])) as string)
        : await fresh();
      this.addresses.set(holder, address);
    }
    return address;
  }

  /** Mines one block at this time and names its coinbase's coin. */
  async mine(seconds: number): Promise<void> {
    await this.#node.rpc.call("setmocktime", seconds);
    const [hash] = await this.#node.generate(1);
    this.height++;
    const { tx } = (await this.#node.rpc.call("getblock", hash)) as { tx: string[] };
    const coinbase = (await this.#node.rpc.call("getrawtransaction", tx[0], 1)) as { vout: { value: number }[] };
    // Whole coins and whole satoshi in the first blocks: exact as printed with eight decimals.
    const value = parseAmount(bitcoin, `${coinbase.vout[0]!.value.toFixed(8)} BTC`);
    this.coins.set(`mined ${this.height}`, { txid: tx[0]!, vout: 0, value });
  }

  /** Signs and sends a payment; the next block takes it. */
  async pay(payment: Payment, seconds: number): Promise<void> {
    const spent = payment.from.map((name) => this.#take(name));
    const fee = parseAmount(bitcoin, `${payment.fee} BTC`);
    const stated = payment.to.map(({ btc }) => (btc === "rest" ? null : parseAmount(bitcoin, `${btc} BTC`)));
    const sum = (values: readonly (bigint | null)[]) =>
      values.reduce<bigint>((total, value) => total + (value ?? 0n), 0n);
    const rest = sum(spent.map(({ value }) => value)) - sum(stated) - fee;
    if (rest <= 0n || stated.filter((value) => value === null).length !== 1) {
      throw new RangeError(`the payment from ${payment.from.join(", ")} leaves ${formatAmount(bitcoin, rest)}`);
    }
    const values = stated.map((value) => value ?? rest);
    const outputs: Transaction["outputs"][number][] = [];
    for (const [j, { holder }] of payment.to.entries()) {
      outputs.push({ value: values[j]!, script: scriptsOfAddress(regtest, await this.addressOf(holder))[0]! });
    }
    const inputs = spent.map(({ txid, vout }) => ({
      txid,
      vout,
      scriptSig: new Uint8Array(),
      sequence: 0xffff_ffff,
      witness: [],
    }));
    const unsigned = encodeTransaction({ version: 1, inputs, outputs, locktime: 0 });
    const signed = (await this.#node.rpc.call("signrawtransaction", Buffer.from(unsigned).toString("hex"))) as {
      hex: string;
      complete: boolean;
    };
    if (!signed.complete) throw new RangeError(`the payment from ${payment.from.join(", ")} is not signed`);
    const txid = (await this.#node.rpc.call("sendrawtransaction", signed.hex)) as string;
    payment.to.forEach(({ coin }, vout) => {
      this.coins.set(coin, { txid, vout, value: values[vout]! });
    });
    if (payment.say !== null) {
      const time = formatInstant(instantOfSeconds(seconds));
      this.events.push({ height: this.height + 1, time, transaction: txid, what: payment.say });
    }
  }

  #take(name: string): Coin {
    const coin = this.coins.get(name);
    if (coin === undefined) throw new RangeError(`no payment made a coin "${name}", or it is spent`);
    this.coins.delete(name);
    return coin;
  }
}

async function makeChain(node: Bitcoind): Promise<{ chain: DemoChain; seeds: { coin: string; value: bigint }[] }> {
  const chain = new DemoChain(node);
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

function tagsOf(chain: DemoChain): Tag[] {
  const tags: Tag[] = [];
  for (const [holder, address] of chain.addresses) {
    const actor = actors.find(({ name }) => holder.startsWith(name));
    if (actor === undefined) throw new RangeError(`"${holder}" belongs to no actor`);
    if (actor.tagged !== null) tags.push({ address, label: holder, category: actor.tagged, source: actor.source });
  }
  return tags;
}

/** The node's file without the zeros that it reserves for further blocks. */
function blockFileOf(node: Bitcoind): Buffer {
  const bytes = readFileSync(join(node.dataFolder, "regtest", "blocks", "blk00000.dat"));
  let end = 0;
  while (end + 8 <= bytes.length && bytes.readUInt32LE(end) === regtest.magic) end += 8 + bytes.readUInt32LE(end + 4);
  return bytes.subarray(0, end);
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
    note: "All names are invented. The chain is real: a node in regtest mode mined it.",
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
    tags,
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
