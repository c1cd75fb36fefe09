import { exitStatus } from "./run.ts";

/**
 * Runs a job that Ctrl-C or a SIGTERM asks to stop cleanly: the job sees the signal and ends at its next safe point.
 * A second Ctrl-C leaves at once; the store is made to survive that.
 */
export async function interruptible<Result>(job: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
  const controller = new AbortController();
  const stop = () => {
    if (controller.signal.aborted) process.exit(exitStatus.interrupted);
    process.stderr.write("\nspoor: stopping at the next safe point; Ctrl-C again to leave at once\n");
    controller.abort();
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  try {
    const result = await job(controller.signal);
    if (controller.signal.aborted) process.exitCode = exitStatus.interrupted;
    return result;
  } catch (error) {
    // Whoever waits for a server is stopped by the signal's own reason: that is no fault, and the store is closed.
    if (controller.signal.aborted && error === controller.signal.reason) process.exit(exitStatus.interrupted);
    throw error;
  } finally {
    process.off("SIGINT", stop);
    process.off("SIGTERM", stop);
  }
}
