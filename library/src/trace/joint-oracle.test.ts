import { expect, test } from "vitest";
import { traceByJointOracle } from "./joint-oracle.ts";
import { kindOfJointReason } from "./joint-trace.ts";
import { traceByOracle } from "./oracle.ts";
import { jointOfCoins, jointRulesFor, plainJoint, randomJoint } from "./random-joint.test-ledger.ts";
import { randomCase } from "./random-ledger.test-ledger.ts";

test("a joint trail through one coin ledger is the trail that the coin oracle tells", () => {
  let compared = 0;
  for (let seed = 0; seed < 1500; seed++) {
    const given = randomCase(seed);
    const { joint, rules } = jointOfCoins(given);
    for (const rule of rules) {
      const told = traceByOracle(given.columns, given.request, rule);
      const own = traceByJointOracle(joint, rule);
      const what = `ledger ${seed}, ${rule}, ${joint.direction}`;
      const amounts = (labels: bigint[]) =>
        labels.flatMap((amount, label) => (amount === 0n ? [] : [{ label, amount, stolen: amount }]));
      const ends = [
        ...told.ends.map(({ coin, reason, labels }) => ({
          place: coin as number | null,
          reason,
          traced: amounts(labels),
        })),
        ...told.fees.map(({ reason, labels }) => ({ place: null, reason, traced: amounts(labels) })),
      ].filter(({ traced }) => traced.length > 0);
      const lines = (values: object[]) =>
        values.map((value) => JSON.stringify(value, (_, part) => (typeof part === "bigint" ? `${part}` : part))).sort();
      expect(lines(own.ends.map(({ place, reason, traced }) => ({ place, reason, traced }))), what).toEqual(
        lines(ends),
      );
      expect(
        own.totals.map(({ seeded }) => seeded),
        what,
      ).toEqual(told.seeded);
      const bounds = told.bounds.map(({ reason, label, amount, next }) => ({ reason, label, amount, next }));
      expect(
        lines(own.bounds.map(({ reason, label, amount, next }) => ({ reason, label, amount, next: next.output }))),
        what,
      ).toEqual(lines(bounds));
      const hops = new Map(told.transactions.map(({ id, hops }) => [id, hops]));
      for (const move of own.moves) expect(move.hops, what).toBe(hops.get(move.transaction));
      compared += own.moves.length;
    }
  }
  expect(compared).toBeGreaterThan(5000);
});

test("what the oracle seeds is accounted for in stolen units, and no holding holds more than its balance", () => {
  for (let seed = 0; seed < 3000; seed++) {
    const request = randomJoint(seed);
    for (const rule of jointRulesFor(request)) {
      const { totals, ends } = traceByJointOracle(request, rule);
      const what = `request ${seed}, ${rule}`;
      for (const { reason, value, traced, place, part } of ends) {
        for (const { amount, stolen } of traced) {
          expect(amount >= 0n && stolen >= 0n, `${what}: ${reason}`).toBe(true);
        }
        if (rule === "poison") continue;
        const held = traced.reduce((sum, { amount }) => sum + amount, 0n);
        const isHere = ["held", "not-covered", "outside", "opening", "stop-height", "unspent"].includes(reason);
        const mayExceed = request.openings === "unlimited" && request.parts[part]!.kind === "account";
        if (isHere && place !== null && !mayExceed) expect(held <= value!, `${what}: ${reason} at ${place}`).toBe(true);
      }
      if (rule === "poison") continue;
      for (const { seeded, unspent, exits, fees, unknown, notFollowed, mined } of totals) {
        expect(unspent + exits + fees + unknown + notFollowed + mined, what).toBe(seeded);
      }
    }
  }
});

test("the random requests reach every way in which value can end, and links of every kind", () => {
  const seen = new Map<string, number>();
  const count = (key: string) => seen.set(key, (seen.get(key) ?? 0) + 1);
  for (let seed = 0; seed < 3000; seed++) {
    const request = randomJoint(seed);
    for (const rule of jointRulesFor(request)) {
      const { ends, moves, bounds, carried } = traceByJointOracle(request, rule);
      for (const { reason } of ends) count(reason);
      for (const { reason } of bounds) count(`bound ${reason}`);
      for (const { part, transfer, link, hops, traced } of moves) {
        if (link !== null) count(transfer === null ? "link to a coin" : "link to a transfer");
        if (transfer !== null && request.parts[part]!.kind === "account" && hops > 3) count("four hops");
        if (traced.length > 1) count("two labels");
        if (rule !== "poison" && traced.some(({ amount, stolen }) => amount !== stolen)) count("another rate");
      }
      request.links.forEach(({ from, to }, link) => {
        const source = request.direction === "forward" ? from : to;
        const isSeeded = request.seeds.some(({ part, at }) => {
          return part === source.part && at.kind === "transfer" && source.ids.includes(at.transfer);
        });
        if (isSeeded && moves.some((move) => move.link === link)) count("a seed over its own link");

        if (carried[link]!.length > 0)
          count(request.parts[from.part]!.kind === "coin" ? "from a coin" : "from a transfer");
      });
    }
  }
  const links = [
    "link to a coin",
    "link to a transfer",
    "from a coin",
    "from a transfer",
    "another rate",
    "a seed over its own link",
  ];
  const reasons = Object.keys(kindOfJointReason).filter((reason) => reason !== "amounts-not-known");
  for (const key of [...reasons, ...links, "bound min", "bound hops", "bound movements", "four hops", "two labels"]) {
    expect(seen.get(key) ?? 0, key).toBeGreaterThanOrEqual(3);
  }
});

test("a request gives the same trail each time, and leaves its columns alone", () => {
  for (let seed = 0; seed < 100; seed++) {
    const request = randomJoint(seed);
    for (const rule of jointRulesFor(request)) {
      expect(plainJoint(traceByJointOracle(request, rule))).toEqual(
        plainJoint(traceByJointOracle(randomJoint(seed), rule)),
      );
    }
  }
});
