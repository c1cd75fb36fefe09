import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { ingestBank, ingestBitcoin, ingestEthereum, type TracedTheft, traceTheft } from "spoor/cases";
import { SpoorError } from "spoor/errors";
import type { StoryName } from "../commands/story-names.ts";
import { count } from "../print/ingested.ts";
import type { SaidOf } from "../print/trail-beside-claim.ts";

const scenarios = join(import.meta.dirname, "../../../scenarios");

/** A ledger of a story: its files and folders, as they stand in the story's folder. */
interface StoryLedger {
  readonly name: string;
  readonly kind: "bank" | "ethereum" | "bitcoin";
  readonly files: readonly string[];
  /** Of bank files. */
  readonly mapping?: string;
  /** Of Ethereum's files; default `ethereum`. */
  readonly network?: string;
}

/** What the `story.json` of a scenario says. */
interface StoryFile {
  readonly title: string;
  /** What is real in it and what is not. */
  readonly note: string;
  readonly ledgers: readonly StoryLedger[];
  readonly seeds: readonly string[];
  /** Files of tags all of which are stops. */
  readonly stops?: readonly string[];
  readonly tags?: readonly string[];
  readonly links?: readonly string[];
  /** The folder of what is said of it in documents. */
  readonly articles?: string;
  /** Whom they are about, and where the trail goes over it. */
  readonly saidOf?: SaidOf;
  readonly otherReports?: readonly { readonly of: string; readonly ledger: string }[];
  readonly happened: readonly { readonly time: string; readonly what: string }[];
}

export interface Story extends StoryFile {
  readonly name: StoryName;
  /** Where it lies. */
  readonly folder: string;
}

/** Null where the story did not come with this copy of Spoor. */
export async function readStory(name: StoryName): Promise<Story | null> {
  const folder = join(scenarios, name);
  const file = join(folder, "story.json");
  if (!existsSync(file)) return null;
  return { ...(JSON.parse(await readFile(file, "utf8")) as StoryFile), name, folder };
}

/** @throws SpoorError where the story did not come with this copy of Spoor */
export async function needStory(name: StoryName): Promise<Story> {
  const story = await readStory(name);
  if (story !== null) return story;
  throw new SpoorError({
    code: "cli/no-story",
    what: "The files of this story are not there",
    where: join("scenarios", name),
    remedy: "Take a whole copy of Spoor: its folder `scenarios` holds the stories.",
  });
}

/** A file of a story as a person types it. */
export const typed = ({ folder }: Story, file: string): string => join(relative(process.cwd(), folder) || ".", file);

/** The command that brings a ledger of a story in. */
export function ingestCommand(story: Story, { name, kind, files, mapping, network }: StoryLedger): string[] {
  const paths = files.map((file) => typed(story, file));
  const words = ["spoor", "ingest", kind, "--ledger", name];
  if (kind === "bitcoin") return [...words, "--blocks", ...paths];
  if (kind === "ethereum") {
    return [...words, ...(network === undefined ? [] : ["--network", network]), "--transactions", ...paths];
  }
  return [...words, ...(mapping === undefined ? [] : ["--mapping", typed(story, mapping)]), ...paths];
}

/** Brings a ledger of a story in, and says what it holds. */
export async function ingestStory(data: string, story: Story, ledger: StoryLedger): Promise<string> {
  const { name, kind, mapping, network = "ethereum" } = ledger;
  const files = ledger.files.map((file) => join(story.folder, file));
  if (kind === "bitcoin") {
    const from = { kind: "blocks", path: files[0]!, network: null, overlay: 0 } as const;
    const { summary } = await ingestBitcoin({ data, ledger: name, from });
    return `${count(summary.blocks, "blocks")}, ${count(summary.transactions, "transactions")}, every one checked.`;
  }
  if (kind === "ethereum") {
    const { summary } = await ingestEthereum({ data, ledger: name, from: { kind: "files", files, network } });
    const moved = `${count(summary.transfers, "transfers")} of ${count(summary.assets, "assets")}`;
    return `${count(summary.blocks, "blocks")}, ${moved}.`;
  }
  const path = mapping === undefined ? null : join(story.folder, mapping);
  const { summary, bank } = await ingestBank({ data, ledger: name, files, mapping: path });
  const statements = bank?.statements ?? [];
  const even = statements.filter(({ difference }) => difference === 0n).length;
  const added = statements.length === 0 ? "" : `; ${even} of ${statements.length} statements add up`;
  return `${count(summary.transfers, "transfers")} among ${count(summary.accounts, "accounts")}${added}.`;
}

/** The ledgers that a trail runs through; those that are other tellings of one stand aside. */
export function tracedLedgers({ ledgers, otherReports = [] }: Story): string[] {
  return ledgers.map(({ name }) => name).filter((name) => !otherReports.some(({ ledger }) => ledger === name));
}

/** A story without the ledgers that only tell one of the others in another way: what it takes to see where it went. */
export function withoutOtherReports(story: Story): Story {
  const traced = new Set(tracedLedgers(story));
  return { ...story, ledgers: story.ledgers.filter(({ name }) => traced.has(name)), otherReports: [] };
}

/** The command that traces a story, in lines that belong together. */
export function traceCommand(story: Story, report: string): string[][] {
  const { stops = [], tags = [], links = [], otherReports = [], seeds } = story;
  const each = (name: string, values: readonly string[]) => values.flatMap((value) => [name, value]);
  const files = (names: readonly string[]) => names.map((name) => typed(story, name));
  return [
    [
      ...["spoor", "trace", ...each("--ledger", tracedLedgers(story)), "--rule", "all"],
      ...each(
        "--stop",
        files(stops).map((file) => `tags:${file}`),
      ),
      ...[...each("--tags", files(tags)), ...each("--links", files(links))],
      ...each(
        "--other-report",
        otherReports.map(({ of, ledger }) => `${of}=${ledger}`),
      ),
      ...["--report", report],
    ],
    ...seeds.map((seed) => ["--seed", seed]),
  ];
}

export async function traceStory(data: string, story: Story): Promise<TracedTheft> {
  const { stops = [], tags = [], links = [], otherReports = [], seeds, folder } = story;
  const files = (names: readonly string[]) => names.map((name) => join(folder, name));
  return traceTheft({
    data,
    ledgers: tracedLedgers(story),
    seeds,
    rules: "all",
    direction: "forward",
    stops: files(stops).map((file) => ({ kind: "tags", file })),
    tagFiles: files(tags),
    links: { files: files(links) },
    otherReports,
    budget: {},
    followFees: false,
  });
}
