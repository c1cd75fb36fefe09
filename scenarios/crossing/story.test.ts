import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  type AccountIngest,
  ingestBank,
  ingestBitcoin,
  ingestEthereum,
  type TracedTheft,
  traceTheft,
} from "../../library/src/cases/index.ts";
import type { End, EndKind, Rule, Trail } from "../../library/src/trace/index.ts";

const folder = import.meta.dirname;
const story = JSON.parse(readFileSync(join(folder, "story.json"), "utf8")) as {
  stolen: string;
  seeds: string[];
  happened: { time: string; ledger: string; transaction: string; what: string }[];
  accounts: Record<"victim" | "corvane" | "petrel" | "ilvesta" | "lanternfish", string>;
  ethereum: Record<"otc" | "rival" | "swap" | "lock" | "token", string> & { addresses: Record<string, string> };
  bitcoin: { change: string; addresses: Record<string, string> };
};
const { accounts } = story;
const onEther = story.ethereum.addresses;
const onBitcoin = story.bitcoin.addresses;
const stolen = BigInt(story.stolen);
const conserved = ["haircut", "fifo", "lifo", "dirty-first", "clean-first"] as const;
type Conserved = (typeof conserved)[number];

let data: string;
let bank: AccountIngest;
let ether: AccountIngest;
let forward: TracedTheft;

const theft = (over: Partial<Parameters<typeof traceTheft>[0]> = {}) =>
  traceTheft({
    data,
    ledgers: ["bank", "chain", "coins"],
    seeds: story.seeds,
    rules: "all",
    direction: "forward",
    stops: [],
    tagFiles: [join(folder, "tags.csv")],
    links: { files: [join(folder, "links.csv")] },
    budget: {},
    followFees: false,
    ...over,
  });

beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), "spoor-crossing-"));
  const mapping = join(folder, "mapping.yaml");
  bank = await ingestBank({ data, ledger: "bank", files: [join(folder, "bank")], mapping });
  const files = [join(folder, "ethereum")];
  ether = await ingestEthereum({ data, ledger: "chain", from: { kind: "files", files, network: "eip155:31337" } });
  const path = join(folder, "bitcoin", "blk00000.dat");
  await ingestBitcoin({ data, ledger: "coins", from: { kind: "blocks", path, network: null, overlay: 0 } });
  forward = await theft();
});
afterAll(() => rmSync(data, { recursive: true, force: true }));

/** What ends at an account under a rule, in cents of what was stolen. */
function stolenAt(trail: Trail, account: string, rule: Rule, kinds?: readonly EndKind[]): bigint {
  return trail.ends
    .filter((end) => end.account === account && (kinds === undefined || kinds.includes(end.kind)))
    .flatMap(({ traced }) => traced)
    .filter((part) => part.rule === rule)
    .reduce((sum, part) => sum + part.stolen, 0n);
}

const sumOf = (ends: readonly End[], rule: Rule) =>
  ends
    .flatMap(({ traced }) => traced.filter((part) => part.rule === rule))
    .reduce((sum, part) => sum + part.stolen, 0n);

describe("the files", () => {
  test("are small, and everything in them is read", () => {
    const bytes = readdirSync(folder, { recursive: true, encoding: "utf8" })
      .map((name) => statSync(join(folder, name)))
      .reduce((sum, stat) => sum + (stat.isFile() ? stat.size : 0), 0);
    expect(bytes).toBeLessThan(300_000);
    expect([...bank.skipped, ...ether.skipped]).toEqual([]);
    expect(ether.summary.missing).toEqual([]);
  });

  test("the bank's statements add up, the cover is no payment of its own, and the recall brought money back", () => {
    expect(bank.bank!.statements).toHaveLength(6);
    expect(bank.bank!.statements.map(({ difference }) => difference)).toEqual(Array(6).fill(0n));
    expect(bank.bank!.unsettled).toEqual([]);
    expect(bank.bank!.problems).toEqual([]);
    expect(bank.bank!.recalls).toMatchObject([{ payment: story.seeds[1]!.slice("bank/".length), state: "returned" }]);
    // Three forged payments, one back, two to the broker, two of cash, and two of others.
    expect(bank.summary.transactions).toBe(10);
  });

  test("what happened is told in order, and stands in the ledgers", () => {
    const times = story.happened.map(({ time }) => time);
    expect(times).toEqual([...times].sort());
    const moved = new Set(Array.from(forward.trail.movements, ({ transaction }) => transaction));
    for (const link of forward.trail.links) for (const id of link.from.transactions) moved.add(id);
    const told = story.happened.filter(({ what }) => !what.includes("clean") && !what.includes("sweeps"));
    const seeds = new Set(story.seeds.map((seed) => seed.slice("bank/".length)));
    for (const { transaction, what } of told)
      expect([what, seeds.has(transaction) || moved.has(transaction)]).toEqual([what, true]);
  });
});

