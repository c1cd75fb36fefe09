import type { WriteStream } from "node:tty";

export interface ProgressBar {
  /** @param total null where it is not known how much there is */
  readonly report: (what: string, done: number, total: number | null) => void;
  /** Wipes the bar, so that what is printed next starts on a clean line. */
  readonly clear: () => void;
}

const quietMs = 1000;
const redrawMs = 100;
const barWidth = 24;

/** A bar on a terminal for what takes longer than a second; nothing in a pipe. */
export function progressBar(stream: WriteStream, now: () => number = performance.now.bind(performance)): ProgressBar {
  if (!stream.isTTY) return { report: () => {}, clear: () => {} };
  const started = now();
  let drawn = Number.NEGATIVE_INFINITY;
  let isShown = false;
  return {
    report(what, done, total) {
      const at = now();
      if (at - started < quietMs || at - drawn < redrawMs) return;
      drawn = at;
      isShown = true;
      const room = Math.max(20, (stream.columns ?? 80) - 1);
      stream.write(`\r\u001B[K${lineOf(what, done, total).slice(0, room)}`);
    },
    clear() {
      if (isShown) stream.write("\r\u001B[K");
      isShown = false;
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
