import { expect, test } from "vitest";
import { statementsIn } from "./statements.fixture.ts";

test.each([
  ["The agency said it was empty, citing two officials.", "citing two officials"],
  ["Citing two officials, the agency said it was empty.", "citing two officials"],
  ["A report seen by the Herald last month said it was empty.", "seen by the Herald"],
  ["In a letter published by the Herald, Cole said it was empty.", "carried by the Herald"],
  ["The Herald reported earlier on Thursday, citing port clerks, that it was empty.", "citing port clerks"],
  ["The Herald reported on Tuesday, quoting port clerks, that it was empty.", "citing port clerks"],
  ["The vault was empty, the Herald reported, quoting port clerks.", "citing port clerks"],
  ["The Herald, citing two officials, reported that it was empty.", "citing two officials"],
  ["The auditor Crane & Lowe wrote in a report seen by the Herald that it was empty.", "seen by the Herald"],
  ["Internal papers seen by Arden Dagblad show it was empty.", "seen by Arden Dagblad"],
  ["The vault was empty, according to the Herald, citing two officials.", "citing two officials"],
  ["As reported by the Herald in May, Cole said it was empty.", "reported by the Herald"],
])("%s", (text, expected) => {
  expect(statementsIn(text).map(({ via }) => via)).toEqual([[expected]]);
});

test("what somebody tells of a report is no passage of his own words", () => {
  expect(statementsIn("Cole said that a report seen by the Herald was wrong.").map(({ via }) => via)).toEqual([[]]);
});

test("whom somebody cites is neither his name nor what he says", () => {
  const shown = (text: string) => statementsIn(text).map(({ who, what }) => [who, ...what]);
  expect(shown("The Herald reported on Tuesday, citing port clerks, that it was empty.")).toEqual([
    ["The Herald", "it was empty"],
  ]);
  expect(shown("The Herald, citing two officials, said the vault was empty.")).toEqual([
    ["The Herald", "the vault was empty"],
  ]);
  expect(shown("The vault was empty, the Herald reported, quoting port clerks.")).toEqual([
    ["the Herald", "The vault was empty"],
  ]);
});

test("a passage goes with the verb that it stands behind", () => {
  const text = "The bank said it was empty, citing the audit, and added that it was robbed.";
  expect(statementsIn(text).map(({ via }) => via)).toEqual([["citing the audit"], []]);
});
