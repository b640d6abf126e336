import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // These need a browser: vitest.browser.config.ts.
    exclude: ["test/browser/**"],
    // Looks through what all tests logged and showed for every secret that they used.
    globalSetup: ["test/transcripts/global-setup.ts"],
    setupFiles: ["test/support/fuzz-seed.ts"],
    // Scenarios wait most of their time, for panels, for Telegram, for clocks.
    maxWorkers: Math.ceil(1.5 * availableParallelism()),
    // A busy machine is no fault of the code: no test waits for as long when all is well.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 20_000 } },
  },
});
