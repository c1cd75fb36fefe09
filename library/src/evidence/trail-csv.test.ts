import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { End, Trail } from "../trace/trail.ts";
import { broker, thief, usdt } from "./account-parts.fixture.ts";
import { crossing } from "./account-trails.fixture.ts";
import { manyMovements, smallTheft } from "./made-ledgers.fixture.ts";
import { visibleText } from "./text-safety.ts";
import { alternativesCsv, endsCsv, linksCsv, movementsCsv } from "./trail-csv.ts";
import { madeTrail } from "./trails.fixture.ts";

const trail = madeTrail(smallTheft);

const whole = (csv: Iterable<string>): string => [...csv].join("");

const rowsOf = (csv: Iterable<string>): Record<string, string>[] =>
  parse(whole(csv), { columns: true, record_delimiter: "\r\n" });

test("ends come back from CSV, each amount a whole number of smallest units", () => {
  const rows = rowsOf(endsCsv(trail));
  const expected = trail.ends.flatMap((end, i) =>
    end.traced.map((said) => ({
      end: String(i + 1),
      kind: end.kind,
      ledger: end.ledger,
      coin: end.coin ?? "",
      account: end.account ?? "",
      asset: end.asset,
      value: end.value === null ? "" : String(end.value),
      why: end.why,
      rule: said.rule,
      label: said.label,
      amount: String(said.amount),
      stolen: String(said.stolen),
      stolen_asset: "BTC",
    })),
  );
  expect(rows).toEqual(expected);
});

test("movements come back from CSV with every traced amount", () => {
  const many = madeTrail(manyMovements(40));
  const rows = rowsOf(movementsCsv(many));
  expect(rows.map((row) => [row.transaction, row.coin, row.rule, row.label, row.amount])).toEqual(
    many.movements.flatMap((movement) =>
      movement.to.flatMap((to) =>
        to.traced.map((said) => [movement.transaction, to.coin, said.rule, said.label, String(said.amount)]),
      ),
    ),
  );
  expect(rows[0]).toMatchObject({ movement: "1", time: "2017-08-03T03:00:00Z", hops: "1", height: "478000" });
});

test("transfers come back from CSV with where a link brought them from, days as days", () => {
  const rows = rowsOf(movementsCsv(crossing));
  expect(rows[0]).toMatchObject({ time: "2016-02-04", from: "GB00TEST00000000000123", from_ledger: "", height: "" });
  const over = rows.find((row) => row.asset === usdt.id && row.rule === "fifo");
  expect(over).toMatchObject({
    account: thief,
    from: broker,
    from_ledger: "bank",
    from_asset: "USD",
    amount: "798400000000",
    stolen: "80000000",
    stolen_asset: "USD",
  });
});

test("several payers are a list that can be read back, whatever they are called", () => {
  const from = ["A, B", 'say "so"', "x y"].map((account) => ({ coin: null, account }));
  const movements = [{ ...crossing.movements[0]!, from }];
  const [row] = rowsOf(movementsCsv({ ...crossing, movements }));
  expect(JSON.parse(row?.from ?? "")).toEqual(from.map(({ account }) => account));
});

test("links and what hangs on assumptions come back from CSV", () => {
  const links = rowsOf(linksCsv(crossing));
  expect(links.map(({ link, rule, followed, stolen }) => [link, rule, followed, stolen])).toEqual(
    crossing.links.flatMap((link) => {
      const said = link.traced.map(({ rule, stolen }) => [rule, String(stolen)]);
      return (said.length === 0 ? [["", ""]] : said).map(([rule, stolen]) => [
        link.id,
        rule,
        link.followed ? "yes" : "no",
        stolen,
      ]);
    }),
  );
  expect(JSON.parse(links[0]?.from_transactions ?? "")).toEqual(crossing.links[0]?.from.transactions);
  expect(rowsOf(alternativesCsv(crossing)).map((row) => [row.assumption, row.rule, row.stolen, row.otherwise])).toEqual(
    crossing.alternatives.flatMap(({ assumption, differences }) =>
      differences.map(({ rule, stolen, otherwise }) => [assumption, rule, String(stolen), String(otherwise)]),
    ),
  );
});

function withText(text: string): Trail {
  const end: End = { ...trail.ends[0]!, account: text, why: text, ledger: text };
  return { ...trail, ends: [end] };
}

test.each(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "＝1", '=HYPERLINK("http://x","y")'])(
  "%j does not become a formula",
  (text) => {
    const [row] = rowsOf(endsCsv(withText(text)));
    expect(row?.account).toBe(visibleText(`'${text}`));
    expect(row?.why).toMatch(/^'/u);
  },
);

test("whatever the text, a cell holds it in one line and no row is added", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 40 }), (text) => {
      const csv = whole(endsCsv(withText(text)));
      const rows = rowsOf(csv);
      expect(rows).toHaveLength(trail.ends[0]!.traced.length);
      expect(csv.split("\r\n")).toHaveLength(rows.length + 2);
      for (const row of rows) {
        expect([visibleText(text), `'${visibleText(text)}`]).toContain(row.account);
        expect(row.account).not.toMatch(/^[=+\-@\t\r]/u);
      }
    }),
  );
});
