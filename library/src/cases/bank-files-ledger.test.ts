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

  test("say of ends that no bank names that they are not named, forward and backward", async () => {
    const entries = [":61:2401150115C100,NTRFCREDIT", ":61:2401160116D100,NTRFDEBIT"];
    const statement = [":20:S1", ":25:BBBBDEFF/1234567890", ":28C:1", ":60F:C240115EUR0,", ...entries];
    const file = join(work, "unnamed.sta");
    writeFileSync(file, `${[...statement, ":62F:C240116EUR0,"].join("\r\n")}\r\n-\r\n`);
    const trace = async (seed: string, direction: "forward" | "backward") => {
      const asked = { ...theft, data: join(work, "none"), ledgers: [], bankFiles: { files: [file], mapping: null } };
      const { trail } = await traceTheft({ ...asked, seeds: [seed], direction, rules: ["fifo"] });
      return trail.ends.map(({ kind, why }) => [kind, why]);
    };
    expect(await trace("CREDIT", "forward")).toEqual([["unknown", expect.stringContaining("paid to somebody whom")]]);
    expect(await trace("DEBIT", "backward")).toEqual([["unknown", expect.stringContaining("paid by somebody whom")]]);
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

  test("are followed over an exchange that a payment states, and back over it", async () => {
    const uetr = "8a562c67-ca16-48ba-b074-65581be6f011";
    const payment = (reference: string, day: string, fields: string) =>
      `{1:F01AAAAUS33AXXX0000000000}{2:I103BBBBDEFFXXXXN}{3:{121:${uetr}}}{4:\n:20:${reference}\n:23B:CRED
:32A:${day}${fields}\n:71A:SHA\n-}\n`;
    const [paid, back] = [join(work, "paid.fin"), join(work, "back.fin")];
    writeFileSync(paid, payment("P", "240301", "EUR1000,\n:33B:USD1100,\n:36:0,909091\n:50K:/111\nANN\n:59:/222\nBEN"));
    writeFileSync(back, payment("R", "240304", "EUR400,\n:50K:/222\nBEN\n:59:/111\nANN\n:72:/RETN/99\n/MREF/P"));
    const asked = { ...theft, seeds: [uetr], rules: ["fifo"] as const, data: work, ledgers: [] };
    const { trail } = await traceTheft({ ...asked, bankFiles: { files: [paid, back], mapping: null } });
    expect(trail.links.map(({ kind, source }) => `${kind} ${source}`)).toEqual(["fx bank/exchange@1"]);
    const ends = trail.ends.map(({ account, asset, value, traced }) => [account, asset, value, traced[0]!.stolen]);
    expect(ends).toEqual([
      ["111@AAAAUS33", "EUR", 40000n, 44000n],
      ["222@BBBBDEFF", "EUR", 60000n, 66000n],
    ]);
  });

  test("what holds nothing is refused by name", async () => {
    const empty = join(work, "empty.csv");
    writeFileSync(empty, "");
    const asked = { ...theft, data: work, ledgers: [], bankFiles: { files: [empty], mapping: null } };
    await expect(traceTheft(asked)).rejects.toMatchObject({ code: "cases/nothing-read" });
  });
});
