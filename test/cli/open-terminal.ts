import { spawn } from "node:child_process";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { expect, onTestFinished, vi } from "vitest";
import { openTranscript } from "../transcripts/transcript.ts";
import type { World } from "./start-world.ts";

const cli = join(import.meta.dirname, "../../dist/cli.js");

export const down = "\u001b[B";
export const enter = "\r";
export const ctrlC = "\u0003";

export interface TerminalOptions {
  /** Of the terminal. Default 250, so that no line is broken. */
  readonly columns?: number;
  /** Beside what this process has. */
  readonly env?: Readonly<Record<string, string>>;
}

/** `chapar` in a pseudo terminal of `script`, with a person before it. Killed when the test is over. */
export function openTerminal(argv: readonly string[], options: TerminalOptions = {}) {
  const transcript = openTranscript();
  const words = [process.execPath, cli, ...argv].map((word) => `'${word.replaceAll("'", "'\\''")}'`);
  const { CI: _, ...env } = process.env;
  const command = `stty cols ${options.columns ?? 250} rows 60; exec ${words.join(" ")}`;
  const child = spawn("script", ["-qefc", command, "/dev/null"], { env: { ...env, TERM: "xterm", ...options.env } });
  let raw = "";
  let seen = 0;
  child.stdout.on("data", (chunk: Buffer) => {
    raw += chunk.toString("utf8");
  });
  const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
  onTestFinished(async () => {
    child.kill("SIGKILL");
    await ended;
    transcript.shown(text());
  });
  const text = () => stripVTControlCharacters(raw).replaceAll("\r", "");

  /** Waits until something is on the screen that was not there at the last answer, then types. */
  async function answers(question: RegExp, keys: string): Promise<void> {
    await vi.waitFor(() => expect(text().slice(seen)).toMatch(question), { timeout: 30_000, interval: 20 });
    seen = text().length;
    child.stdin.write(keys);
  }

  /** The first questions of `init`: Telegram is where the simulator is. */
  async function reachesTelegram({ telegram }: Pick<World, "telegram">): Promise<void> {
    await answers(/How does this server reach Telegram\?/, down + down + enter);
    await answers(/address that stands for/, telegram.url + enter);
  }

  return {
    ended,
    text,
    answers,
    reachesTelegram,
    /** The same up to the address of the panel, every answer right. */
    async reachesPanel(world: Pick<World, "telegram" | "asanak">): Promise<void> {
      const { username, password } = world.asanak.account;
      await reachesTelegram(world);
      await answers(/token of your bot/, world.telegram.token + enter);
      await answers(/Which SMS panel/, enter);
      await answers(/user name /, username + enter);
      await answers(/password of/, password + enter);
    },
  };
}
