import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  type AccountIngest,
  ingestBank,
  readLinkFile,
  type TracedTheft,
  traceTheft,
} from "../../library/src/cases/index.ts";
import { readTags } from "../../library/src/identity/index.ts";
import type { Rule, Trail } from "../../library/src/trace/index.ts";

const file = (name: string) => join(import.meta.dirname, name);
const text = (name: string) => readFileSync(file(name), "utf8");
const story = JSON.parse(text("story.json")) as {
  ledgers: { name: string; kind: string; files: string[]; mapping: string }[];
  stolen: string;
  seeds: string[];
  tags: string[];
  links: string[];
  otherReports: { of: string; ledger: string }[];
  happened: { time: string; what: string }[];
};

const data = mkdtempSync(join(tmpdir(), "spoor-bangladesh-"));
/** Four stores are made, and traced through. */
const timeoutMs = 120_000;
const ingested = new Map<string, AccountIngest>();
let traced: TracedTheft;
let trail: Trail;

beforeAll(async () => {
  for (const { name, files, mapping } of story.ledgers) {
    const request = { data, ledger: name, files: files.map(file), mapping: file(mapping) };
    ingested.set(name, await ingestBank(request));
  }
  traced = await traceTheft({
    data,
    ledgers: ["bank"],
    seeds: story.seeds,
    rules: "all",
    direction: "forward",
    stops: [],
    tagFiles: story.tags.map(file),
    links: { files: story.links.map(file) },
    otherReports: story.otherReports,
    budget: {},
    followFees: false,
  });
  ({ trail } = traced);
}, timeoutMs);
afterAll(() => rmSync(data, { recursive: true }));

const bankOf = (name: string) => ingested.get(name)!.bank!;
const sum = (amounts: readonly bigint[]) => amounts.reduce((total, amount) => total + amount, 0n);
const conserved = ["haircut", "fifo", "lifo", "dirty-first", "clean-first"] as const satisfies Rule[];
const four = ["JUPITER-1@RCBCPHMM", "JUPITER-2@RCBCPHMM", "JUPITER-3@RCBCPHMM", "JUPITER-4@RCBCPHMM"];

/** Stolen cents that end at these accounts under a rule. */
function endsAt(rule: Rule, accounts: readonly string[]): bigint {
  const there = trail.ends.filter(({ account }) => accounts.includes(account ?? ""));
  return sum(there.flatMap((end) => end.traced.filter((part) => part.rule === rule).map(({ stolen }) => stolen)));
}

/** The same in another report: what differs is listed, the rest is as it was. */
function otherwiseAt(ledger: string, rule: Rule, accounts: readonly string[]): bigint {
  const other = trail.alternatives.find(({ what }) => what.includes(` ${ledger} `))!;
  const there = other.differences.filter((one) => one.rule === rule && accounts.includes(one.account ?? ""));
  return there.reduce((total, { stolen, otherwise }) => total + otherwise - stolen, endsAt(rule, accounts));
}

test("all of it is read, under every telling, and every statement adds up", () => {
  expect([...ingested.keys()]).toEqual(["bank", "bank-rounded", "bank-philrem", "bank-wong"]);
  // 5 orders and a return, a debit of each of the four accounts that no report explains, and the rows of entries.csv:
  // 25, one fewer where Centurytex pays once, one more where there is cash in dollars.
  const transfers = [...ingested.values()].map(({ summary }) => summary.transfers);
  expect(transfers).toEqual([35, 34, 36, 36]);
  for (const { bank, skipped } of ingested.values()) {
    expect(skipped).toEqual([]);
    expect(bank!.problems).toEqual([]);
    expect(bank!.statements).toHaveLength(8);
    for (const { difference } of bank!.statements) expect(difference).toBe(0n);
  }
});

test("thirty orders of 850 million together were held, and moved nothing", () => {
  for (const { bank } of ingested.values()) {
    expect(bank!.unsettled.map(({ fate, from }) => [fate, from])).toEqual(
      Array.from({ length: 30 }, () => ["held", "BANGLADESH-BANK@FRNYUS33"]),
    );
    expect(sum(bank!.unsettled.map(({ amount }) => amount))).toBe(850_000_000_00n);
  }
  const moved = new Set(Array.from(trail.movements, ({ transaction }) => transaction));
  for (const { key } of bankOf("bank").unsettled) expect(moved).not.toContain(key);
});

test("the five orders are the seeds: 100.99 million", () => {
  expect(trail.seeds.map(({ amount, asset }) => [amount, asset])).toEqual([
    [30_000_000_00n, "USD"],
    [19_990_000_00n, "USD"],
    [25_000_000_00n, "USD"],
    [6_000_000_00n, "USD"],
    [20_000_000_00n, "USD"],
  ]);
  expect(sum(trail.seeds.map(({ amount }) => amount))).toBe(BigInt(story.stolen));
});

