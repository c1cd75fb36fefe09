import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ingestSchema } from "./contract/ingest.ts";
import { shownSchema } from "./contract/show.ts";
import { trailSchema } from "./contract/trail.ts";
import { spoorIn } from "./run-spoor.fixture.ts";

const root = join(import.meta.dirname, "../..");
const scenario = join(root, "scenarios/hot-wallet-theft");
const story = JSON.parse(readFileSync(join(scenario, "story.json"), "utf8")) as { seeds: string[] };
const [seed = ""] = story.seeds;
const folder = mkdtempSync(join(tmpdir(), "spoor-cli-"));
afterAll(() => rmSync(folder, { recursive: true }));

const spoor = spoorIn(folder);

const ingest = ["ingest", "bitcoin", "--ledger", "demo", "--blocks", join(scenario, "blk00000.dat")];
const trace = ["trace", "--ledger", "demo", "--seed", ...story.seeds];
const tags = ["--stop", `tags:${join(scenario, "tags.csv")}`];

beforeAll(async () => {
  expect((await spoor(...ingest)).status).toBe(0);
});

test("ingest --json keeps its contract, on stdout alone, and twice changes nothing", async () => {
  const { status, stdout, stderr } = await spoor(...ingest, "--json");
  expect([status, stderr]).toEqual([0, ""]);
  const result = ingestSchema.parse(JSON.parse(stdout));
  expect(result).toMatchObject({ blocks: 162, transactions: 197, partial: false, skipped: [] });
});

test("trace --json keeps its contract under every rule, bounded and complete, forward and backward", async () => {
  for (const more of [tags, ["--budget", "hops=2"], ["--direction", "backward"], ["--follow-fees"]]) {
    const { status, stdout } = await spoor(...trace, ...more, "--json");
    expect(status).toBe(0);
    const trail = trailSchema.parse(JSON.parse(stdout));
    expect(trail.status).toBe(more[1] === "hops=2" ? "bounded" : "complete");
    for (const total of trail.totals.filter(({ rule }) => rule !== "poison")) {
      const parts = [total.unspent, total.exits, total.fees, total.unknown, total.notFollowed, total.mined];
      expect(String(parts.reduce((sum, part) => sum + BigInt(part), 0n))).toBe(total.seeded);
    }
  }
});

test("show --json keeps its contract for a transaction, a block and an address", async () => {
  for (const what of [seed, seed.slice(0, 64), "133", "n35AM2tPydudCnqULi2peyGjy1kWvB5QcX"]) {
    const { status, stdout } = await spoor("show", "--ledger", "demo", what, "--json");
    expect(status).toBe(0);
    shownSchema.parse(JSON.parse(stdout));
  }
});

test("a person gets a table, the sentence about guilt, and a report without scripts", async () => {
  const report = join(folder, "report.html");
  const csv = join(folder, "csv");
  const { status, stdout } = await spoor(...trace, ...tags, "--report", report, "--csv", csv);
  expect(status).toBe(0);
  for (const file of ["ends.csv", "movements.csv"]) {
    expect(readFileSync(join(csv, file), "utf8").split("\r\n").length).toBeGreaterThan(20);
  }
  expect(stdout).toContain("It does not show who is guilty.");
  expect(stdout).toMatch(/haircut +480\.00000000/u);
  const html = readFileSync(report, "utf8");
  expect(html).not.toMatch(/<script/iu);
  expect(html).toContain("default-src 'none'");
});

test("--require-complete answers no where a budget was met", async () => {
  expect((await spoor(...trace, "--budget", "hops=2", "--require-complete")).status).toBe(1);
  expect((await spoor(...trace, ...tags, "--require-complete")).status).toBe(0);
});

test.each([
  [["trace", "--ledger", "demo"], /--seed/u],
  [["trace", "--ledger", "demo", "--seed", "x"], /not a seed/u],
  [["trace", "--ledger", "nowhere", "--seed", seed], /nowhere/u],
  [[...trace, "--rule", "guess"], /none of poison, haircut/u],
  [[...trace, "--budget", "days=3"], /not a budget/u],
  [[...trace, "--stop", "tags:absent.csv"], /absent\.csv/u],
  [[...trace, "--report", "absent/x.html"], /cannot be written/u],
  [[...trace, "--csv", "/dev/null/x"], /cannot be written/u],
  [["ingest", "bitcoin", "--ledger", "x"], /exactly one of --blocks/u],
  [["ingest", "bitcoin", "--ledger", "x", "--blocks", "absent"], /absent/u],
  [["ingest", "bitcoin", "--ledger", "X!", "--blocks", join(scenario, "blk00000.dat")], /X!/u],
  [["ingest", "bitcoin", "--ledger", "x", "--rpc", "http://u:hunter2@127.0.0.1:1"], /127\.0\.0\.1:1/u],
  [["ingest", "bitcoin", "--ledger", "x", "--esplora", "http://127.0.0.1:1"], /--txid or --address/u],
  [["ingest", "bitcoin", "--ledger", "x", "--transactions", join(scenario, "blk00000.dat")], /Nothing could be/u],
  [[...ingest, "--txid", seed.slice(0, 64)], /--txid says nothing about --blocks/u],
  [[...ingest, "--network", "mainnet"], /mainnet/u],
  [["ingest", "bitcoin", "--ledger", "x", "--blocks", scenario, "--data", "/proc/spoor"], /proc.spoor/u],
  [["show", "--ledger", "demo", "0".repeat(64)], /holds no transaction/u],
  [["show", "--ledger", "demo", "999999"], /holds no transaction, coin, block/u],
  [["tarce"], /Did you mean trace/u],
])("%j is wrong use: status 2, one message, no stack, no secret", async (argv, message) => {
  const { status, stderr } = await spoor(...argv);
  expect(stderr).toMatch(message);
  expect(stderr).not.toMatch(/\n {4}at |hunter2/u);
  expect(status).toBe(2);
});

test("strings from outside are shown, not obeyed", async () => {
  const hostile = join(folder, "hostile.csv");
  const label = "Bank\u001B[31m\u202Egnp<script>alert(1)</script>";
  writeFileSync(hostile, `address,label,source\nmw1mnD83kdh8ya39jRdZVBG7Bk5RnDN8dJ,${label},=cmd()\n`);
  const report = join(folder, "hostile.html");
  const { stdout } = await spoor(...trace, "--stop", `tags:${hostile}`, "--report", report);
  expect(stdout).toContain("Bank␛[31m⟨U+202E⟩gnp");
  const html = readFileSync(report, "utf8");
  for (const raw of ["\u001B", "\u202E"]) expect([stdout.includes(raw), html.includes(raw)]).toEqual([false, false]);
  expect(html).not.toContain("<script");
});

test("a flag whose variable says no is off", async () => {
  process.env.SPOOR_FOLLOW_FEES = "0";
  const off = await spoor(...trace, "--rule", "fifo", "--json");
  delete process.env.SPOOR_FOLLOW_FEES;
  const plain = await spoor(...trace, "--rule", "fifo", "--json");
  expect(off.stdout).toBe(plain.stdout);
});

test("a coin that is named twice is one seed", async () => {
  const { stdout } = await spoor("trace", "--ledger", "demo", "--rule", "fifo", "--seed", seed, "--seed", seed);
  expect(stdout).toContain("From 1 coin, 200.00000000 BTC");
});

test("help and version answer with status 0", async () => {
  for (const argv of [["--help"], ["--version"], ["trace", "--help"], ["ingest", "bitcoin", "--help"]]) {
    const { status, stdout } = await spoor(...argv);
    expect([status, stdout === ""]).toEqual([0, false]);
  }
});
