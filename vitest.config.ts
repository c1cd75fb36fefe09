import { defineConfig } from "vitest/config";

// Forks, because a worker thread that used the embedded store must never end before its process does
// (docs/decisions/0001).
export default defineConfig({
  test: {
    include: ["{library,cli,tools,bench,evaluate,scenarios}/**/*.test.ts"],
    pool: "forks",
    setupFiles: ["./tools/property-seed.ts"],
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    retry: 0,
    reporters: ["default", "./tools/count-reporter.ts"],
  },
});
