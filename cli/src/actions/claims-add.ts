import { addDocuments } from "spoor/cases/claims-add";
import { claimsAddJson } from "../json/claims-shown.ts";
import { claimsAddLines } from "../print/claims-shown.ts";
import { interruptible } from "../terminal/interrupt.ts";
import { printResult } from "../terminal/print-result.ts";
import { progressBar } from "../terminal/progress.ts";
import { exitStatus } from "../terminal/run.ts";

export async function runAdd(sources: string[], { data, json }: { data: string; json?: boolean }): Promise<void> {
  const bar = progressBar(process.stderr);
  const added = await interruptible((signal) =>
    addDocuments({
      data,
      sources,
      signal,
      onProgress: ({ what, done, total }) => bar.report(what, done, total),
    }),
  ).finally(bar.clear);
  const result = claimsAddJson(added);
  await printResult(json, result, claimsAddLines);
  if (result.documents.length > 0 || process.exitCode === exitStatus.interrupted) return;
  console.error("spoor: Nothing could be read. The reasons stand beside what was set aside.");
  process.exitCode = exitStatus.wrongUse;
}
