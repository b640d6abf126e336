import { defineConfig } from "vitest/config";

/** The tests that need a browser: `npm run test:browser`. */
export default defineConfig({
  test: {
    include: ["test/browser/*.test.ts"],
    // Each test has a bridge and a browser of its own.
    maxWorkers: 2,
    // A person's patience: some faults show themselves only after a panel's time-out.
    testTimeout: 300_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 60_000, interval: 100 } },
  },
});
