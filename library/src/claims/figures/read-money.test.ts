import { expect, test } from "vitest";
import { findFigures } from "./find-figures.ts";

const money = (text: string) =>
  findFigures(text)
    .filter(({ kind }) => kind === "money")
    .map(({ value, to, unit, text: words }) => `${value}${to === null ? "" : `..${to}`} ${unit} [${words}]`);

test.each([
  ["They took $2bn.", "2000000000 USD [$2bn]"],
  ["a loss of US$1.5 million", "1500000 USD [US$1.5 million]"],
  ["up to two billion US dollars", "2000000000 USD [two billion US dollars]"],
  ["two million U.S. dollars", "2000000 USD [two million U.S. dollars]"],
  ["2,5 Mio. €", "2500000 EUR [2,5 Mio. €]"],
  ["10,000 BTC", "10000 BTC [10,000 BTC]"],
  ["about 0.00000001 BTC", "0.00000001 BTC [0.00000001 BTC]"],
  ["3 satoshis", "0.00000003 BTC [3 satoshis]"],
  ["A$4.5m", "4500000 AUD [A$4.5m]"],
  ["75 USD million", "75000000 USD [75 USD million]"],
  ["30 MUSD", "30000000 USD [30 MUSD]"],
  ["EUR 125", "125 EUR [EUR 125]"],
  ["$1.5m USD", "1500000 USD [$1.5m USD]"],
  ["10,000 Swiss francs", "10000 CHF [10,000 Swiss francs]"],
  ["70 billion South Korean won", "70000000000 KRW [70 billion South Korean won]"],
  ["13 dollars and 45 cents", "13.45 USD [13 dollars and 45 cents]"],
  ["50 cents", "0.5 USD [50 cents]"],
  ["a $5 million-a-year scheme", "5000000 USD [$5 million]"],
  ["between $10m and $15m", "10000000..15000000 USD [$10m and $15m]"],
  ["$10-15 million", "10000000..15000000 USD [$10-15 million]"],
  ["10 to 15 million euros", "10000000..15000000 EUR [10 to 15 million euros]"],
])("%s", (text, expected) => {
  expect(money(text)).toEqual([expected]);
});

test("each of two amounts keeps its own unit", () => {
  expect(money("swapped 10 BTC 200 ETH")).toEqual(["10 BTC [10 BTC]", "200 ETH [200 ETH]"]);
  expect(money("rose from $10m to $15m")).toEqual(["10000000 USD [$10m]", "15000000 USD [$15m]"]);
});

test.each(["ALL 5 thefts", "the team won 3 of 5", "15 dolls and 50 marks", "a room of 20 people", "5 real fears"])(
  "%s is no money",
  (text) => {
    expect(money(text)).toEqual([]);
  },
);

test("a bare sign is an assumption, a named currency is not", () => {
  expect(findFigures("$5 and 5 US dollars and €5").map(({ assumed }) => assumed)).toEqual([true, false, false]);
});
