import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { readTgz } from "../bank/tar.fixture.ts";
import type { Trail } from "../trace/trail.ts";
import { ingestBank } from "./ingest-bank.ts";
import { traceTheft } from "./trace-theft.ts";

/**
 * IBM's AMLSim plants patterns in made ledgers, and does not list them. They are found again so: an account of a
 * pattern has isFraud=1, and fraudStep is the day on which it pays its planted transfers (-1: it pays none). Ordinary
 * transfers are of 100 dollars and more; the planted ones below, all of them between accounts of patterns, on the
 * payer's fraudStep. So the planted transfers are those below 100 dollars on that day. Of a fan-in two accounts or more
 * feed one; of a cycle each pays the next and the last the first. Patterns may share accounts, and not every account
 * paid, so that fewer whole ones are found than were planted. The days of a cycle do not rise along it: money comes
 * back to its first account from its last by whatever way there is.
 */
const folder = join(import.meta.dirname, "../../../../shared/data/bank-amlsim");
/** Cents. */
const ordinaryLeast = 10_000;
const work = mkdtempSync(join(tmpdir(), "spoor-amlsim-"));
afterAll(() => rmSync(work, { recursive: true, force: true }));

interface PlantedTransfer {
  readonly from: string;
  readonly to: string;
}

interface World {
  readonly files: string[];
  readonly planted: readonly PlantedTransfer[];
  /** In cents. */
  readonly balances: ReadonlyMap<string, number>;
  /** In the order of the file, which is that of time. */
  readonly transfers: readonly { readonly from: string; readonly to: string; readonly cents: number }[];
}

const centsOf = (dollars: string) => Math.round(100 * Number(dollars));

function unpack(name: string): World {
  const own = join(work, name);
  mkdirSync(own);
  const files: string[] = [];
  const rows = new Map<string, string[][]>();
  for (const [path, bytes] of readTgz(join(folder, `${name}.tgz`))) {
    if (!path.endsWith(".csv")) continue;
    const file = join(own, basename(path));
    writeFileSync(file, bytes);
    files.push(file);
    const lines = Buffer.from(bytes).toString("latin1").trim().split("\n").slice(1);
    rows.set(
      basename(path),
      lines.map((line) => line.trim().split(",")),
    );
  }
  const nodes = rows.get("nodes.csv")! as [id: string, isFraud: string, balance: string, step: string][];
  const steps = new Map(
    nodes.flatMap(([id, isFraud, , step]) => (isFraud === "1" ? [[id, Number(step)] as const] : [])),
  );
  const transfers = (rows.get("transactions.csv")! as [string, string, string, string][]).map(
    ([from, to, value, day]) => ({ from, to, cents: centsOf(value), day: Number(day) }),
  );
  const small = transfers.filter(({ cents }) => cents < ordinaryLeast);
  // What the comment above says of the planted transfers.
  expect(small.every(({ from, to }) => steps.has(from) && steps.has(to))).toBe(true);
  const planted = small.filter(({ from, day }) => steps.get(from) === day);
  return { files, planted, transfers, balances: new Map(nodes.map(([id, , balance]) => [id, centsOf(balance)])) };
}

/** The accounts that each account was fed by, and feeds, with planted transfers. */
function linked(planted: readonly PlantedTransfer[], end: "from" | "to"): Map<string, Set<string>> {
  const other = end === "from" ? "to" : "from";
  const found = new Map<string, Set<string>>();
  for (const one of planted) found.set(one[end], (found.get(one[end]) ?? new Set()).add(one[other]));
  return found;
}

/** Collecting accounts and those that feed them, the largest first. */
function fanIns(planted: readonly PlantedTransfer[]): [collector: string, feeders: string[]][] {
  const found = [...linked(planted, "to")].filter(([, feeders]) => feeders.size > 1);
  return found
    .map(([collector, feeders]): [string, string[]] => [collector, [...feeders]])
    .sort(([a, some], [b, others]) => others.length - some.length || (a < b ? -1 : 1));
}

