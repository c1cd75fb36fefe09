import { expect, test } from "vitest";
import { statementsIn } from "./statements.fixture.ts";

test.each([
  ["The agency said it was empty, citing two officials.", "citing two officials"],
  ["Citing two officials, the agency said it was empty.", "citing two officials"],
  ["A report seen by the Herald last month said it was empty.", "seen by the Herald"],
  ["In a letter published by the Herald, Cole said it was empty.", "carried by the Herald"],
  ["As reported by the Herald in May, Cole said it was empty.", "reported by the Herald"],
])("%s", (text, expected) => {
  expect(statementsIn(text).map(({ via }) => via)).toEqual([[expected]]);
});

test("what somebody tells of a report is no passage of his own words", () => {
  expect(statementsIn("Cole said that a report seen by the Herald was wrong.").map(({ via }) => via)).toEqual([[]]);
});
