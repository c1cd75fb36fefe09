import { visibleText } from "spoor/evidence";
import { bitcoin, currency, ether, token } from "spoor/money";
import type { End, Traced, Trail } from "spoor/trace";
import { expect, test } from "vitest";
import { trailLines } from "./trail.ts";

const dollar = currency("USD");
const tokens = token(`0x${"0".repeat(38)}d1`, { decimals: 6, symbol: "USDX" });
const assets = [dollar, tokens, ether, bitcoin];
const rules = ["haircut", "fifo"] as const;
const holder = `0x${"1".repeat(37)}abc`;

const traced = (haircut: bigint, fifo: bigint, per: bigint): Traced[] => [
  { rule: "haircut", label: "theft", amount: haircut * per, stolen: haircut },
  { rule: "fifo", label: "theft", amount: fifo * per, stolen: fifo },
];
const end = (of: Partial<End>, said: Traced[]): End => ({
  kind: "unspent",
  ledger: "bank",
  coin: null,
  account: null,
  asset: "USD",
  value: 0n,
  why: "still in the account when the ledger ends",
  traced: said,
  ...of,
});
const noTotals = { unspent: 0n, exits: 0n, fees: 0n, unknown: 0n, notFollowed: 0n, mined: 0n };
const snapshot = { height: null, hash: "0".repeat(64) };

/** 1,000 dollars: some stay in a bank, some became tokens over a link. */
const trail: Trail = {
  id: "7".repeat(64),
  direction: "forward",
  rules,
  ledgers: [
    { name: "bank", kind: "account", network: "bank records", snapshot, partial: true },
    { name: "eth", kind: "account", network: "ethereum", snapshot: { ...snapshot, height: 1200 }, partial: false },
  ],
  seeds: [
    {
      ledger: "bank",
      coin: null,
      account: "GB00TEST00000000000123",
      asset: "USD",
      amount: 100_000n,
      label: "theft",
      transfer: "PAYMENT-1:0",
    },
  ],
  status: "bounded",
  bounds: [{ reason: "hops", label: "theft", rule: "fifo", amount: 1_234n, next: "PAYMENT-2:0" }],
  totals: rules.map((rule) => ({
    label: "theft",
    asset: "USD",
    rule,
    seeded: 100_000n,
    ...noTotals,
    unspent: 100_000n,
  })),
  ends: [
    end({ account: "GB00TEST00000000000123" }, traced(30_000n, 20_000n, 1n)),
    end({ ledger: "eth", account: holder, asset: tokens.id }, traced(70_000n, 80_000n, 10_000n)),
  ],
  movements: [],
  links: [
    {
      id: "one",
      kind: "otc",
      basis: "declared",
      confidence: 0.7,
      source: "links.csv",
      from: {
        ledger: "bank",
        transactions: ["P"],
        coins: [],
        account: "7781234@TESTHKHH",
        asset: "USD",
        amount: 80_000n,
      },
      to: { ledger: "eth", transactions: ["0x1"], coins: [], account: holder, asset: tokens.id, amount: 800_000_000n },
      followed: true,
      why: null,
      traced: traced(70_000n, 80_000n, 1n),
    },
  ],
  alternatives: [
    {
      assumption: "openings-unlimited",
      what: "with clean value without limit",
      totals: [],
      differences: [
        {
          kind: "unspent",
          ledger: "bank",
          coin: null,
          account: "GB00TEST00000000000123",
          asset: "USD",
          rule: "fifo",
          label: "theft",
          stolen: 20_000n,
          otherwise: 25_000n,
        },
      ],
    },
  ],
};

test("through accounts a trail is told in its own assets, with what they stand for, links and assumptions", () => {
  expect(
    trailLines(trail, [{ account: holder, label: "Desk", source: "t.csv" }], assets).join("\n"),
  ).toBe(`Trail 7777777777777777 forward in bank (bank records, partial), eth (ethereum) at height 1,200: bounded
From 1 transfer, 1,000.00 USD as "theft"; 0 movements, 0 hops deep

stolen in  rule       seeded      held
─────────  ───────  ────────  ────────
USD        haircut  1,000.00  1,000.00
USD        fifo     1,000.00  1,000.00

The 2 conserved rules agree on 0 ends, differ on 2.
They differ most on:
  700.000000 (haircut) to 800.000000 USDX (0x0000…00d1) (fifo) held at 0x1111…1abc ("Desk" according to t.csv)
  200.00 (fifo) to 300.00 USD (haircut) held at GB00 TEST 0000 0000 0001 23

It met 1 link and followed 1. Each holds as far as its source is right.
  otc (declared, confidence 0.7, according to links.csv): followed; 700.00 – 800.00 USD stolen went over it
    800.00 USD at 7781234@TESTHKHH of bank → 800.000000 USDX (0x0000…00d1) at 0x1111…1abc of eth

end                                       amount           for stolen  where and why it ends
────  ──────────────────────────────────────────  ───────────────────  ─────────────────────
held  700.000000 – 800.000000 USDX (0x0000…00d1)  700.00 – 800.00 USD  eth: 0x1111…1abc ("Desk" according to t.csv): \
still in the account when the ledger ends
held                         200.00 – 300.00 USD  200.00 – 300.00 USD  bank: GB00 TEST 0000 0000 0001 23: \
still in the account when the ledger ends

If accounts held more before the ledger begins, 1 end would change:
  held at GB00 TEST 0000 0000 0001 23: fifo between 200.00 and 250.00 USD stolen

Bounded: this was not followed.
  fifo "theft": 12.34 USD because of --budget hops; raise that, or go on from PAYMENT-2:0 (the first)

A trail shows where value went. It does not show who is guilty.`);
});

test("where value is still in the stolen asset, an amount stands for itself", () => {
  const [held] = trail.ends;
  const lines = trailLines({ ...trail, ends: [held!], links: [], ledgers: trail.ledgers.slice(0, 1) }, [], assets);
  expect(lines.find((line) => line.startsWith("end"))).not.toContain("for stolen");
  expect(lines).toContain(
    "held  200.00 – 300.00 USD  GB00 TEST 0000 0000 0001 23: still in the account when the ledger ends",
  );
});

test.each(["\u001b[31m\u0007", "\u202eevil", "zero\u200bwidth", "\ud800"])(
  "%j cannot change what is around it on a terminal",
  (text) => {
    const side = { ...trail.links[0]!.from, ledger: text, account: text, asset: text };
    const poisoned: Trail = {
      ...trail,
      ledgers: trail.ledgers.map((ledger) => ({ ...ledger, name: text })),
      bounds: trail.bounds.map((bound) => ({ ...bound, label: text, next: text })),
      totals: trail.totals.map((total) => ({ ...total, label: text, asset: text })),
      ends: trail.ends.map((one) => ({ ...one, ledger: text, account: text, asset: text, why: text })),
      links: trail.links.map((link) => ({ ...link, source: text, from: side, to: side, followed: false, why: text })),
      alternatives: trail.alternatives.map((one) => ({
        ...one,
        differences: one.differences.map((difference) => ({ ...difference, account: text, asset: text, label: text })),
      })),
    };
    const tags = [{ account: text, label: text, source: text }];
    const known = [...assets, { id: text, decimals: 2, units: { [text]: 2 }, symbol: text }];
    for (const asked of [assets, known]) {
      for (const line of trailLines(poisoned, tags, asked)) expect(visibleText(line)).toBe(line);
    }
  },
);
