import { RegisterFormatError } from "../errors/registers.ts";
import type { RegisterFile } from "./actor.ts";
import { isObject, parseJsonFile } from "./json-entry.ts";
import { readAttack } from "./read-attack.ts";
import { readMisp } from "./read-misp.ts";

/** Forms of registers of actors that are read. */
export const registerFormats = ["stix", "misp"] as const;
export type RegisterFormat = (typeof registerFormats)[number];

/**
 * Reads a file of a register of actors: MITRE ATT&CK as STIX 2 JSON, or a MISP galaxy cluster of threat actors. Which
 * of them it is stands in the file.
 * @param bytes the file
 * @throws RegisterTooLargeError, RegisterJsonError, RegisterFormatError, RegisterEntryError
 */
export function readRegister(bytes: Uint8Array, about: { readonly name: string }): RegisterFile {
  const source = parseJsonFile(bytes, about.name);
  const format = formatOf(source.value);
  if (format === "stix") return readAttack(source);
  if (format === "misp") return readMisp(source);
  throw new RegisterFormatError({ file: about.name, why: whatItIs(source.value) });
}

function formatOf(value: unknown): RegisterFormat | null {
  if (!isObject(value)) return null;
  if (Array.isArray(value.values)) return "misp";
  return typeof value.type === "string" && (value.type === "bundle" || /--/u.test(String(value.id))) ? "stix" : null;
}

function whatItIs(value: unknown): string {
  if (Array.isArray(value)) return "it is a JSON list";
  if (!isObject(value)) return `it is a JSON ${value === null ? "null" : typeof value}`;
  const fields = Object.keys(value).slice(0, 6).join(", ");
  return fields === "" ? "it is an empty JSON object" : `it is a JSON object with ${fields}`;
}
