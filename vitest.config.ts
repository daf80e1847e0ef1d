import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts", "test/**/*.test.tsx"],
    globalSetup: "test/template.ts",
    environment: "node",
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // A page on a busy machine takes longer than the second that polling allows by default.
    expect: { poll: { timeout: 20_000 } },
    pool: "forks",
    maxWorkers: 2,
    // No test touches what its process shares with others, and loading every module anew for each file takes a fifth of the time.
    isolate: false,
  },
});
