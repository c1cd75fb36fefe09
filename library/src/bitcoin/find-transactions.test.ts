import fc from "fast-check";
import { expect, test } from "vitest";
import type { SkippedPlace } from "./block-source.ts";
import { transactionId } from "./encode-transaction.ts";
import { blockchainInfoJson, coreText, esploraJson, outputsOf, payment, rawHex } from "./explorer-json.fixture.ts";
import { findTransactions } from "./find-transactions.ts";
import type { FoundTransaction } from "./loose-transaction.ts";
import { networks } from "./networks.ts";
import { settleTransactions } from "./settle-transactions.ts";

const first = payment([], [[1, 5000]]);
const second = payment(
  [`${transactionId(first)}:0`],
  [
    [2, 3000],
    [3, 1000],
  ],
);
const third = payment([`${transactionId(second)}:0`, `${transactionId(second)}:1`], [[4, 4000]]);
const all = [first, second, third];
const outputOf = outputsOf(all);
const index = new Map(all.map((one, j) => [transactionId(one), 70 + j]));
const samples = [
  JSON.stringify(all.map((one, j) => esploraJson(one, outputOf, j))),
  all.map((one) => JSON.stringify(esploraJson(one, outputOf))).join("\n"),
  JSON.stringify({
    address: "x",
    txs: all.map((one, j) => blockchainInfoJson(one, { index: 70 + j, indexOf: (txid) => index.get(txid)!, outputOf })),
  }),
  `{"result":{"merkleroot":"","height":3,"time":4,"tx":[${all.map(coreText).join(",")}]}}`,
  all.map(rawHex).join("\n"),
  JSON.stringify(all.map(rawHex)),
].map((text) => Buffer.from(text));

function readAll(bytes: Uint8Array) {
  const found: FoundTransaction[] = [];
  const skipped: SkippedPlace[] = [];
  findTransactions(bytes, { network: networks.mainnet, name: "f", sha256: "00" }, found, skipped);
  return { ...settleTransactions(found), set: skipped };
}

/** What must hold of anything that is let through, whatever the bytes were. */
function checkSound(bytes: Uint8Array): void {
  const { transactions, skipped, set } = readAll(bytes);
  expect(transactions.length + skipped.length + set.length).toBeGreaterThan(0);
  const spent = new Set<string>();
  for (const { txid, inputs, outputs } of transactions) {
    expect(txid).toMatch(/^[0-9a-f]{64}$/u);
    for (const { value } of outputs) expect(value >= 0n && value <= 2_100_000_000_000_000n).toBe(true);
    for (const { coin } of inputs) {
      expect(spent).not.toContain(coin);
      spent.add(coin);
    }
  }
  for (const { offset, reason } of [...skipped, ...set]) {
    expect(reason.length).toBeGreaterThan(10);
    expect(reason).not.toMatch(/undefined|\[object|\n/u);
    expect(offset === null || (offset >= 0 && offset <= bytes.length)).toBe(true);
  }
}

test("every sample is read whole before it is damaged", () => {
  for (const sample of samples) {
    const { transactions, skipped, set } = readAll(Uint8Array.from(sample));
    expect([transactions.length, skipped, set]).toEqual([3, [], []]);
  }
});

const bytesOfInterest = fc.constantFrom(...Buffer.from('{}[]",:\\0123456789.eE-+ntf \n\u0000\u00ff', "latin1"));
const sample = fc.constantFrom(...samples);

test("damaged samples (bytes changed, cut out, doubled, cut off) are read or set aside, never a crash", () => {
  const edit = fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    kind: fc.constantFrom("set", "cut", "double", "end", "any"),
    byte: bytesOfInterest,
    size: fc.integer({ min: 1, max: 60 }),
  });
  fc.assert(
    fc.property(sample, fc.array(edit, { minLength: 1, maxLength: 6 }), (original, edits) => {
      let bytes: Uint8Array = Uint8Array.from(original);
      for (const { at, kind, byte, size } of edits) {
        const from = Math.floor(at * bytes.length);
        const [head, tail] = [bytes.subarray(0, from), bytes.subarray(from)];
        if (kind === "set") bytes = Buffer.concat([head, Uint8Array.of(byte), tail.subarray(1)]);
        else if (kind === "cut") bytes = Buffer.concat([head, tail.subarray(size)]);
        else if (kind === "double") bytes = Buffer.concat([head, tail.subarray(0, size), tail]);
        else if (kind === "end") bytes = head;
        else bytes = Buffer.concat([head, new Uint8Array(size).fill(byte), tail]);
      }
      checkSound(bytes);
    }),
    { numRuns: 600 },
  );
});

test("samples with values of another kind in a member are read or set aside", () => {
  const value = fc.oneof(
    fc.constantFrom(null, true, -1, 1.5, 2 ** 53, "", "zz", "0", [], {}, [[]], [null], "ab".repeat(32), 4_294_967_296),
    fc.jsonValue(),
  );
  fc.assert(
    fc.property(fc.constantFrom(0, 2, 3), fc.nat(), value, (which, nth, put) => {
      const json: unknown = JSON.parse(samples[which]!.toString());
      let at = 0;
      const count = (JSON.stringify(json).match(/":/gu) ?? []).length;
      const changed = JSON.stringify(json, (key, old: unknown) => {
        if (key === "" || /^\d+$/u.test(key)) return old;
        return at++ === nth % count ? put : old;
      });
      checkSound(Buffer.from(changed));
    }),
    { numRuns: 600 },
  );
});

test("any bytes are read or set aside", () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), checkSound), { numRuns: 300 });
  fc.assert(
    fc.property(fc.array(bytesOfInterest, { maxLength: 300 }), (bytes) => checkSound(Uint8Array.from(bytes))),
    { numRuns: 300 },
  );
});

test("a hundred thousand opening brackets, and as many bad elements, end soon and in few words", () => {
  checkSound(Buffer.alloc(100_000, "["));
  checkSound(Buffer.from('{"tx":'.repeat(50_000)));
  const { set } = readAll(Buffer.from(`[${"7,".repeat(100_000)}7]`));
  expect(set).toHaveLength(1000);
});

test("a coinbase of blockchain.info is one whether it names the outpoint that coinbases have or none", () => {
  const options = { index: 70, indexOf: () => 0, outputOf: () => undefined };
  const json = blockchainInfoJson(first, options);
  const nothing = { n: 0xffff_ffff, script: "", spent: true, tx_index: 0, type: 0, value: 0, spending_outpoints: [] };
  for (const prev_out of [undefined, null, nothing]) {
    const inputs = json.inputs.map((input) => ({ ...input, prev_out }));
    const { transactions, skipped, set } = readAll(Buffer.from(JSON.stringify({ ...json, inputs })));
    expect([...skipped, ...set]).toEqual([]);
    expect(transactions).toMatchObject([{ txid: transactionId(first), inputs: [] }]);
  }
});
