import { expect, test } from "vitest";
import { parseInstant } from "../money/instant.ts";
import { madeAccounts } from "./account-case.fixture.ts";
import { type JointCase, requestOf } from "./joint-case.ts";
import type { FoundLink } from "./link-sides.ts";
import type { Theft } from "./theft.ts";

const theft: Theft = {
  data: "",
  ledgers: ["bank", "chain"],
  seeds: [],
  rules: "all",
  direction: "forward",
  stops: [],
  budget: {},
  followFees: false,
};

/** A payment in one ledger, one in another, and a link from the first to the second. */
async function caseOf(given: string | null, received: string | null): Promise<JointCase> {
  const at = (time: string | null) => (time === null ? null : parseInstant(time));
  const ledgers = [
    await madeAccounts("bank", { pay: ["mule>broker 500 USD"] }, {}, at(given)),
    await madeAccounts("chain", { payout: ["broker>thief 490 T"] }, {}, at(received)),
  ];
  const stops = ledgers.map(() => ({ bits: null, reasons: new Map(), tags: [], absent: [] }));
  const side = (ledger: string) => ({ ledger, transactions: [], coins: [], account: null, asset: "T", amount: 1n });
  const link: FoundLink = {
    link: {
      id: "l",
      kind: "otc",
      basis: "declared",
      confidence: 1,
      source: "s",
      from: side("bank"),
      to: side("chain"),
    },
    from: { part: 0, ids: [0] },
    to: { part: 1, ids: [0] },
    amount: null,
    nets: new Map(),
  };
  return { theft, rules: ["fifo"], ledgers, stops, stopHeight: null, seeds: [], links: [link] };
}

test.each([
  ["2024-01-05T10:00Z", "2024-01-05T11:00Z", null],
  ["2024-01-05T10:00Z", null, null],
  [null, null, null],
  ["2024-01-06T10:00Z", "2023-05-02T10:00Z", "what it leads to happened before what it begins with"],
])("a link from %s to %s: %s", async (given, received, why) => {
  const { links, request } = requestOf(await caseOf(given, received), { order: "as-listed", openings: "least" });
  expect(links.map((one) => one.why)).toEqual([why]);
  expect(request.links.length).toBe(why === null ? 1 : 0);
});

test("what a giver got back in the transaction is taken off, where the link is followed", async () => {
  const jointCase = await caseOf(null, null);
  const [link] = jointCase.links;
  const netted = { ...jointCase, links: [{ ...link!, nets: new Map([[0, 420n]]) }] };
  const amounts = (of: JointCase, confidenceMin: number) => {
    const asked = { ...of, theft: { ...theft, links: { files: [], confidenceMin } } };
    const [part] = requestOf(asked, { order: "as-listed", openings: "least" }).request.parts;
    return part?.kind === "account" ? Array.from(part.columns.transferAmount, Number) : [];
  };
  expect(amounts(netted, 0.5)).toEqual([420]);
  const doubtful = { ...netted, links: [{ ...netted.links[0]!, link: { ...link!.link, confidence: 0.2 } }] };
  expect(amounts(doubtful, 0.5)).toEqual([500]);
});
