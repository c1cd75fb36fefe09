import { writeFile } from "node:fs/promises";
import { SpoorError } from "spoor/errors";

/** @throws SpoorError where the file cannot be written */
export async function writeResult(file: string, text: string | Iterable<string>): Promise<void> {
  await orUnwritable(file, writeFile(file, text));
}

/** @throws SpoorError where what was begun to be written cannot be */
export async function orUnwritable(file: string, writing: Promise<unknown>): Promise<void> {
  try {
    await writing;
  } catch (cause) {
    throw new SpoorError({
      code: "cli/unwritable",
      what: `The result cannot be written: ${cause instanceof Error ? cause.message : "unknown cause"}`,
      where: file,
      remedy: "Name a file in a folder that exists and can be written to.",
      cause,
    });
  }
}
