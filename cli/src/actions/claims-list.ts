import { claimsThen } from "spoor/cases/claims-folder";
import { claimsListJson } from "../json/claims.ts";
import { axesOf, type ReadOptions } from "../options.ts";
import { claimsListLines } from "../print/claims.ts";
import { printResult } from "../terminal/print-result.ts";
import { withBar } from "../terminal/progress.ts";

export async function runList(options: ReadOptions): Promise<void> {
  const axes = axesOf(options);
  const then = await withBar((bar) =>
    claimsThen({ data: options.data, axes, onProgress: ({ what, done, total }) => bar.report(what, done, total) }),
  );
  await printResult(options.json, claimsListJson(then), (list) => claimsListLines(list, options.data));
}
