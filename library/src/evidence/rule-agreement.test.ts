import fc from "fast-check";
import { expect, test } from "vitest";
import { type Rule, ruleFacts } from "../trace/rule.ts";
import type { End, EndKind, Traced } from "../trace/trail.ts";
import { equalMix, manyMovements, peelChain } from "./made-ledgers.fixture.ts";
import { ruleAgreement } from "./rule-agreement.ts";
import { finishTrail, madeTrail } from "./trails.fixture.ts";

function end(coin: string, amounts: Partial<Record<Rule, bigint>>, more: Partial<End> = {}): End {
  const traced = Object.entries(amounts).map(
    ([rule, amount]): Traced => ({ rule: rule as Rule, label: "theft", amount, stolen: amount }),
  );
  return { kind: "unspent", ledger: "made", coin, account: null, asset: "BTC", value: 100n, why: "", traced, ...more };
}

function trailOf(rules: readonly Rule[], ends: readonly End[], seeded = 100n) {
  const seeds = [{ ledger: "made", coin: "s:0", account: null, asset: "BTC", amount: seeded, label: "theft" }];
  return finishTrail({ direction: "forward", rules, seeds, ends, movements: [], bounds: [] });
}

test("rules agree on an end to the last unit or differ by a range that names them", () => {
  const agreement = ruleAgreement(
    trailOf(
      ["poison", "haircut", "fifo", "lifo"],
      [
        end("a:0", { poison: 90n, haircut: 30n, fifo: 30n, lifo: 30n }),
        end("b:0", { poison: 90n, haircut: 20n, fifo: 21n, lifo: 20n }),
        end("c:0", { haircut: 50n, fifo: 49n }),
        end("d:0", { lifo: 50n }),
        end("e:0", { poison: 5n }),
      ],
    ),
  );
  expect(agreement.rules).toEqual(["haircut", "fifo", "lifo"]);
  expect(agreement.agreed).toMatchObject([{ coin: "a:0", min: 30n, max: 30n }]);
  expect(agreement.differing).toMatchObject([
    { coin: "c:0", min: 0n, max: 50n, lowest: ["lifo"], highest: ["haircut"] },
    { coin: "d:0", min: 0n, max: 50n, lowest: ["haircut", "fifo"], highest: ["lifo"] },
    { coin: "b:0", min: 20n, max: 21n, lowest: ["haircut", "lifo"], highest: ["fifo"] },
  ]);
  expect(agreement.common).toEqual([{ label: "theft", common: 50n, seededMin: 100n, seededMax: 100n }]);
});

test("an end that rules reach for different reasons is one end; another kind of end is another", () => {
  const both = (kind: EndKind) => [
    end("a:0", { fifo: 60n }, { kind: "exit", why: "stop: one" }),
    end("a:0", { lifo: 60n }, { kind, why: "stop: two" }),
    end("b:0", { fifo: 40n, lifo: 40n }),
  ];
  expect(ruleAgreement(trailOf(["fifo", "lifo"], both("exit"))).agreed.map((said) => said.coin)).toEqual([
    "a:0",
    "b:0",
  ]);
  expect(ruleAgreement(trailOf(["fifo", "lifo"], both("notFollowed"))).differing).toHaveLength(2);
});

test("fees stand as one end a rule and are compared as one", () => {
  const fee = (rule: Rule, amount: bigint) => end("", { [rule]: amount }, { kind: "fee", coin: null, value: null });
  const { agreed } = ruleAgreement(
    trailOf(["fifo", "lifo"], [end("a:0", { fifo: 97n, lifo: 97n }), fee("fifo", 3n), fee("lifo", 3n)]),
  );
  expect(agreed.map((said) => [said.kind, said.max])).toEqual([
    ["unspent", 97n],
    ["fee", 3n],
  ]);
});

test.each([[["poison"]], [["fifo"]], [["poison", "fifo"]]] as Rule[][][])("%j leave nothing to compare", (rules) => {
  const { agreed, differing, common } = ruleAgreement(trailOf(rules, [end("a:0", { fifo: 100n })]));
  expect([agreed, differing, common]).toEqual([[], [], []]);
});

test("what each rule says of the ends adds up to what it seeded, and so bounds what is common", () => {
  const ledgers = [equalMix(20), peelChain(9, ["haircut", "fifo", "clean-first"])];
  const random = fc
    .integer({ min: 1, max: 100_000 })
    .map((seed) => manyMovements(30, ["haircut", "lifo", "tiho"], seed));
  fc.assert(
    fc.property(fc.oneof(fc.constantFrom(...ledgers), random), (ledger) => {
      const trail = madeTrail(ledger);
      const { agreed, differing, common, rules } = ruleAgreement(trail);
      expect(rules).toEqual(trail.rules.filter((rule) => ruleFacts[rule].conserved));
      for (const ground of common) {
        const opinions = [...agreed, ...differing].filter((said) => said.label === ground.label);
        for (const rule of rules) {
          const sum = opinions.reduce((all, said) => all + said.byRule.find((by) => by.rule === rule)!.amount, 0n);
          expect(sum).toBe(trail.totals.find((total) => total.rule === rule && total.label === ground.label)?.seeded);
        }
        expect(ground.common).toBe(opinions.reduce((all, said) => all + said.min, 0n));
      }
      const spreads = differing.map((said) => said.max - said.min);
      for (const [i, spread] of spreads.entries())
        expect(spread <= (spreads[i - 1] ?? spread) && spread > 0n).toBe(true);
    }),
    { numRuns: 60 },
  );
});
