import { SpoorError } from "./base.ts";

export class TagFileError extends SpoorError {
  constructor(data: { file: string; why: string }, cause?: unknown) {
    super({
      code: "identity/tag-file",
      what: `No tags can be read: ${data.why}`,
      where: data.file,
      remedy: "Give a CSV with an `address` column, a GraphSense TagPack (YAML), a JSON list or an address a line.",
      data,
      cause,
    });
  }
}
