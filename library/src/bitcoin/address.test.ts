import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { expect, test } from "vitest";
import { AddressError } from "../errors/bitcoin.ts";
import { accountOfScript, addressOfScript, scriptsOfAddress } from "./address.ts";
import { networkNames, networks } from "./networks.ts";
import { realData, titled } from "./real-data.fixture.ts";
import { type ScriptKind, scriptKind } from "./script.ts";

const { mainnet, testnet, testnet4, signet, regtest } = networks;
const script = (hex: string) => Uint8Array.fromHex(hex.replaceAll(" ", ""));
const kindOf = (hex: string) => scriptKind(script(hex), 0, script(hex).length);
const generator = "79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798";

test.each([
  ["BIP 173", mainnet, "BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4", "0014751e76e8199196d454941c45d1b3a323f1433bd6"],
  [
    "BIP 173",
    testnet,
    "tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3q0sl5k7",
    "00201863143c14c5166804bd19203356da136c985678cd4d27a1b8c6329604903262",
  ],
  [
    "BIP 350",
    mainnet,
    "bc1pw508d6qejxtdg4y5r3zarvary0c5xw7kw508d6qejxtdg4y5r3zarvary0c5xw7kt5nd6y",
    "5128751e76e8199196d454941c45d1b3a323f1433bd6751e76e8199196d454941c45d1b3a323f1433bd6",
  ],
  ["BIP 350", mainnet, "BC1SW50QGDZ25J", "6002751e"],
  ["BIP 350", mainnet, "bc1zw508d6qejxtdg4y5r3zarvaryvaxxpcs", "5210751e76e8199196d454941c45d1b3a323"],
  [
    "BIP 350",
    testnet4,
    "tb1qqqqqp399et2xygdj5xreqhjjvcmzhxw4aywxecjdzew6hylgvsesrxh6hy",
    "0020000000c4a5cad46221b2a187905e5266362b99d5e91c6ce24d165dab93e86433",
  ],
  [
    "BIP 350",
    signet,
    "tb1pqqqqp399et2xygdj5xreqhjjvcmzhxw4aywxecjdzew6hylgvsesf3hn0c",
    "5120000000c4a5cad46221b2a187905e5266362b99d5e91c6ce24d165dab93e86433",
  ],
  ["BIP 350", mainnet, "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0", `5120${generator}`],
  [
    "BIP 341",
    mainnet,
    "bc1p2wsldez5mud2yam29q22wgfh9439spgduvct83k3pm50fcxa5dps59h4z5",
    "512053a1f6e454df1aa2776a2814a721372d6258050de330b3c6d10ee8f4e0dda343",
  ],
  ["BIP 84", mainnet, "bc1qcr8te4kr609gcawutmrza0j4xv80jy8z306fyu", "0014c0cebcd6c3d3ca8c75dc5ec62ebe55330ef910e2"],
  [
    "BIP 86",
    mainnet,
    "bc1p5cyxnuxmeuwuvkwfem96lqzszd02n6xdcjrs20cac6yqjjwudpxqkedrcr",
    "5120a60869f0dbcf1dc659c9cecbaf8050135ea9e8cdc487053f1dc6880949dc684c",
  ],
  ["Core", mainnet, "1AGNa15ZQXAZUgFiqJ2i7Z2DPU2J6hW62i", "76a91465a16059864a2fdbc7c99a4723a8395bc6f188eb88ac"],
  ["Core", mainnet, "3CMNFxN1oHBc4R1EpboAL5yzHGgE611Xou", "a91474f209f6ea907e2ea48f74fae05782ae8a66525787"],
  ["Core", testnet, "mo9ncXisMeAoXwqcV5EWuyncbmCcQN4rVs", "76a91453c0307d6851aa0ce7825ba883c6bd9ad242b48688ac"],
  ["Core", regtest, "2N2JD6wb56AfK4tfmM6PwdVmoYk2dCKf4Br", "a9146349a418fc4578d10a372b54b45c280cc8c4382f87"],
  ["pay-to-anchor", mainnet, "bc1pfeessrawgf", "51024e73"],
])("%s on %o: %s", (_, network, address, hex) => {
  expect(scriptsOfAddress(network, address)).toEqual([script(hex)]);
  const lower = /^[bt]c?1/iu.test(address) ? address.toLowerCase() : address;
  expect(addressOfScript(network, script(hex))).toBe(lower);
});

