import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const claims = join(import.meta.dirname, "..");
/** What is made of readings, and does not go into them. */
const notRead = /^(?:(?:store|weigh|lineage|grades)\/|weigh-)/u;

let known: string | null = null;

/**
 * What the reader of documents is: the SHA-256 of its source and of the versions of the packages it uses. A number that
 * somebody has to raise would be forgotten, and old readings would be taken for new ones.
 */
export function readerVersion(): string {
  if (known !== null) return known;
  const hash = createHash("sha256");
  const names = readdirSync(claims, { recursive: true, encoding: "utf8" })
    .map((name) => name.replaceAll("\\", "/"))
    .filter((name) => name.endsWith(".ts") && !/\.(?:test|fixture)\.ts$/u.test(name) && !notRead.test(name));
  for (const name of names.sort()) {
    hash
      .update(`${name}\n`)
      .update(readFileSync(join(claims, name)))
      .update("\n");
  }
  const manifest = JSON.parse(readFileSync(join(claims, "../../package.json"), "utf8")) as { dependencies: unknown };
  known = hash.update(JSON.stringify(manifest.dependencies)).digest("hex");
  return known;
}
