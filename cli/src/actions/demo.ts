import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import type { TracedTheft } from "spoor/cases";
import { reportHtml } from "spoor/evidence";
import { type StoryName, storyNames } from "../commands/story-names.ts";
import { briefTrailLines, trailLines } from "../print/trail.ts";
import { writeResult } from "../terminal/write-result.ts";
import { addCommand, tellClaims } from "./demo-claims.ts";
import {
  ingestCommand,
  ingestStory,
  needStory,
  readStory,
  type Story,
  traceCommand,
  traceStory,
  withoutOtherReports,
} from "./demo-story.ts";

export async function runDemo(name: StoryName | undefined, { report }: { report: string }): Promise<void> {
  const [first, ...others] = name === undefined ? storyNames : [name];
  const story = await needStory(first!);
  await tell(story, { report, atLength: true });
  for (const other of others) {
    const next = await readStory(other);
    if (next === null) continue;
    console.log(`\n${"─".repeat(80)}\n`);
    const brief = withoutOtherReports(next);
    await tell(brief, { report: report.replace(/(?:\.html)?$/u, `-${other}.html`), atLength: false });
    const { length } = next.otherReports ?? [];
    const reports = length === 0 ? "" : `, and with ${length} reports that say otherwise`;
    console.log(`At length, with the commands${reports}: spoor demo ${other}`);
  }
  console.log(nextSteps(story));
}

/** The peel chain of the first story is told by its ends. */
const isTold = ({ what }: { what: string }) => !/^Peel [2-8] /u.test(what);

async function tell(story: Story, { report, atLength }: { report: string; atLength: boolean }): Promise<void> {
  const data = await mkdtemp(join(tmpdir(), "spoor-demo-"));
  try {
    console.log(`${story.title}. ${story.note}\n`);
    if (atLength) {
      for (const { time, what } of story.happened.filter(isTold))
        console.log(`  ${time.slice(0, 16).replace("T", " ")}  ${what}`);
      console.log();
    }
    for (const ledger of story.ledgers) {
      if (atLength) console.log(`  $ ${ingestCommand(story, ledger).join(" ")}`);
      const held = await ingestStory(data, story, ledger);
      console.log(atLength ? `${held}\n` : `  ${ledger.name}: ${held}`);
    }
    const command = traceCommand(story, report);
    console.log(atLength ? `  $ ${command.map((words) => words.join(" ")).join(" \\\n      ")}\n` : "");
    const traced = await traceStory(data, story);
    for (const line of resultLines(traced, atLength)) console.log(line);
    const page = report.replace(/(?:\.html)?$/u, "-claims.html");
    const isSaid = await tellClaims(story, { data, traced, page, atLength });
    const files = traced.report.files.map((file) => ({ ...file, name: relative(process.cwd(), file.name) }));
    await writeResult(report, reportHtml({ ...traced.report, files, command: command.flat() }));
    console.log(`\nThe report, with a picture of the flow under each rule: ${resolve(report)}`);
    if (isSaid) console.log(`The page of the claims, each sentence in its place: ${resolve(page)}`);
  } finally {
    await rm(data, { recursive: true, force: true });
  }
}

function resultLines({ trail, report }: TracedTheft, atLength: boolean): string[] {
  if (atLength) return trailLines(trail, report.tags, report.assets);
  const followed = trail.links.filter((link) => link.followed).length;
  const links = trail.links.length === 0 ? [] : [`It crossed ${followed} links between assets or ledgers.`];
  return [...briefTrailLines(trail, report.tags, report.assets), ...links];
}

function nextSteps(story: Story): string {
  const [seed = ""] = story.seeds;
  const [ledger] = story.ledgers;
  const add = addCommand(story);
  const ids = story.seeds.every((one) => /^[0-9a-f]{64}:\d+$/u.test(one));
  const show = ids ? [`  spoor show --ledger ${ledger!.name} ${seed.slice(0, 64)}`] : [];
  const back = ids ? [`  spoor trace --ledger ${ledger!.name} --seed ${seed} --direction backward --rule fifo`] : [];
  return [
    "",
    "Next, with npx in front:",
    ...story.ledgers.map((each) => `  ${ingestCommand(story, each).join(" ")}`),
    ...(add === null ? [] : [`  ${add.join(" ")}`]),
    ...show,
    ...back,
    "  spoor --help",
  ].join("\n");
}
