// Draws the picture that the README shows: the demo's theft under FIFO. Run after a change of the picture or the demo:
// tools/run node tools/make-demo-picture.ts
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ingestBitcoin, parseSeed, traceCoinTheft } from "../library/src/cases/index.ts";
import { flowPictureFile } from "../library/src/evidence/index.ts";

const root = join(import.meta.dirname, "..");
const scenario = join(root, "scenarios/hot-wallet-theft");
const { seeds } = JSON.parse(readFileSync(join(scenario, "story.json"), "utf8")) as { seeds: string[] };
const data = mkdtempSync(join(tmpdir(), "spoor-picture-"));
try {
  await ingestBitcoin({
    data,
    ledger: "demo",
    from: { kind: "blocks", path: join(scenario, "blk00000.dat"), network: null, overlay: 0 },
  });
  const { trail, report } = await traceCoinTheft({
    data,
    ledger: "demo",
    seeds: seeds.map(parseSeed),
    rules: ["fifo"],
    direction: "forward",
    stops: [{ kind: "tags", file: join(scenario, "tags.csv") }],
    budget: {},
    followFees: false,
  });
  const listed = { ...trail, movements: [...trail.movements] };
  const picture = flowPictureFile({ trail: listed, rule: "fifo", assets: report.assets, tags: report.tags });
  writeFileSync(join(root, "docs/demo-flow.svg"), picture);
} finally {
  rmSync(data, { recursive: true });
}