const compressed = "0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798";
const uncompressed = `04${generator}483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8`;

test.each([
  [`21 ${compressed} ac`, "p2pk", "1BgGZ9tcN4rm9KBzDn7KprQz87SZ26SAMH"],
  [`41 ${uncompressed} ac`, "p2pk", "1EHNa6Q4Jz2uvNExL497mE43ikXhwF6kZm"],
  ["0014751e76e8199196d454941c45d1b3a323f1433bd6", "p2wpkh", "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"],
] as [string, ScriptKind, string][])("%s is %s with the address %s", (hex, kind, address) => {
  expect(kindOf(hex)).toBe(kind);
  expect(addressOfScript(mainnet, script(hex))).toBe(address);
});

test.each([
  ["", "nonstandard"],
  ["6a", "data"],
  ["6a 04 deadbeef", "data"],
  [`51 21 ${compressed} 51 ae`, "multisig"],
  [`52 21 ${compressed} 41 ${uncompressed} 21 ${compressed} 53 ae`, "multisig"],
  [`53 21 ${compressed} 21 ${compressed} 52 ae`, "nonstandard"],
  [`51 21 ${compressed} 52 ae`, "nonstandard"],
  [`51 21 ${compressed} 00 51 ae`, "nonstandard"],
  [`51 20 ${generator} 51 ae`, "nonstandard"],
  ["51 ae", "nonstandard"],
  ["51 51 ae", "nonstandard"],
  [`21 05${generator} ac`, "nonstandard"],
  [`21 ${compressed} ad`, "nonstandard"],
  ["00 13 00000000000000000000000000000000000000", "nonstandard"],
  ["51 01 00", "nonstandard"],
  ["60 02 0000", "witness"],
  ["76a914 00000000000000000000000000000000000000 88ac", "nonstandard"],
  ["a914 0000000000000000000000000000000000000000 88", "nonstandard"],
  ["ac", "nonstandard"],
] as [string, ScriptKind][])("%s is %s", (hex, kind) => {
  expect(kindOf(hex)).toBe(kind);
  if (kind === "witness") return;
  expect(addressOfScript(mainnet, script(hex))).toBeNull();
  const account = accountOfScript(mainnet, script(hex));
  if (kind === "data") expect(account).toBeNull();
  else expect(account).toMatch(/^script:[0-9a-f]{64}$/u);
});

test("a script is classified in place: what stands around it does not count", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 80 }), fc.uint8Array({ maxLength: 80 }), (bytes, around) => {
      const placed = new Uint8Array(bytes.length + 2 * around.length);
      placed.set(around, 0);
      placed.set(bytes, around.length);
      placed.set(around, around.length + bytes.length);
      expect(scriptKind(placed, around.length, bytes.length)).toBe(scriptKind(bytes, 0, bytes.length));
    }),
  );
});

// BIP 350's and BIP 173's invalid addresses, with what is wrong.
test.each([
  ["tc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vq5zuyut", /character that no address has/u],
  ["bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqh2y7hd", /needs the bech32m checksum/u],
  ["BC1S0XLXVLHEMJA6C4DQV22UAPCTQUPFHLXM9H8Z3K2E72Q4K9HCZ7VQ54WELL", /needs the bech32m checksum/u],
  ["bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kemeawh", /needs the bech32 checksum/u],
  ["bc1p38j9r5y49hruaue7wxjce0updqjuyyx0kh56v8s25huc6995vvpql3jow4", /checksum does not hold/u],
  ["BC130XLXVLHEMJA6C4DQV22UAPCTQUPFHLXM9H8Z3K2E72Q4K9HCZ7VQ7ZWS8R", /version from 0 to 16/u],
  ["bc1pw5dgrnzv", /too short/u],
  ["bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7v8n0nx0muaewav253zgeav", /program of 41 bytes/u],
  ["BC1QR508D6QEJXTDG4Y5R3ZARVARYV98GJ9P", /program of 16 bytes/u],
  ["bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7v07qwwzcrf", /padding/u],
  ["bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5", /checksum does not hold/u],
  ["bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kV8F3T4", /mixes upper and lower case/u],
  ["tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3q0sl5k7", /belongs to testnet, testnet4, signet/u],
  ["mo9ncXisMeAoXwqcV5EWuyncbmCcQN4rVs", /belongs to testnet, testnet4, signet, regtest/u],
  ["2N2JD6wb56AfK4tfmM6PwdVmoYk2dCKf4Br", /belongs to testnet, testnet4, signet, regtest/u],
  ["1AGNa15ZQXAZUgFiqJ2i7Z2DPU2J6hW62j", /checksum does not hold/u],
  ["1AGNa15ZQXAZUgFiqJ2i7Z2DPU2J6hW62O", /character that no address has/u],
  ["LM2WMpR1Rp6j3Sa59cMXMs1SPzj9eXpGc1", /version 48 is of no known network/u],
  ["5Hwgr3u458GLafKBgxtssHSPqJnYoGrSzgQsPwLFhLNYskDPyyA", /^"…" is not .* it is a private key/u],
  ["", /too short/u],
  ["1".repeat(200), /longer than 90/u],
])("%s is refused on mainnet: %s", (address, why) => {
  expect(() => scriptsOfAddress(mainnet, address)).toThrow(why);
});

