/** Whose move it is: `input` the caller mends what was given, `limit` a named bound was met, `fault` is ours. */
export type ErrorKind = "input" | "limit" | "fault";

export type ErrorData = Readonly<Record<string, string | number | bigint | boolean | null>>;

export interface ErrorParts {
  /** Stable, `room/what-went-wrong`; programs match on it. */
  code: string;
  kind?: ErrorKind;
  /** What is wrong, one clause without a full stop. */
  what: string;
  /** File and offset, height, line, URL: where it was seen. */
  where?: string | undefined;
  /** What the reader can do about it, one sentence. */
  remedy: string;
  /** The facts of the message as fields. */
  data?: ErrorData;
  cause?: unknown;
}

/**
 * The base of every error that Spoor throws on purpose. Its message says what was wrong, where, and what to do;
 * credentials in URLs never reach it. Anything else that is thrown is a fault of ours.
 */
export class SpoorError extends Error {
  readonly code: string;
  readonly kind: ErrorKind;
  readonly what: string;
  readonly where: string | undefined;
  readonly remedy: string;
  readonly data: ErrorData;

  constructor(parts: ErrorParts) {
    const what = scrubCredentials(parts.what);
    const where = parts.where === undefined ? undefined : scrubCredentials(parts.where);
    const remedy = scrubCredentials(parts.remedy);
    super(`${what}${where === undefined ? "" : ` (${where})`}. ${remedy}`, { cause: parts.cause });
    this.name = new.target.name;
    this.code = parts.code;
    this.kind = parts.kind ?? "input";
    this.what = what;
    this.where = where;
    this.remedy = remedy;
    this.data = Object.fromEntries(
      Object.entries(parts.data ?? {}).map(([key, value]) => [
        key,
        typeof value === "string" ? scrubCredentials(value) : value,
      ]),
    );
  }

  /** The first error in the chain of causes, this one included, for which `test` holds; null where there is none. */
  walk(test: (error: unknown) => boolean): unknown {
    let error: unknown = this;
    // A chain of causes that loops would never end.
    for (let depth = 0; depth < 32 && error !== undefined && error !== null; depth++) {
      if (test(error)) return error;
      error = error instanceof Error ? error.cause : undefined;
    }
    return null;
  }
}

const urlWithUserInfo = /\b([a-z][a-z0-9+.-]*:\/\/)[^\s/?#@]*@/giu;

/** Removes `user:password@` from every URL in a text. */
export function scrubCredentials(text: string): string {
  return text.replace(urlWithUserInfo, "$1");
}
