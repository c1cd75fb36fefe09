import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { buildTestContracts, contractsFile } from "./build-test-contracts.ts";

test("the test contracts' bytecode is what their sources compile to", () => {
  expect(readFileSync(contractsFile, "utf8")).toBe(buildTestContracts());
});