test("an address comes back from its script, on its network and on no other prefix", () => {
  const standard = fc.oneof(
    fc.uint8Array({ minLength: 20, maxLength: 20 }).map((hash) => script(`76a914${hash.toHex()}88ac`)),
    fc.uint8Array({ minLength: 20, maxLength: 20 }).map((hash) => script(`a914${hash.toHex()}87`)),
    fc.uint8Array({ minLength: 20, maxLength: 20 }).map((hash) => script(`0014${hash.toHex()}`)),
    fc.uint8Array({ minLength: 32, maxLength: 32 }).map((hash) => script(`0020${hash.toHex()}`)),
    fc.uint8Array({ minLength: 32, maxLength: 32 }).map((key) => script(`5120${key.toHex()}`)),
  );
  fc.assert(
    fc.property(standard, fc.constantFrom(...networkNames), (bytes, name) => {
      const address = addressOfScript(networks[name], bytes)!;
      expect(scriptsOfAddress(networks[name], address)).toEqual([bytes]);
      const other = name === "mainnet" ? testnet : mainnet;
      expect(() => scriptsOfAddress(other, address)).toThrow(/belongs to/u);
    }),
  );
});

test("any text is an address or ends in the typed error; a changed character is always seen", () => {
  const known = ["bc1qcr8te4kr609gcawutmrza0j4xv80jy8z306fyu", "3CMNFxN1oHBc4R1EpboAL5yzHGgE611Xou"];
  fc.assert(
    fc.property(
      fc.string({ maxLength: 100 }),
      fc.constantFrom(...known),
      fc.nat(33),
      fc.string(),
      (text, good, at, other) => {
        const changed = good.slice(0, at) + other.slice(0, 1) + good.slice(at + 1);
        for (const one of [text, changed, `bc1${text}`]) {
          if (one === good) continue;
          expect(() => scriptsOfAddress(mainnet, one)).toThrow(AddressError);
        }
      },
    ),
    { numRuns: 2000 },
  );
});

const mempool = realData("btc-mempool-2024/mempool.tar.gz");
// Names of kinds in Esplora's JSON that have an address.
const esploraKind: Record<string, ScriptKind> = {
  p2pkh: "p2pkh",
  p2sh: "p2sh",
  v0_p2wpkh: "p2wpkh",
  v0_p2wsh: "p2wsh",
  v1_p2tr: "p2tr",
  op_return: "data",
};

test.skipIf(mempool === null)(
  titled("53,456 coins of the mempool have the addresses Esplora gave them", mempool),
  () => {
    const text = execFileSync("tar", ["xzOf", mempool!], { maxBuffer: 1 << 30, encoding: "utf8" });
    const coin =
      /"scriptpubkey": "([0-9a-f]*)",[^{}]*?"scriptpubkey_type": "(\w+)",(?:\s*"scriptpubkey_address": "(\w+)")?/gu;
    let coins = 0;
    for (const [, hex, type, address] of text.matchAll(coin)) {
      const bytes = script(hex!);
      const kind = scriptKind(bytes, 0, bytes.length);
      if (type !== "unknown") expect([kind, hex]).toEqual([esploraKind[type!], hex]);
      expect(addressOfScript(mainnet, bytes)).toBe(address ?? null);
      if (address !== undefined) expect(scriptsOfAddress(mainnet, address)).toEqual([bytes]);
      coins++;
    }
    expect(coins).toBe(33_534 + 19_922);
  },
);
