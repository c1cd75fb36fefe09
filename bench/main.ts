import { figuresCommand } from "./figures-command.ts";

await figuresCommand(import.meta.dirname, ".bench.ts", process.argv.slice(2));
