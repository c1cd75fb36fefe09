import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A stretch of code points, end exclusive. */
export type Stretch = readonly [start: number, end: number];

export interface KnownAttribution {
  readonly source: readonly Stretch[];
  readonly content: readonly Stretch[];
}

export interface AnnotatedText {
  readonly name: string;
  readonly text: string;
  /** One list of attributions for each person who annotated the text. */
  readonly readings: readonly (readonly KnownAttribution[])[];
}

/** Reads PolNeAR's texts and their stand-off files (brat: T lines are spans, E lines join them). */
export function readPolnear(folder: string): AnnotatedText[] {
  const readings = new Map<string, KnownAttribution[][]>();
  for (const file of readdirSync(join(folder, "attributions")).sort()) {
    const name = file.replace(/(?:_[0-9a-f]{4})?\.ann$/, "");
    const lines = readFileSync(join(folder, "attributions", file), "utf8").split("\n");
    readings.set(name, [...(readings.get(name) ?? []), attributionsOf(lines)]);
  }
  return readdirSync(join(folder, "text"))
    .sort()
    .map((file) => {
      const name = file.replace(/\.txt$/, "");
      return { name, text: readFileSync(join(folder, "text", file), "utf8"), readings: readings.get(name) ?? [] };
    });
}

function attributionsOf(lines: readonly string[]): KnownAttribution[] {
  const spans = new Map<string, Stretch[]>();
  const found: KnownAttribution[] = [];
  for (const line of lines) {
    const [id = "", about = ""] = line.split("\t");
    if (id.startsWith("T")) {
      const stretches = about.slice(about.indexOf(" ") + 1).split(";");
      spans.set(
        id,
        stretches.map((one) => one.split(" ").map(Number) as unknown as Stretch),
      );
    } else if (id.startsWith("E")) {
      const parts = about.split(" ").map((one) => one.split(":") as [string, string]);
      const of = (role: string) =>
        parts.filter(([is]) => is.startsWith(role)).flatMap(([, one]) => spans.get(one) ?? []);
      found.push({ source: of("Source"), content: of("Content") });
    }
  }
  return found;
}
