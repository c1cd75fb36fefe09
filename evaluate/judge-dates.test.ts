import { expect, test } from "vitest";
import { judgeDates, type WantedDate } from "./judge-dates.ts";

// 4 September 2019 was a Wednesday.
const judge = (input: string, ...values: NonNullable<WantedDate["Resolution"]>["values"][]) =>
  judgeDates(
    input,
    "2019-09-04T00:00:00",
    values.map((one) => ({ Text: input, Resolution: { values: one ?? [] } })),
  );

const day = (value: string) => [{ timex: value, value }];
const range = (start: string, end: string) => [{ start, end }];

test("the same days are a match, others are wrong, and what is left out is abstained", () => {
  expect(judge("on 5 May 2018", day("2018-05-05"))).toBe("matched");
  expect(judge("on 5 May 2018", day("2018-05-06"))).toBe("wrong");
  expect(judge("in May 2018", day("2018-05-06"))).toBe("wrong");
  expect(judge("on 5 May 2018 and again", day("2018-05-05"), day("2018-05-06"))).toBe("abstained");
  expect(judge("nothing", day("2018-05-05"))).toBe("abstained");
});

test("an end is exclusive, and may be left out or be the last part", () => {
  expect(judge("in 2018", range("2018-01-01", "2019-01-01"))).toBe("matched");
  expect(judge("from 2016 to 2018", range("2016-01-01", "2018-01-01"))).toBe("matched");
  expect(judge("from 2016 to 2018", range("2016-01-01", "2019-01-01"))).toBe("matched");
  expect(judge("from 2016 to 2018", range("2016-01-01", "2017-01-01"))).toBe("wrong");
});

test("what is not resolved asks for no days", () => {
  expect(judge("fiscal year 2018", [{ value: "not resolved" }])).toBe("matched");
  expect(judge("in 2018", [{ value: "not resolved" }])).toBe("wrong");
});

test("what is found and left open says nothing", () => {
  expect(judge("on the following Friday", day("2019-09-13"))).toBe("abstained");
});

test("after a day begins with the day behind", () => {
  expect(judge("after 5 May 2018", [{ timex: "2018-05-05", start: "2018-05-05", Mod: "after" }])).toBe("matched");
  expect(judge("after 2018", [{ timex: "2018", start: "2019-01-01", Mod: "after" }])).toBe("matched");
  expect(judge("after 5 May 2018", [{ timex: "2018-05-05", start: "2018-05-04", Mod: "after" }])).toBe("wrong");
});

test("a count of months may lead to the month of the day", () => {
  expect(judge("two months ago", day("2019-07-04"))).toBe("matched");
  expect(judge("two months ago", day("2019-08-04"))).toBe("wrong");
  expect(judge("in July 2019", day("2019-07-04"))).toBe("wrong");
});

test("a part of a period holds all of theirs and is not all of it", () => {
  expect(judge("the end of 2018", range("2018-09-01", "2019-01-01"))).toBe("matched");
  expect(judge("the end of 2018", range("2018-12-01", "2019-01-01"))).toBe("wrong");
  expect(judge("the end of 2018", range("2018-05-01", "2019-01-01"))).toBe("wrong");
});

test("a date in digits that can be read in two ways is abstained at its year", () => {
  expect(judge("on 4/2/2016", day("2016-04-02"))).toBe("abstained");
  expect(judge("on 4/2/2016", day("2017-04-02"))).toBe("wrong");
});
