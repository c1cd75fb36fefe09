import { visibleText } from "spoor/evidence/text-safety";

/** Says on stderr what was left out, and why. */
export function saySkipped(skipped: readonly { readonly source: string; readonly reason: string }[]): void {
  for (const { source, reason } of skipped) {
    console.error(`spoor: skipped ${visibleText(source)}: ${visibleText(reason)}`);
  }
}
