import { Command } from "commander";
import { acts } from "../contract/acts.ts";
import { dataOption, jsonOption, option } from "../options.ts";
import { later } from "./later.ts";

/** `spoor claims confirm|reject|merge|part|grade` */
export function judgingCommands(): Command[] {
  return [
    judging(new Command("confirm").description("judge that a claim or statement is found rightly"))
      .argument("<id>", "of a claim or statement; its beginning is enough")
      .action(later(async () => (await import("../actions/claims-judge.ts")).runConfirm)),
    judging(new Command("reject").description("judge that a claim or statement is not what the words say"), true)
      .argument("<id>", "of a claim or statement; its beginning is enough")
      .action(later(async () => (await import("../actions/claims-judge.ts")).runReject)),
    judging(new Command("merge").description("judge that two claims are one"))
      .argument("<into>", "the claim that keeps its id")
      .argument("<claim>", "the claim that becomes a part of it")
      .action(later(async () => (await import("../actions/claims-judge.ts")).runMerge)),
    judging(new Command("part").description("take back that a claim was merged into another"), true)
      .argument("<claim>", "the claim that became a part of another")
      .action(later(async () => (await import("../actions/claims-judge.ts")).runPart)),
    judging(new Command("grade").description("grade one side of a claim on the Admiralty scale"), true)
      .argument("<claim>")
      .argument("<grade>", "the source's reliability, A to F, and the information's credibility, 1 to 6: B2")
      .addOption(option("--act <act>", "the side that is graded; may be left out where there is one").choices(acts))
      .action(later(async () => (await import("../actions/claims-judge.ts")).runGrade)),
  ];
}

function judging(command: Command, needsReason = false): Command {
  const reason = option(
    "--reason <text>",
    needsReason ? "why; it is kept with the judgement" : "why, if it is to be kept",
  );
  return command
    .addOption(needsReason ? reason.makeOptionMandatory() : reason)
    .addOption(option("--by <name>", "who judges (default: the system's name for you)"))
    .addOption(dataOption())
    .addOption(jsonOption());
}
