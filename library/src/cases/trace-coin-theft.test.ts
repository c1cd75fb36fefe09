import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ruleFacts } from "../trace/rule.ts";
import type { Trail } from "../trace/trail.ts";
import { ingestBitcoin } from "./ingest-bitcoin.ts";
import { parseSeed } from "./seed.ts";
import { type CoinTheft, traceCoinTheft } from "./trace-coin-theft.ts";

const scenario = join(import.meta.dirname, "../../../scenarios/hot-wallet-theft");
const story = JSON.parse(readFileSync(join(scenario, "story.json"), "utf8")) as { seeds: string[]; stolen: string };
const data = mkdtempSync(join(tmpdir(), "spoor-trace-"));
const tags = { kind: "tags", file: join(scenario, "tags.csv") } as const;

beforeAll(() =>
  ingestBitcoin({
    data,
    ledger: "demo",
    from: { kind: "blocks", path: join(scenario, "blk00000.dat"), network: null, overlay: 0 },
  }),
);
afterAll(() => rmSync(data, { recursive: true }));

const trace = (theft: Partial<CoinTheft>) =>
  traceCoinTheft({
    data,
    ledger: "demo",
    seeds: story.seeds.map(parseSeed),
    rules: "all",
    direction: "forward",
    stops: [],
    budget: {},
    followFees: false,
    ...theft,
  });

function expectConserved({ totals, ends }: Trail): void {
  for (const total of totals.filter(({ rule }) => ruleFacts[rule].conserved)) {
    const { seeded, unspent, exits, fees, unknown, notFollowed, mined } = total;
    expect(unspent + exits + fees + unknown + notFollowed + mined).toBe(seeded);
    const atEnds = ends.flatMap(({ traced }) => traced).filter((t) => t.rule === total.rule && t.label === total.label);
    expect(atEnds.reduce((sum, { stolen }) => sum + stolen, 0n)).toBe(seeded);
  }
}

test("the theft of the demo, with stops at the exchange and the shop", async () => {
  const { trail, report } = await trace({ stops: [tags] });
  expectConserved(trail);
  expect(trail.status).toBe("complete");
  for (const { seeded } of trail.totals) expect(String(seeded)).toBe(story.stolen);
  // Computed beside the engine, from the amounts of the story alone.
  const exits = Object.fromEntries(trail.totals.map((total) => [total.rule, total.exits]));
  expect(exits).toMatchObject({ fifo: 12_565_000_000n, "dirty-first": 9_705_000_000n, tiho: 12_205_000_000n });
  const stopped = trail.ends.filter(({ kind }) => kind === "exit");
  expect(stopped.every(({ why }) => /tagged ".+" according to .+/u.test(why))).toBe(true);
  expect(report.tags.length).toBeGreaterThan(0);
  expect(report.files[0]?.sha256).toMatch(/^[0-9a-f]{64}$/u);
});

test("the same request gives the same trail and id; any other gives another id", async () => {
  const asked = { rules: ["fifo"], stops: [tags] } as const;
  const { trail } = await trace(asked);
  expect((await trace(asked)).trail).toEqual(trail);
  const others = await Promise.resolve([
    (await trace({ ...asked, rules: ["lifo"] })).trail.id,
    (await trace({ ...asked, stops: [] })).trail.id,
    (await trace({ ...asked, budget: { hops: 99 } })).trail.id,
    (await trace({ ...asked, followFees: true })).trail.id,
    (await trace({ ...asked, seeds: story.seeds.slice(1).map(parseSeed) })).trail.id,
  ]);
  expect(new Set([trail.id, ...others]).size).toBe(6);
});

test("where a tag file is kept changes neither the trail nor its id", async () => {
  const line =
    readFileSync(tags.file, "utf8")
      .split("\n")
      .find((row) => row.includes("deposit 1,")) ?? "";
  const trails: Trail[] = [];
  for (const folder of ["a", "b"]) {
    mkdirSync(join(data, folder));
    const file = join(data, folder, "list.csv");
    // No column says who tells it: the file does.
    writeFileSync(file, `address,label\n${line.split(",").slice(0, 2).join(",")}\n`);
    trails.push((await trace({ rules: ["fifo"], stops: [{ kind: "tags", file }] })).trail);
  }
  expect(trails[0]!.ends.some(({ why }) => why.endsWith("according to list.csv"))).toBe(true);
  expect(trails[1]).toEqual(trails[0]);
});

