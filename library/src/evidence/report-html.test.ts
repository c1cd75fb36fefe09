import fc from "fast-check";
import { expect, test } from "vitest";
import { formatAmount } from "../money/amount.ts";
import { bitcoin } from "../money/asset.ts";
import { rules } from "../trace/rule.ts";
import type { ListedTrail } from "../trace/trail.ts";
import { flowPicture, flowPictureFile } from "./flow-picture.ts";
import {
  backwardTrail,
  equalMix,
  manyMovements,
  peelChain,
  smallTheft,
  smallTheftExits,
} from "./made-ledgers.fixture.ts";
import { readMarkup } from "./markup.fixture.ts";
import { hostile, readReport } from "./read-report.fixture.ts";
import { reportHtml } from "./report-html.ts";
import type { ReportInput } from "./report-input.ts";
import { visibleText } from "./text-safety.ts";
import { finishTrail, madeInput, madeTrail } from "./trails.fixture.ts";

const digits = (units: bigint) => formatAmount(bitcoin, units, "digits");
const small = madeTrail(smallTheft);
const tags = [
  { account: smallTheftExits[0], label: "Exchange X", source: "tags.yaml" },
  { account: smallTheftExits[0], label: "Mixer Z", source: "another list" },
  { account: "nobody", label: "Nobody", source: "tags.yaml" },
  { account: smallTheftExits[1], label: "", source: "tags.yaml" },
];

/** Every amount of the trail, as it is printed. */
function amountsOf(trail: ListedTrail): Set<string> {
  const traced = [...trail.ends, ...trail.movements.flatMap((movement) => movement.to)].flatMap((to) => to.traced);
  const totals = trail.totals.flatMap((t) => [t.seeded, t.unspent, t.exits, t.fees, t.unknown, t.notFollowed, t.mined]);
  const values = trail.ends.flatMap((end) => end.value ?? []);
  return new Set(
    [...traced.map((said) => said.amount), ...totals, ...values].filter((units) => units > 0n).map(digits),
  );
}

test.each([
  ["a small theft", small],
  ["a peel chain", madeTrail(peelChain(40, rules))],
  ["an equal mix of two thefts", madeTrail(equalMix(30))],
  ["a backward trail", backwardTrail],
])("%s: the page is well formed and holds every amount, coin and account of the trail", (_, trail) => {
  const { text } = readReport(madeInput(trail, { tags }));
  for (const amount of amountsOf(trail)) expect(text).toContain(amount);
  for (const end of trail.ends) expect(text).toContain(end.coin ?? end.why);
  for (const movement of trail.movements) expect(text).toContain(movement.transaction);
  expect(text).toContain(trail.id);
  expect(text).toContain(trail.ledgers[0]?.snapshot.hash);
});

test("the same input gives the same bytes", () => {
  expect(reportHtml(madeInput(small, { tags }))).toBe(reportHtml(madeInput(small, { tags })));
});

test("sections stand in order, each with a heading; tables have captions; each rule has its picture", () => {
  const { elements } = readReport(madeInput(small, { tags }));
  expect(elements.filter((element) => element.name === "section").map((s) => s.attributes.get("id"))).toEqual([
    "story",
    "picture",
    "totals",
    "agreement",
    "ends",
    "not-followed",
    "movements",
    "rerun",
    "glossary",
  ]);
  const headings = elements.map((element) => element.name).filter((name) => /^h\d$/u.test(name));
  expect(headings[0]).toBe("h1");
  headings.forEach((heading, i) => {
    expect(Number(heading[1])).toBeLessThanOrEqual(Number(headings[i - 1]?.[1] ?? 0) + 1);
  });
  elements.forEach((element, i) => {
    if (element.name === "table") expect(elements[i + 1]?.name).toBe("caption");
    if (element.name === "svg" && element.attributes.get("class") === "flow") {
      expect([elements[i + 1]?.name, elements[i + 2]?.name]).toEqual(["title", "desc"]);
    }
  });
  const radios = elements.filter((element) => element.name === "input");
  expect(radios.map((radio) => radio.attributes.get("id"))).toEqual(rules.map((rule) => `show-${rule}`));
  expect(radios.filter((radio) => radio.attributes.has("checked"))).toHaveLength(1);
});

