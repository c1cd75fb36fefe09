import { createHash } from "node:crypto";
import { createRequire } from "node:module";
import { RegisterEntryError, RegisterTooLargeError } from "../errors/registers.ts";
import { registerLimits } from "./limits.ts";
import type { Stated } from "./stated.ts";
import { fieldPlace, type WriteUp } from "./write-up.ts";

const head = /^\ufeff?---\r?\n([\s\S]*?)\r?\n(?:---|\.\.\.)(?:\r?\n|$)/u;
const headUnitsMax = 20_000;
const listMax = 100;

const fields = {
  targets: ["target-entities", "target", "targets", "victim", "victims"],
  date: ["date", "incident-date"],
  loss: ["loss", "amount", "losses"],
  entityTypes: ["entity-types", "entity-type"],
  attackTypes: ["attack-types", "attack-type", "method"],
} as const;

/** Whether a file begins like a write-up: with fields, one of which names a target. */
export function looksLikeWriteUp(bytes: Uint8Array): boolean {
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, headUnitsMax)).toString("utf8");
  return /^(?:target-entities|targets?|victims?)\s*:/mu.test(head.exec(start)?.[1] ?? "");
}

/**
 * Reads the fields at the head of a write-up of one incident: target, date, loss, types. Its text is read as any other
 * document.
 * @param bytes the file
 * @throws RegisterTooLargeError, RegisterEntryError where there is no such head, or it names no target
 */
export function readWriteUp(bytes: Uint8Array, about: { readonly name: string }): WriteUp {
  const { name } = about;
  if (bytes.length > registerLimits.bytesMax)
    throw new RegisterTooLargeError({ file: name, limit: "bytesMax", max: registerLimits.bytesMax, unit: "bytes" });
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const yaml = head.exec(new TextDecoder().decode(bytes.subarray(0, 4 * headUnitsMax)))?.[1];
  if (yaml === undefined || yaml.length > headUnitsMax)
    throw new RegisterEntryError({
      file: name,
      path: "line 1",
      why: "it does not begin with fields between --- and ---",
    });
  const values = valuesOf(yaml, name);
  const take = (names: readonly string[]): Stated<string>[] => {
    const field = names.find((one) => values[one] !== undefined);
    if (field === undefined) return [];
    const value = values[field];
    const list = (Array.isArray(value) ? value : [value]).filter((one): one is string => typeof one === "string");
    return list
      .map((one) => one.trim())
      .filter((one) => one !== "")
      .slice(0, listMax)
      .map((one) => ({ value: one, places: [], entries: [fieldPlace({ sha256, file: name }, field, one)] }));
  };
  const targets = take(fields.targets);
  if (targets.length === 0)
    throw new RegisterEntryError({ file: name, path: fields.targets[0], why: "it does not name a target" });
  const loss = take(fields.loss)[0] ?? null;
  return {
    sha256,
    file: name,
    title: take(["title"])[0]?.value ?? null,
    targets,
    date: take(fields.date)[0] ?? null,
    loss: loss === null || /^(?:unknown|n\/?a|none|-)$/iu.test(loss.value) ? null : loss,
    entityTypes: take(fields.entityTypes),
    attackTypes: take(fields.attackTypes),
  };
}

function valuesOf(yaml: string, file: string): Readonly<Record<string, unknown>> {
  const wrong = (why: string, cause?: unknown) => new RegisterEntryError({ file, path: "line 1", why }, cause);
  // Loaded here, and without waiting: few look at a write-up, and the reader of YAML is seventy modules.
  const { parseDocument } = createRequire(import.meta.url)("yaml") as typeof import("yaml");
  // The failsafe schema leaves numbers and dates as they are written; a few aliases are enough for any head.
  const document = parseDocument(yaml, { schema: "failsafe", logLevel: "silent" });
  const [error] = document.errors;
  if (error !== undefined) throw wrong(`its fields are no YAML: ${error.message.split("\n")[0] ?? ""}`, error);
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: 10 });
  } catch (cause) {
    throw wrong("its fields refer to each other too often", cause);
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw wrong("its head holds no fields");
}
