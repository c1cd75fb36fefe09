import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { analyseDocument, type DocumentAnalysis } from "../claims/analyse-document.ts";
import { readDocumentFiles } from "../claims/documents/read-document-files.ts";
import { findIncidents } from "./find-incidents.ts";

const seeds = join(import.meta.dirname, "../../../../shared/seeds");

describe.skipIf(!existsSync(seeds))("five real reports of one story (../shared/seeds)", () => {
  const read = async () => {
    const analyses: DocumentAnalysis[] = [];
    for await (const one of readDocumentFiles([seeds], { capturedAt: "2026-01-01T00:00:00Z" })) {
      if (one.kind === "document") analyses.push(analyseDocument(one.document));
    }
    return findIncidents(analyses);
  };

  test("the theft from Bangladesh is one incident, of 2015 for one report and of 2016 for two", async () => {
    const found = (await read()).filter(({ victims }) => victims.some(({ value }) => /Bangladesh/u.test(value)));
    expect(found).toHaveLength(1);
    const [incident] = found;
    expect(incident).toMatchObject({ from: "2015", to: "2016", disagreements: [{ field: "date" }] });
    expect(incident?.dates.map(({ value, places }) => [value.from, places.length])).toEqual([
      ["2016", 2],
      ["2015", 1],
    ]);
    expect(incident?.amounts.map(({ value, places }) => [value.value, value.unit, places.length])).toEqual([
      ["81000000", "USD", 2],
    ]);
    expect(incident?.countries.map(({ value }) => value)).toEqual(["BD"]);
    expect(incident?.attributions.map(({ actor }) => actor)).toContain("Lazarus");
  });

  test("what is told of nobody in particular, and of teasers, is no incident", async () => {
    expect((await read()).map(({ name }) => name)).toEqual([
      expect.stringContaining("Bangladesh"),
      expect.stringContaining("Sony"),
      "Cosmos Bank, 2018",
      "Bank of Chile",
    ]);
  });
});
