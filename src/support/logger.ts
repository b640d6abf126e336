import { type DestinationStream, destination, type Logger, type LoggerOptions, pino } from "pino";
import { prettyFactory } from "pino-pretty";
import type { Redactor } from "./redact.ts";

export const logLevels = ["debug", "info", "warn", "error", "silent"] as const;
export type LogLevel = (typeof logLevels)[number];

export interface LoggerSettings {
  readonly level: LogLevel;
  readonly redactor: Redactor;
  /** Lines for people, in colour; else one JSON object a line. */
  readonly pretty: boolean;
  /** Where lines go; the standard error stream by default, for standard output belongs to what a command answers. */
  readonly stream?: DestinationStream;
}

/**
 * A logger that lets no secret through: fields and errors are copied without them, and each finished line is looked at
 * once more. Writes at once, so that the last line before an exit is not lost.
 */
export function createLogger(settings: LoggerSettings): Logger {
  const { level, redactor, pretty, stream = destination({ fd: 2, sync: true }) } = settings;
  // Made readable line by line rather than in a stream of its own, which would lose its last lines at an exit.
  const toLine = pretty ? prettyFactory({ colorize: true, translateTime: "SYS:HH:MM:ss" }) : (line: string) => line;
  const options: LoggerOptions = {
    level,
    base: null,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label) => ({ level: label }) },
    serializers: { err: redactor.value, error: redactor.value, cause: redactor.value },
    hooks: { streamWrite: (line) => redactor.text(toLine(line)) },
  };
  return pino(options, stream);
}
