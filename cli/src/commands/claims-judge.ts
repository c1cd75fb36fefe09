import { userInfo } from "node:os";
import { Command } from "commander";
import { type Decision, judgeClaim } from "spoor/cases";
import { acts } from "../contract/claims-parts.ts";
import { judgedJson } from "../contract/claims-shown.ts";
import { dataOption, jsonOption, option } from "../options.ts";
import { judgementWords } from "../print/claims-words.ts";

interface JudgeOptions {
  data: string;
  by?: string;
  reason?: string;
  json?: boolean;
}

/** `spoor claims confirm|reject|merge|part|grade` */
export function judgingCommands(): Command[] {
  return [
    judging(new Command("confirm").description("judge that a claim or statement is found rightly"))
      .argument("<id>", "of a claim or statement; its beginning is enough")
      .action((id: string, options: JudgeOptions) => judge({ kind: "confirm", id }, options)),
    judging(new Command("reject").description("judge that a claim or statement is not what the words say"), true)
      .argument("<id>", "of a claim or statement; its beginning is enough")
      .action((id: string, options: JudgeOptions) => judge({ kind: "reject", id }, options)),
    judging(new Command("merge").description("judge that two claims are one"))
      .argument("<into>", "the claim that keeps its id")
      .argument("<claim>", "the claim that becomes a part of it")
      .action((into: string, claim: string, options: JudgeOptions) => judge({ kind: "merge", into, claim }, options)),
    judging(new Command("part").description("take back that a claim was merged into another"), true)
      .argument("<claim>", "the claim that became a part of another")
      .action((claim: string, options: JudgeOptions) => judge({ kind: "part", claim }, options)),
    judging(new Command("grade").description("grade one side of a claim on the Admiralty scale"), true)
      .argument("<claim>")
      .argument("<grade>", "the source's reliability, A to F, and the information's credibility, 1 to 6: B2")
      .addOption(
        option("--act <act>", "the side that is graded; may be left out where there is one").choices(acts.options),
      )
      .action((claim: string, grade: string, options: JudgeOptions & { act?: string }) =>
        judge({ kind: "grade", claim, grade, act: options.act ?? null }, options),
      ),
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

async function judge(decision: Decision, { data, by, reason, json }: JudgeOptions): Promise<void> {
  const judgement = await judgeClaim({ data, decision, by: by ?? userName(), reason: reason ?? "" });
  const result = judgedJson(judgement);
  console.log(json === true ? JSON.stringify(result) : `${judgementWords(result.judgement)}.`);
}

/** Containers run under numbers that have no name. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return "";
  }
}
