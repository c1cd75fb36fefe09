import { expect, test } from "vitest";
import { analyseDocument } from "../analyse-document.ts";
import { readDocument } from "../documents/read-document.ts";
import { weighClaims } from "../weigh-claims.ts";

test("an agency does not have it from itself", async () => {
  const text = [
    "Thieves take $9 million from Arden Bank, police say",
    "Reuters, 4 March 2024",
    "OSTRAVA, March 4 (Reuters) - Thieves took $9 million from Arden Bank in one night, the Ostrava police said.",
  ].join("\n\n");
  const about = { name: "a.txt", capturedAt: "2024-04-01T00:00:00.000Z" };
  const analysis = analyseDocument(await readDocument(new TextEncoder().encode(text), about));
  expect(analysis.document.outlet?.name).toBe("Reuters");
  expect(weighClaims([analysis]).lineage.map(({ from }) => from)).not.toContain("Reuters");
});
