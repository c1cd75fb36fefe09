import { Argument, Command } from "commander";
import { option } from "../options.ts";
import { later } from "./later.ts";
import { storyNames } from "./story-names.ts";

export function demoCommand(): Command {
  return new Command("demo")
    .description("trace thefts on small ledgers that come with Spoor")
    .addArgument(
      new Argument("[story]", "one of them, at length; else the first at length and the others in brief").choices(
        storyNames,
      ),
    )
    .addOption(
      option("--report <file>", "where to write the report; those of other stories get their names behind it").default(
        "spoor-demo.html",
      ),
    )
    .action(later(async () => (await import("../actions/demo.ts")).runDemo));
}
