import { UnknownNetworkError } from "../errors/bitcoin.ts";

export const networkNames = ["mainnet", "testnet", "testnet4", "signet", "regtest"] as const;
export type NetworkName = (typeof networkNames)[number];

/**
 * How a network sets the bits of the next header (Bitcoin Core, pow.cpp).
 * - `every-2016`: anew each 2,016 blocks, from the bits of the last one.
 * - `20-minutes`: as before, but a block more than 20 minutes after its parent may have the lowest difficulty, and the
 *   one after it goes back to the last that was not such a block (testnet3).
 * - `bip94`: as `20-minutes`, but anew from the bits of the period's first block, and the first block of a period is at
 *   most 10 minutes older than its parent (BIP 94, testnet4).
 * - `fixed`: never anew (regtest).
 */
export type RetargetRule = "every-2016" | "20-minutes" | "bip94" | "fixed";

export interface Network {
  readonly name: NetworkName;
  /** What Bitcoin Core's getblockchaininfo calls it. */
  readonly coreName: string;
  /** The four bytes before each block in a node's files, as a little-endian number. */
  readonly magic: number;
  /** As displayed. */
  readonly genesisHash: string;
  readonly bech32Prefix: string;
  /** Version byte of base58 addresses. */
  readonly p2pkhVersion: number;
  readonly p2shVersion: number;
  /** The highest target, in the compact form of a header's bits: the difficulty is at its lowest. */
  readonly powLimitBits: number;
  readonly retarget: RetargetRule;
  /** Blocks. */
  readonly subsidyHalvingInterval: number;
  /** Heights whose coinbase has the txid of an earlier one that was not spent yet (before BIP 30). */
  readonly bip30Exceptions: readonly number[];
  /** Where a node answers JSON-RPC unless it is told otherwise. */
  readonly rpcPort: number;
  /** Folder of its files under the node's data folder. */
  readonly dataFolder: string;
}

const test = { bech32Prefix: "tb", p2pkhVersion: 0x6f, p2shVersion: 0xc4 } as const;

/** The five networks, as Bitcoin Core's chainparams.cpp and chainparamsbase.cpp define them. */
export const networks: Readonly<Record<NetworkName, Network>> = {
  mainnet: {
    name: "mainnet",
    coreName: "main",
    magic: 0xd9b4bef9,
    genesisHash: "000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f",
    bech32Prefix: "bc",
    p2pkhVersion: 0x00,
    p2shVersion: 0x05,
    powLimitBits: 0x1d00ffff,
    retarget: "every-2016",
    subsidyHalvingInterval: 210_000,
    bip30Exceptions: [91_842, 91_880],
    rpcPort: 8332,
    dataFolder: "",
  },
  testnet: {
    ...test,
    name: "testnet",
    coreName: "test",
    magic: 0x0709110b,
    genesisHash: "000000000933ea01ad0ee984209779baaec3ced90fa3f408719526f8d77f4943",
    powLimitBits: 0x1d00ffff,
    retarget: "20-minutes",
    subsidyHalvingInterval: 210_000,
    bip30Exceptions: [],
    rpcPort: 18_332,
    dataFolder: "testnet3",
  },
  testnet4: {
    ...test,
    name: "testnet4",
    coreName: "testnet4",
    magic: 0x283f161c,
    genesisHash: "00000000da84f2bafbbc53dee25a72ae507ff4914b867c565be350b0da8bf043",
    powLimitBits: 0x1d00ffff,
    retarget: "bip94",
    subsidyHalvingInterval: 210_000,
    bip30Exceptions: [],
    rpcPort: 48_332,
    dataFolder: "testnet4",
  },
  signet: {
    ...test,
    name: "signet",
    coreName: "signet",
    magic: 0x40cf030a,
    genesisHash: "00000008819873e925422c1ff0f99f7cc9bbb232af63a077a480a3633bee1ef6",
    powLimitBits: 0x1e0377ae,
    retarget: "every-2016",
    subsidyHalvingInterval: 210_000,
    bip30Exceptions: [],
    rpcPort: 38_332,
    dataFolder: "signet",
  },
  regtest: {
    ...test,
    bech32Prefix: "bcrt",
    name: "regtest",
    coreName: "regtest",
    magic: 0xdab5bffa,
    genesisHash: "0f9188f13cb7b2c71f2a335e3a4fc328bf5beb436012afca590b1a11466e2206",
    powLimitBits: 0x207fffff,
    retarget: "fixed",
    subsidyHalvingInterval: 150,
    bip30Exceptions: [],
    rpcPort: 18_443,
    dataFolder: "regtest",
  },
};

/** @throws UnknownNetworkError */
export function networkNamed(name: string): Network {
  const found = networkNames.find((known) => known === name);
  if (found === undefined) {
    throw new UnknownNetworkError({ name: name.slice(0, 40), known: networkNames.join(", ") });
  }
  return networks[found];
}

/** The network whose blocks begin with this magic (little-endian number); null where none is known. */
export function networkOfMagic(magic: number): Network | null {
  return networkNames.map((name) => networks[name]).find((network) => network.magic === magic) ?? null;
}

/** Satoshi that a coinbase may claim beyond its block's fees: 50 BTC, halved at each interval, rounded down. */
export function subsidyAt(network: Network, height: number): number {
  // A power of two up to 2^64 and its quotients are exact in a double; past 33 halvings nothing is left.
  return Math.floor(5_000_000_000 / 2 ** Math.floor(height / network.subsidyHalvingInterval));
}
