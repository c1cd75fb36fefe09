import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { traceJoint } from "../library/src/trace/trace-joint.ts";
import { buildAccountScenario } from "./build-account-scenario.ts";
import { readAccountScenario } from "./read-account-scenario.ts";
import { readCoinScenario } from "./read-coin-scenario.ts";

const page = readFileSync(new URL("../docs/rules.md", import.meta.url), "utf8");

/** The rows of the page's table with these columns, by rule. */
function tableOf(heading: string): Map<string, string[]> {
  const [, after] = page.split(`${heading}\n`);
  if (after === undefined) throw new Error(`docs/rules.md has no table ${heading}`);
  const [table = ""] = after.split("\n\n");
  const rows = table.split("\n").slice(1);
  return new Map(
    rows.map((row) => {
      const [rule = "", ...cells] = row.split("|").slice(1, -1);
      return [rule.replaceAll("`", "").trim(), cells.map((cell) => cell.trim())];
    }),
  );
}

test("the page's example of one transaction is the first table of the coin rules, which is replayed", () => {
  const text = readFileSync(new URL("./coin-rules/01-mixing-two-coins.txt", import.meta.url), "utf8");
  const { results } = readCoinScenario(text);
  const wanted = results.map(({ rule, cells }) => [rule, ["shop", "change", "fees"].map((name) => `${cells[name]}`)]);
  expect([...tableOf("| | shop (50) | change (45) | fee (5) |")]).toEqual(wanted);
});

test("the page's example of an account is what the engine says", () => {
  const scenario = readAccountScenario(
    [
      "An account holds 40 clean and then receives 60 stolen.",
      "openings",
      "  account   40",
      "payments",
      "  theft   1   victim > account   60",
      "  first   2   account > shop     50",
      "  clean   3   other > account    30",
      "  second  4   account > shop     60",
      "seeds",
      "  theft   all",
      "result   first",
    ].join("\n"),
  );
  const table = tableOf("| | first payment (50) | second payment (60) | left |");
  const { request, at } = buildAccountScenario(scenario, scenario.results[0]!.options);
  const rules = ["fifo", "lifo", "haircut", "dirty-first", "clean-first", "poison"] as const;
  const said = traceJoint({ ...request, rules }).rules.map(({ rule, moves, ends }) => {
    const moved = (name: string) => moves.find(({ transfer }) => transfer === at(name).id)?.traced[0]?.amount ?? 0n;
    const left = ends.find(({ place }) => place === at("account").id)?.traced[0]?.amount ?? 0n;
    return [rule, [moved("first"), moved("second"), left].map(String)];
  });
  expect([...table]).toEqual(said);
});
