import { expect, test } from "vitest";
import { codePoints } from "../code-points.ts";
import { findFigureEvents } from "./find-events.ts";
import { findFigures } from "./find-figures.ts";

const events = (text: string) =>
  findFigureEvents(text, findFigures(text)).map(({ figure, event }) => {
    const points = codePoints(text);
    return `${figure.text}: ${points.slice(event.deed)} / ${points.slice(event.victim)}`;
  });

test.each([
  ["The 2015 raid on the Central Bank of Ruritania shook it.", ["2015: raid / Central Bank of Ruritania"]],
  [
    "He is tied to a $12m heist that targeted the Ruritania central bank in 2016.",
    ["$12m: heist / Ruritania", "2016: targeted / Ruritania"],
  ],
  ["Thieves stole $5m from Northwind Exchange.", ["$5m: stole / Northwind Exchange"]],
  ["Northwind was hacked in 2018.", ["2018: hacked / Northwind"]],
  ["The Northwind hack cost $5m.", ["$5m: hack / Northwind"]],
  ["In 2018, $5m was stolen from Northwind.", ["2018: stolen / Northwind", "$5m: stolen / Northwind"]],
  ["Northwind suffered a $5m hack in June 2018.", ["$5m: hack / Northwind", "June 2018: hack / Northwind"]],
  ["The gang that hit Contoso Pictures in 2014 is at large.", ["2014: hit / Contoso Pictures"]],
  ["ARDEN, Sept 4 - Northwind was hit on Monday.", ["Monday: hit / Northwind"]],
  ["One of our vaults was drained on March 9.", []],
  ["Crimson Heron claimed responsibility for the raid and demanded $5m.", []],
  ["Northwind lost 500 BTC.", ["500 BTC: lost / Northwind"]],
  [
    "It names a $12m theft at Northwind in 2016 and a 2014 attack on Contoso’s studio.",
    ["$12m: theft / Northwind", "2016: theft / Northwind", "2014: attack / Contoso"],
  ],
])("%s", (text, expected) => {
  expect(events(text)).toEqual(expected);
});

test.each([
  "Attacks on banks brought in $2bn by 2019.",
  "Ruritania has stolen $2bn.",
  "Prices hit $5 in 2016.",
  "The thieves of the 2016 heist were caught on Friday.",
  "The heist took place in 2016.",
  "In 2016 Northwind moved its office.",
])("%s tells of no one event", (text) => {
  expect(events(text)).toEqual([]);
});
