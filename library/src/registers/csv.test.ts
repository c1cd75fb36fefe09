import { parse } from "csv-parse/sync";
import { expect, test } from "vitest";
import { incidentsCsv } from "./csv.ts";
import { findIncidents } from "./find-incidents.ts";
import { article, filler } from "./incidents.fixture.ts";

test("a row for each place that states a value, which any reader of CSV takes apart", async () => {
  const told = await article(
    `Northwind, "the safest" exchange, was hacked on July 12, 2019, and lost $28 million. ${filler}`,
  );
  const text = incidentsCsv(findIncidents([told]), (one) => one);
  const rows = parse(text, { columns: true, record_delimiter: "\r\n" }) as Record<string, string>[];
  expect(rows.map(({ field, value, unit }) => [field, value, unit])).toEqual([
    ["victim", "Northwind", ""],
    ["date", "2019-07-12", ""],
    ["kind", "exchange", ""],
    ["amount", "28000000 USD", "USD"],
    ["statement", "", ""],
  ]);
  expect(rows[0]).toMatchObject({
    source: told.document.id,
    kind: "document",
    start: "0",
    end: "9",
    text: "Northwind",
  });
});

test("text that a spreadsheet would run is kept from it", async () => {
  const told = await article(`=1+1, Northwind was hacked on July 12, 2019, and lost $28 million. ${filler}`);
  const text = incidentsCsv(findIncidents([told]), (one) => one);
  expect(text).toContain(`"'=1+1, Northwind`);
  expect(text).not.toMatch(/(?:^|,)"?=/mu);
});
