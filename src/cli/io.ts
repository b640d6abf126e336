import { buffer } from "node:stream/consumers";
import type { Environment } from "../config/load.ts";

/** 0 done; 1 failed, certainly not sent; 2 bad usage or configuration; 3 uncertain, or no report in time. */
export type ExitCode = 0 | 1 | 2 | 3;

/** What a command may touch of the process that it runs in. */
export interface Io {
  /** A line of the answer. */
  out(line: string): void;
  /** A line about what went wrong, or worth knowing. */
  err(line: string): void;
  /** Everything that is handed over on the standard input. */
  input(): Promise<Uint8Array>;
  readonly env: Environment;
  /** Whether a person reads the answer. */
  readonly isTerminal: boolean;
  /** Whether a person can be asked. */
  readonly isInputTerminal: boolean;
  /** Whether a person reads the log. */
  readonly isErrorTerminal: boolean;
}

export type RunCommand = (argv: readonly string[], io: Io) => Promise<ExitCode>;

export function createIo(): Io {
  return {
    out: (line) => void process.stdout.write(`${line}\n`),
    err: (line) => void process.stderr.write(`${line}\n`),
    input: () => buffer(process.stdin),
    env: process.env,
    isTerminal: process.stdout.isTTY === true,
    isInputTerminal: process.stdin.isTTY === true,
    isErrorTerminal: process.stderr.isTTY === true,
  };
}
