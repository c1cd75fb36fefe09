// Compiles the Solidity contracts that the tests of the ethereum room deploy on a node of their own
// (library/src/ethereum/testing/*.sol) and writes their bytecode and ABI, so that tests need no compiler.
// `tools/run node tools/build-test-contracts.ts`
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const folder = join(import.meta.dirname, "..", "library", "src", "ethereum", "testing");
const compiler = join(import.meta.dirname, "..", "node_modules", "solc", "solc.js");

export const contractsFile = join(folder, "contracts.json");

const settings = {
  optimizer: { enabled: true, runs: 200 },
  // The newest machine that every hard fork the tests ask for can run.
  evmVersion: "paris",
  metadata: { appendCBOR: false, bytecodeHash: "none" },
  outputSelection: { "*": { "*": ["abi", "evm.bytecode.object"] } },
};

interface CompilerOutput {
  readonly errors?: readonly { readonly severity: string; readonly formattedMessage: string }[];
  readonly contracts?: Readonly<
    Record<
      string,
      Readonly<Record<string, { readonly abi: unknown[]; readonly evm: { bytecode: { object: string } } }>>
    >
  >;
}

/** Each contract of some sources by its name. */
export function compileContracts(
  texts: readonly (readonly [file: string, content: string])[],
): Readonly<Record<string, { readonly abi: unknown[]; readonly bytecode: string }>> {
  const sources = Object.fromEntries(texts.map(([file, content]) => [file, { content }]));
  const output = compile({ language: "Solidity", sources, settings });
  const contracts: Record<string, { abi: unknown[]; bytecode: string }> = {};
  for (const ofFile of Object.values(output.contracts ?? {})) {
    for (const [name, { abi, evm }] of Object.entries(ofFile)) {
      // Interfaces have no bytecode.
      if (evm.bytecode.object !== "") contracts[name] = { abi, bytecode: `0x${evm.bytecode.object}` };
    }
  }
  return contracts;
}

/** The text of the file: the sources' hashes, then each contract by its name. */
export function buildTestContracts(): string {
  const files = readdirSync(folder).filter((file) => file.endsWith(".sol"));
  const texts = files.sort().map((file) => [file, readFileSync(join(folder, file), "utf8")] as const);
  const contracts = compileContracts(texts);
  const sha256 = Object.fromEntries(
    texts.map(([file, content]) => [file, createHash("sha256").update(content).digest("hex")]),
  );
  // The ABI as a text of JSON: as a tree it would be thousands of lines.
  const entries = Object.entries(contracts).map(([name, { abi, bytecode }]) => [
    name,
    { bytecode, abi: JSON.stringify(abi) },
  ]);
  return `${JSON.stringify({ sha256, contracts: Object.fromEntries(entries) }, null, 2)}\n`;
}

function compile(input: unknown): CompilerOutput {
  const call = spawnSync(process.execPath, [compiler, "--standard-json"], {
    input: JSON.stringify(input),
    maxBuffer: 64 << 20,
  });
  const text = call.stdout.toString();
  // The compiler's command says which solver it has not found, before the JSON.
  const output = JSON.parse(text.slice(Math.max(0, text.indexOf("{")))) as CompilerOutput;
  const errors = (output.errors ?? []).filter(({ severity }) => severity === "error");
  if (errors.length > 0) throw new Error(errors.map(({ formattedMessage }) => formattedMessage).join("\n"));
  return output;
}

if (import.meta.main) {
  writeFileSync(contractsFile, buildTestContracts());
  console.log(`wrote ${contractsFile}`);
}
