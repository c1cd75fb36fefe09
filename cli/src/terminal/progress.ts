import type { WriteStream } from "node:tty";

export interface ProgressBar {
  /** @param total null where it is not known how much there is */
  readonly report: (what: string, done: number, total: number | null) => void;
  /** Ends the bar and wipes it, so that what is printed next starts on a clean line. */
  readonly clear: () => void;
}

export interface Clock {
  readonly now: () => number;
  /** Calls `work` again and again until the returned function is called. */
  readonly every: (ms: number, work: () => void) => () => void;
}

const systemClock: Clock = {
  now: () => performance.now(),
  every: (ms, work) => {
    const timer = setInterval(work, ms);
    timer.unref();
    return () => clearInterval(timer);
  },
};

const quietMs = 1000;
const redrawMs = 200;
const barWidth = 24;

/** A bar on a terminal for what takes longer than a second; nothing in a pipe. */
export function progressBar(stream: WriteStream, clock: Clock = systemClock): ProgressBar {
  if (!stream.isTTY) return { report: () => {}, clear: () => {} };
  const started = clock.now();
  let latest: string | null = null;
  let drawn: string | null = null;
  const stop = clock.every(redrawMs, () => {
    if (latest === drawn || clock.now() - started < quietMs) return;
    drawn = latest;
    stream.write(`\r\u001B[K${(latest ?? "").slice(0, Math.max(20, (stream.columns || 80) - 1))}`);
  });
  return {
    report(what, done, total) {
      latest = lineOf(what, done, total);
    },
    clear() {
      stop();
      if (drawn !== null) stream.write("\r\u001B[K");
      drawn = null;
    },
  };
}

function lineOf(what: string, done: number, total: number | null): string {
  const count = Math.floor(done).toLocaleString("en-US");
  if (total === null || total <= 0) return `${what} ${count}`;
  const share = Math.min(1, done / total);
  const filled = Math.round(share * barWidth);
  const bar = "█".repeat(filled) + "░".repeat(barWidth - filled);
  const percent = String(Math.floor(share * 100)).padStart(3);
  return `${bar} ${percent} %  ${what} ${count} of ${total.toLocaleString("en-US")}`;
}

/** Does work that shows how far it is. */
export async function withBar<Result>(work: (bar: ProgressBar) => Promise<Result>): Promise<Result> {
  const bar = progressBar(process.stderr);
  return work(bar).finally(bar.clear);
}
