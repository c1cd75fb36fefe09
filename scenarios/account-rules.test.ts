import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { traceByJointOracle } from "../library/src/trace/joint-oracle.ts";
import { type JointRuleTrace, kindOfJointReason, type LabelAmount } from "../library/src/trace/joint-trace.ts";
import { ruleFacts } from "../library/src/trace/rule.ts";
import { traceJoint } from "../library/src/trace/trace-joint.ts";
import { buildAccountScenario, type NamedAt } from "./build-account-scenario.ts";
import { readAccountScenario } from "./read-account-scenario.ts";

const folder = new URL("./account-rules/", import.meta.url);
const tables = readdirSync(folder).filter((file) => /^\d.*\.txt$/u.test(file));

const kindOfTotal: Readonly<Record<string, string>> = {
  unspent: "unspent",
  exits: "exit",
  fees: "fee",
  unknown: "unknown",
  notFollowed: "notFollowed",
  mined: "mined",
};

/**
 * What a result says under the heading of one column, by label: `NAME` what ends in an account or coin, or what a
 * payment moved; `NAME:reason` what ends there for that reason; `NAME … stolen` in stolen units; or a total in those.
 */
function read({ moves, ends }: JointRuleTrace, column: string, at: (name: string) => NamedAt, labelCount: number) {
  const sums = new Array<bigint>(labelCount).fill(0n);
  const [name = "", reason] = column.replace(/ stolen$/u, "").split(":");
  const add = (traced: readonly LabelAmount[], isStolen: boolean) => {
    for (const { label, amount, stolen } of traced) sums[label]! += isStolen ? stolen : amount;
  };
  const kind = kindOfTotal[column];
  if (kind !== undefined) {
    for (const end of ends) if (kindOfJointReason[end.reason] === kind) add(end.traced, true);
    return sums;
  }
  const { part, kind: of, id } = at(name);
  const isStolen = column.endsWith(" stolen");
  if (of === "transfer")
    for (const move of moves) if (move.part === part && move.transfer === id) add(move.traced, isStolen);
  if (of === "transfer") return sums;
  for (const end of ends) {
    if (end.part === part && end.place === id && (reason === undefined || end.reason === reason))
      add(end.traced, isStolen);
  }
  return sums;
}

/** Every cell of a table that is not as it says, under the engine and under the oracle. */
function listWrong(text: string): string[] {
  const scenario = readAccountScenario(text);
  const wrong: string[] = [];
  for (const { options, rows } of scenario.results) {
    const { request, at } = buildAccountScenario(scenario, options);
    const traced = traceJoint({ ...request, rules: rows.map(({ rule }) => rule) }).rules;
    rows.forEach(({ rule, cells }, n) => {
      const oracle = traceByJointOracle(request, rule);
      for (const [column, amounts] of Object.entries(cells)) {
        const wanted = request.labels.map((_, label) => amounts[label] ?? 0n).join("+");
        for (const [who, trace] of [["engine", traced[n]!] as const, ["oracle", oracle] as const]) {
          const said = read(trace, column, at, request.labels.length).join("+");
          if (said !== wanted) wrong.push(`${rule}, ${column}: ${who} ${said}, table ${wanted}`);
        }
      }
    });
  }
  return wrong;
}

test("there are tables to replay, and each says something of some rule", () => {
  expect(tables.length).toBeGreaterThanOrEqual(20);
  for (const file of tables) {
    const { results, story } = readAccountScenario(readFileSync(new URL(file, folder), "utf8"));
    expect(results.flatMap(({ rows }) => rows).length, file).toBeGreaterThan(0);
    expect(story.length, file).toBeGreaterThan(60);
  }
});

test.each(tables)("%s", (file) => {
  expect(listWrong(readFileSync(new URL(file, folder), "utf8"))).toEqual([]);
});

test("a table with a wrong number fails", () => {
  const text = readFileSync(new URL(tables[0]!, folder), "utf8");
  const wrong = text.replace("53+27", "54+26");
  expect(wrong).not.toBe(text);
  expect(listWrong(wrong)).toContain("haircut, casino: engine 53+27, table 54+26");
});

test("every rule that accounts have a law for is worked out in a table that names it", () => {
  const stories = tables.map((file) => readFileSync(new URL(file, folder), "utf8")).join("\n");
  const named = Object.values(ruleFacts).flatMap(
    ({ inAccounts }) => inAccounts.law.match(/\w+\)? v\.? \w+|Re \w+/gu) ?? [],
  );
  expect(named.length).toBeGreaterThan(5);
  for (const name of named) expect(stories, name).toContain(name);
});
