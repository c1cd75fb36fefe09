import { execFileSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/** A file of the project: what git tracks, or would. `text` is null where the file is not text. */
export interface TreeFile {
  readonly path: string;
  readonly bytes: number;
  readonly text: string | null;
}

export function readTree(root: string): TreeFile[] {
  const listed = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
    cwd: root,
    encoding: "utf8",
  });
  const files: TreeFile[] = [];
  for (const path of new Set(listed.split("\0").filter(Boolean))) {
    const full = join(root, path);
    const stat = statSync(full, { throwIfNoEntry: false });
    if (stat === undefined || !stat.isFile()) continue;
    const content = readFileSync(full);
    files.push({
      path,
      bytes: stat.size,
      text: content.subarray(0, 8000).includes(0) ? null : content.toString("utf8"),
    });
  }
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}
