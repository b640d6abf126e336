import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

export interface Child {
  readonly process: ChildProcess;
  /** The whole lines that it has written so far. */
  lines(): string[];
  /** Resolves once it has written so many lines, or has ended. */
  wrote(count: number): Promise<void>;
  /** Resolves once it has ended by itself; throws when it failed. */
  finished(): Promise<void>;
  /** `kill -9`. */
  kill(): Promise<void>;
}

/** Starts `child.ts`; it never outlives the test. */
export function startChild(...args: readonly string[]): Child {
  const program = fileURLToPath(new URL("child.ts", import.meta.url));
  const child = spawn(process.execPath, ["--import", "tsx", program, ...args], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(child, "close");
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    output += chunk;
  });
  const lines = () => output.split("\n").slice(0, -1);
  const kill = async () => {
    child.kill("SIGKILL");
    await ended;
  };
  onTestFinished(kill);
  return {
    process: child,
    lines,
    kill,
    async wrote(count) {
      while (lines().length < count && child.exitCode === null) {
        await Promise.race([once(child.stdout, "data"), ended]);
      }
    },
    async finished() {
      await ended;
      if (child.exitCode !== 0) throw new Error(`the child ended with ${child.exitCode ?? child.signalCode}`);
    },
  };
}
