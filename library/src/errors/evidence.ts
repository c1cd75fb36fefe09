import { SpoorError } from "./base.ts";

export class RuleNotTracedError extends SpoorError {
  constructor(data: { rule: string; traced: string }) {
    super({
      code: "evidence/rule-not-traced",
      what: `The trail was not traced under ${data.rule}; it was under ${data.traced}`,
      remedy: "Ask for one of these rules, or trace again with this one.",
      data,
    });
  }
}
