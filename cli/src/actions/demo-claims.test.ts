import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test, vi } from "vitest";
import { tellClaims } from "./demo-claims.ts";
import { ingestStory, needStory, traceStory } from "./demo-story.ts";

const data = mkdtempSync(join(tmpdir(), "spoor-demo-claims-"));
afterAll(() => rmSync(data, { recursive: true }));

/** Without how many claims are found beside these, and where in a text: that is the reading's, and tested there. */
const masked = (line: string) =>
  (line.length > 100 ? `${line.slice(0, 99)}…` : line).replace(/^\d+ claims/u, "N claims").replace(/ at \d+-\d+/u, "");

test("tells in brief who alleges and who denies, and what the trail shows beside it", { timeout: 60_000 }, async () => {
  const story = await needStory("crossing");
  for (const ledger of story.ledgers) await ingestStory(data, story, ledger);
  const traced = await traceStory(data, story);
  const log = vi.spyOn(console, "log").mockImplementation(() => {});
  const page = join(data, "claims.html");
  expect(await tellClaims(story, { data, traced, page, atLength: false })).toBe(true);
  const lines = log.mock.calls.flat().map(String);
  log.mockRestore();
  expect(
    lines
      .filter((line) => !line.includes("hedge lost"))
      .map(masked)
      .join("\n"),
  ).toMatchInlineSnapshot(`
    "
    What is said of it:
    N claims in 5 documents. Proposed from the words it names; a person confirms or rejects it.
    the broker Lanternfish turned at least 600,000 euros of the stolen money into digital coins
      ALLEGED by confidential report of the National Fraud Office (NFO)
        4 outlets carry it: Chain Monthly; Nordpol; The Evening Lantern; The Harbour Courier
        2 parties had it from the origin itself: Nordpol; The Evening Lantern
        1 document does not say whose word it is: Chain Monthly, 2026-05-14 [646ec73c]
        2 evidential origins: confidential report of the National Fraud Office (NFO); Pelican Exchange
      DENIED by Pia Wendt, managing director of Lanternfish
        2 outlets carry it: Chain Monthly; The Quay Gazette
        1 party had it from the origin itself: Kontorpress
        1 evidential origin: Pia Wendt, managing director of Lanternfish
    The engine builder Oosterling Scheepsmotoren lost up to 900,000 euros to forged payment orders
      Figures that contradict one another
        at most 900,000 EUR excludes 950,000 EUR
          “900,000 euros” Nordpol, 2026-05-11 [138143f0]
          “950,000 euros” Chain Monthly, 2026-05-14 [646ec73c]
    What changed on the way

    What the money shows beside it
      3 transfers, 900,000.00 EUR, were named as stolen; of any others it shows nothing.
      597,949.60 – 600,000.00 EUR of it came to Lanternfish, by rule
        said: at least 600,000 EUR; so under lifo, dirty-first, not under haircut, fifo, clean-first
        said: more than 600,000 EUR; so under none of the 5 rules that add up
      What became of it there hangs on this link:
        otc (amount-and-time, confidence 0.7, according to 600,000.00 EUR at 1.08, sent out the morning…
          600,000.00 EUR at several accounts of bank → 648,000.000000 TRND (0x87f7…8db7) at 0xd24f…2fde…
      What Lanternfish knew, a trail does not show."
  `);
  const [change = ""] = lines.filter((line) => line.includes("hedge lost"));
  expect(change).toMatch(/“up to 900,000 euros” in Nordpol.* is “900,000 euros” in The Harbour Courier/u);
  expect(readFileSync(page, "utf8")).toContain("Pia Wendt");
});

test("of a story without articles nothing is said", async () => {
  const story = await needStory("hot-wallet-theft");
  const page = join(data, "none.html");
  expect(await tellClaims(story, { data, traced: null as never, page, atLength: false })).toBe(false);
});
