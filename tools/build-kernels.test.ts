import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { buildKernel, kernelFile, listKernels } from "./build-kernels.ts";

test("there are kernels to compare", () => {
  expect(listKernels()).toEqual([
    "ethereum/kernels/delimiters.as.ts",
    "trace/kernels/haircut.as.ts",
    "trace/kernels/units.as.ts",
  ]);
});

test.each(listKernels())("the bytes of the kernel %s are what its source compiles to", (name) => {
  expect(readFileSync(kernelFile(name), "utf8")).toBe(buildKernel(name));
});
