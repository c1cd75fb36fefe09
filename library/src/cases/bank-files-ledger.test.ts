import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { openBankFiles } from "./bank-files-ledger.ts";
import { ingestBank } from "./ingest-bank.ts";
import { filesLedger, type Theft } from "./theft.ts";
import { traceTheft } from "./trace-theft.ts";

const story = join(import.meta.dirname, "../../../scenarios/bangladesh-bank-2016");
const named = (names: readonly string[]) => names.map((name) => join(story, name));
const files = named([
  "orders.fin",
  "orders-not-executed.csv",
  "statements-1-four-accounts.fin",
  "statements-2-centurytex.fin",
  "statements-3-later.fin",
  "entries.csv",
]);
const mapping = join(story, "mapping.yaml");
const work = mkdtempSync(join(tmpdir(), "spoor-bank-files-"));
afterAll(() => rmSync(work, { recursive: true, force: true }));

const theft = {
  seeds: ["bank-0f457d84387856fad1385666"],
  rules: "all",
  direction: "forward",
  stops: [],
  budget: {},
  followFees: false,
} as const satisfies Partial<Theft>;

describe("bank files that are traced as they are", () => {
  test("give the trail of the ledger that would be kept of them, to its id", async () => {
    const data = join(work, "data");
    const fromFiles = await traceTheft({ ...theft, data, ledgers: [], bankFiles: { files, mapping } });
    await ingestBank({ data, ledger: filesLedger, files, mapping });
    const fromStore = await traceTheft({ ...theft, data, ledgers: [filesLedger] });
    expect(fromFiles.trail.movements.length).toBeGreaterThan(0);
    expect(fromFiles.trail).toEqual(fromStore.trail);
    expect(fromFiles.report.files.map(({ name }) => name)).toEqual(expect.arrayContaining([files[0]]));
  });

  test("leave no data folder behind", async () => {
    const data = join(work, "none");
    await traceTheft({ ...theft, data, ledgers: [], bankFiles: { files, mapping } });
    await expect(traceTheft({ ...theft, data, ledgers: [filesLedger] })).rejects.toThrow("no ledger");
  });

  test("are one ledger, whose name no other may have", async () => {
    const asked = { ...theft, data: join(work, "none"), ledgers: [filesLedger], bankFiles: { files, mapping } };
    await expect(traceTheft(asked)).rejects.toMatchObject({ code: "cases/ledger-twice" });
  });

  test("say what of them did not move, and what was set aside", async () => {
    const broken = join(work, "broken.xml");
    writeFileSync(broken, "<Document><unfinished>");
    const { notes } = await openBankFiles({ files: [...files, broken], mapping });
    expect(notes[0]).toContain(`set aside in ${broken}: unfinished is not supported`);
    expect(notes.at(-1)).toMatch(/^payments in the files that did not move: \d+/u);
  });

  test("what holds nothing is refused by name", async () => {
    const empty = join(work, "empty.csv");
    writeFileSync(empty, "");
    const asked = { ...theft, data: work, ledgers: [], bankFiles: { files: [empty], mapping: null } };
    await expect(traceTheft(asked)).rejects.toMatchObject({ code: "cases/nothing-read" });
  });
});