describe("where the money went", () => {
  test("under every rule but poison all 900,000.00 EUR are accounted for, to the cent", () => {
    const { totals, seeds, status } = forward.trail;
    expect(status).toBe("complete");
    expect(seeds.reduce((sum, { amount }) => sum + amount, 0n)).toBe(stolen);
    expect(totals.map(({ rule }) => rule)).toEqual(["poison", ...conserved]);
    for (const { rule, asset, seeded, unspent, exits, fees, unknown, notFollowed, mined } of totals) {
      expect([asset, seeded, notFollowed, mined]).toEqual(["EUR", stolen, 0n, 0n]);
      if (rule === "poison") continue;
      expect([rule, unspent + exits + fees + unknown]).toEqual([rule, stolen]);
      expect([rule, sumOf(forward.trail.ends, rule)]).toEqual([rule, stolen]);
    }
  });

  test.each(conserved)("%s: what was returned is back on the account it was taken from, all of it", (rule) => {
    expect(stolenAt(forward.trail, accounts.victim, rule)).toBe(15_000_000n);
    expect(stolenAt(forward.trail, accounts.petrel, rule)).toBe(0n);
  });

  // Corvane held 1,250.40 of its own when 300,000.00 came, and paid out 240,000.00, 15,000.00 and 25,000.00 in cash.
  // Ilvesta held 800.00 when 450,000.00 came, and paid out 360,000.00. First in, first out pays one's own first, and so
  // does clean-first; the other two pay what came last, or the loot, and leave one's own. By haircut each payment takes
  // 300,000.00 of 301,250.40 parts, and 450,000.00 of 450,800.00, rounded down to the cent: what was left over stays.
  test.each<[Conserved, bigint, bigint, bigint, bigint]>([
    ["fifo", 2_125_040n, 4_000_000n, 9_080_000n, 59_794_960n],
    ["clean-first", 2_125_040n, 4_000_000n, 9_080_000n, 59_794_960n],
    ["lifo", 2_000_000n, 4_000_000n, 9_000_000n, 60_000_000n],
    ["dirty-first", 2_000_000n, 4_000_000n, 9_000_000n, 60_000_000n],
    ["haircut", 2_116_221n, 3_983_396n, 9_063_887n, 59_836_496n],
  ])("%s: what stays with the mules, what is cash, and what the broker got", (rule, corvane, cash, ilvesta, otc) => {
    const { trail } = forward;
    expect(stolenAt(trail, accounts.corvane, rule)).toBe(corvane);
    expect(stolenAt(trail, accounts.ilvesta, rule)).toBe(ilvesta);
    const withdrawn = trail.ends.filter(({ kind, account }) => {
      return kind === "unknown" && account?.startsWith("unknown-payee@") === true;
    });
    expect(sumOf(withdrawn, rule)).toBe(cash);
    expect(stolenAt(trail, accounts.lanternfish, rule)).toBe(0n);
    const link = trail.links.find(({ kind, followed }) => kind === "otc" && followed)!;
    expect(link.traced.find((part) => part.rule === rule)!.stolen).toBe(otc);
    expect(corvane + cash + ilvesta + otc + 15_000_000n).toBe(stolen);
  });

  test("the exchange got Tern dollars and bitcoin", () => {
    const { trail } = forward;
    const exits = trail.ends.filter(({ kind, ledger }) => kind === "exit" && ledger !== "bank");
    const exchange = [...Object.entries(onEther), ...Object.entries(onBitcoin)]
      .filter(([holder]) => holder.startsWith("Pelican Exchange deposit"))
      .map(([, address]) => address);
    for (const { account } of exits) expect(exchange).toContain(account);
    // Where all of the 648,000 are loot, 148,000 of them stand for 137,037.03 EUR, at 1.08. First in, first out 864 of
    // them are the 800.00 EUR that were Ilvesta's own: they lie behind what Corvane's payment gave.
    expect(stolenAt(trail, onEther["Pelican Exchange deposit 1"]!, "lifo")).toBe(13_703_703n);
    expect(stolenAt(trail, onEther["Pelican Exchange deposit 1"]!, "fifo")).toBe(13_623_703n);
    // First in, first out: the merged coin begins with 6 clean bitcoin, so that the first deposit of 7.25 is clean.
    const [first, second] = [onBitcoin["Pelican Exchange deposit 7"]!, onBitcoin["Pelican Exchange deposit 8"]!];
    expect(stolenAt(trail, first, "fifo")).toBe(0n);
    const amount = (account: string, rule: Rule) =>
      trail.ends.find((end) => end.account === account)!.traced.find((part) => part.rule === rule)?.amount ?? 0n;
    expect(amount(second, "fifo")).toBe(400_000_000n);
    expect(amount(first, "dirty-first")).toBe(725_000_000n);
    for (const rule of conserved) {
      const held = trail.ends.find(({ coin }) => coin === story.bitcoin.change)!;
      expect(held.kind).toBe("unspent");
      expect(held.value).toBe(724_970_000n);
      expect(held.traced.find((part) => part.rule === rule)!.amount).toBeLessThanOrEqual(724_970_000n);
    }
  });

  test("nothing traced is at the bridge, the broker or beyond the exchange's deposits", () => {
    const beyond = ["Fulmar Bridge", "Lanternfish OTC desk", "Pelican Exchange hot wallet", "townspeople b"];
    for (const rule of conserved) {
      for (const holder of beyond)
        expect([holder, stolenAt(forward.trail, onEther[holder]!, rule)]).toEqual([holder, 0n]);
      expect(stolenAt(forward.trail, onBitcoin["Pelican Exchange wallet"]!, rule)).toBe(0n);
    }
  });
});

