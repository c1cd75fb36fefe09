import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Transaction as Reference } from "bitcoinjs-lib";
import fc from "fast-check";
import { expect, test } from "vitest";
import { DecodeError } from "../errors/bitcoin.ts";
import { decodeTransaction } from "./decode-transaction.ts";
import { encodeTransaction, transactionId, witnessTransactionId } from "./encode-transaction.ts";
import { realData, titled } from "./real-data.fixture.ts";
import { isCoinbase, type Transaction } from "./transaction.ts";

// The first payment of the chain, in block 170.
const firstPayment =
  "0100000001c997a5e56e104102fa209c6a852dd90660a20b2d9c352423edce25857fcd3704000000004847304402204e45e16932b8af514961" +
  "a1d3a1a25fdf3f4f7732e9d624c6c61548ab5fb8cd410220181522ec8eca07de4860a4acdd12909d831cc56cbbac4622082221a8768d1d0901" +
  "ffffffff0200ca9a3b00000000434104ae1a62fe09c5f51b13905f07f06b99a2f7159b2225f374cd378d71302fa28414e7aab37397f554a7df" +
  "5f142c21c1b7303b8a0626f1baded5c72a704f7e6cd84cac00286bee0000000043410411db93e1dcdb8a016b49840f8c53bc1eb68a382e97b1" +
  "482ecad7b148a6909a5cb2e0eaddfb84ccf9744464f82e160bfa9b8b64f9d4c03f999b8643f656b412a3ac00000000";

test("the first payment decodes, with its txid", () => {
  const bytes = Uint8Array.fromHex(firstPayment);
  const transaction = decodeTransaction(bytes);
  expect(transactionId(transaction)).toBe("f4184fc596403b9d638783cf57adfe4c75c605f6356fbc91338530e9831e9e16");
  expect(transaction.inputs.map(({ txid, vout }) => `${txid}:${vout}`)).toEqual([
    "0437cd7f8525ceed2324359c2d0ba26006d92d856a9c20fa0241106ee5a597c9:0",
  ]);
  expect(transaction.outputs.map(({ value }) => value)).toEqual([1_000_000_000n, 4_000_000_000n]);
  expect(isCoinbase(transaction)).toBe(false);
  expect(encodeTransaction(transaction)).toEqual(bytes);
});

const bytesOf = (maxLength: number) => fc.uint8Array({ maxLength });
const randomTransaction: fc.Arbitrary<Transaction> = fc.record({
  version: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
  inputs: fc.array(
    fc.record({
      // Not all zeros: bitcoinjs-lib gives a coinbase no wtxid.
      txid: bytesOf(31).map((bytes) => `01${bytes.toHex().padStart(62, "0")}`),
      vout: fc.nat(2 ** 32 - 1),
      scriptSig: bytesOf(300),
      sequence: fc.nat(2 ** 32 - 1),
      witness: fc.array(bytesOf(300), { maxLength: 3 }),
    }),
    { minLength: 1, maxLength: 4 },
  ),
  outputs: fc.array(fc.record({ value: fc.bigInt({ min: 0n, max: 2n ** 48n }), script: bytesOf(300) }), {
    minLength: 1,
    maxLength: 4,
  }),
  locktime: fc.nat(2 ** 32 - 1),
});

test("random transactions come back, and bitcoinjs-lib gives them the same bytes and ids", () => {
  fc.assert(
    fc.property(randomTransaction, (transaction) => {
      const bytes = encodeTransaction(transaction);
      expect(decodeTransaction(bytes)).toEqual(transaction);
      const reference = Reference.fromBuffer(bytes);
      expect(new Uint8Array(reference.toBuffer())).toEqual(bytes);
      expect(transactionId(transaction)).toBe(reference.getId());
      expect(witnessTransactionId(transaction)).toBe(new Uint8Array(reference.getHash(true)).reverse().toHex());
    }),
    { numRuns: 200 },
  );
});

test("a transaction that ends anywhere too early, or has one byte more, is refused", () => {
  fc.assert(
    fc.property(randomTransaction, fc.nat(), (transaction, at) => {
      const bytes = encodeTransaction(transaction);
      expect(() => decodeTransaction(bytes.subarray(0, at % bytes.length))).toThrow(DecodeError);
      const longer = new Uint8Array(bytes.length + 1);
      longer.set(bytes);
      expect(() => decodeTransaction(longer)).toThrow(/left over/u);
    }),
    { numRuns: 200 },
  );
});

