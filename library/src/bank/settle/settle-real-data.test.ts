import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readBankCsv } from "../csv/read-csv.ts";
import { readIso20022 } from "../iso20022/read-iso20022.ts";
import type { BankRecord } from "../record.ts";
import { readTgz } from "../tar.fixture.ts";
import { accountTellings } from "../transfer.ts";
import { settleRecords } from "./settle-records.ts";
import { wholeOf } from "./told.fixture.ts";

const data = join(import.meta.dirname, "../../../../../shared/data");
const iso = join(data, "bank-iso20022");
const amlsim = join(data, "bank-amlsim");

test.skipIf(!existsSync(iso))(
  "sample messages that share six UETRs are kept apart where they must be, in any order (../shared/data/bank-iso20022)",
  async () => {
    const records: BankRecord[] = [];
    for (const file of readdirSync(iso).filter((name) => name.endsWith(".xml"))) {
      const bytes = readFileSync(join(iso, file));
      const sha256 = createHash("sha256").update(bytes).digest("hex");
      for await (const batch of readIso20022([bytes], { file, sha256 })) records.push(...batch.records);
    }
    const settled = settleRecords(records);
    expect(wholeOf(settleRecords([...records].reverse()))).toEqual(wholeOf(settled));
    const { payments } = settled;
    expect(new Set(payments.map(({ key }) => key)).size).toBe(payments.length);
    // Scenario 1: a payment of 1,510,000.74 dollars, asked back, and given back.
    const uetr = "8a562c67-ca16-48ba-b074-65581be6f011";
    const payment = payments.find(({ transfers }) => transfers[0]!.amount === 151_000_074n)!;
    expect(payment.key.startsWith(uetr)).toBe(true);
    expect(payments.find(({ returns }) => returns === payment.key)).toMatchObject({
      transfers: [{ from: payment.transfers[0]!.to, to: payment.transfers[0]!.from, amount: 151_000_074n }],
    });
    expect(settled.recalls.find((one) => one.payment === payment.key)!.state).toBe("returned");
  },
);

test.skipIf(!existsSync(amlsim))(
  "AMLSim's transfers are as many payments, and every account has an opening (../shared/data/bank-amlsim)",
  async () => {
    const files = readTgz(join(amlsim, "20K_fanin200.tgz"));
    const records: BankRecord[] = [];
    for (const [path, bytes] of files) {
      if (!/(?:nodes|transactions)\.csv$/u.test(path)) continue;
      const sha256 = createHash("sha256").update(bytes).digest("hex");
      for await (const batch of readBankCsv([bytes], null, { file: path, sha256 })) records.push(...batch.records);
    }
    const settled = settleRecords(records);
    const orders = records.filter(({ kind }) => kind === "order").length;
    expect(settled.payments).toHaveLength(orders);
    expect(settled.openings).toHaveLength(records.filter(({ kind }) => kind === "statement").length);
    expect(settled.problems).toEqual([]);
    expect(accountTellings(settled).transfers).toHaveLength(orders);
  },
);