test("under each rule all ends come to what was stolen, to the cent", () => {
  for (const rule of conserved) {
    const { seeded, unspent, exits, fees, unknown, notFollowed, mined } = trail.totals.find((t) => t.rule === rule)!;
    expect(seeded).toBe(100_990_000_00n);
    expect(unspent + exits + unknown).toBe(seeded);
    expect([fees, notFollowed, mined]).toEqual([0n, 0n, 0n]);
    expect(sum(trail.ends.flatMap((end) => end.traced.filter((t) => t.rule === rule).map((t) => t.stolen)))).toBe(
      seeded,
    );
  }
});

test("the twenty million to Sri Lanka are back where they were taken, under every rule", () => {
  for (const rule of conserved) {
    expect(endsAt(rule, ["BANGLADESH-BANK@FRNYUS33"])).toBe(20_000_000_00n);
    expect(endsAt(rule, ["PAYEE-5@A BANK IN SRI LANKA"])).toBe(0n);
  }
});

test("68,305.00 are left in the four accounts, and which of it is stolen depends on the rule", () => {
  const closings = bankOf("bank").statements.filter(({ account }) => four.includes(account));
  expect(sum(closings.map(({ opening }) => opening!))).toBe(4n * 500_00n);
  expect(sum(closings.map(({ closing }) => closing!))).toBe(68_305_00n);
  // Each had 500.00 of its own, came first, and is paid out first: all that is left is stolen.
  expect(endsAt("fifo", four)).toBe(68_305_00n);
  expect(endsAt("clean-first", four)).toBe(68_305_00n);
  // Came first, and is paid out last, or clean and paid out last: the four times 500.00 are still there.
  expect(endsAt("lifo", four)).toBe(66_305_00n);
  expect(endsAt("dirty-first", four)).toBe(66_305_00n);
});

test("haircut takes from each of the four accounts the stolen share of its balance, debit by debit", () => {
  // Opening 500.00 and one credit, all of it stolen; the debits as the statements list them.
  const orders = [30_000_000_00n, 19_990_000_00n, 25_000_000_00n, 6_000_000_00n];
  const statements = text("statements-1-four-accounts.fin").split(":62F:").slice(0, 4);
  statements.forEach((statement, n) => {
    let stolen = orders[n]!;
    let balance = stolen + 500_00n;
    for (const [, units, cents = ""] of statement.matchAll(/^:61:\d{10}D(\d+),(\d*)N/gmu)) {
      const debit = BigInt(units!) * 100n + BigInt(cents.padEnd(2, "0"));
      stolen -= (stolen * debit) / balance;
      balance -= debit;
    }
    expect(endsAt("haircut", [four[n]!])).toBe(stolen);
  });
});

test("what no report explains is 63,695.00", () => {
  const nobody = four.map((account) => `unknown-payee@${account}`);
  // 80,990,000 and 4 × 500 came in; 22,730,000 + 15,200,000 + 42,930,000 were paid, 68,305 stayed.
  const missing = 80_992_000_00n - 22_730_000_00n - 15_200_000_00n - 42_930_000_00n - 68_305_00n;
  expect(missing).toBe(63_695_00n);
  for (const rule of ["fifo", "lifo", "dirty-first", "clean-first"] as const)
    expect(endsAt(rule, nobody)).toBe(missing);
});

