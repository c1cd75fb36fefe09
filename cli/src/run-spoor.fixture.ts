import { execFile } from "node:child_process";
import { join } from "node:path";

export interface Run {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the program as a user does, in a folder, with a data folder of its own below it. */
export function spoorIn(folder: string, variables: Readonly<Record<string, string>> = {}) {
  const env = { ...process.env, SPOOR_DATA: join(folder, "data"), NO_COLOR: "1", ...variables };
  const program = join(import.meta.dirname, "../bin/spoor");
  return (...argv: string[]): Promise<Run> =>
    new Promise((resolve) => {
      execFile(program, argv, { cwd: folder, env, maxBuffer: 64 << 20 }, (error, stdout, stderr) => {
        resolve({ status: error === null ? 0 : Number(error.code), stdout, stderr });
      });
    });
}
