import fc from "fast-check";
import { expect, test } from "vitest";
import type { ListedTrail } from "../trace/trail.ts";
import { broker, crossingAssets, second, thief, usdt } from "./account-parts.fixture.ts";
import { crossing, crossingInput } from "./account-trails.fixture.ts";
import { flowPictureFile } from "./flow-picture.ts";
import { manyPayments, paymentsBack } from "./many-payments.fixture.ts";
import { readMarkup } from "./markup.fixture.ts";
import { hostile, readReport } from "./read-report.fixture.ts";
import { reportHtml } from "./report-html.ts";
import type { ReportInput } from "./report-input.ts";
import { visibleText } from "./text-safety.ts";
import { amountPrinter } from "./wording.ts";

const print = amountPrinter(crossingAssets);
const section = (page: string, id: string) =>
  readMarkup(new RegExp(`<section id="${id}">.*?</section>`, "su").exec(page)![0]).text.replaceAll(/\s+/gu, " ");

test("every amount stands in its own asset, and with what it stands for where that is another", () => {
  const { page, text } = readReport(crossingInput());
  const ends = section(page, "ends");
  for (const { coin, account, asset, traced } of crossing.ends) {
    for (const { amount, stolen } of traced) {
      if (coin !== null || account !== null) expect(ends).toContain(print(asset, amount, "digits"));
      if (asset !== "USD") expect(ends).toContain(print("USD", stolen));
    }
  }
  for (const account of [broker, thief, second, "GB00 TEST 0000 0000 0001 23"]) expect(text).toContain(account);
  for (const { transaction } of crossing.movements) expect(text).toContain(transaction);
  expect(text).toContain(usdt.id);
});

test("charges, which one end holds in many assets, are told by what they stand for", () => {
  const { page } = readReport(crossingInput());
  expect(section(page, "ends")).toMatch(
    /fee\s*btc\s*charges of the trail's movements\s*–\s*8,000.00 USD\s*7,800.00 USD/u,
  );
  expect(section(page, "agreement")).toContain("fees and charges, bank");
});

test("sections of links and assumptions stand where they belong, and nowhere else", () => {
  const sections = ({ elements }: ReturnType<typeof readReport>) =>
    elements.filter(({ name }) => name === "section").map(({ attributes }) => attributes.get("id"));
  expect(sections(readReport(crossingInput()))).toEqual([
    "story",
    "picture",
    "links",
    "totals",
    "agreement",
    "assumptions",
    "ends",
    "not-followed",
    "movements",
    "rerun",
    "glossary",
  ]);
});

test("each link is told with its kind, basis, confidence, source, both sides, fate and what went over it", () => {
  const { page } = readReport(crossingInput());
  const links = section(page, "links");
  expect(links).toContain("The trail met 5 links and followed 4.");
  for (const { id, confidence, source, why, from, to, traced } of crossing.links) {
    expect(links).toContain(`confidence ${confidence}`);
    for (const said of [id, source, why ?? "", print(from.asset, from.amount), print(to.asset, to.amount)]) {
      expect(links).toContain(said);
    }
    for (const { stolen } of traced) expect(links).toContain(print("USD", stolen));
  }
  expect(links).toContain("not followed");
});

test("assumptions are told as ranges for each end and rule", () => {
  const { page, text } = readReport(crossingInput());
  const said = section(page, "assumptions");
  expect(said).toContain("If accounts held more before the ledger begins");
  expect(said).toContain("between 149,975.00 USD and 189,975.00 USD");
  expect(said).toContain("If transactions of one day came in another order");
  expect(said).toContain("between 71,500.50 USD and 72,000.00 USD");
  expect(text).toContain("4 ends would get more or less under another assumption.");
  const none = readReport(crossingInput({ ...crossing, alternatives: [] }));
  expect(section(none.page, "assumptions")).toContain("No end of this trail is known to hang on an assumption");
});

test("the story speaks of accounts, links and why value left the trail", () => {
  const { text } = readReport(crossingInput());
  expect(text).toContain("1,000,000.00 USD received in INVENTED-UETR-0:0 by GB00 TEST 0000 0000 0001 23, in bank");
  expect(text).toContain("moved in 11 transactions, among 5 accounts between 2016-02-04 and 2016-02-09 02:30:00 UTC");
  expect(text).toContain("(50,000.00 USD out of the data and 480,000.00 USD at stops)");
  expect(text).toContain(
    "over 4 links; the least sure has a confidence of 0.6, and 1 link that it met was not followed.",
  );
  expect(text).not.toMatch(/in \d+ coins? of GB00/u);
});

test("ledgers of accounts and of coins each say how much they hold, and what they do not", () => {
  const { page } = readReport(crossingInput());
  const rerun = section(page, "rerun");
  expect(rerun).toContain("Ledgers of coins and their snapshots");
  expect(rerun).toContain("Ledgers of accounts and their snapshots");
  expect(rerun).toMatch(/statements of one bank/u);
  expect(rerun).toContain("“USDX”");
});

test("a trail through one ledger of accounts speaks of no coin", () => {
  for (const trail of [manyPayments(40, 9), paymentsBack()]) {
    const { page } = readReport(crossingInput(trail, { files: [], tags: [] }));
    const told = ["story", "picture", "totals", "ends", "movements", "not-followed", "agreement"];
    for (const id of told) expect([id, section(page, id).match(/coin/u)]).toEqual([id, null]);
  }
  expect(section(reportHtml(crossingInput(manyPayments(40, 9))), "ends")).toContain("held");
});

/** The crossing trail with a text in every place that a text from outside can take. */
function poisoned(text: string): ReportInput {
  const traced = (list: ListedTrail["ends"][number]["traced"]) => list.map((said) => ({ ...said, label: text }));
  const place = <Item extends { account: string | null; asset: string }>(item: Item) => ({
    ...item,
    ledger: text,
    account: text,
    asset: text,
  });
  const side = (one: ListedTrail["links"][number]["from"]) => ({ ...place(one), transactions: [text, text] });
  const trail: ListedTrail = {
    ...crossing,
    ledgers: crossing.ledgers.map((one) => ({ ...one, name: text, network: text })),
    seeds: crossing.seeds.map((seed) => ({ ...place(seed), label: text, transfer: text })),
    totals: crossing.totals.map((total) => ({ ...total, label: text, asset: text })),
    ends: crossing.ends.map((end) => ({ ...place(end), why: text, traced: traced(end.traced) })),
    movements: crossing.movements.map((movement) => ({
      ...movement,
      ledger: text,
      transaction: text,
      from: movement.from.map((from) => ({ ...from, account: text, ledger: text, asset: text })),
      to: movement.to.map((to) => ({ ...to, account: text, asset: text, traced: traced(to.traced) })),
    })),
    links: crossing.links.map((link) => ({
      ...link,
      id: text,
      source: text,
      why: text,
      from: side(link.from),
      to: side(link.to),
      traced: traced(link.traced),
    })),
    alternatives: crossing.alternatives.map((one) => ({
      ...one,
      what: text,
      differences: one.differences.map((difference) => ({ ...place(difference), label: text })),
    })),
  };
  const assets = [...crossingAssets, { id: text, decimals: 3, units: { [text]: 3 }, symbol: text }];
  return crossingInput(trail, { assets, tags: [{ account: text, label: text, source: text }] });
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
    { numRuns: 10 },
  );
});

test("the same input gives the same bytes", () => {
  expect(reportHtml(crossingInput())).toBe(reportHtml(crossingInput()));
});