test("a tag names somebody only according to its source, and tags that disagree stand side by side", () => {
  const { text } = readReport(madeInput(small, { tags }));
  expect(text).toContain("“Exchange X” according to tags.yaml and “Mixer Z” according to another list");
  expect(text.match(/Nobody/gu)).toBeNull();
  expect(text).toContain("2 more tags that were given name no account on the trail, say nothing, or repeat another.");
});

test("the story says what was seeded, when, how far, and where it ended under each rule", () => {
  const { text } = readReport(madeInput(small));
  expect(text).toContain("This trail follows 12.50000000 BTC labelled “theft”, starting from 1 coin:");
  expect(text).toContain(
    "moved in 5 transactions between 2017-08-03 03:00:00 UTC (block 478,000) and " +
      "2017-08-04 05:40:00 UTC (block 478,160), a span of 1 day and 2 hours, over at most 4 hops from a seed.",
  );
  expect(text).toContain(
    "fifo, dirty-first and tiho: 2.49800000 BTC is unspent, in 1 coin; 9.40000000 BTC left the trail at a stop, " +
      "in 2 coins; 0.60000000 BTC is of unknown fate, in 1 coin; " +
      "0.00200000 BTC went to transaction fees.",
  );
  expect(text).toContain(
    "Whichever of these 6 rules is applied, at least 8.50000000 BTC of the 12.50000000 BTC seeded",
  );
});

test("many seeds are told by account, each with what was asked of it", () => {
  const seeds = Array.from({ length: 7 }, (_, i) => ({
    ...small.seeds[0]!,
    account: i < 4 ? "one" : "two",
    amount: 5n,
  }));
  const { text } = readReport(madeInput({ ...small, seeds }));
  expect(text).toContain("0.00000020 BTC in 4 coins of one");
  expect(text).toContain("0.00000015 BTC in 3 coins of two");
});