test("a budget bounds the trail and says how to go on", async () => {
  const { trail } = await trace({ rules: ["haircut", "fifo"], budget: { hops: 3 } });
  expectConserved(trail);
  expect(trail.status).toBe("bounded");
  for (const bound of trail.bounds) {
    expect(bound).toMatchObject({ reason: "hops", label: "theft" });
    expect(bound.next).toMatch(/^[0-9a-f]{64}:\d+$/u);
  }
  const total = trail.totals.find(({ rule }) => rule === "fifo");
  const bounded = trail.bounds.filter(({ rule }) => rule === "fifo").reduce((sum, { amount }) => sum + amount, 0n);
  expect(total?.notFollowed).toBe(bounded);
});

test("backward ends where the money was mined, under the rules that have a backward form", async () => {
  const { trail, notes } = await trace({ direction: "backward" });
  expect(trail.rules).toEqual(["poison", "haircut", "fifo", "lifo"]);
  expect(notes.join()).toMatch(/dirty-first, clean-first, tiho have no backward form/u);
  expectConserved(trail);
  for (const total of trail.totals) expect(total.mined).toBeGreaterThan(0n);
  await expect(trace({ direction: "backward", rules: ["tiho"] })).rejects.toThrow(/depends on where the theft began/u);
});

test("followed fees end at the miners", async () => {
  const { trail } = await trace({ rules: ["fifo"], followFees: true });
  expectConserved(trail);
  expect(trail.totals[0]?.fees).toBe(0n);
});

test("two thefts at once keep their labels", async () => {
  const [one, two, ...rest] = story.seeds;
  const seeds = [`${one}@first`, `${two}=1.5 BTC@second`, ...rest.map((seed) => `${seed}@first`)].map(parseSeed);
  const { trail } = await trace({ seeds });
  expectConserved(trail);
  const second = trail.totals.filter(({ label }) => label === "second");
  expect(second.filter(({ rule }) => rule !== "poison").map(({ seeded }) => seeded)).toEqual(
    Array(6).fill(150_000_000n),
  );
});

test.each([
  ["0".repeat(64), /there is no such transaction/u],
  [`${story.seeds[0]!.slice(0, 64)}:99`, /outputs 0 to/u],
  [`${story.seeds[0]}=100000 BTC`, /asks for 10000000000000 of/u],
  ["1BoatSLRHtKNngkdXEeobR76b53LETtpyT", /not an address on regtest/u],
  ["mfWxJ45yp2SFn7UciZyNpvDKrzbhyfKrY8", /received no coin/u],
])("the seed %s is refused with a reason", async (seed, why) => {
  await expect(trace({ seeds: [parseSeed(seed)] })).rejects.toThrow(why);
});

const wannaCry = [1, 2, 3].map((n) =>
  join(import.meta.dirname, `../../../../shared/data/btc-wannacry/address${n}.json`),
);
const hasWannaCry = wannaCry.every((file) => existsSync(file));

test.skipIf(!hasWannaCry)(
  `the WannaCry ransoms: six cash-outs on one day, 9 ends unknown, 2 unspent${
    hasWannaCry ? "" : " (skipped: ../shared/data is absent)"
  }`,
  async () => {
    const from = { kind: "transactions", files: wannaCry, network: "mainnet" } as const;
    const { summary } = await ingestBitcoin({ data, ledger: "wannacry", from });
    expect(summary).toMatchObject({ transactions: 341, partial: true });
    const addresses = wannaCry.map((file) => (JSON.parse(readFileSync(file, "utf8")) as { address: string }).address);
    const { trail } = await trace({ ledger: "wannacry", seeds: addresses.map(parseSeed) });
    expectConserved(trail);
    const ends = trail.ends.filter(({ kind }) => kind !== "fee");
    expect(ends.filter(({ kind }) => kind === "unknown")).toHaveLength(9);
    expect(ends.filter(({ kind }) => kind === "unspent")).toHaveLength(2);
    expect(ends).toHaveLength(11);
    const cashOuts = [...trail.movements].filter(({ time }) =>
      new Date(time ?? 0).toISOString().startsWith("2017-08-03"),
    );
    expect(cashOuts.map(({ from: spent }) => spent.length).sort((a, b) => a - b)).toEqual([36, 41, 51, 71, 76, 77]);
  },
);
