import type { EmbeddedConnection } from "./embedded-connection.ts";

/**
 * On SIGINT or SIGTERM: stops what the store is doing, closes it, and ends the process by that same signal, so that
 * its parent sees the right status. A program calls this; the library takes no signals of its own accord. Returns what
 * undoes it. What was not committed is taken away at the next opening.
 */
export function leaveOnSignal(connection: EmbeddedConnection, beforeLeaving: () => void = () => {}): () => void {
  const signals = ["SIGINT", "SIGTERM"] as const;
  const undo = () => {
    for (const signal of signals) process.removeListener(signal, leave);
  };
  const leave = async (signal: NodeJS.Signals) => {
    // A second signal meets the default: it ends the process at once, which the store survives.
    undo();
    beforeLeaving();
    try {
      await connection.interrupt();
      await connection.close();
    } finally {
      process.kill(process.pid, signal);
    }
  };
  for (const signal of signals) process.once(signal, leave);
  return undo;
}
