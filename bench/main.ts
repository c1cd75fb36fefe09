import { figuresCommand } from "../tools/figures-command.ts";

await figuresCommand(import.meta.dirname, ".bench.ts", process.argv.slice(2));
