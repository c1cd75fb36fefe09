import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Abi, type Address, createWalletClient, type Hex, http, keccak256, parseEther, toHex } from "viem";
import { type PrivateKeyAccount, privateKeyToAccount } from "viem/accounts";
import type { Anvil, Contract } from "../../library/src/ethereum/anvil.fixture.ts";
import { compileContracts } from "../build-test-contracts.ts";
import type { Happening } from "./happening.ts";

const gwei = 1_000_000_000n;
const contractsFile = join(import.meta.dirname, "contracts.sol");

/**
 * An Ethereum chain on a node of its own, with keys made of their holders' names and prices that are given, so that it
 * is the same on every run. Each transaction has a block and a time of its own.
 */
export class EtherChain {
  readonly events: Happening[] = [];
  readonly #node: Anvil;
  readonly #compiled = compileContracts([["contracts.sol", readFileSync(contractsFile, "utf8")]]);
  readonly #accounts = new Map<string, PrivateKeyAccount>();
  readonly #contracts = new Map<string, string>();

  constructor(node: Anvil) {
    this.#node = node;
  }

  /** Names with their addresses, in lower case as ledgers write them. */
  get addresses(): ReadonlyMap<string, string> {
    const accounts = [...this.#accounts].map(([name, { address }]) => [name, address.toLowerCase()] as const);
    return new Map([...accounts, ...this.#contracts]);
  }

  addressOf(holder: string): Address {
    return this.#accountOf(holder).address;
  }

  /** Gives a holder ether in the genesis, before anything else happens. */
  async endow(holder: string, ether: string): Promise<void> {
    await this.#node.client.setBalance({ address: this.addressOf(holder), value: parseEther(ether) });
  }

  async setBlockProducer(holder: string): Promise<void> {
    await this.#node.client.setCoinbase({ address: this.addressOf(holder) });
  }

  async deploy(at: string, contract: string, args: readonly unknown[], options: Sent): Promise<Contract> {
    const { abi, bytecode } = this.#compiled[contract]!;
    const wallet = this.#walletOf(options.from);
    const hash = await wallet.deployContract({
      abi: abi as Abi,
      bytecode: bytecode as Hex,
      args,
      ...this.#terms(options),
    });
    const { contractAddress } = await this.#settle(at, hash, options);
    this.#contracts.set(options.name ?? contract, contractAddress!.toLowerCase());
    return { address: contractAddress!, abi: abi as Abi };
  }

  async pay(at: string, to: string, options: Sent): Promise<Hex> {
    const hash = await this.#walletOf(options.from).sendTransaction({
      to: this.addressOf(to),
      ...this.#terms(options),
    });
    await this.#settle(at, hash, options);
    return hash;
  }

  async call(at: string, contract: Contract, name: string, args: readonly unknown[], options: Sent): Promise<Hex> {
    const hash = await this.#walletOf(options.from).writeContract({
      ...contract,
      functionName: name,
      args,
      ...this.#terms(options),
    });
    await this.#settle(at, hash, options);
    return hash;
  }

  #accountOf(holder: string): PrivateKeyAccount {
    let account = this.#accounts.get(holder);
    if (account === undefined) {
      // A key that everybody can make: it holds nothing but what this story gives it.
      account = privateKeyToAccount(keccak256(toHex(`scenarios/crossing: ${holder}`)));
      this.#accounts.set(holder, account);
    }
    return account;
  }

  #walletOf(holder: string) {
    return createWalletClient({
      account: this.#accountOf(holder),
      transport: http(this.#node.url, { retryCount: 0 }),
    });
  }

  #terms({ ether = "0" }: Sent) {
    const value = parseEther(ether);
    return { chain: null, value, gas: 2_000_000n, maxFeePerGas: 30n * gwei, maxPriorityFeePerGas: gwei } as const;
  }

  async #settle(at: string, hash: Hex, { say }: Sent) {
    const { client } = this.#node;
    await client.setNextBlockTimestamp({ timestamp: BigInt(Date.parse(at) / 1000) });
    await client.mine({ blocks: 1 });
    const receipt = await client.getTransactionReceipt({ hash });
    if (receipt.status !== "success") throw new RangeError(`the transaction at ${at} failed`);
    if (say !== undefined) this.events.push({ time: at, ledger: "chain", transaction: hash, what: say });
    return receipt;
  }
}

interface Sent {
  readonly from: string;
  readonly ether?: string;
  /** What happens, for the reader of the story. */
  readonly say?: string | undefined;
  /** Of a contract: its name in the story. */
  readonly name?: string;
}
