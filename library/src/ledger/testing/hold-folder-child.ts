// Owns a data folder until a signal comes, for tests: node hold-folder-child.ts FOLDER [busy]
import { DataFolder } from "../data-folder.ts";
import { testChain } from "./generated-chain.ts";

const [path = "", what] = process.argv.slice(2);
const folder = await DataFolder.open(path, { chainOf: () => testChain });
if (what === "busy") {
  // Nobody is left to tell how it ends.
  folder.connection.rows("SELECT sum(sipHash64(number)) AS n FROM numbers(100000000000)").catch(() => {});
}
process.send?.("open");
setInterval(() => {}, 1000);
