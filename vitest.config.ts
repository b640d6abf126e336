import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // Looks through what all tests logged and showed for every secret that they used.
    globalSetup: ["test/transcripts/global-setup.ts"],
    setupFiles: ["test/support/fuzz-seed.ts"],
    // Scenarios wait most of their time, for panels, for Telegram, for clocks.
    maxWorkers: Math.max(2, 2 * availableParallelism()),
    testTimeout: 20_000,
    hookTimeout: 20_000,
  },
});
