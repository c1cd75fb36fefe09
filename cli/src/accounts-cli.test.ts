import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { accountIngestSchema } from "./contract/ingest-accounts.ts";
import { shownSchema } from "./contract/show.ts";
import { trailSchema } from "./contract/trail.ts";
import { spoorIn } from "./run-spoor.fixture.ts";

const folder = mkdtempSync(join(tmpdir(), "spoor-accounts-cli-"));
afterAll(() => rmSync(folder, { recursive: true }));

const spoor = spoorIn(folder);

const uetr = "11111111-1111-4111-8111-111111111111";
const thief = "GB29NWBK60161331926819";
const payment = `{1:F01DEUTDEFFAXXX0000000000}{2:I103NWBKGB2LXXXXN}{3:{121:${uetr}}}{4:
:20:REF1
:23B:CRED
:32A:240105GBP100,00
:50K:/DE89370400440532013000
VICTIM
:59:/${thief}
THIEF
:71A:SHA
-}
`;
/** The account pays more than it has, and what comes in then repays a part of the debt. */
const statement = (
  number: number,
) => `{1:F01NWBKGB2LAXXX0000000000}{2:O9401200240106NWBKGB2LAXXX00000000002401061200N}{4:
:20:ST${number}
:25:${thief}
:28C:1/1
:60F:C240105GBP0,00
:61:2401050105D300,00NTRFPAID//B1
:61:2401050105C100,00NTRFREF1//B2
:62F:D240105GBP200,00
-}
`;
const trace = ["trace", "--ledger", "bank", "--rule", "fifo"];

beforeAll(async () => {
  writeFileSync(join(folder, "messages.fin"), payment + statement(1) + statement(1));
  writeFileSync(join(folder, "empty.csv"), "");
  writeFileSync(join(folder, "tags.csv"), `address,label,category\n${thief},Exchange,exchange\n`);
});

test("ingest bank, show and trace keep their contracts, where an account is in debt too", async () => {
  const ingested = await spoor("ingest", "bank", "--ledger", "bank", "messages.fin", "--json");
  expect(ingested.status).toBe(0);
  const { bank } = accountIngestSchema.parse(JSON.parse(ingested.stdout));
  expect(bank?.statements).toMatchObject([{ difference: "0", also: [{ file: "messages.fin" }] }]);
  for (const what of [thief, uetr, `${uetr}:0`]) {
    const shown = await spoor("show", "--ledger", "bank", what, "--json");
    shownSchema.parse(JSON.parse(shown.stdout));
  }
  const traced = await spoor(...trace, "--seed", uetr, "--json");
  const trail = trailSchema.parse(JSON.parse(traced.stdout));
  expect(trail.ends).toMatchObject([{ kind: "exit", account: thief, value: "-20000" }]);
});

test("what changes nothing is said", async () => {
  const { stderr } = await spoor(...trace, "--seed", uetr, "--stop", "height:5", "--through", "nobody");
  expect(stderr).toContain("height:5 stops nothing in bank: it has no blocks");
  expect(stderr).toContain("--through nobody changes nothing");
  const tagged = await spoor(
    ...trace,
    "--seed",
    uetr,
    "--tags",
    "tags.csv",
    "--through",
    "gb29 NWBK 6016 1331 9268 19",
  );
  expect(tagged.stderr).not.toContain("--through");
});

test.each([
  [["show", "--ledger", "bank", `${uetr}:7`], /holds no payment, transaction, transfer or account/u],
  [["show", "--ledger", "bank", "REF9"], /holds no payment/u],
  [["show", "REF1"], /--ledger.*--files/u],
  [["show", "REF1", "--ledger", "bank", "--files", "messages.fin"], /--ledger.*--files/u],
  [[...trace, "--seed", "REF9"], /as 'spoor show' lists it/u],
  [[...trace, "--seed", uetr, "--other-report", "eth=bank"], /in place of eth/u],
  [
    ["ingest", "ethereum", "--ledger", "x", "--transactions", "empty.csv", "--network", "moon"],
    /"moon" is no network/u,
  ],
  [["link", "import", "empty.csv"], /no column from, to, kind/u],
])("%j is wrong use: status 2, one message, no stack", async (argv, message) => {
  const { status, stderr } = await spoor(...argv);
  expect(stderr).toMatch(message);
  expect(stderr).not.toMatch(/\n {4}at /u);
  expect(status).toBe(2);
});

test("a payment is found by its reference too, in a ledger and in files that are not kept", async () => {
  const inLedger = await spoor("show", "REF1", "--ledger", "bank", "--json");
  expect(shownSchema.parse(JSON.parse(inLedger.stdout))).toMatchObject({ kind: "transfers", transaction: uetr });
  const nowhere = join(folder, "nowhere");
  const inFiles = await spoor("show", "REF1", "--data", nowhere, "--files", "messages.fin", "--json");
  expect(shownSchema.parse(JSON.parse(inFiles.stdout))).toMatchObject({ kind: "transfers", transaction: uetr });
  expect(existsSync(nowhere)).toBe(false);
  const trail = trailSchema.parse(JSON.parse((await spoor(...trace, "--seed", "REF1", "--json")).stdout));
  expect(trail.ends).toHaveLength(1);
});

test("bank files are traced as they are, and nothing to trace in is said", async () => {
  const nowhere = join(folder, "nowhere");
  const asIs = ["trace", "--files", "messages.fin", "--data", nowhere, "--seed", uetr, "--rule", "fifo", "--json"];
  const traced = await spoor(...asIs);
  expect(traced.status).toBe(0);
  expect(trailSchema.parse(JSON.parse(traced.stdout)).ledgers).toMatchObject([{ name: "files", kind: "account" }]);
  const nothing = await spoor("trace", "--seed", uetr);
  expect(nothing).toMatchObject({ status: 2, stdout: "" });
  expect(nothing.stderr).toContain("--ledger");
  expect(nothing.stderr).toContain("--files");
});
