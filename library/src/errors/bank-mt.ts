import { SpoorError } from "./base.ts";

/** A field of a SWIFT message that does not hold what its format says. `line` is that of the file, from 1. */
export class MtFieldError extends SpoorError {
  constructor(data: { tag: string; line: number; why: string }) {
    super({
      code: "bank/mt-field",
      what: data.why,
      where: `:${data.tag}: line ${data.line}`,
      remedy: "Compare the line with the message as the bank holds it.",
      data,
    });
  }
}

/** A SWIFT message that cannot be used as a whole. */
export class MtMessageError extends SpoorError {
  constructor(data: { type: string | null; line: number; why: string; remedy?: string }) {
    const { remedy = "Ask for the message again, as the bank's system holds it.", ...facts } = data;
    super({
      code: "bank/mt-message",
      what: `${data.type === null ? "The message" : `The MT${data.type}`} ${data.why}`,
      where: `line ${data.line}`,
      remedy,
      data: facts,
    });
  }
}
