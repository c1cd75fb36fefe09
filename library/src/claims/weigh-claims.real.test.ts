import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { analyseDocument } from "./analyse-document.ts";
import { readDocument } from "./documents/read-document.ts";
import { weighClaims } from "./weigh-claims.ts";

const folder = new URL("../../../../shared/seeds/", import.meta.url);
const hasReports = existsSync(folder);

async function weighReports() {
  const names = readdirSync(folder).filter((name) => name.endsWith(".txt"));
  const analyses = await Promise.all(
    names.map(async (name) =>
      analyseDocument(
        await readDocument(readFileSync(new URL(name, folder)), { name, capturedAt: "2019-09-30T00:00:00Z" }),
      ),
    ),
  );
  return weighClaims(analyses);
}

describe.skipIf(!hasReports)("five reports of one story (../shared/seeds; skipped where they are not)", () => {
  test("are one claim with two positions: five outlets and one origin allege, four and one deny", async () => {
    const [claim] = (await weighReports()).claims;
    const [alleged, denied] = ["alleges", "denies"].map((act) => claim!.positions.find((one) => one.act === act)!);
    expect(alleged!.outlets).toHaveLength(5);
    expect(alleged!.origins).toHaveLength(1);
    expect(alleged!.party).toMatch(/United Nations/u);
    expect(alleged!.independentAccess).toEqual(["Reuters"]);
    expect(denied!.outlets).toHaveLength(4);
    expect(denied!.origins).toHaveLength(1);
    expect(denied!.party).toMatch(/National Coordination Committee/u);
    expect(denied!.independentAccess).toEqual(["KCNA"]);
    expect([...alleged!.unknownOrigins, ...denied!.unknownOrigins]).toEqual([]);
    const money = claim!.figures.filter(({ figure }) => figure.kind === "money").map(({ figure }) => figure);
    expect(new Set(money.map(({ value, unit }) => `${value} ${unit}`))).toEqual(new Set(["2000000000 USD"]));
    expect(new Set(money.map(({ bound }) => bound))).toEqual(new Set(["exact", "about", "at most"]));
  });

  test("count the attacks, and disagree on the year of one", async () => {
    const { claims } = await weighReports();
    const counted = claims.find(({ figures }) => figures.some(({ figure }) => figure.value === "35"))!;
    expect(counted.figures.map(({ figure }) => figure.value)).toEqual(expect.arrayContaining(["35", "17", "10", "3"]));
    const years = claims.flatMap(({ contradictions }) =>
      contradictions.map(({ figures }) => figures.map((one) => one.figure.value)),
    );
    expect(years).toContainEqual(expect.arrayContaining(["2015", "2016"]));
    const teasers = claims.filter(({ about }) => /6000 Hackers|280 crypto|smartphone/iu.test(about));
    expect(teasers).toEqual([]);
  });

  test("show how the statement and the report came to each", async () => {
    const steps = (await weighReports()).lineage.map(({ from, to }) => `${from} → ${to}`);
    expect(steps.some((step) => /National Coordination Committee.* → KCNA$/u.test(step))).toBe(true);
    expect(steps).toContain("KCNA → Reuters");
    expect(steps.some((step) => /United Nations.* → Reuters$/u.test(step))).toBe(true);
  });
});
