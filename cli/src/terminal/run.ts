import { once } from "node:events";
import { SpoorError } from "spoor/errors";
import { visibleText } from "spoor/evidence/text-safety";

/** What the exit status means, for every command. */
export const exitStatus = { done: 0, no: 1, wrongUse: 2, fault: 3, interrupted: 130 } as const;

/** The exit status for something that was thrown, after saying it on stderr. */
export function reportError(error: unknown): number {
  if (error instanceof SpoorError) {
    console.error(`spoor: ${visibleText(error.message)}`);
    if (error.kind !== "fault") return exitStatus.wrongUse;
    console.error(`spoor: this is a fault of Spoor (${error.code}); please report it.`);
    return exitStatus.fault;
  }
  console.error("spoor: a fault of Spoor; please report it with what follows and the command that you ran:");
  console.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return exitStatus.fault;
}

/** Options that do not fit together. */
export function wrongUse(what: string, remedy: string): SpoorError {
  return new SpoorError({ code: "cli/wrong-use", what, remedy });
}

/** Writes a document to stdout piece by piece, no faster than it is read. */
export async function writeOut(pieces: Iterable<string>): Promise<void> {
  for (const piece of pieces) if (!process.stdout.write(piece)) await once(process.stdout, "drain");
  process.stdout.write("\n");
}
