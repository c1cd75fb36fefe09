import fc from "fast-check";
import { expect, test } from "vitest";
import { chooseLinks, type PlacedLink } from "./choose-links.ts";
import type { LinkBasis } from "./link.ts";

function linkOf(id: string, confidence: number, ids: readonly number[], basis: LinkBasis = "declared"): PlacedLink {
  const side = { ledger: "a", transactions: [], coins: [], account: null, asset: "USD", amount: 1n };
  const [from = 0, to = 1] = ids;
  return {
    link: { id, kind: "otc", basis, confidence, source: "s", from: side, to: side },
    sides: { from: { part: 0, ids: [from] }, to: { part: 0, ids: [to] }, amount: null },
  };
}

const ids = (links: readonly PlacedLink[]) => links.map(({ link }) => link.id);

test("of rivals the surer one is followed, of equals a person's word before a rule's", () => {
  const { followed, notFollowed } = chooseLinks(
    [linkOf("b", 0.6, [1, 2]), linkOf("a", 0.9, [1, 3]), linkOf("d", 0.7, [4, 5], "event"), linkOf("c", 0.7, [4, 6])],
    0.5,
  );
  expect(ids(followed)).toEqual(["a", "c"]);
  expect(notFollowed.map(({ placed, why }) => [placed.link.id, why])).toEqual([
    ["d", expect.stringMatching(/c has the better claim/u)],
    ["b", expect.stringMatching(/a has the better claim/u)],
  ]);
});

test("none below the asked confidence is followed, and it does not stand in another's way", () => {
  const { followed, notFollowed } = chooseLinks([linkOf("a", 0.4, [1, 2]), linkOf("b", 0.5, [1, 2])], 0.5);
  expect(ids(followed)).toEqual(["b"]);
  expect(notFollowed[0]?.why).toMatch(/below the asked 0.5/u);
});

test("no movement feeds two links, whatever order they come in", () => {
  const links = fc.uniqueArray(
    fc.record({
      id: fc.string({ minLength: 1, maxLength: 3 }),
      confidence: fc.constantFrom(0.2, 0.5, 0.9),
      from: fc.nat(5),
      to: fc.integer({ min: 6, max: 11 }),
    }),
    { selector: ({ id }) => id, maxLength: 8 },
  );
  fc.assert(
    fc.property(links, (list) => {
      const placed = list.map(({ id, confidence, from, to }) => linkOf(id, confidence, [from, to]));
      const chosen = chooseLinks(placed, 0.3);
      const used = chosen.followed.flatMap(({ sides }) => [...sides.from.ids, ...sides.to.ids]);
      expect(new Set(used).size).toBe(used.length);
      expect(chosen.followed.length + chosen.notFollowed.length).toBe(list.length);
      expect(ids(chooseLinks([...placed].reverse(), 0.3).followed)).toEqual(ids(chosen.followed));
    }),
  );
});
