import { expect, test } from "vitest";
import { statementsIn } from "./statements.fixture.ts";

const shown = (text: string) => statementsIn(text).map(({ who, cue, what }) => `${who} ${cue}: ${what.join(" … ")}`);

test.each([
  ["Prosecutors alleged that Cole hid the money.", "Prosecutors alleged: Cole hid the money"],
  ["The money was stolen, the FBI alleged.", "the FBI alleged: The money was stolen"],
  ["The SEC alleged in a complaint that Cole hid the money.", "The SEC alleged: Cole hid the money"],
  ["The money was stolen, according to police in Arden.", "police in Arden according to: The money was stolen"],
  ["The money was stolen, according to leaked papers.", "leaked papers according to: The money was stolen"],
  ["The bank was robbed, the Herald reports.", "the Herald reports: The bank was robbed"],
  ["Court documents show that the bank paid.", "Court documents show: the bank paid"],
  ["Police in Arden report that the thieves left.", "Police in Arden report: the thieves left"],
  ["The complaint charges that Cole hid the money.", "The complaint charges: Cole hid the money"],
  ["The bank disputes the account.", "The bank disputes: the account"],
  ["The bank rejected claims of theft.", "The bank rejected: claims of theft"],
])("a verb and a noun by their place: %s", (text, expected) => {
  expect(shown(text)).toEqual([expected]);
});

test.each([
  "Its alleged victims left.",
  "The group's alleged theft was big.",
  "Media reports that Cole hid the money were long.",
])("a noun or an adjective stays one: %s", (text) => {
  expect(shown(text)).toEqual([]);
});

test.each([
  ["A clerk told Gazeta da Serra that the vault was empty.", ["A clerk: the vault was empty"]],
  [
    "The vault had been empty for weeks, its founder Ana Cole has alleged.",
    ["its founder Ana Cole: The vault had been empty for weeks"],
  ],
  ["Acme Labs claims the thief fled by sea.", ["Acme Labs: the thief fled by sea"]],
  ["Acme Labs claims the first prize.", []],
])("names and verbs that look like others: %s", (text, expected) => {
  expect(statementsIn(text).map(({ who, what }) => `${who}: ${what.join(" … ")}`)).toEqual(expected);
});
