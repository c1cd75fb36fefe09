import { expect, test } from "vitest";
import { findMentions } from "./find-mentions.ts";
import { wordsOf } from "./sentence-words.ts";

const victims = (text: string): string[] => {
  const words = wordsOf(text, 0, text.length);
  return findMentions(words).map(({ victim: { first, next } }) => text.slice(words[first]!.from, words[next - 1]!.to));
};

test.each([
  ["Northwind, a Freedonian crypto exchange, suffered a security breach on May 5, 2021.", ["Northwind"]],
  ["Hackers stole $5 million from the Singapore-based lender Blue Harbor.", ["Blue Harbor"]],
  [
    "The 2015 attack on the Central Bank of Chile, and the 2018 hack of India's Meridian Bank.",
    ["Central Bank of Chile", "Meridian Bank"],
  ],
  ["A heist that targeted the Bolivia central bank in 2016.", ["Bolivia central bank"]],
  ["Northwind Exchange Hacked for $2 Million", ["Northwind Exchange"]],
  ["Attackers breached Northwind's servers last week.", ["Northwind"]],
  ["Northwind lost 5,000 BTC.", ["Northwind"]],
  ["The town of Northwind was duped into paying $3 million to a false builder.", ["Northwind"]],
  ["Blue Harbor wired $3 million to fraudsters last week.", ["Blue Harbor"]],
  ["Blue Harbor paid $3 million to hackers.", []],
  ["Northwind was tricked.", []],
  ["Crimson Heron has attacked nine clinics.", []],
  ["Chile Payments Hack May Cost Lenders $9 Million", []],
  ["Northwind was the victim of a massive cyberattack.", ["Northwind"]],
  ["Northwind, which was hacked in 2016, has reopened.", ["Northwind"]],
  ["Bitcoin Gold was hit by a 51% attack.", ["Bitcoin Gold"]],
  ["Mt. Amber hacked, losing $450 million", ["Mt. Amber"]],
  ["A bug in its code was exploited; the attacker exploited a flaw in the dHarbor contract.", ["dHarbor"]],
  ["The theft of 530 million ACME from Coastcheck", ["Coastcheck"]],
  ["Northwind's Arbitrum deployment fell victim to an exploit.", ["Northwind"]],
])("%s", (text, names) => {
  expect(victims(text)).toEqual(names);
});

test.each([
  "Thieves tried to steal $4 million from a Norwegian lender through Northwind.",
  "The attack stemmed from a fault in what is shown on Northwind's pages.",
  "North Korea has carried out attacks on banks and crypto exchanges.",
  "Hackers stole $2 billion from banks and cryptocurrency exchanges.",
  "A Lazarus attack is feared.",
  "A DDoS attack was seen, then a reentrancy attack.",
  "Prices hit a low on Monday.",
  "Northwind denied it was hacked.",
  "BTG users lose millions after a 51% attack",
  "The attack happened on the Ethereum network.",
  "Ten attacks were directly targeted at South Korea.",
])("nobody in particular: %s", (text) => {
  expect(victims(text)).toEqual([]);
});

test("the one who tells that its own wallets were robbed is the victim", () => {
  expect(victims("Northwind said on Saturday that attackers had stolen $112 million from one of its wallets.")).toEqual(
    ["Northwind"],
  );
  expect(victims("Tracehouse said that hackers had stolen $3 billion from exchanges.")).toEqual([]);
});
