import { expect, test } from "vitest";
import { displayHash, doubleSha256, internalHash } from "./hash.ts";
import { networkNamed, networkNames, networkOfMagic, networks, subsidyAt } from "./networks.ts";

const satoshisMerkleRoot = "4a5e1e4baab89f3a32518a88c31bc87f618f76673e2cc77ab2127b7afdeda33b";

test.each([
  ["mainnet", satoshisMerkleRoot, 1_231_006_505, 2_083_236_893],
  ["testnet", satoshisMerkleRoot, 1_296_688_602, 414_098_458],
  ["testnet4", "7aa0a7ae1e223414cb807e40cd57e667b718e42aaf9306db9102fe28912b7b4e", 1_714_777_860, 393_743_547],
  ["signet", satoshisMerkleRoot, 1_598_918_400, 52_613_770],
  ["regtest", satoshisMerkleRoot, 1_296_688_602, 2],
] as const)("%s: its genesis header has its genesis hash", (name, merkleRoot, time, nonce) => {
  const header = new Uint8Array(80);
  const view = new DataView(header.buffer);
  view.setUint32(0, 1, true);
  header.set(internalHash(merkleRoot), 36);
  view.setUint32(68, time, true);
  view.setUint32(72, networks[name].powLimitBits, true);
  view.setUint32(76, nonce, true);
  const hash = new Uint8Array(32);
  doubleSha256(header, hash, 0);
  expect(displayHash(hash)).toBe(networks[name].genesisHash);
});

test("a network is found by its name and by its magic", () => {
  for (const name of networkNames) {
    expect(networkNamed(name)).toBe(networks[name]);
    expect(networkOfMagic(networks[name].magic)).toBe(networks[name]);
  }
  expect(networkOfMagic(0)).toBeNull();
  expect(() => networkNamed("litecoin")).toThrow(/mainnet, testnet, testnet4, signet, regtest/u);
});

test("all subsidies of mainnet add up to 20,999,999.9769 BTC", () => {
  let sum = 0n;
  for (let halving = 0; halving < 70; halving++) {
    sum += 210_000n * BigInt(subsidyAt(networks.mainnet, halving * 210_000));
  }
  expect(sum).toBe(2_099_999_997_690_000n);
});

test.each([
  ["mainnet", 0, 5_000_000_000],
  ["mainnet", 209_999, 5_000_000_000],
  ["mainnet", 210_000, 2_500_000_000],
  ["mainnet", 840_000, 312_500_000],
  ["mainnet", 6_929_999, 1],
  ["mainnet", 6_930_000, 0],
  ["mainnet", 2 ** 31, 0],
  ["regtest", 149, 5_000_000_000],
  ["regtest", 150, 2_500_000_000],
] as const)("on %s the subsidy at %i is %i satoshi", (name, height, subsidy) => {
  expect(subsidyAt(networks[name], height)).toBe(subsidy);
});
