import { showClaim } from "spoor/cases/claims-show";
import { claimsShownJson } from "../json/claims-shown.ts";
import { axesOf, type ReadOptions } from "../options.ts";
import { claimsShownLines } from "../print/claims-shown.ts";
import { printResult } from "../terminal/print-result.ts";
import { withBar } from "../terminal/progress.ts";

export async function runShow(id: string, options: ReadOptions): Promise<void> {
  const axes = axesOf(options);
  const shown = await withBar((bar) =>
    showClaim({ data: options.data, axes, id, onProgress: ({ what, done, total }) => bar.report(what, done, total) }),
  );
  await printResult(options.json, claimsShownJson(shown), claimsShownLines);
}
