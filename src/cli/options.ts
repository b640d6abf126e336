import type { Log } from "../core/ports/log.ts";
import { createLogger, type LogLevel, logLevels } from "../support/logger.ts";
import type { Redactor } from "../support/redact.ts";
import { UsageError } from "./arguments.ts";
import type { Io } from "./io.ts";

/** Options that every command which works with a configuration takes. */
export const commonOptions = {
  config: { type: "string", default: "config.json" },
  "log-level": { type: "string" },
} as const;

/** The log of a command, on the standard error stream: readable on a terminal, JSON elsewhere. */
export function createCommandLog(io: Io, redactor: Redactor, level: LogLevel): Log {
  return createLogger({ level, redactor, pretty: io.isErrorTerminal });
}

export function readLogLevel(written: string | undefined, usual: LogLevel): LogLevel {
  const level = logLevels.find((one) => one === (written ?? usual));
  if (level) return level;
  throw new UsageError(`--log-level is one of ${logLevels.join(", ")}`);
}
