import { figuresCommand } from "../bench/figures-command.ts";

await figuresCommand(import.meta.dirname, ".evaluate.ts", process.argv.slice(2));
