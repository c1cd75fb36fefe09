import { describe, expect, test } from "vitest";
import { shortNamesIn } from "./aliases.ts";
import { bodyOf, isDescription, type Party, readParty } from "./party.ts";

function party(name: string, context = ""): Party {
  const text = `${name}. ${context}`;
  const book = {
    shortNames: shortNamesIn([text]),
    bodies: new Map(),
    newsrooms: new Map([["quay gazette", { name: "The Quay Gazette", family: "Quay Media" }]]),
  };
  return readParty({ id: "d", text }, { start: 0, end: [...name].length }, book);
}

const identity = (name: string, context?: string) => party(name, context).identity.join(" ");

describe("one party under several names", () => {
  test.each([
    ["North Korea", "the Democratic People's Republic of Korea"],
    ["North Korea", "Pyongyang"],
    ["the United States", "U.S. officials"],
    ["the U.N.", "a confidential United Nations report"],
    ["the F.B.I.", "the Federal Bureau of Investigation"],
    ["Harbour Bank", "a spokeswoman for Harbour Bank"],
    ["Harbour Bank", "Harbour Bank's statement"],
    ["the National Fraud Office", "a report of the National Fraud Office seen by Reuters"],
  ])("%s is %s", (a, b) => {
    expect(identity(a)).not.toBe("");
    expect(identity(b)).toBe(identity(a));
  });

  test("a short name is the long one that the text gives it", () => {
    const context = "The National Fraud Office (NFO) works by the sea.";
    expect(identity("the NFO", context)).toBe(identity("the National Fraud Office"));
  });

  test("a short name without a word is the only name with its letters", () => {
    expect(identity("the NFO", "Only the National Fraud Office knew.")).toBe(identity("the National Fraud Office"));
    const two = "Neither the National Fraud Office nor the Northern Freight Office knew.";
    expect(identity("the NFO", two)).toBe("nfo");
  });

  test("the bank is the one bank that the text names", () => {
    expect(identity("the bank", "The Harbour Bank opened late.")).toBe("bank harbour");
    expect(party("the bank", "The Harbour Bank and the Valley Bank opened late.").kind).toBe("open");
  });
});

test.each([
  ["Reuters", "media"],
  ["news agency Reuters", "media"],
  ["Ruritania's state-run KCNA news agency", "media"],
  ["The Quay Gazette", "media"],
  ["the Harbour Herald", "media"],
  ["a newspaper in the capital", "media"],
  ["she", "open"],
  ["the report", "open"],
  ["the company", "open"],
  ["both reports", "open"],
  ["The broker at the centre of the theft", "open"],
  ["a report of the audit chamber", "paper"],
  ["Ana Cole, who heads the audit chamber", "named"],
  ["two prosecutors in Oslo", "named"],
])("%s is %s", (name, kind) => {
  expect(party(name).kind).toBe(kind);
});

test("people without a name are the same where no word tells them apart", () => {
  expect(identity("three people familiar with the matter")).toBe(identity("people familiar with the matter"));
  expect(identity("sources")).toBe("?d");
  expect(identity("two people briefed on it")).not.toBe(identity("people familiar with it"));
});

test("'us' is no country", () => {
  expect(identity("people like us")).not.toContain("@US");
  expect(identity("the US")).toBe("@US");
});

test.each([
  ["Ministry of Finance", true],
  ["Arden Bank", true],
  ["The Quay Gazette", false],
  ["Chain Monthly", false],
  ["Reuters", false],
])("an outlet named %s is a body that speaks for itself: %s", (name, isBody) => {
  const outlet = { name, domain: null, family: null, basis: "metadata" } as const;
  expect(bodyOf(outlet, new Map()) !== null).toBe(isBody);
});

test.each([
  ["Chilean lender", true],
  ["former clerk at Harbour Bank", true],
  ["hospital group", true],
  ["Chilean police", false],
  ["Harbour Bank", false],
  ["spokeswoman for Harbour Bank", false],
  ["Ana Cole", false],
  ["Chilean lender Harbour Bank", false],
])("%s only describes: %s", (name, is) => {
  expect(isDescription(name)).toBe(is);
});
