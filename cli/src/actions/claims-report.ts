import { reportClaims } from "spoor/cases/claims-report";
import { visibleText } from "spoor/evidence/text-safety";
import { claimsReportJson } from "../json/claims.ts";
import { axesOf, type ReadOptions } from "../options.ts";
import { claimsReportLines } from "../print/claims.ts";
import { printResult } from "../terminal/print-result.ts";
import { withBar } from "../terminal/progress.ts";
import { writeResult } from "../terminal/write-result.ts";
import { version } from "../version.ts";

/** Text, JSON and the page say the same `ClaimsReport`. */
export async function runReport(options: ReadOptions & { report?: string }): Promise<void> {
  const axes = axesOf(options);
  const report = await withBar((bar) =>
    reportClaims({ data: options.data, axes, onProgress: ({ what, done, total }) => bar.report(what, done, total) }),
  );
  if (options.report !== undefined) {
    const { claimsPage } = await import("spoor/cases/claims-page");
    const { claimsReportHtml } = await import("spoor/evidence/claims-report");
    const command = ["spoor", ...process.argv.slice(2)];
    await writeResult(options.report, claimsReportHtml(claimsPage(report, { engine: `spoor ${version}`, command })));
  }
  await printResult(options.json, claimsReportJson(report), (json) => claimsReportLines(json, options.data));
  if (options.report !== undefined && options.json !== true) console.log(`\nReport: ${visibleText(options.report)}`);
}
