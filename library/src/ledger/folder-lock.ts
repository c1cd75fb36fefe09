import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { FolderInUseError, FolderNotWritableError } from "../errors/ledger.ts";

interface Owner {
  readonly pid: number;
  /** What tells this process from a later one of the same number; null where the platform does not say. */
  readonly started: string | null;
  /** ISO 8601, for people. */
  readonly since: string;
}

const attemptsMax = 8;

/**
 * Makes this process the owner of a folder: `owner.lock` in it names the process. A lock whose process is dead is
 * taken over. Returns what gives the folder up again.
 * @throws FolderInUseError, FolderNotWritableError
 */
export function lockFolder(folder: string): () => void {
  const path = join(folder, "owner.lock");
  const mine: Owner = { pid: process.pid, started: startOf(process.pid), since: new Date().toISOString() };
  const draft = `${path}.${process.pid}`;
  try {
    writeFileSync(draft, JSON.stringify(mine));
    for (let attempt = 0; attempt < attemptsMax; attempt++) {
      try {
        // A link appears whole or not at all, and never over another.
        linkSync(draft, path);
        return () => giveUp(path, mine);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      }
      const owner = readOwner(path);
      if (owner !== null && isAlive(owner)) {
        throw new FolderInUseError({ folder, pid: owner.pid, since: owner.since });
      }
      if (owner !== null) takeAway(path, owner);
    }
    throw new FolderNotWritableError({ folder, why: `${path} keeps changing hands` });
  } catch (error) {
    if (error instanceof FolderInUseError || error instanceof FolderNotWritableError) throw error;
    throw new FolderNotWritableError({ folder, why: (error as Error).message, cause: error });
  } finally {
    rmSync(draft, { force: true });
  }
}

function giveUp(path: string, mine: Owner): void {
  const owner = readOwner(path);
  if (owner?.pid === mine.pid && owner.since === mine.since) rmSync(path, { force: true });
}

/** Moves a dead process's lock aside; where a live one slipped in between, puts it back. */
function takeAway(path: string, dead: Owner): void {
  const aside = `${path}.${process.pid}.old`;
  try {
    renameSync(path, aside);
    const moved = readOwner(aside);
    if (moved !== null && (moved.pid !== dead.pid || moved.since !== dead.since)) linkSync(aside, path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== "ENOENT" && code !== "EEXIST") throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}

function readOwner(path: string): Owner | null {
  try {
    const owner = JSON.parse(readFileSync(path, "utf8")) as Partial<Owner>;
    const pid = typeof owner.pid === "number" ? owner.pid : 0;
    return { pid, started: owner.started ?? null, since: String(owner.since) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    if (error instanceof SyntaxError) return { pid: 0, started: null, since: "undefined" };
    throw error;
  }
}

function isAlive(owner: Owner): boolean {
  if (owner.pid <= 0) return false;
  try {
    process.kill(owner.pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return false;
  }
  const started = startOf(owner.pid);
  return owner.started === null || started === null || owner.started === started;
}

/** The boot and the tick of it at which a process began (Linux); null elsewhere. */
function startOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name in parentheses may hold anything; the start time is the 20th field after it.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return `${readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim()}:${fields[19]}`;
  } catch {
    return null;
  }
}
