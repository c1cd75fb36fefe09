import { join } from "node:path";
import { addDocuments, claimsPage, reportClaims, type TracedTheft } from "spoor/cases";
import { claimsReportHtml } from "spoor/evidence";
import { claimsReportJson } from "../json/claims.ts";
import { claimsAddJson } from "../json/claims-shown.ts";
import { claimsReportLines } from "../print/claims.ts";
import { briefClaimsLines, mainClaim } from "../print/claims-brief.ts";
import { claimsAddLines } from "../print/claims-shown.ts";
import { trailBesideClaimLines } from "../print/trail-beside-claim.ts";
import { printing } from "../print/trail-place.ts";
import { writeResult } from "../terminal/write-result.ts";
import { version } from "../version.ts";
import { type Story, typed } from "./demo-story.ts";

/** The command that takes in what is said of a story; null where nothing is. */
export const addCommand = (story: Story): string[] | null =>
  story.articles === undefined ? null : ["spoor", "claims", "add", typed(story, story.articles)];

interface Telling {
  readonly data: string;
  readonly traced: TracedTheft;
  /** Where the page of the claims is written. */
  readonly page: string;
  readonly atLength: boolean;
}

/** Tells what is said of a story in documents, and what its trail shows beside that; false where nothing is said. */
export async function tellClaims(story: Story, { data, traced, page, atLength }: Telling): Promise<boolean> {
  const { articles, saidOf } = story;
  const command = addCommand(story);
  if (articles === undefined || command === null) return false;
  const added = await addDocuments({ data, sources: [join(story.folder, articles)] });
  const report = await reportClaims({ data, axes: { asOf: null, knownAt: null } });
  const json = claimsReportJson(report);
  const reportCommand = ["spoor", "claims", "report", "--report", page];
  const shown = (words: readonly string[]) => ["", `  $ ${words.join(" ")}`, ""];
  const lines = atLength
    ? [
        ...[...shown(command), ...claimsAddLines(claimsAddJson(added))],
        ...[...shown(reportCommand), ...claimsReportLines(json, data)],
      ]
    : ["", "What is said of it:", ...briefClaimsLines(json)];
  for (const line of lines) console.log(line);
  const claim = mainClaim(json.claims);
  if (claim !== null && saidOf !== undefined) {
    const { tags, assets = [] } = traced.report;
    const beside = trailBesideClaimLines(printing(traced.trail, tags, assets), assets, { claim, saidOf });
    for (const line of ["", ...beside]) console.log(line);
  }
  const about = { engine: `spoor ${version}`, command: reportCommand };
  await writeResult(page, claimsReportHtml(claimsPage(report, about)));
  return true;
}