describe("links", () => {
  test("the swap was found with its refund left aside, and the wrapping of ether both ways", () => {
    const found = forward.trail.links.filter(({ source }) => source.startsWith("ethereum/net-flow"));
    expect(found.map(({ kind }) => kind).sort()).toEqual(["swap", "wrap", "wrap"]);
    const { from, to } = found.find(({ kind }) => kind === "swap")!;
    expect(from.transactions).toEqual([story.ethereum.swap]);
    expect([from.account, to.account]).toEqual([onEther["thief swap"], onEther["thief swap"]]);
    // 10,800,000 tokens against 6,000 ether, 0.3 % for the pool: 200 ether cost
    // floor(10,800,000,000,000 · 200 · 1000 / (5800 · 997)) + 1 millionths; 380,000 were sent in.
    expect(from.amount).toBe((10_800_000_000_000n * 200n * 1000n) / (5800n * 997n) + 1n);
    expect(to).toMatchObject({ asset: "ETH", amount: 200n * 10n ** 18n });
  });

  test("the rival of the broker's link is listed with the reason, and nothing follows it", () => {
    const brokers = forward.trail.links.filter(({ kind }) => kind === "otc");
    expect(brokers.map(({ confidence, followed }) => [confidence, followed])).toEqual([
      [0.7, true],
      [0.6, false],
    ]);
    expect(brokers[1]!.to.transactions).toEqual([story.ethereum.rival]);
    expect(brokers[1]!.why).toContain(brokers[0]!.id);
    expect(forward.trail.ends.map(({ account }) => account)).not.toContain(onEther["townspeople a"]);
  });

  test("asked for more confidence than the broker's link has, the trail ends at the broker", async () => {
    const { trail } = await theft({
      links: { files: [join(folder, "links.csv")], confidenceMin: 0.8 },
      rules: ["fifo"],
    });
    expect(stolenAt(trail, accounts.lanternfish, "fifo", ["exit"])).toBe(59_794_960n);
    expect(trail.ends.every(({ ledger }) => ledger === "bank")).toBe(true);
    const why = trail.links.filter(({ kind }) => kind === "otc").map((link) => link.why);
    expect(why).toEqual([
      expect.stringContaining("below the asked 0.8"),
      expect.stringContaining("below the asked 0.8"),
    ]);
  });
});

test("no end hangs on an opening that is not known, nor on the order inside a day", () => {
  expect(forward.trail.alternatives).toEqual([]);
});

test("backward by fifo the change comes from the company's account, as much as forward came to it", async () => {
  const { trail } = await theft({
    seeds: [`coins/${story.bitcoin.change}`],
    direction: "backward",
    rules: ["fifo"],
  });
  const [total] = trail.totals;
  expect(total!.seeded).toBe(724_970_000n);
  const ofCompany = stolenAt(trail, accounts.victim, "fifo");
  const held = forward.trail.ends.find(({ coin }) => coin === story.bitcoin.change)!;
  const came = held.traced.find(({ rule }) => rule === "fifo")!.amount;
  // Each of the five links rounds to whole units of its side, one way forward and the other way back.
  expect(Math.abs(Number(ofCompany - came))).toBeLessThanOrEqual(5);
  // The rest was clean ether that the thief had from the exchange.
  expect(ofCompany + stolenAt(trail, onEther["Pelican Exchange hot wallet"]!, "fifo")).toBe(724_970_000n);
});

test("a theft that is named by the burning of wrapped ether goes over into the ether that was paid out", async () => {
  const unwrapped = story.happened.find(({ what }) => what.startsWith("and unwrapped"))!.transaction;
  const seeds = [`chain/${unwrapped}:3`];
  const { trail } = await theft({ ledgers: ["chain"], seeds, rules: ["fifo"], tagFiles: [] });
  const ether80 = 80n * 10n ** 18n;
  expect(trail.seeds).toMatchObject([{ account: onEther["thief 2"], amount: ether80 }]);
  expect(trail.links).toMatchObject([{ kind: "wrap", followed: true, traced: [{ amount: ether80, stolen: ether80 }] }]);
  expect(sumOf(trail.ends, "fifo")).toBe(ether80);
  expect(new Set(trail.ends.map(({ asset }) => asset))).toEqual(new Set(["ETH"]));
  const unlinked = theft({
    ledgers: ["chain"],
    seeds,
    rules: ["fifo"],
    tagFiles: [],
    links: { files: [], find: false },
  });
  await expect(unlinked).rejects.toMatchObject({ code: "cases/seed-burnt" });
});
