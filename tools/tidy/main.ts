import { dirname } from "node:path";
import { tidyProblems } from "./rules.ts";
import { readTree } from "./tree.ts";

const files = readTree(dirname(dirname(import.meta.dirname)));
const problems = tidyProblems(files);
for (const problem of problems) console.error(problem);
console.log(problems.length === 0 ? `tidy: ${files.length} files` : `tidy: ${problems.length} problems`);
process.exitCode = problems.length === 0 ? 0 : 1;
