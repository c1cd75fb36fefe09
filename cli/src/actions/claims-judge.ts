import { userInfo } from "node:os";
import { type Decision, judgeClaim } from "spoor/cases/claims-judge";
import { judgedJson } from "../json/claims-shown.ts";
import { judgementWords } from "../print/claims-words.ts";

interface JudgeOptions {
  data: string;
  by?: string;
  reason?: string;
  json?: boolean;
}

export const runConfirm = (id: string, options: JudgeOptions): Promise<void> => judge({ kind: "confirm", id }, options);

export const runReject = (id: string, options: JudgeOptions): Promise<void> => judge({ kind: "reject", id }, options);

export const runMerge = (into: string, claim: string, options: JudgeOptions): Promise<void> =>
  judge({ kind: "merge", into, claim }, options);

export const runPart = (claim: string, options: JudgeOptions): Promise<void> => judge({ kind: "part", claim }, options);

export const runGrade = (claim: string, grade: string, options: JudgeOptions & { act?: string }): Promise<void> =>
  judge({ kind: "grade", claim, grade, act: options.act ?? null }, options);

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
