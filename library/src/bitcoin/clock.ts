/** Time as the network sources need it; tests bring one that does not wait. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Resolves after `ms`; rejects with the signal's reason where it is aborted before. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** Calls `elapsed` after `ms`, unless the function that it returns was called before. */
  timer(ms: number, elapsed: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      const abort = () => {
        clearTimeout(timeout);
        reject(signal?.reason);
      };
      const timeout = setTimeout(() => {
        signal?.removeEventListener("abort", abort);
        resolve();
      }, ms);
      signal?.addEventListener("abort", abort, { once: true });
    }),
  timer: (ms, elapsed) => {
    const timeout = setTimeout(elapsed, ms);
    return () => clearTimeout(timeout);
  },
};