test("totals that do not add up are shown as such, and poison claims no sum", () => {
  const wrong = {
    ...small,
    totals: small.totals.map((total) => (total.rule === "fifo" ? { ...total, fees: 1n } : total)),
  };
  const cells = (page: string) => [...page.matchAll(/<td class="check[^"]*">([^<]*)/gu)].map((match) => match[1]);
  expect(cells(reportHtml(madeInput(small)))).toEqual(["not claimed", "yes", "yes", "yes", "yes", "yes", "yes"]);
  expect(cells(reportHtml(madeInput(wrong)))).toEqual(["not claimed", "yes", "NO", "yes", "yes", "yes", "yes"]);
});

test("a bounded trail says which budget was met, under which rule, and where to go on", () => {
  const bounds = [{ reason: "hops", label: "theft", rule: "fifo", amount: 123_456n, next: "coin:7" }] as const;
  const trail: ListedTrail = { ...small, status: "bounded", bounds };
  const { text } = readReport(madeInput(trail, { budget: { hops: 3, min: 5_000n } }));
  expect(text).toContain("The trail is bounded: a budget was met");
  expect(text).toMatch(/the budget of hops was met\s*fifo\s*theft\s*0\.00123456\s*coin:7/u);
  expect(text).toContain("at most 3 hops; amounts of at least 0.00005000 BTC");
});

test("a trail in which nothing moved has a report, too", () => {
  const nothing = finishTrail({ ...small, movements: [], ends: [], bounds: [] });
  expect(readReport(madeInput(nothing)).text).toContain("No transaction of the ledger moved it.");
  expect(readReport(madeInput({ ...nothing, seeds: [], totals: [], ledgers: [] })).text).toContain(
    "Where the value went",
  );
});

test("a table that holds too much says so", () => {
  const { text } = readReport(madeInput(madeTrail(manyMovements(2500, ["haircut"]))));
  // Only the notes: a mismatch would otherwise print the whole page.
  const notes = [
    ...text.matchAll(/The first [\d,]+ of [\d,]+ [a-z]+ are listed here; the same command with --json prints all/gu),
  ].map(String);
  expect(notes).toEqual([
    expect.stringMatching(/^The first 2,000 of \d,\d{3} ends are/u),
    expect.stringMatching(/^The first 1,000 of 2,\d{3} movements are/u),
  ]);
  expect(text.match(/[\d,]+ further movements are joined by their place in the flow\./u)).not.toBeNull();
});

/** The same trail with a text in every place that a text from outside can take. */
function poisoned(text: string): ReportInput {
  const traced = (list: ListedTrail["ends"][number]["traced"]) => list.map((said) => ({ ...said, label: text }));
  const trail: ListedTrail = {
    ...small,
    id: text,
    ledgers: small.ledgers.map((one) => ({ ...one, name: text, network: text, snapshot: { height: 1, hash: text } })),
    seeds: small.seeds.map((seed) => ({ ...seed, ledger: text, account: text, label: text, coin: text, asset: text })),
    totals: small.totals.map((total) => ({ ...total, label: text, asset: text })),
    bounds: [{ reason: "min", label: text, rule: "fifo", amount: 1n, next: text }],
    ends: small.ends.map((end) => ({ ...end, ledger: text, account: text, why: text, traced: traced(end.traced) })),
    movements: small.movements.map((movement) => ({
      ...movement,
      ledger: text,
      transaction: text,
      to: movement.to.map((to) => ({ ...to, account: text, asset: text, traced: traced(to.traced) })),
    })),
  };
  return madeInput(trail, {
    tags: [{ account: text, label: text, source: text }],
    command: ["spoor", text],
    engine: text,
    files: [{ name: text, sha256: text }],
    stops: [text],
    ledgers: [{ name: text, blocks: 1, transactions: 1, inputs: 1, outputs: 1 }],
  });
}

test.each(hostile)("%j stays text wherever it stands", (text) => {
  const input = poisoned(text);
  const { page, text: shown } = readReport(input);
  expect(shown).toContain(visibleText(text));
  expect(page).not.toMatch(/[\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}]|(?!\n)\p{Cc}/u);
  const listed = { ...input.trail, movements: [...input.trail.movements] };
  readMarkup(flowPictureFile({ ...input, trail: listed, rule: "fifo" }));
});

test("random text stays text", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", minLength: 1, maxLength: 30 }), (text) => {
      readReport(poisoned(text));
    }),
    { numRuns: 15 },
  );
});

test("the strict reader refuses broken markup", () => {
  for (const broken of ["<p>", "</p>", "<p><b></p></b>", "<p class=a></p>", "a > b", "a & b", '<p a="<"></p>']) {
    expect(() => readMarkup(broken)).toThrow();
  }
});

test("a picture under a rule that was not asked for is refused", () => {
  const { assets } = madeInput(small);
  const rows = { seed: 0, movement: 0, end: 0 };
  expect(() => flowPicture({ trail: backwardTrail, rule: "lifo", assets, tags: [], rows })).toThrow(
    /not traced under lifo; it was under fifo/u,
  );
});

test("a picture file stands alone: its style inside, nothing fetched, readable in light and dark", () => {
  const file = flowPictureFile({ trail: small, rule: "haircut", assets: [bitcoin], tags });
  expect(
    readMarkup(file.trim())
      .elements.map((element) => element.name)
      .slice(0, 3),
  ).toEqual(["svg", "style", "title"]);
  expect(file).toContain("prefers-color-scheme:dark");
  expect(file).toContain("“Exchange X”");
  expect(file).not.toMatch(/url\(|href/u);
});
