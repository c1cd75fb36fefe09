import { createHash } from "node:crypto";
import { RegisterEntryError, RegisterJsonError, RegisterTooLargeError } from "../errors/registers.ts";
import { registerLimits } from "./limits.ts";
import type { EntryPlace, Stated } from "./stated.ts";

export type JsonObject = Readonly<Record<string, unknown>>;

/** A file of JSON, parsed, with what its entries' places need. */
export interface JsonFile {
  readonly file: string;
  readonly sha256: string;
  readonly value: unknown;
}

/**
 * @throws RegisterTooLargeError, RegisterJsonError
 */
export function parseJsonFile(bytes: Uint8Array, file: string): JsonFile {
  const { bytesMax } = registerLimits;
  if (bytes.length > bytesMax)
    throw new RegisterTooLargeError({ file, limit: "bytesMax", max: bytesMax, unit: "bytes" });
  if (bytes.length === 0) throw new RegisterJsonError({ file, why: "it has no bytes" });
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return { file, sha256, value: JSON.parse(text) };
  } catch (cause) {
    throw new RegisterJsonError({ file, why: cause instanceof Error ? cause.message : String(cause) }, cause);
  }
}

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** An entry of a register in a file: what it says, and where. */
export class JsonEntry {
  readonly #source: JsonFile;
  readonly #register: string;
  readonly object: JsonObject;
  readonly path: string;

  constructor(source: JsonFile, register: string, object: JsonObject, path: string) {
    this.#source = source;
    this.#register = register;
    this.object = object;
    this.path = path;
  }

  stated<T>(value: T, path: string, text: string): Stated<T> {
    const { file, sha256 } = this.#source;
    const entry: EntryPlace = { sha256, file, register: this.#register, path: `${this.path}${path}`, text };
    return { value, places: [], entries: [entry] };
  }

  /**
   * A name that must be there.
   * @throws RegisterEntryError
   */
  name(field: string): Stated<string> {
    const text = this.text(field)?.trim() ?? "";
    if (text === "") throw this.wrong(`.${field}`, `it has no ${field}`);
    if (text.length > registerLimits.nameUnitsMax) throw this.wrong(`.${field}`, "its name is too long for one");
    return this.stated(text, `.${field}`, text);
  }

  /** A field of text; null where it is missing.
   * @throws RegisterEntryError where something else stands there */
  text(field: string): string | null {
    const value = this.object[field];
    if (value === undefined || value === null) return null;
    if (typeof value !== "string") throw this.wrong(`.${field}`, `${field} is no text`);
    return value;
  }

  /** The texts of a list, at `path` below `object`; empty where it is missing. A text alone counts as a list of one. */
  texts(object: JsonObject, field: string, path: string): Stated<string>[] {
    const value = object[field];
    if (value === undefined || value === null) return [];
    const list = Array.isArray(value) ? value : [value];
    if (list.length > registerLimits.namesMax) {
      const { namesMax: max } = registerLimits;
      const { file } = this.#source;
      throw new RegisterTooLargeError({ file, limit: "namesMax", max, unit: "names", path: `${this.path}${path}` });
    }
    return list.flatMap((one, index) => {
      const at = Array.isArray(value) ? `${path}[${index}]` : path;
      if (typeof one !== "string") throw this.wrong(at, `${field} holds something that is no text`);
      const text = one.trim();
      if (text.length > registerLimits.nameUnitsMax && field !== "refs")
        throw this.wrong(at, "it is too long for a name");
      return text === "" ? [] : [this.stated(text, at, text)];
    });
  }

  wrong(path: string, why: string): RegisterEntryError {
    return new RegisterEntryError({ file: this.#source.file, path: `${this.path}${path}`, why });
  }
}
