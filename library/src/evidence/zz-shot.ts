import { writeFileSync } from "node:fs";
import { crossing, crossingAssets, crossingInput, crossingTags, manyPayments } from "./account-trails.fixture.ts";
import { flowPictureFile } from "./flow-picture.ts";
import { reportHtml } from "./report-html.ts";

writeFileSync(
  "/tmp/ev-cross.svg",
  flowPictureFile({ trail: crossing, rule: "fifo", assets: crossingAssets, tags: crossingTags }),
);
for (const [n, a] of [
  [8, 5],
  [60, 12],
  [200, 40],
  [4000, 900],
] as const) {
  const t = manyPayments(n, a);
  const s = performance.now();
  writeFileSync(
    `/tmp/ev-many-${n}.svg`,
    flowPictureFile({ trail: t, rule: "haircut", assets: crossingAssets, tags: [] }),
  );
  console.log(n, t.movements.length, performance.now() - s);
  writeFileSync(`/tmp/ev-many-${n}.html`, reportHtml(crossingInput(t)));
}
writeFileSync("/tmp/ev-cross.html", reportHtml(crossingInput()));
