import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const manifest = JSON.parse(readFileSync(join(import.meta.dirname, "../package.json"), "utf8")) as {
  exports: Record<string, string>;
};

// What a room hands out is a promise to its users: a change of it is seen here, and belongs into the changelog.
test("each entry point hands out what it promises", async () => {
  const lines: string[] = [];
  for (const [name, file] of Object.entries(manifest.exports)) {
    // A file of a room alone: what may be taken of it is what the room hands out (tools/tidy).
    if (name === "./*") continue;
    const names = Object.keys(await import(join(import.meta.dirname, "..", file))).sort();
    lines.push(`spoor${name.slice(1)}`, ...names.map((one) => `  ${one}`));
  }
  await expect(`${lines.join("\n")}\n`).toMatchFileSnapshot("./entry-points.txt");
});
