import type { Log } from "../src/core/ports/log.ts";

/** Says only what nobody expected. */
export const quiet: Log = {
  debug() {},
  info() {},
  warn() {},
  error: (facts, message) => console.error(message, facts),
  child: () => quiet,
};