test("what became chips, was frozen, was handed back, and went to Weikang Xu", () => {
  // Philrem got 15.2 + 20 + 45.66 = 80.86 million dollars, 2,000 of them clean where clean money left the four accounts
  // first: they are in the first 29 million that it changes. It changes 80.8 million.
  //   Solaire: 1,300,000,000 pesos for 29,000,000 dollars; 108,670,000 pesos of it are frozen, the last that are left:
  //     29,000,000 × 108.67 / 1,300 = 2,424,176.92…, and the cent that is left over.
  //   Eastern Hawaii: 982,000,000 pesos for 21,200,000 dollars. It pays 550,000,000 over tables and hands over
  //     38,280,000 + 200,000,000 + 250,000,000 = 488,280,000, so it had at least 56,280,000 of its own.
  const clean = 56_280_000n;
  const dollars = (pesos: bigint) => (21_200_000_00n * pesos) / 982_000_000n;
  for (const rule of ["fifo", "clean-first"] as const) {
    expect(endsAt(rule, ["SOLAIRE-FROZEN"])).toBe(2_424_176_93n);
    expect(endsAt(rule, ["SOLAIRE-CHIPS"])).toBe(29_000_000_00n - 2_000_00n - 2_424_176_93n);
    // Its own money goes first, over the tables; what it hands over is stolen, all of it.
    expect(endsAt(rule, ["MIDAS-CHIPS"])).toBe(dollars(550_000_000n - clean));
    expect(endsAt(rule, ["AMLC"])).toBe(21_200_000_00n - dollars(550_000_000n - clean));
  }
  for (const rule of ["lifo", "dirty-first"] as const) {
    expect(endsAt(rule, ["SOLAIRE-FROZEN"])).toBe(2_424_176_93n);
    expect(endsAt(rule, ["SOLAIRE-CHIPS"])).toBe(29_000_000_00n - 2_424_176_93n);
    // Stolen money goes first over the tables; what it hands over is 432,000,000 stolen and the rest its own.
    expect(endsAt(rule, ["MIDAS-CHIPS"])).toBe(dollars(550_000_000n));
    expect(endsAt(rule, ["AMLC"])).toBe(21_200_000_00n - dollars(550_000_000n));
  }
  for (const rule of ["fifo", "lifo", "dirty-first", "clean-first"] as const) {
    expect(endsAt(rule, ["WEIKANG-XU"])).toBe(30_600_000_00n);
    expect(endsAt(rule, ["PHILREM"])).toBe(80_860_000_00n - 80_800_000_00n);
  }
  for (const account of ["SOLAIRE-CHIPS", "SOLAIRE-FROZEN", "MIDAS-CHIPS", "AMLC", "WEIKANG-XU", "PHILREM"]) {
    const others = (["fifo", "lifo", "dirty-first", "clean-first"] as const).map((rule) => endsAt(rule, [account]));
    const [least, most] = [others.reduce((a, b) => (a < b ? a : b)), others.reduce((a, b) => (a > b ? a : b))];
    // A little of the clean 2,000 goes everywhere.
    expect(endsAt("haircut", [account])).toBeGreaterThan(least - 1_000_00n);
    expect(endsAt("haircut", [account])).toBeLessThanOrEqual(most);
  }
});

test("chips are exits at casinos, on somebody's word; what is frozen, left or handed over is held", () => {
  const end = (account: string) => trail.ends.find((one) => one.account === account)!;
  for (const account of ["SOLAIRE-CHIPS", "MIDAS-CHIPS"]) {
    expect(end(account).kind).toBe("exit");
    expect(end(account).why).toMatch(/ according to /u);
  }
  for (const account of ["SOLAIRE-FROZEN", "AMLC", ...four]) expect(end(account).kind).toBe("unspent");
  expect(end("PHILREM").kind).toBe("unknown");
});

test("Philrem's word: Weikang Xu had 18 million in dollars, and 600 million pesos for 12.6 million", () => {
  const { differences } = trail.alternatives.find(({ what }) => what.includes("bank-philrem"))!;
  const fifo = differences.filter(({ rule }) => rule === "fifo");
  expect(fifo.map(({ account, asset, stolen, otherwise }) => [account, asset, stolen, otherwise])).toEqual(
    expect.arrayContaining([
      ["WEIKANG-XU", "PHP", 30_600_000_00n, 12_600_000_00n],
      ["WEIKANG-XU", "USD", 0n, 18_000_000_00n],
    ]),
  );
  // Nothing else differs: it is the same money, in another currency.
  expect(new Set(differences.map(({ account }) => account))).toEqual(new Set(["WEIKANG-XU"]));
});

test("Kim Wong's word: 17.655 million stay with Philrem, and the dollars that he handed over are stolen, too", () => {
  // 80.86 million less 28 and 21.575 for the casinos, 8.63 for the pesos in cash, and 5 in dollars.
  const stay = 80_860_000_00n - 28_000_000_00n - 21_575_000_00n - 8_630_000_00n - 5_000_000_00n;
  expect(stay).toBe(17_655_000_00n);
  for (const rule of ["fifo", "lifo", "dirty-first", "clean-first"] as const) {
    expect(otherwiseAt("bank-wong", rule, ["PHILREM"])).toBe(stay);
    expect(otherwiseAt("bank-wong", rule, ["WEIKANG-XU"])).toBe(0n);
    expect(otherwiseAt("bank-wong", rule, ["KIM-WONG"])).toBe(5_000_000_00n - 4_630_000_00n);
    // 28,000,000 × 108.67 / 1,300: what reports call 2.34 million.
    expect(otherwiseAt("bank-wong", rule, ["SOLAIRE-FROZEN"])).toBe(2_340_584_62n);
  }
  // 1,000,000,000 pesos for 21,575,000 dollars cover 550,000,000 over tables, and 450,000,000 of the 488,280,000 that
  // were handed over in pesos; 4,630,000 in dollars besides.
  expect(otherwiseAt("bank-wong", "dirty-first", ["AMLC"])).toBe(9_708_750_00n + 4_630_000_00n);
});

