import { expect, test } from "vitest";
import { datelineUnits } from "./dateline.ts";
import { statementsIn } from "./statements.fixture.ts";

test.each([
  ["June 2 (Reuters) - Nimbus denied it.", "June 2 (Reuters) - "],
  ["LONDON, May 1 (Reuters) - Police left.", "LONDON, May 1 (Reuters) - "],
  ["FENWICK (Northern Wire) - Kestrel left.", "FENWICK (Northern Wire) - "],
  ["Fenwick (Northern Wire) — Kestrel left.", "Fenwick (Northern Wire) — "],
  ["ARDEN, Norland, 3 March 2031 (NW) -- The bank left.", "ARDEN, Norland, 3 March 2031 (NW) -- "],
  ["(Northern Wire) — Kestrel left.", "(Northern Wire) — "],
  ["OSTRAVA BAY — More than $9 million was gone.", "OSTRAVA BAY — "],
  ["Ostrava, May 4 (NPT) Police left.", "Ostrava, May 4 (NPT) "],
  ["14:05 Kestrel has shut its doors.", "14:05 "],
  ["9.40am GMT: Kestrel has shut its doors.", "9.40am GMT: "],
  ["14:05 was when it shut.", ""],
  ["NASA — the agency — said so.", ""],
  ["Ana Cole (Left Party) - a lawyer - said so.", ""],
  ["The Harbour Bank (HB) said so.", ""],
  ["KESTREL-BACKED lenders left.", ""],
])("the dateline of: %s", (text, expected) => {
  expect(text.slice(0, datelineUnits(text, { from: 0, to: text.length }))).toBe(expected);
});

test("a dateline is neither who speaks nor what is said", () => {
  expect(
    statementsIn("FENWICK (Northern Wire) - Kestrel said it was empty.\nARDEN — The vault was empty, police said.").map(
      ({ who, what }) => [who, ...what],
    ),
  ).toEqual([
    ["Kestrel", "it was empty"],
    ["police", "The vault was empty"],
  ]);
});
