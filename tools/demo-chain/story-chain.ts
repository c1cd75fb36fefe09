import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Bitcoind } from "../../library/src/bitcoin/bitcoind.fixture.ts";
import { encodeTransaction, networks, scriptsOfAddress, type Transaction } from "../../library/src/bitcoin/index.ts";
import { bitcoin, formatAmount, formatInstant, instantOfSeconds, parseAmount } from "../../library/src/money/index.ts";
import type { Payment } from "./story.ts";

const { regtest } = networks;

export interface Coin {
  readonly txid: string;
  readonly vout: number;
  readonly value: bigint;
}

export interface Event {
  readonly height: number;
  readonly time: string;
  readonly transaction: string;
  readonly what: string;
}

/** A chain on a node of its own: blocks at given times, and payments between holders that have names. */
export class StoryChain {
  readonly addresses = new Map<string, string>();
  readonly coins = new Map<string, Coin>();
  readonly events: Event[] = [];
  readonly #node: Bitcoind;
  readonly #multisigHolders: ReadonlySet<string>;
  height = 0;

  constructor(node: Bitcoind, multisigHolders: ReadonlySet<string> = new Set()) {
    this.#node = node;
    this.#multisigHolders = multisigHolders;
  }

  async addressOf(holder: string): Promise<string> {
    let address = this.addresses.get(holder);
    if (address === undefined) {
      const fresh = async () => (await this.#node.rpc.call("getnewaddress")) as string;
      address = this.#multisigHolders.has(holder)
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

/** The node's file without the zeros that it reserves for further blocks. */
export function blockFileOf(node: Bitcoind): Buffer {
  const bytes = readFileSync(join(node.dataFolder, "regtest", "blocks", "blk00000.dat"));
  let end = 0;
  while (end + 8 <= bytes.length && bytes.readUInt32LE(end) === regtest.magic) end += 8 + bytes.readUInt32LE(end + 4);
  return bytes.subarray(0, end);
}