test("C's round figures: 140,000 more leave the Centurytex account than reached it, and make nothing stolen", () => {
  const [statement] = bankOf("bank-rounded").statements.filter(({ account }) => account.startsWith("CENTURYTEX"));
  expect(statement!.closing).toBe(-140_000_00n);
  const { totals } = trail.alternatives.find(({ what }) => what.includes("bank-rounded"))!;
  for (const { rule, seeded, unspent, exits, unknown } of totals) {
    if (rule !== "poison") expect(unspent + exits + unknown).toBe(seeded);
  }
  // 29 + 21 + 31 = 81 million are changed, of which at most 80.86 are stolen.
  const after = ["SOLAIRE-CHIPS", "SOLAIRE-FROZEN", "MIDAS-CHIPS", "AMLC", "WEIKANG-XU", "PHILREM"];
  expect(otherwiseAt("bank-rounded", "dirty-first", after)).toBe(80_860_000_00n);
  expect(otherwiseAt("bank-rounded", "clean-first", after)).toBe(80_858_000_00n);
});

test("the same whichever report is right: what is back, left in the four accounts, explained by nobody", () => {
  const same = ["BANGLADESH-BANK@FRNYUS33", ...four, ...four.map((account) => `unknown-payee@${account}`)];
  for (const { assumption, differences } of trail.alternatives) {
    if (assumption !== "other-report") continue;
    expect(differences.filter(({ account }) => same.includes(account ?? ""))).toEqual([]);
  }
});

test("had Philrem held dollars of its own without limit, first in first out would leave it all there", () => {
  const { differences } = trail.alternatives.find(({ assumption }) => assumption === "openings-unlimited")!;
  const [philrem] = differences.filter(({ account, rule }) => account === "PHILREM" && rule === "fifo");
  expect(philrem).toMatchObject({ kind: "unknown", stolen: 60_000_00n, otherwise: 80_858_000_00n });
});

test("the four links are followed, each on somebody's word", () => {
  expect(trail.links.map(({ kind, followed }) => [kind, followed]).toSorted()).toEqual([
    ["cash", true],
    ["fx", true],
    ["fx", true],
    ["fx", true],
  ]);
  for (const { source, confidence } of trail.links) {
    expect(source).not.toBe("");
    expect(confidence).toBeLessThan(1);
  }
});

test("every account that has a name is tagged on a report's word, and every report is listed", async () => {
  const { tags, refused } = readTags(text("tags.csv"), "tags.csv");
  expect(refused).toEqual([]);
  const tagged = new Set(tags.map(({ address }) => address));
  for (const { account } of trail.ends) {
    if (account !== null && !account.startsWith("unknown-")) expect(tagged).toContain(account);
  }
  const readme = text("README.md");
  const cited = [...tags.map(({ source }) => source), ...story.happened.map(({ what }) => what)];
  const rows = story.ledgers.flatMap(({ files }) => files.filter((name) => name.endsWith(".csv")).map(text));
  const letters = [
    ...cited.flatMap((said) => [...said.matchAll(/\b([A-Z])(?=[,)])/gu)].map(([, letter]) => letter)),
    ...rows.flatMap((csv) => [...csv.matchAll(/,([A-Z])$/gmu)].map(([, letter]) => letter)),
  ];
  expect(new Set(letters).size).toBeGreaterThan(5);
  for (const letter of new Set(letters)) expect(readme).toContain(`\n| ${letter} | `);
  expect(await readLinkFile(file("links.csv"))).toHaveLength(4);
});

test("days follow one another, and every message and entry says that it is reconstructed", () => {
  const days = story.happened.map(({ time }) => time);
  expect(days.toSorted()).toEqual(days);
  for (const { files } of story.ledgers) {
    for (const name of files.filter((one) => one.endsWith(".fin"))) {
      const messages = text(name).split(/^-\}$/mu).slice(0, -1);
      expect(messages.length).toBeGreaterThan(0);
      for (const message of messages) expect(message).toMatch(/^:20:RECON-/mu);
    }
  }
});

const facts = join(import.meta.dirname, "../../../shared/data/bank-bangladesh-2016/flows.csv");

test.skipIf(!existsSync(facts))("the orders are the reported ones (../shared/data/bank-bangladesh-2016)", () => {
  const reported = readFileSync(facts, "utf8").split("\n").slice(1, 7);
  const amounts = reported.map((row) => BigInt(/,(\d+),USD,/u.exec(row)![1]!) * 100n);
  expect(trail.seeds.map(({ amount }) => amount)).toEqual(amounts.slice(0, 5));
  expect(sum(bankOf("bank").unsettled.map(({ amount }) => amount))).toBe(amounts[5]);
  for (const [n, row] of reported.slice(0, 4).entries()) {
    expect(text("orders.fin")).toContain(`${four[n]!.slice(0, 9)}\n${row.split(",")[4]!.toUpperCase()}\n`);
  }
});