/** Rings of three accounts or more, of which each pays one other with planted transfers and the last the first. */
function rings(planted: readonly PlantedTransfer[]): string[][] {
  const paid = linked(planted, "from");
  const found: string[][] = [];
  for (const first of paid.keys()) {
    const ring: string[] = [];
    for (let at: string | undefined = first; at !== undefined && !ring.includes(at); ) {
      ring.push(at);
      const [next, ...others]: string[] = [...(paid.get(at) ?? [])];
      at = others.length === 0 ? next : undefined;
      if (at === first && ring.length > 2) found.push([...ring]);
    }
  }
  return found;
}

/**
 * Who paid whom with money that came from these accounts, as plainly as it can be said: an account is touched while it
 * holds anything after it was paid by a touched one, and these accounts whenever they hold anything. Most accounts of
 * AMLSim pay more than they have, and a debt passes nothing on.
 */
function touchedPayments({ balances, transfers }: World, from: readonly string[]): Set<string> {
  const held = new Map(balances);
  const seeds = new Set(from);
  const touched = new Set(from);
  const paid = new Set<string>();
  for (const { from: payer, to: payee, cents } of transfers) {
    const isTouched = touched.has(payer) && held.get(payer)! > 0;
    if (isTouched) paid.add(`${payer} ${payee}`);
    held.set(payer, held.get(payer)! - cents);
    if (held.get(payer)! <= 0 && !seeds.has(payer)) touched.delete(payer);
    held.set(payee, held.get(payee)! + cents);
    if (isTouched && held.get(payee)! > 0) touched.add(payee);
  }
  return paid;
}

const sets = [
  { name: "20K_fanin200", transfers: 118_250, fansLeast: 100, ringsLeast: 0 },
  { name: "20K_cycle200", transfers: 117_805, fansLeast: 0, ringsLeast: 3 },
  { name: "20K_fanin200cycle200", transfers: 120_558, fansLeast: 100, ringsLeast: 3 },
] as const;

/** That many patterns of a kind are traced in a set; each is a trace of its own. */
const tracedMax = 3;

describe.each(sets)("$name", ({ name, transfers, fansLeast, ringsLeast }) => {
  test.skipIf(!existsSync(folder))(
    "holds what its README says, and trails find what was planted (../shared/data/bank-amlsim)",
    async () => {
      const world = unpack(name);
      const { files, planted } = world;
      const data = join(work, `${name}-data`);
      const { summary, skipped, bank } = await ingestBank({ data, ledger: "bank", files, mapping: null });
      expect(summary).toMatchObject({ transfers, transactions: transfers, accounts: 20_000, assets: 1 });
      expect(skipped).toEqual([]);
      expect(bank).toMatchObject({ problems: [], unsettled: [], recalls: [] });
      expect(bank!.statements).toHaveLength(20_000);
      const trace = async (seeds: readonly string[], budget: { hops?: number } = {}) => {
        const asked = { ledgers: ["bank"], seeds, rules: ["poison"], direction: "forward", stops: [] } as const;
        const { trail } = await traceTheft({
          data,
          ...asked,
          budget,
          followFees: false,
          alternatives: false,
        });
        return trail;
      };
      const fans = fansLeast === 0 ? [] : fanIns(planted);
      expect(fans.length).toBeGreaterThanOrEqual(fansLeast);
      for (const [collector, feeders] of fans.slice(0, tracedMax)) {
        const touched = touchedPayments(world, feeders);
        const able = feeders.filter((feeder) => touched.has(`${feeder} ${collector}`));
        expect(able.length).toBeGreaterThan(0);
        const paid = paymentsIn(await trace(feeders, { hops: 1 }));
        for (const feeder of able) expect(paid).toContain(`${feeder} ${collector}`);
      }
      const comingBack = rings(planted).filter((ring) =>
        touchedPayments(world, ring.slice(0, 1)).has(`${ring.at(-1)} ${ring[0]}`),
      );
      expect(comingBack.length).toBeGreaterThanOrEqual(ringsLeast);
      for (const ring of comingBack.slice(0, tracedMax)) {
        expect(paymentsIn(await trace(ring.slice(0, 1)))).toContain(`${ring.at(-1)} ${ring[0]}`);
      }
    },
    300_000,
  );
});

/** Who paid whom in a trail. */
function paymentsIn({ movements }: Trail): Set<string> {
  return new Set(
    [...movements].flatMap(({ from, to }) =>
      from.flatMap((one) => to.map((other) => `${one.account} ${other.account}`)),
    ),
  );
}