test("random and damaged bytes end in the typed error, or in a transaction that serialises to the same bytes", () => {
  fc.assert(
    fc.property(
      randomTransaction,
      fc.nat(),
      fc.uint8Array({ minLength: 1, maxLength: 9 }),
      (transaction, at, noise) => {
        const bytes = encodeTransaction(transaction);
        bytes.set(noise.subarray(0, bytes.length - (at % bytes.length)), at % bytes.length);
        for (const damaged of [bytes, noise]) {
          try {
            expect(encodeTransaction(decodeTransaction(damaged))).toEqual(damaged);
          } catch (error) {
            if (!(error instanceof DecodeError)) throw error;
          }
        }
      },
    ),
    { numRuns: 2000 },
  );
});

test.each([
  ["no inputs", "01000000 00 00 00000000", /no inputs/u],
  ["no outputs", `01000000 01 ${"00".repeat(36)} 00 ffffffff 00 00000000`, /no outputs/u],
  ["flag 2", "01000000 00 02 01", /unknown flag/u],
  [
    "witnesses announced and none there",
    `01000000 0001 01 ${"00".repeat(36)} 00 ffffffff 01 0000000000000000 00 00 00000000`,
    /announces witnesses and has none/u,
  ],
  ["a size in three bytes that fits one", `01000000 fd0100 ${"00".repeat(80)}`, /shortest form/u],
  ["a size in five bytes that fits three", `01000000 feffff0000 ${"00".repeat(80)}`, /shortest form/u],
  ["a size of nine bytes", `01000000 ffffffffffffffffff ${"00".repeat(80)}`, /over 4 GB/u],
  ["a count beyond the bytes", `01000000 feffffff7f ${"00".repeat(80)}`, /more than its bytes can hold/u],
  [
    "an output over 21 million BTC",
    `01000000 01 ${"00".repeat(36)} 00 ffffffff 01 0140075af0750700 00 00000000`,
    /21 million/u,
  ],
  [
    "outputs that add up to over 21 million BTC",
    `01000000 01 ${"00".repeat(36)} 00 ffffffff 02 0040075af0750700 00 0100000000000000 00 00000000`,
    /add up to more than 21 million/u,
  ],
])("%s: refused", (_, hex, why) => {
  expect(() => decodeTransaction(Uint8Array.fromHex(hex.replaceAll(" ", "")))).toThrow(why);
});

test.each([
  [{ locktime: -1 }, /locktime/u],
  [{ version: 2 ** 32 }, /version/u],
  [{ inputs: [] }, /inputs is empty/u],
  [{ outputs: [{ value: -1n, script: new Uint8Array(0) }] }, /value/u],
])("a field that does not fit is named: %o", (change, why) => {
  const transaction = { ...decodeTransaction(Uint8Array.fromHex(firstPayment)), ...change };
  expect(() => encodeTransaction(transaction)).toThrow(why);
});

const mempool = realData("btc-mempool-2024/mempool.tar.gz");

test.skipIf(mempool === null)(titled("8,131 mainnet transactions re-serialise to their names", mempool), () => {
  const folder = mkdtempSync(join(tmpdir(), "spoor-mempool-"));
  try {
    execFileSync("tar", ["xzf", mempool!, "-C", folder]);
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".json"));
    expect(files.length).toBe(8131);
    for (const file of files) {
      const txid = transactionId(esploraTransaction(JSON.parse(readFileSync(join(folder, file), "utf8"))));
      const name = createHash("sha256").update(Uint8Array.fromHex(txid)).digest("hex");
      expect(file.endsWith(`${name}.json`)).toBe(true);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});

interface EsploraJson {
  version: number;
  locktime: number;
  vin: { txid: string; vout: number; scriptsig: string; sequence: number; witness?: string[] }[];
  vout: { value: number; scriptpubkey: string }[];
}

function esploraTransaction(json: EsploraJson): Transaction {
  return {
    version: json.version,
    inputs: json.vin.map((input) => ({
      txid: input.txid,
      vout: input.vout,
      scriptSig: Uint8Array.fromHex(input.scriptsig),
      sequence: input.sequence,
      witness: (input.witness ?? []).map((item) => Uint8Array.fromHex(item)),
    })),
    outputs: json.vout.map((output) => ({
      value: BigInt(output.value),
      script: Uint8Array.fromHex(output.scriptpubkey),
    })),
    locktime: json.locktime,
  };
}
