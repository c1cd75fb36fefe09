import fc from "fast-check";
import { expect, test } from "vitest";
import { accountHolds, accountKey, accountKeyOfAddress, accountKeySize } from "./account-key.ts";
import { accountOfScript } from "./address.ts";
import { networks } from "./networks.ts";

const { mainnet, testnet } = networks;
const script = (hex: string) => Uint8Array.fromHex(hex.replaceAll(" ", ""));
const key = (bytes: Uint8Array) => {
  const into = new Uint8Array(accountKeySize).fill(0xee);
  accountKey(bytes, 0, bytes.length, into, 0);
  return into.toHex();
};
const compressed = "0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798";
const p2pk = script(`21 ${compressed} ac`);
const p2pkh = script("76a914751e76e8199196d454941c45d1b3a323f1433bd688ac");

test("coins of a bare key and of its hash are one account with one key", () => {
  const address = "1BgGZ9tcN4rm9KBzDn7KprQz87SZ26SAMH";
  expect(accountOfScript(mainnet, p2pk)).toBe(address);
  expect(accountOfScript(mainnet, p2pkh)).toBe(address);
  expect(key(p2pk)).toBe(key(p2pkh));
  expect(accountKeyOfAddress(mainnet, address).toHex()).toBe(key(p2pk));
  const holds = accountHolds(mainnet, address);
  expect(holds(p2pk)).toBe(true);
  expect(holds(p2pkh)).toBe(true);
  expect(holds(script(`21 03${compressed.slice(2)} ac`))).toBe(false);
  expect(holds(script("0014751e76e8199196d454941c45d1b3a323f1433bd6"))).toBe(false);
});

test("data belongs to nobody", () => {
  const into = new Uint8Array(18).fill(0xee);
  expect(accountKey(script("6a04deadbeef"), 0, 6, into, 1)).toBe(false);
  expect(into.toHex()).toBe(`ee${"00".repeat(16)}ee`);
});

const hashOf = (size: number) => fc.uint8Array({ minLength: size, maxLength: size }).map((bytes) => bytes.toHex());
const anyScript = fc.oneof(
  hashOf(20).map((hash) => script(`76a914${hash}88ac`)),
  hashOf(20).map((hash) => script(`a914${hash}87`)),
  hashOf(20).map((hash) => script(`0014${hash}`)),
  hashOf(32).map((hash) => script(`0020${hash}`)),
  hashOf(32).map((hash) => script(`5120${hash}`)),
  hashOf(2).map((hash) => script(`5102${hash}`)),
  hashOf(33).map((hash) => script(`6021${hash}`)),
  hashOf(32).map((hash) => script(`2103${hash}ac`)),
  hashOf(32).map((hash) => script(`512103${hash}51ae`)),
  fc.uint8Array({ maxLength: 50 }),
);

test("the key of a script is the key of its account, wherever the script stands, and the account holds it", () => {
  fc.assert(
    fc.property(anyScript, anyScript, fc.nat(40), (bytes, other, at) => {
      const account = accountOfScript(mainnet, bytes);
      fc.pre(account !== null);
      expect(accountKeyOfAddress(mainnet, account!).toHex()).toBe(key(bytes));
      const placed = new Uint8Array(bytes.length + 2 * at).fill(0x51);
      placed.set(bytes, at);
      const into = new Uint8Array(40);
      accountKey(placed, at, bytes.length, into, 7);
      expect(into.subarray(7, 7 + accountKeySize).toHex()).toBe(key(bytes));
      const holds = accountHolds(mainnet, account!);
      expect(holds(bytes)).toBe(true);
      expect(holds(other)).toBe(accountOfScript(mainnet, other) === account);
    }),
    { numRuns: 500 },
  );
});

test("an address of another network has no key here", () => {
  expect(() => accountKeyOfAddress(testnet, "1BgGZ9tcN4rm9KBzDn7KprQz87SZ26SAMH")).toThrow(/belongs to mainnet/u);
});
