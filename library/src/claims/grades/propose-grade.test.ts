import fc from "fast-check";
import { expect, test } from "vitest";
import { type OriginEvidence, type PositionEvidence, proposeGrade } from "./propose-grade.ts";

const origin = (party: string, more: Partial<OriginEvidence> = {}): OriginEvidence => ({
  party,
  hasAccess: null,
  isInterested: false,
  isUnnamed: false,
  reliability: null,
  ...more,
});
const position = (more: Partial<PositionEvidence>): PositionEvidence => ({
  origins: [],
  originsUnknown: 0,
  outlets: 1,
  opposingOrigins: 0,
  contradictions: 0,
  ...more,
});

test.each([
  ["nobody says whom it is from", position({ outlets: 40 }), "F6"],
  ["forty outlets repeat one origin", position({ outlets: 40, origins: [origin("a panel")] }), "F3"],
  ["one saw it itself, and gains nothing by it", position({ origins: [origin("a bank", { hasAccess: true })] }), "F2"],
  [
    "one saw it itself, and is the accused",
    position({ origins: [origin("a ministry", { hasAccess: true, isInterested: true, isUnnamed: false })] }),
    "F3",
  ],
  ["two origins say it", position({ origins: [origin("a panel"), origin("a bank")] }), "F1"],
  ["one origin says it twice", position({ origins: [origin("a panel"), origin("a panel")] }), "F3"],
  [
    "two origins, and figures that contradict",
    position({ origins: [origin("a"), origin("b")], contradictions: 1 }),
    "F3",
  ],
  ["two origins, and one that denies", position({ origins: [origin("a"), origin("b")], opposingOrigins: 1 }), "F4"],
  ["a source with a record", position({ origins: [origin("a"), origin("b", { reliability: "B" })] }), "B1"],
])("%s: %#", (_, evidence, grade) => {
  const { reliability, credibility } = proposeGrade(evidence);
  expect(`${reliability}${credibility}`).toBe(grade);
});

test("a denial that two parties make is confirmed no more than the allegation that it denies", () => {
  const denial = position({ origins: [origin("a spokesman"), origin("an embassy")], opposingOrigins: 1 });
  expect(proposeGrade(denial).credibility).toBe(4);
});

const evidence = fc.record({
  origins: fc.array(
    fc.record({
      party: fc.constantFrom("a", "b", "c"),
      hasAccess: fc.constantFrom(true, false, null),
      isInterested: fc.boolean(),
      isUnnamed: fc.boolean(),
      reliability: fc.constantFrom("A", "C", "E", "F", null),
    }),
    { maxLength: 4 },
  ),
  originsUnknown: fc.nat(5),
  outlets: fc.integer({ min: 1, max: 50 }),
  opposingOrigins: fc.nat(3),
  contradictions: fc.nat(2),
}) satisfies fc.Arbitrary<PositionEvidence>;

test("every grade has reasons, more outlets change nothing, and what is opposed is never confirmed", () => {
  fc.assert(
    fc.property(evidence, fc.nat(100), (one, more) => {
      const grade = proposeGrade(one);
      expect(grade.reasons.length).toBeGreaterThan(1);
      expect(grade.wouldChange.length).toBeGreaterThan(0);
      const louder = proposeGrade({ ...one, outlets: one.outlets + more });
      expect([louder.reliability, louder.credibility]).toEqual([grade.reliability, grade.credibility]);
      if (one.opposingOrigins > 0) expect(grade.credibility).toBeGreaterThanOrEqual(4);
      if (grade.credibility === 1) expect(new Set(one.origins.map(({ party }) => party)).size).toBeGreaterThan(1);
    }),
    { seed: 4 },
  );
});
