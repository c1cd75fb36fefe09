import { SpoorError } from "./base.ts";

/** A file or folder of bank messages that is not there, cannot be read, or is of no kind that is known. */
export class BankFileError extends SpoorError {
  constructor(data: { file: string; why: string; remedy?: string }, cause?: unknown) {
    const { remedy, ...fields } = data;
    super({
      code: "bank/file",
      what: `The bank messages cannot be read: ${data.why}`,
      where: data.file,
      remedy: remedy ?? "Name files of ISO 20022 XML, SWIFT MT or CSV, or a folder of them, that may be read.",
      data: fields,
      cause,
    });
  }
}

/** A value of a bank message that cannot be what it should be, or that is missing. `place` is its XPath and line. */
export class BankValueError extends SpoorError {
  constructor(data: { place: string; value: string | null; why: string }) {
    const value = data.value === null ? null : data.value.slice(0, 60);
    super({
      code: "bank/value",
      what: `${data.place}: ${value === null ? "" : `"${value}" `}${data.why}`,
      remedy: "Ask who sent the message; its other transactions are read.",
      data: { ...data, value },
    });
  }
}
