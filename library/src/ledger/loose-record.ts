import type { LooseInput, LooseOutput, LooseTransaction } from "./contract.ts";

interface StoredLoose {
  txid: string;
  height: number | null;
  time: number | null;
  position: number | null;
  inputs: { coin: string; value: string | null; script: string | null }[];
  outputs: { value: string; script: string; spent: LooseOutput["spent"]; alias: string | null }[];
  raw: string | null;
  source: LooseTransaction["source"];
}

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");
const bytesOf = (text: string) => new Uint8Array(Buffer.from(text, "hex"));

/** One telling of a transaction as the store keeps it: JSON, amounts as decimals, bytes as hex. */
export function writeLoose(transaction: LooseTransaction): string {
  const { txid, height, time, position, source } = transaction;
  const stored: StoredLoose = {
    txid,
    height,
    time,
    position,
    inputs: transaction.inputs.map(({ coin, value, script }) => ({
      coin,
      value: value === null ? null : String(value),
      script: script === null ? null : hex(script),
    })),
    outputs: transaction.outputs.map(({ value, script, spent, alias }) => ({
      value: String(value),
      script: hex(script),
      spent: spent === null ? null : { is: spent.is, by: spent.by },
      alias,
    })),
    raw: transaction.raw === null ? null : hex(transaction.raw),
    source: { name: source.name, sha256: source.sha256 },
  };
  return JSON.stringify(stored);
}

export function readLoose(record: string): LooseTransaction {
  const stored = JSON.parse(record) as StoredLoose;
  const inputs: LooseInput[] = stored.inputs.map(({ coin, value, script }) => ({
    coin,
    value: value === null ? null : BigInt(value),
    script: script === null ? null : bytesOf(script),
  }));
  const outputs: LooseOutput[] = stored.outputs.map(({ value, script, spent, alias }) => ({
    value: BigInt(value),
    script: bytesOf(script),
    spent,
    alias,
  }));
  const time = stored.time as LooseTransaction["time"];
  return { ...stored, time, inputs, outputs, raw: stored.raw === null ? null : bytesOf(stored.raw) };
}
