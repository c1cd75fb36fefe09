import { expect, test } from "vitest";
import { traceJoint } from "../trace/trace-joint.ts";
import { madeAccounts } from "./account-case.fixture.ts";
import { declareLink } from "./declared-links.ts";
import { type Assumptions, type CaseSeed, type JointCase, requestOf } from "./joint-case.ts";
import { placeDeclaredLinks } from "./link-sides.ts";
import { seedAccounts } from "./seed-accounts.ts";
import { refuseSeedsOfNobody } from "./seeds-of-nobody.ts";
import type { Theft } from "./theft.ts";

const theft: Theft = {
  data: "",
  ledgers: ["old", "new"],
  seeds: [],
  rules: "all",
  direction: "forward",
  stops: [],
  budget: {},
  followFees: false,
};
const asListed: Assumptions = { order: "as-listed", openings: "least" };

interface Asked {
  readonly seed: string;
  readonly of?: "old" | "new";
  readonly direction?: Theft["direction"];
  /** None where it is null. */
  readonly confidence: string | null;
}

/** Tokens are burnt in one ledger, and others are made for them in another one. */
async function caseOf({ seed, of = "old", direction = "forward", confidence }: Asked): Promise<JointCase> {
  const ledgers = [
    await madeAccounts("old", {
      pay: ["victim>thief 500 USD"],
      burn: ["thief>gone 1 USD fee", "thief> 400 USD"],
      swap: ["thief> 20 USD", "pool>thief 19 EUR"],
    }),
    await madeAccounts("new", { mint: [">thief2 390 EUR"] }),
  ];
  const part = of === "old" ? 0 : 1;
  const found = (await seedAccounts(ledgers[part]!, seed, [])) ?? [];
  const seeds = found.map((one): CaseSeed => ({ part, kind: "account", seed: one }));
  const text = { from: "old/burn", to: "new/mint", kind: "bridge", basis: "declared", source: "s" };
  const declared = confidence === null ? [] : [declareLink({ ...text, confidence })];
  const links = await placeDeclaredLinks(ledgers, declared);
  const stops = ledgers.map(() => ({ bits: null, reasons: new Map(), tags: [], absent: [] }));
  return { theft: { ...theft, direction }, rules: ["fifo"], ledgers, stops, stopHeight: null, seeds, links };
}

async function traced(asked: Asked) {
  const jointCase = await caseOf(asked);
  const made = requestOf(jointCase, asListed);
  await refuseSeedsOfNobody(jointCase, made);
  return traceJoint(made.request).rules[0]!;
}

test("a transaction that burns and brings nobody anything is what it burns, and goes over its link", async () => {
  const { ends, carried, totals } = await traced({ seed: "burn=300", confidence: "0.9" });
  expect(carried).toEqual([[{ label: 0, amount: 300n, stolen: 300n }]]);
  expect(ends.map(({ part, reason, traced: of }) => [part, reason, of[0]!.stolen])).toEqual([[1, "not-covered", 300n]]);
  expect(totals[0]!.seeded).toBe(300n);
});

test("backward, what a bridge made leads to who burnt for it", async () => {
  const { ends } = await traced({ seed: "mint", of: "new", direction: "backward", confidence: "0.9" });
  expect(ends.map(({ part, reason, traced: of }) => [part, reason, of[0]!.stolen])).toEqual([[0, "opening", 390n]]);
});

test.each<[string, Asked, RegExp]>([
  [
    "no link",
    { seed: "burn", confidence: null },
    /old\/burn:1 is 4\.00 USD that thief burnt: .*no link .*begins.*link add old\/burn:1 LEDGER.*seed what thief had/u,
  ],
  ["of another transfer", { seed: "swap:0", confidence: "1" }, /old\/swap:0 is 0\.20 USD that thief burnt: .*no link/u],
  [
    "a link that is not followed",
    { seed: "burn", confidence: "0.2" },
    /the link [0-9a-f]+ is not followed: its confidence 0\.2 is below.*--link-confidence/u,
  ],
  [
    "no link, backward",
    { seed: "mint", of: "new", direction: "backward", confidence: null },
    /new\/mint:0 is 3\.90 EUR that were made for thief2: nobody paid.*LEDGER\/TRANSACTION:N new\/mint:0/u,
  ],
])("a seed of nobody's with %s is refused, with what to do", async (_, asked, message) => {
  await expect(traced(asked)).rejects.toThrow(message);
  await expect(traced(asked)).rejects.toMatchObject({ code: "cases/seed-burnt", kind: "input" });
});

test("a link leads to what a transaction brings, never to what it burns", async () => {
  const { ledgers } = await caseOf({ seed: "burn", confidence: null });
  const wrong = declareLink({
    from: "new/mint",
    to: "old/burn",
    kind: "bridge",
    basis: "",
    confidence: "",
    source: "s",
  });
  await expect(placeDeclaredLinks(ledgers, [wrong])).rejects.toThrow(/no such transfer of value/u);
});

test("a transaction that brings something is that, also where it burns another asset", async () => {
  const { seeds } = await caseOf({ seed: "swap", confidence: null });
  expect(seeds.map(({ seed }) => seed)).toMatchObject([{ asset: "EUR" }]);
  const [old] = (await caseOf({ seed: "swap", confidence: null })).ledgers;
  const inDollars = old?.kind === "account" ? await seedAccounts(old, "swap", ["USD"]) : null;
  expect(inDollars).toMatchObject([{ asset: "USD", at: { transfer: { to: null, amount: 20n } } }]);
});
