import { SpoorError } from "./base.ts";

export class AmountSyntaxError extends SpoorError {
  constructor(data: { text: string; asset: string; why: string }) {
    super({
      code: "money/amount-syntax",
      what: `"${data.text}" is not an amount of ${data.asset}: ${data.why}`,
      remedy: `Write a whole number of the smallest unit, or a number with a unit.`,
      data,
    });
  }
}

export class InstantSyntaxError extends SpoorError {
  constructor(data: { text: string }) {
    super({
      code: "money/instant-syntax",
      what: `"${data.text}" is not a point in time`,
      remedy: "Write it as ISO 8601 with a time zone, such as 2016-02-04T20:57:00Z.",
      data,
    });
  }
}
